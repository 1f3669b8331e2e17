"""What the rules say of a register today, a row an enterprise: for guidance, never a decision on an applicant."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from desk.shell import Shell
from desk.text import recorded
from engine.answers import Decision, Ground, Outcome

COLUMNS = ("id", "name", "short", "barred", "events", "not_on_file", "findings", "official", "nature")
STEPS = ("requirement", "number", "alone", "nature")
"""The columns of the two tables, in order; their heads are `screening.column.<name>` of the catalogue."""


def screened(decision: Decision, shell: Shell) -> str:
    """The table as CSV text, sorted by identifier; each row says that it is a screening.

    Short is what the record says otherwise; what no table holds is not on file; a person's finding and an authority's
    act are columns of their own.
    """
    return _written(COLUMNS, (_row(one, shell) for one in decision.applicants), shell)


def steps(decision: Decision, shell: Shell) -> str:
    """By requirement, as CSV text: how many are short of it, and for how many nothing else stands on record."""
    short: Counter[Ground] = Counter(ground for one in decision.applicants for ground in one.failed)
    alone = Counter(one.failed[0] for one in decision.applicants if len(one.failed) == 1 and not one.barred)
    rows = (
        [_told([ground], "requirement", shell, ".not"), str(short[ground]), str(alone[ground])]
        for ground in sorted(short)
    )
    return _written(STEPS, ([*row, shell.text("screening.nature")] for row in rows), shell)


def _written(heads: Iterable[str], rows: Iterable[list[str]], shell: Shell) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([shell.text(f"screening.column.{name}") for name in heads])
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue()


def _row(one: Outcome, shell: Shell) -> list[str]:
    waits = {actor: [g for g in one.open if one.actor(g) == actor] for actor in ("own", "finding", "authority")}
    return [
        one.id,
        one.name or "",
        _told(one.failed, "requirement", shell, ".not"),
        _told(one.barred, "ground", shell),
        "; ".join(dict.fromkeys(recorded(event, shell.lang) for ground in one.barred for event in ground.events)),
        *(_told(waits[actor], "requirement", shell) for actor in ("own", "finding", "authority")),
        shell.text("screening.nature"),
    ]


def _told(grounds: Iterable[Ground], table: str, shell: Shell, ending: str = "") -> str:
    """Each ground with its citation."""
    return "; ".join(f"{g.provision.citation} {shell.text(f'{table}.{g.key}{ending}')}" for g in grounds)


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
