"""The lawful award sets of a round under caps in plain Python, after the words of the law and apart from the rules.

A cap is a number and what it counts: prizes, kinds, tracks. A better candidate may be passed over only where places
that count him and not the winner are full.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from random import Random

Cell = tuple[str, str]
KINDS, TRACKS = ("organization", "individual"), ("management", "standards")


@dataclass(frozen=True)
class Cap:
    """At most so many winners of these prizes, kinds and tracks; none named: any."""

    places: int
    prizes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    tracks: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Round:
    """What decides: scores, cells of candidates, levels of prizes, caps, who does not count, what is judged apart."""

    scores: Mapping[str, int]
    cells: Mapping[str, Cell]
    levels: Mapping[str, int]
    caps: Mapping[str, Cap]
    willed: frozenset[str] = frozenset()
    exempt: frozenset[tuple[str, str]] = frozenset()
    closed: frozenset[tuple[str, str]] = frozenset()
    apart: frozenset[tuple[str, str]] = field(default=frozenset())

    def sets(self) -> list[dict[str, str]]:
        """Every lawful set, as the prize of each winner."""
        ids = sorted(self.scores)
        choices = (dict(zip(ids, given, strict=True)) for given in product((*self.levels, ""), repeat=len(ids)))
        return [{id: prize for id, prize in one.items() if prize} for one in choices if not any(self.breaches(one))]

    def fullest(self) -> list[dict[str, str]]:
        """The lawful sets without a prize given at will that have the most of the highest level, then of the next."""
        sets = [one for one in self.sets() if not self.willed & {*one.values()}]
        return [one for one in sets if self._numbers(one) == max(map(self._numbers, sets))]

    def breaches(self, has: Mapping[str, str]) -> Iterator[str]:
        """What speaks against giving each candidate the prize named (or none)."""
        full = {name for name, cap in self.caps.items() if len(self._counted(cap, has)) >= cap.places}
        for cap in self.caps.values():
            if len(self._counted(cap, has)) > cap.places:
                yield "quota"
        for winner, prize in has.items():
            if prize and (winner, prize) in self.closed:
                yield "closed"
            for better in self.scores if prize else ():
                if (
                    self.scores[better] > self.scores[winner]
                    and (better, prize) not in self.closed
                    and prize not in self.willed
                    and self._together(prize, self.cells[better], self.cells[winner])
                    and not (has[better] and self.levels[has[better]] <= self.levels[prize])
                    and not any(
                        self._covers(self.caps[name], prize, self.cells[better])
                        and not self._covers(self.caps[name], prize, self.cells[winner])
                        for name in full
                    )
                ):
                    yield "merit"

    def _numbers(self, one: Mapping[str, str]) -> list[int]:
        return [sum(self.levels[prize] == level for prize in one.values()) for level in sorted({*self.levels.values()})]

    def _counted(self, cap: Cap, has: Mapping[str, str]) -> list[str]:
        won = ((id, prize) for id, prize in has.items() if prize and (id, prize) not in self.exempt)
        return [id for id, prize in won if self._covers(cap, prize, self.cells[id])]

    def _covers(self, cap: Cap, prize: str, cell: Cell) -> bool:
        named = prize in cap.prizes if cap.prizes else prize not in self.willed
        kind, track = cell
        return (
            named
            and prize not in cap.outside
            and (not cap.kinds or kind in cap.kinds)
            and (not cap.tracks or track in cap.tracks)
        )

    def _together(self, prize: str, one: Cell, other: Cell) -> bool:
        return not any(
            (prize, what) in self.apart and one[at] != other[at] for at, what in enumerate(("kind", "track"))
        )

    def facts(self) -> Iterator[str]:
        """The round as the rules take it in: eligible candidates, the regulation's caps and levels."""
        for id, score in self.scores.items():
            kind, track = self.cells[id]
            yield f'applicant("{id}",{kind}). eligible("{id}"). score("{id}",{score}). applies_for("{id}",{track}).'
        for prize, level in self.levels.items():
            yield f"prize({prize}). level({prize},{level})."
        yield from (f"discretionary({prize})." for prize in self.willed)
        yield from (f'exempt("{id}",{prize}).' for id, prize in self.exempt)
        yield from (f'closed_prize("{id}",{prize}).' for id, prize in self.closed)
        yield from (f"apart({prize},{what})." for prize, what in self.apart)
        for name, cap in self.caps.items():
            yield f"quota(art(4,0,0),{name},{cap.places})."
            named = {"prize": cap.prizes, "kind": cap.kinds, "track": cap.tracks}
            yield from (f"within({name},{what},{value})." for what, values in named.items() for value in values)
            yield from (f"outside({name},{prize})." for prize in cap.outside)


def random_round(seed: int) -> Round:
    """A round of up to five candidates, three prizes, two kinds, two tracks, four caps."""
    draw = Random(seed)

    def some(values: tuple[str, ...], share: float) -> frozenset[str]:
        return frozenset(value for value in values if draw.random() < share)

    ids = [f"C{number}" for number in range(draw.randint(1, 5))]
    prizes = ("gold", "silver", "special")[: draw.randint(1, 3)]
    pairs = list(product(ids, prizes))
    caps = {
        f"cap{number}": Cap(
            draw.randint(0, 3), some(prizes, 0.4), some(KINDS, 0.3), some(TRACKS, 0.3), some(prizes, 0.1)
        )
        for number in range(draw.randint(1, 4))
    }
    return Round(
        {id: draw.randint(1, 4) * 100 for id in ids},
        {id: (draw.choice(KINDS), draw.choice(TRACKS)) for id in ids},
        {prize: draw.randint(1, 2) for prize in prizes},
        caps,
        some(prizes, 0.2),
        frozenset(pair for pair in pairs if draw.random() < 0.15),
        frozenset(pair for pair in pairs if draw.random() < 0.1),
        frozenset(pair for pair in product(prizes, ("kind", "track")) if draw.random() < 0.3),
    )
