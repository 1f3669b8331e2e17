"""The lawful award sets of a small round in plain Python, after the words of the law and apart from the rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

Set = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Round:
    """What decides: scores in hundredths, kinds, marks, closed prizes, who does not count, places, one pot or two."""

    scores: Mapping[str, int]
    kinds: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[str, int] = field(default_factory=dict)
    closed: frozenset[tuple[str, str]] = frozenset()
    exempt: frozenset[tuple[str, str]] = frozenset()
    places: int = 2
    separate: bool = False

    def sets(self) -> list[Set]:
        """Every lawful set, in order."""
        ids = sorted(self.scores)
        choices = (
            dict(zip(ids, prizes, strict=True)) for prizes in product(("main", "nomination", ""), repeat=len(ids))
        )
        return sorted(self._listed(choice) for choice in choices if not any(self.breaches(choice)))

    def fullest(self) -> list[Set]:
        """The lawful sets with the most main prizes, and among those the most nominations."""
        sets = self.sets()
        most = max((len(main), len(nomination)) for main, nomination in sets)
        return [one for one in sets if (len(one[0]), len(one[1])) == most]

    def breaches(self, prize_of: Mapping[str, str]) -> Iterator[str]:
        """What speaks against giving each candidate the prize named (or none)."""
        for kind in sorted({self._judged_with(id) for id in self.scores}):
            group = [id for id in self.scores if self._judged_with(id) == kind]
            for prize in ("main", "nomination"):
                winners = [id for id in group if prize_of[id] == prize]
                if sum((id, prize) not in self.exempt for id in winners) > self.places:
                    yield "quota"
                if not all(self._may_receive(id, prize) for id in winners):
                    yield "standard or closed"
                waiting = [id for id in group if self._may_receive(id, prize) and prize_of[id] not in (prize, "main")]
                if any(self.scores[other] > self.scores[id] for id in winners for other in waiting):
                    yield "merit"

    def reason(self, one: Set, id: str, prize: str) -> tuple[str, list[str]]:
        """Why a candidate without a prize in a set does not have this one, and who stands ahead."""
        winners = dict(zip(("main", "nomination"), one, strict=True))
        group = [other for other in self.scores if self._judged_with(other) == self._judged_with(id)]
        order = sorted(group, key=lambda other: (-self.scores[other], other))
        ahead = [other for other in order if other in winners[prize]]
        if (id, prize) in self.closed:
            return "prize_closed", ahead
        if self.scores[id] < self.marks.get(prize, 0):
            return "below_standard", ahead
        if (id, prize) not in self.exempt and sum((x, prize) not in self.exempt for x in ahead) >= self.places:
            return "quota_full", ahead
        waiting = [x for x in order if self._may_receive(x, prize) and x not in (*winners[prize], *winners["main"])]
        better = [x for x in waiting if self.scores[x] > self.scores[id]]
        return ("outranked", better) if better else ("left_vacant", ahead)

    def _may_receive(self, id: str, prize: str) -> bool:
        return self.scores[id] >= self.marks.get(prize, 0) and (id, prize) not in self.closed

    def _judged_with(self, id: str) -> str:
        return self.kinds.get(id, "organization") if self.separate else ""

    def _listed(self, prize_of: Mapping[str, str]) -> Set:
        order = sorted(self.scores, key=lambda id: (-self.scores[id], id))
        main, nomination = (tuple(id for id in order if prize_of[id] == prize) for prize in ("main", "nomination"))
        return main, nomination
