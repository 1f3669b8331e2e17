"""What becomes due between two days: ends of periods, and the first round in which a winner may apply again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import clingo

from engine.answers.revocation import as_of_day, ask
from engine.case import Case
from engine.facts import day_text
from engine.solve import Clock
from engine.words import dumps

KINDS = {
    "window_end": "conduct_window_ends",
    "ban": "ban_ends",
    "runs_out": "certificate_ends",
    "title_ends": "validity_ends",
}
"""What the rules derive with a day, and what it is called."""


@dataclass(frozen=True)
class Due:
    """Something that becomes due: the last day of a period, or (`first_round`) a round that has no day yet.

    `what` is the prize of an award with its round, or the kind of a certificate.
    """

    day: int | None
    kind: str
    id: str
    what: str
    round: int | None
    first_round: int | None = None

    @property
    def order(self) -> tuple[int, int, str, str, str, int]:
        """By day, then round, what has no day last; then kind and whose it is."""
        last = self.day is None
        return (last, (self.first_round if last else self.day) or 0, self.kind, self.id, self.what, self.round or 0)

    def json(self) -> dict[str, Any]:
        """The entry as JSON."""
        return {
            "day": None if self.day is None else day_text(self.day),
            "kind": self.kind,
            "id": self.id,
            "what": self.what,
            "round": self.round,
            "first_round": self.first_round,
        }


@dataclass(frozen=True)
class Watch:
    """What becomes due from a day to a day, both included."""

    first: int
    last: int
    due: tuple[Due, ...]

    def json(self) -> str:
        """The list as JSON text."""
        rows = {"from": day_text(self.first), "to": day_text(self.last), "due": [entry.json() for entry in self.due]}
        return dumps(rows)


def watch(case: Case, first: int, last: int, *, clock: Clock | None = None) -> Watch:
    """What becomes due from `first` to `last` (yyyymmdd, both included), by what is on file.

    Rounds to come have no day, so all first rounds from the case's own on are listed. Raises CaseError where the
    regulation does not govern the case.
    """
    entries = (entry for atom in ask(as_of_day(case, last), last, clock or Clock()) if (entry := _due(atom)))
    kept = {
        entry
        for entry in entries
        if (first <= entry.day <= last if entry.day is not None else (entry.first_round or 0) >= case.round)
    }
    return Watch(first, last, tuple(sorted(kept, key=lambda entry: entry.order)))


def _due(atom: clingo.Symbol) -> Due | None:
    arguments = atom.arguments
    if atom.name == "runs_out":
        return Due(arguments[2].number, KINDS[atom.name], arguments[0].string, arguments[1].name, None)
    if atom.name in KINDS or atom.name == "first_round":
        award = (arguments[0].string, arguments[1].name, arguments[2].number)
        if atom.name in KINDS:
            return Due(arguments[3].number, KINDS[atom.name], *award)
        return Due(None, "may_apply_again", *award, arguments[3].number)
    return None
