"""What comes after the draw: entries that say what became known, who must go and who follows.

An entry starts from the record, never from the case as it is today. Exclusions never shrink; all who must go leave at
once; one look-ahead fills all vacancies, every other seat fixed; each group with a vacancy walks its own order from the
first name. Entries are chained by their hashes; the last hash is the head of the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from engine.answers import Reviewed
from engine.case import Case, read
from engine.draw.bench import Bench, fullest
from engine.draw.lots import (
    LEFT,
    RECUSED,
    RESERVED,
    UNQUALIFIED,
    Draw,
    Leader,
    Seat,
    Walk,
    by_lot,
    panel_json,
    walk,
)
from engine.draw.plan import Places, Plan
from engine.draw.tickets import MEMBER, order
from engine.errors import CaseError, Place, Problem
from engine.facts import Fact, day_text, text
from engine.panels import Reason, Roster, compose

Pair = tuple[str, str]
"""A reviewer and a group."""
COMPLETE, VACANT = "complete", "vacant"


@dataclass(frozen=True, kw_only=True)
class Later:
    """What became known after the draw: facts, and who cannot serve, as a whole (group None) or in one panel."""

    day: int
    because: str
    document: str
    facts: tuple[Fact, ...] = ()
    unavailable: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry: what became known, who leaves, the walks that fill the vacancies, the panels afterwards."""

    number: int
    previous: str
    later: Later
    dissolved: tuple[str, ...]
    leaves: tuple[tuple[str, str, tuple[Reason, ...]], ...]
    vacant: tuple[tuple[str, int, bool], ...]
    walks: tuple[Walk, ...]
    leaders: tuple[tuple[Leader, str], ...]
    hall: Places | None
    repairs: tuple[Mapping[str, Any], ...]
    panels: Mapping[str, tuple[Seat, ...]]

    @property
    def outcome(self) -> str:
        """`complete`, or `vacant` where no completion exists and nobody was seated."""
        return VACANT if self.hall else COMPLETE

    def body(self) -> dict[str, Any]:
        """The entry as the record has it, but for its hash."""
        return {
            "n": self.number,
            "previous": self.previous,
            "day": day_text(self.later.day),
            "because": self.later.because,
            "document": self.later.document,
            "facts": [f"{text(fact)}." for fact in sorted(self.later.facts)],
            "unavailable": [{"reviewer": who, "group": group} for who, group in self.later.unavailable],
            "dissolved": list(self.dissolved),
            "leaves": [
                {"reviewer": who, "group": group, "reasons": [reason.json() for reason in reasons]}
                for who, group, reasons in self.leaves
            ],
            "vacant": [{"group": g, "seats": seats, "needs_leader": needs} for g, seats, needs in self.vacant],
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
            "panels": [panel_json(group, seats) for group, seats in self.panels.items()],
        }

    @property
    def hash(self) -> str:
        """The SHA-256 of the entry without its hash, as canonical JSON."""
        canonical = json.dumps(self.body(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode("utf-8")).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """The entry as the record has it."""
        return self.body() | {"hash": self.hash}


def _rows(found: Walk) -> Iterator[dict[str, Any]]:
    for place, name, verdict in found.rows():
        row: dict[str, Any] = {"place": place, "reviewer": name, "verdict": verdict}
        yield row | ({"tight": found.tight[place].json()} if verdict == RESERVED else {})


class Standing:
    """How a draw stands after some entries: the panels, who is out where, who left."""

    def __init__(self, drawn: Draw, start: str) -> None:
        """`start` is the SHA-256 of the record's bytes without entries."""
        self.drawn = drawn
        self.head = start
        self.number = 0
        self.panels = dict(drawn.panels)
        self.roster: Roster = drawn.frozen.roster
        self.facts = list(drawn.frozen.roster.case.facts)
        self.under = tuple(drawn.frozen.roster.reviewed.under_review)
        self.out: dict[Pair, str] = {}
        self.left: set[Pair] = set()
        self._exclude(self.roster, ())

    def add(self, later: Later) -> Entry:
        """Take in what became known; CaseError where it contradicts the record or names somebody unknown."""
        roster = self._judged(later)
        self._exclude(roster, later.unavailable)
        gone = [group for group in self.panels if group not in roster.groups]
        for group in gone:
            del self.panels[group]
        leaves = [
            (seat.id, group, _reasons(roster, seat.id, group))
            for group, panel in self.panels.items()
            for seat in panel
            if (seat.id, group) in self.out
        ]
        for who, group, _ in leaves:
            self.left.add((who, group))
            self.panels[group] = tuple(seat for seat in self.panels[group] if seat.id != who)
        self.roster = roster
        vacant, walks, hall = self._filled()
        self.number += 1
        entry = Entry(
            number=self.number,
            previous=self.head,
            later=later,
            dissolved=tuple(gone),
            leaves=tuple(sorted(leaves, key=lambda one: one[:2])),
            vacant=vacant,
            walks=walks,
            leaders=() if hall else tuple(self._led(walks, {group for _, group, _ in leaves})),
            hall=hall,
            repairs=(),
            panels=dict(self.panels),
        )
        self.head = entry.hash
        return entry

    def _judged(self, later: Later) -> Roster:
        """Everybody judged again with what became known."""
        known = {*self.drawn.frozen.roster.reviewers}
        groups = {*self.drawn.frozen.roster.groups}
        problems = [
            Problem("entry_unknown", {"found": who if who not in known else str(group)}, Place())
            for who, group in later.unavailable
            if who not in known or (group is not None and group not in groups)
        ]
        if problems:
            raise CaseError(problems)
        whole = [Fact("unavailable", (who,)) for who, group in later.unavailable if group is None]
        self.facts = list(dict.fromkeys([*self.facts, *later.facts, *whole]))
        case = Case.checked(self.facts)
        withdrawn = {str(row[0]) for row in case.rows("withdrawn")}
        self.under = tuple(one for one in self.under if one not in withdrawn)
        return compose(case, Reviewed(self.under, (), (), True))

    def _exclude(self, roster: Roster, unavailable: Iterable[tuple[str, str | None]]) -> None:
        """Who is out where, and by which verdict; what once kept somebody out keeps him out for good."""
        for group in roster.groups:
            for who in roster.reviewers:
                if roster.kinds(who, group):
                    self.out.setdefault((who, group), RECUSED if who in roster.tied[group] else UNQUALIFIED)
        for one, only in unavailable:
            if only is not None:
                self.out.setdefault((one, only), UNQUALIFIED)

    def _filled(self) -> tuple[tuple[tuple[str, int, bool], ...], tuple[Walk, ...], Places | None]:
        """The vacancies, the walks that fill them, or the places that cannot be filled."""
        frozen, size = self.drawn.frozen, self.drawn.frozen.size
        names, leaders = frozen.roster.reviewers, frozen.roster.leaders
        number = {name: index for index, name in enumerate(names)}
        groups = tuple(self.panels)
        sitting = {group: {seat.id for seat in panel} for group, panel in self.panels.items()}
        may = {
            group: {who for who in names if (who, group) not in self.out and (who, group) not in self.left}
            for group in groups
        }
        free = {group: size - len(sitting[group]) for group in groups}
        lead = {group: bool(free[group]) and not sitting[group] & leaders for group in groups}
        vacant = tuple((group, free[group], lead[group]) for group in groups if free[group])
        if not vacant:
            return (), (), None
        fit = tuple(
            tuple(sorted(number[who] for who in ones - sitting[group]))
            for group in groups
            for ones in (may[group] & leaders, may[group])
        )
        need = tuple(count for group in groups for count in (int(lead[group]), free[group] - lead[group]))
        load = tuple(max(0, frozen.roster.load[who] - sum(who in ones for ones in sitting.values())) for who in names)
        bench = Bench(groups, names, fit, need, load)
        plan = Plan(bench, fullest(bench))
        if hall := plan.hall():
            return vacant, (), hall
        plan.seated = [{number[who] for who in sitting[group]} for group in groups]
        walks = []
        for group in self.drawn.order:
            if group not in free or not free[group]:
                continue
            down = order(self.drawn.seed, frozen.commitment, (group, MEMBER), names)
            out = [self.out.get((who, group)) or (LEFT if (who, group) in self.left else None) for who in down]
            walks.append(walk(plan, groups.index(group), down, out, leaders, number))
            self.panels[group] += tuple(Seat(who, place, False) for place, who in walks[-1].taken)
        return vacant, tuple(walks), None

    def _led(self, walks: Sequence[Walk], changed: set[str]) -> Iterator[tuple[Leader, str]]:
        """Who leads each panel that changed: whoever led it and still sits, else the smallest leader's lot."""
        able = self.drawn.frozen.roster.leaders
        for group in self.drawn.order:
            if group not in self.panels or group not in changed | {one.group for one in walks}:
                continue
            panel = self.panels[group]
            led = next((seat.id for seat in panel if seat.leader), "")
            lots = by_lot(self.drawn.seed, self.drawn.frozen.commitment, group, (s.id for s in panel if s.id in able))
            who = led or lots[0][0]
            seats = (Seat(seat.id, seat.place, seat.id == who) for seat in panel)
            self.panels[group] = tuple(sorted(seats, key=lambda seat: (not seat.leader, seat.place)))
            yield Leader(group, who, () if led else lots), "stays" if led else "lot"


def _reasons(roster: Roster, who: str, group: str) -> tuple[Reason, ...]:
    return tuple(roster.reasons(who, group)) or (Reason("unavailable", None),)


def facts_of(lines: Sequence[str], case: Case) -> tuple[Fact, ...]:
    """The facts that some lines say beside a case's own; CaseError where they cannot be read or contradict it."""
    own = {text(fact) for fact in case.facts}
    words = "".join(f"{text(fact)}.\n" for fact in case.facts) + "".join(f"{line}\n" for line in lines)
    return tuple(fact for fact in read({"later.lp": words.encode("utf-8")}).facts if text(fact) not in own)
