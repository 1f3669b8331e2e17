"""Which award sets are lawful in a round, what each winner gets, and why the others have no prize."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from engine.award.candidacy import Candidate, Candidates, Cap, candidates
from engine.award.sets import Choice, Sets, denied, won
from engine.case import Case
from engine.law import Provision, cited_json, city_named, text_json, unencoded_json
from engine.solve import Clock, readings_in_force
from engine.words import dumps, number

FEW, ROWS = 20, 50_000
"""Where nothing else is said, as many sets are listed as have ROWS candidates together, FEW at the least.

Each set says of every candidate why it has no prize: 1,000 sets of 500 candidates are 177 MB of JSON.
"""

REASONS = ("prize_closed", "below_standard", "quota_full", "outranked", "left_vacant")
GOVERNS = {"prize_closed": "closing", "quota_full": "quota", "outranked": "merit", "left_vacant": "vacancy"}
"""The provision behind each reason; a standard is the round's own and rests on none."""


@dataclass(frozen=True)
class AwardSet:
    """One lawful set: the winners of each prize by falling score, then id; the places left; why others have none.

    `vacant` maps a prize to the places left in each division, or is empty where the regulation limits places by caps:
    then `taken` maps a cap to the winners that it counts. `denied` holds candidate, prize and reason, sorted.
    """

    winners: Mapping[str, tuple[str, ...]]
    vacant: Mapping[str, Mapping[str, int]]
    taken: Mapping[str, int]
    denied: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Award:
    """The award sets of a round: the fullest, or all; `count` is how many there are, `sets` those listed."""

    city: str
    round: int
    readings: Mapping[str, str]
    fullest: bool
    count: int
    sets: tuple[AwardSet, ...]
    tie: tuple[str, ...]
    notes: tuple[tuple[str, str, str], ...]
    who: Candidates = field(repr=False)
    case: Case = field(repr=False, compare=False)

    def json(self) -> str:
        """The award sets as JSON text: the same case gives the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The award sets as VOCABULARY section 8 has them; `count` with all lawful sets or where some are unlisted."""
        count = {"count": self.count} if not self.fullest or self.count > len(self.sets) else {}
        return {
            "city": city_named(self.city),
            **text_json(self.city),
            "round": self.round,
            "readings": dict(self.readings),
            "candidates": [
                {"id": c.id, "score": number(c.score), "prizes": list(c.prizes), "rewin": list(c.rewin)}
                for c in self.who.candidates.values()
            ],
            "sets": [self._set(one) for one in self.sets],
            "fullest": self.fullest,
            **count,
            "tie": list(self.tie),
            "consequences": [row for i, one in enumerate(self.sets) for row in self._consequences(i, one)],
            "not_awarded": [row for i, one in enumerate(self.sets) for row in self._not_awarded(i, one)]
            + [_no_candidate(id, why) for id, why in self.who.others.items()],
            "notes": [{"id": id, "kind": kind, "fact": fact} for id, kind, fact in self.notes],
            **unencoded_json(self.city, "award"),
        }

    def ahead(self, one: AwardSet, candidate: Candidate, prize: str, reason: str) -> list[str]:
        """Who stands before a candidate: the prize's winners, or for `outranked` the better ones who have nothing."""
        if reason == "outranked":
            return self.who.better(candidate.id, prize, one.winners, one.taken)
        if reason == "quota_full" and (cap := self.who.filled(candidate.id, prize, one.taken)):
            return self.who.counted(cap, one.winners)
        others = [self.who.candidates[id] for id in one.winners[prize]]
        return [c.id for c in others if (prize, candidate.division, c.division) in self.who.compared]

    def places_left(self, one: AwardSet, prize: str) -> int | None:
        """How many more might win a prize, those that each kind has for itself together; None where nothing limits it.

        Under caps: as many as the division has that may still have the most.
        """
        if not self.who.caps:
            return sum(one.vacant[prize].values())
        return max(self._left(one, prize).values(), default=None)

    def shares(self, one: AwardSet, prize: str) -> tuple[str, ...]:
        """The other prizes with which a prize has the places left to it in common, in their order.

        None where it has them for itself, or none is left.
        """
        left = self._left(one, prize)
        most = max(left.values(), default=0)
        found: set[str] = set()
        for name, cap in self.who.caps.items() if most else ():
            if cap.places - one.taken[name] == most and any(left.get(d) == most for p, d in cap.covers if p == prize):
                found |= {other for other, _ in cap.covers}
        return tuple(other for other in self.who.prizes if other in found and other != prize)

    def _left(self, one: AwardSet, prize: str) -> dict[str, int]:
        """Under caps: how many more of each division might win a prize."""
        left: dict[str, int] = {}
        for name, cap in self.who.caps.items():
            for division in (division for other, division in cap.covers if other == prize):
                left[division] = min(left.get(division, cap.places), cap.places - one.taken[name])
        return left

    def _set(self, one: AwardSet) -> dict[str, Any]:
        vacant: dict[str, Any] = {
            prize: places if len(places) != 1 else next(iter(places.values())) for prize, places in one.vacant.items()
        }
        if self.who.caps:
            vacant["caps"] = [_cap(name, cap, one.taken[name]) for name, cap in self.who.caps.items()]
        return {**{prize: list(one.winners[prize]) for prize in self.who.prizes}, "vacant": vacant}

    def _consequences(self, index: int, one: AwardSet) -> Iterator[dict[str, Any]]:
        for prize in self.who.prizes:
            for id in one.winners[prize]:
                winner = self.who.candidates[id]
                brings = winner.brings.get(prize, frozenset())
                yield {
                    "set": index,
                    "id": id,
                    "prize": prize,
                    **{thing: thing in brings for thing in self.who.things},
                    "counts": prize in winner.counts,
                    "citations": [p.citation for p in winner.cited.get(prize, ())],
                }

    def _not_awarded(self, index: int, one: AwardSet) -> Iterator[dict[str, Any]]:
        for id, prize, reason in one.denied:
            provision = self.governs(one, id, prize, reason)
            yield {
                "set": index,
                "id": id,
                "prize": prize,
                "reason": reason,
                **cited_json(provision),
                "ahead": self.ahead(one, self.who.candidates[id], prize, reason),
            }

    def governs(self, one: AwardSet, id: str, prize: str, reason: str) -> Provision | None:
        """The provision behind a reason; none for a standard that the round itself sets, or where the text has none."""
        if reason == "quota_full" and (cap := self.who.filled(id, prize, one.taken)):
            return cap.provision
        if reason == "prize_closed" and (closing := self.who.closings.get((id, prize))):
            return closing[0]
        if reason == "below_standard" and (short := self.who.short.get((id, prize))):
            return short[0]
        return self.who.provisions.get(GOVERNS.get(reason, ""))


