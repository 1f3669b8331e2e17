"""The case tables about interests and panels: every row of both cities, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterator

import clingo
import pytest

from audit.encoding.questions import QUESTIONS
from audit.tables.rounds import Row, fed, rows
from engine.law.rulebook import rule_files
from engine.law.statutes import cities
from engine.solve.solver import answer

PANELS = QUESTIONS["panels"]
UNSHOWN = "#show excluded/3. #show fit/3. #show recused/3."
"""What the rules derive for others and do not show."""
COLUMNS = {
    "interests": "interest",
    "excluded": "excluded",
    "fit": "fit",
    "load": "load",
    "breaches": "breach",
    "recused": "recused",
    "panels": "needs_panel",
    "ungrouped": "ungrouped",
    "provisions": "panel_provision",
}
"""The predicate whose atoms a column of the tables lists."""
ALL = [row for city in cities() for row in rows(PANELS.name, city)]


@pytest.mark.parametrize("row", ALL[::8], ids=lambda row: f"{row.city}-{row.id}")
def test_row(row: Row) -> None:
    """Interests, reasons, seats and breaches are those that the table gives."""
    beside = map(clingo.parse_term, row.table.get("beside", ()))

    found = answer(rule_files(row.city, *PANELS.files), [*fed(PANELS, row.case, row.table), *beside], extra=UNSHOWN)
    got = {name: sorted(_listed(found, name)) for name in row.expect}

    assert got == {name: sorted(want) for name, want in row.expect.items()}, row.says


def _listed(found: list[clingo.Symbol], column: str) -> set[str]:
    """The lines of a column: an atom's words; of an interest all but its chain."""
    ours = [atom for atom in found if atom.name == COLUMNS[column]]
    return {" ".join(_words(atom.arguments[:3] if column == "interests" else atom.arguments)) for atom in ours}


def _words(arguments: list[clingo.Symbol]) -> Iterator[str]:
    for argument in arguments:
        if argument.type == clingo.SymbolType.String:
            yield argument.string
        elif argument.type == clingo.SymbolType.Function and not argument.name:
            yield from _words(argument.arguments)
        else:
            yield str(argument)
