"""What the rules say of a register today, a row an enterprise: for guidance, never a decision on an applicant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from desk.shell import Shell
from engine.answers import Decision, Ground, Outcome

COLUMNS = ("id", "name", "short", "barred", "events", "not_on_file", "findings", "official", "nature")
"""The columns of the table, in order; their heads are `screening.column.<name>` of the catalogue."""


def screened(decision: Decision, shell: Shell) -> str:
    """The table as CSV text, sorted by identifier; each row says that it is a screening.

    Short is what the record says otherwise; what no table holds is not on file; a person's finding and an authority's
    act are columns of their own.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([shell.text(f"screening.column.{name}") for name in COLUMNS])
    writer.writerows([_inert(cell) for cell in _row(one, shell)] for one in decision.applicants)
    return out.getvalue()


def _row(one: Outcome, shell: Shell) -> list[str]:
    waits = {actor: [g for g in one.open if one.actor(g) == actor] for actor in ("own", "finding", "authority")}
    return [
        one.id,
        one.name or "",
        _told(one.failed, "requirement", shell, ".not"),
        _told(one.barred, "ground", shell),
        "; ".join(event for ground in one.barred for event in ground.events),
        *(_told(waits[actor], "requirement", shell) for actor in ("own", "finding", "authority")),
        shell.text("screening.nature"),
    ]


def _told(grounds: Iterable[Ground], table: str, shell: Shell, ending: str = "") -> str:
    """Each ground with its citation."""
    return "; ".join(f"{g.provision.citation} {shell.text(f'{table}.{g.key}{ending}')}" for g in grounds)


def _inert(cell: str) -> str:
    """The cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