def award(case: Case, *, fullest: bool = True, limit: int | None = None, clock: Clock | None = None) -> Award:
    """The award sets of a case: the fullest, or with `fullest=False` every lawful one.

    `limit` is how many sets are listed (see ROWS); `count` is exact all the same. Raises CaseError where the
    regulation does not govern the case, Stopped when the clock runs out.
    """
    clock = clock or Clock()
    return award_among(candidates(case, clock), case, fullest=fullest, limit=limit, clock=clock)


def award_among(
    who: Candidates, case: Case, *, fullest: bool = True, limit: int | None = None, clock: Clock | None = None
) -> Award:
    """The award sets of some candidates of a case."""
    best = Sets(who, fullest=True, clock=clock)
    sets = best if fullest else Sets(who, fullest=False, clock=clock)
    most = max(FEW, ROWS // max(1, len(who.candidates))) if limit is None else limit
    listed = tuple(award_set(who, choice) for choice in islice(sets, most))
    return Award(
        case.city,
        case.round,
        readings_in_force(case.city, case.readings),
        fullest,
        sets.count(),
        listed,
        tuple(best.tied()),
        _told(who, sets),
        who,
        case,
    )


def _told(who: Candidates, sets: Sets) -> tuple[tuple[str, str, str], ...]:
    """The notes: that somebody is unpaid by default where it has the first prize in some set, the others always."""
    paid = sets.in_some(sets.prizes[0]) if sets.prizes else set()
    return tuple(note for note in who.notes if note[1] != "nominee_unpaid_by_default" or note[0] in paid)


def award_of(case: Case, winners: Mapping[str, Iterable[str]], *, clock: Clock | None = None) -> Award:
    """The one set that was chosen, each prize's winners, whether or not it is among the fullest; no judgment of it.

    A prize that is not named is given to nobody; whoever is no candidate stays where the choice puts him: `check` says
    whether it is lawful. Raises CaseError where the regulation does not govern the case.
    """
    who = candidates(case, clock or Clock())
    rank = {id: at for at, id in enumerate(sorted(who.candidates, key=lambda id: (-who.candidates[id].score, id)))}
    ids = [
        tuple(sorted(set(winners.get(prize, ())), key=lambda id: (rank.get(id, len(rank)), id))) for prize in who.prizes
    ]
    given = won(dict(zip(who.prizes, ids, strict=True)))
    chosen = award_set(who, Choice(tuple(ids), frozenset(denied(who, given))))
    unpaid = [note for note in who.notes if note[1] != "nominee_unpaid_by_default" or note[0] in ids[0]]
    readings = readings_in_force(case.city, case.readings)
    return Award(case.city, case.round, readings, False, 1, (chosen,), (), tuple(unpaid), who, case)


def each_set(case: Case, *, fullest: bool = False, clock: Clock | None = None) -> Iterator[AwardSet]:
    """The award sets one by one, as the solver finds them, in order."""
    clock = clock or Clock()
    who = candidates(case, clock)
    return (award_set(who, choice) for choice in Sets(who, fullest, clock))


def award_set(who: Candidates, choice: Choice) -> AwardSet:
    """A choice with the places it leaves."""
    winners = dict(zip(who.prizes, choice.winners, strict=True))
    counted = [
        (prize, who.candidates[id].division)
        for prize, ids in winners.items()
        for id in ids
        if id in who.candidates and prize in who.candidates[id].counts
    ]
    vacant = {
        prize: {d: places - counted.count((prize, d)) for d, places in sorted(quota.items(), reverse=True)}
        for prize, quota in who.quota.items()
    }
    taken = {name: len(who.counted(cap, winners)) for name, cap in who.caps.items()}
    order = {prize: i for i, prize in enumerate(who.prizes)}
    return AwardSet(winners, vacant, taken, tuple(sorted(choice.denied, key=lambda row: (row[0], order[row[1]]))))


def _cap(name: str, cap: Cap, taken: int) -> dict[str, Any]:
    return {"cap": name, "places": cap.places, "taken": taken, "vacant": cap.places - taken}


def _no_candidate(id: str, why: str) -> dict[str, Any]:
    return {
        "set": None,
        "id": id,
        "prize": None,
        "reason": "not_candidate",
        "why": why,
        "provision": None,
        "citation": None,
        "ahead": [],
    }
