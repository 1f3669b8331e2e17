"""The case tables about interests and panels: every row of both cities, and what the rules say of it."""

from __future__ import annotations

import clingo
import pytest

from audit.encoding.questions import QUESTIONS
from audit.tables.rounds import Row, fed, rows
from audit.tables.verdicts import listed
from engine.law.rulebook import rule_files
from engine.law.statutes import cities
from engine.solve.solver import answer

PANELS = QUESTIONS["panels"]
UNSHOWN = "#show excluded/3. #show fit/3. #show recused/3."
"""What the rules derive for others and do not show."""
ALL = [row for city in cities() for row in rows(PANELS.name, city)]


@pytest.mark.parametrize("row", ALL[::8], ids=lambda row: f"{row.city}-{row.id}")
def test_row(row: Row) -> None:
    """Interests, reasons, seats and breaches are those that the table gives."""
    beside = map(clingo.parse_term, row.table.get("beside", ()))

    found = answer(rule_files(row.city, *PANELS.files), [*fed(PANELS, row.case, row.table), *beside], extra=UNSHOWN)
    got = {name: sorted(listed(found, name)) for name in row.expect}

    assert got == {name: sorted(want) for name, want in row.expect.items()}, row.says
