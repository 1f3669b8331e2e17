"""What comes after the draw: entries that say what became known, who must go and who follows.

An entry starts from the record, never from the case as it is today. Exclusions never shrink; all who must go leave at
once; one look-ahead fills all vacancies, every other seat fixed; each group with a vacancy walks its own order from the
first name. Where nobody can be found, an entry may say what was decided: a panel more for those asked by lot, a seat
fewer, seats reopened by lot. Entries are chained by their hashes; the last hash is the head of the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from engine.draw import RESERVED, Leader, Places, Seat, Walk, panel_json
from engine.facts import Fact, day_text, text
from engine.panels import Reason
from engine.record.measures import Reopened

COMPLETE, VACANT = "complete", "vacant"


class ClosedReason(Reason):
    """A reason as a public copy has it: its kind and provision, without the chain."""

    def json(self) -> dict[str, Any]:
        """The reason as a public copy lists it."""
        return {key: value for key, value in super().json().items() if key != "chain"}


@dataclass(frozen=True)
class Closed:
    """What a public copy says of an entry in place of its facts: their hashes, and what followed from them.

    `dissolved` groups; by which verdict somebody is `out` (reviewer, group); the `reasons` of those who left; the
    places that nobody can fill (group, only) and who gives some of them; the repairs; the entry's hash.
    """

    facts: tuple[str, ...]
    dissolved: tuple[str, ...]
    out: Mapping[tuple[str, str], str]
    reasons: Mapping[tuple[str, str], tuple[ClosedReason, ...]]
    hall: tuple[tuple[str, str], ...]
    gives: frozenset[str]
    repairs: tuple[Mapping[str, Any], ...]
    hash: str


@dataclass(frozen=True, kw_only=True)
class Later:
    """What became known after the draw, and what was decided.

    Facts; who cannot serve, as a whole (group None) or in one panel; who was asked to sit on a panel more and whether
    he accepted; groups with a seat fewer, with the number of their seats; whether seats are reopened by lot. `closed`
    is what a public copy says in place of the facts.
    """

    day: int
    because: str
    document: str
    facts: tuple[Fact, ...] = ()
    unavailable: tuple[tuple[str, str | None], ...] = ()
    asked: tuple[tuple[str, bool], ...] = ()
    fewer: tuple[tuple[str, int], ...] = ()
    reopen: bool = False
    closed: Closed | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: what became known, who leaves, the walks that fill the vacancies, the panels afterwards.

    `hall` are the places that nobody can fill; `asking` whoever is to be asked next for a panel more.
    """

    number: int
    previous: str
    later: Later
    dissolved: tuple[str, ...]
    leaves: tuple[tuple[str, str, tuple[Reason, ...]], ...]
    vacant: tuple[tuple[str, int, bool], ...]
    reopened: tuple[Reopened, ...]
    walks: tuple[Walk, ...]
    leaders: tuple[tuple[Leader, str], ...]
    hall: Places | None
    repairs: tuple[Mapping[str, Any], ...]
    asking: tuple[str, ...]
    panels: Mapping[str, tuple[Seat, ...]]

    @property
    def outcome(self) -> str:
        """`complete`, or `vacant` where no completion exists and nobody was seated."""
        return VACANT if self.hall else COMPLETE

    def body(self) -> dict[str, Any]:
        """The entry as the record has it, but for its hash."""
        closed = self.later.closed
        return {
            "n": self.number,
            "previous": self.previous,
            "day": day_text(self.later.day),
            "because": self.later.because,
            "document": self.later.document,
            "facts": list(closed.facts) if closed else [f"{text(fact)}." for fact in sorted(self.later.facts)],
            "unavailable": [{"reviewer": who, "group": group} for who, group in self.later.unavailable],
            **self._decided(),
            "dissolved": list(self.dissolved),
            "leaves": [
                {"reviewer": who, "group": group, "reasons": [reason.json() for reason in reasons]}
                for who, group, reasons in self.leaves
            ],
            "vacant": [{"group": g, "seats": seats, "needs_leader": needs} for g, seats, needs in self.vacant],
            **({"reopened": [vars(one) for one in self.reopened]} if self.later.reopen else {}),
            "walks": [{"group": one.group, "rows": list(_rows(one))} for one in self.walks],
            "leaders": [
                {
                    "group": one.group,
                    "reviewer": one.reviewer,
                    "by": by,
                    "lots": [{"reviewer": name, "ticket": lot} for name, lot in one.lots],
                }
                for one, by in self.leaders
            ],
            "outcome": self.outcome,
            "hall": self.hall.json() if self.hall else None,
            "repairs": [dict(repair) for repair in self.repairs],
            **({"asking": list(self.asking)} if self.asking else {}),
            "panels": [panel_json(group, seats) for group, seats in self.panels.items()],
        }

    def _decided(self) -> dict[str, Any]:
        """What was decided where nobody could be found; nothing where nothing was."""
        later = self.later
        found: dict[str, Any] = {}
        if later.asked:
            found["asked"] = [{"reviewer": who, "accepted": accepted} for who, accepted in later.asked]
        if later.fewer:
            found["fewer"] = [{"group": group, "seats": seats} for group, seats in later.fewer]
        return found

    @property
    def hash(self) -> str:
        """The SHA-256 of the entry without its hash, as canonical JSON; of a public copy as it says itself."""
        if self.later.closed:
            return self.later.closed.hash
        canonical = json.dumps(self.body(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode("utf-8")).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The entry as the record has it."""
        return self.body() | {"hash": self.hash}


def _rows(found: Walk) -> Iterator[dict[str, Any]]:
    for place, name, verdict in found.rows():
        row: dict[str, Any] = {"place": place, "reviewer": name, "verdict": verdict}
        yield row | ({"tight": found.tight[place].json()} if verdict == RESERVED else {})
