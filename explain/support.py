"""The support chosen for a true atom: founded, and the smallest.

Preference, in this order: records about those the question names before records about others; fewer steps, counted
along positive literals (a negated literal, a comparison or an aggregate is one step); the earlier rule of the text; the
lesser binding. Chosen with Knuth's generalization of Dijkstra's algorithm (Information Processing Letters 6, 1977), so
that an atom never supports itself: each step rests on steps settled before it.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

from clingo import SymbolType

from explain.dual import Dual
from explain.evidence import Evidence, Row
from explain.goals import Goal, Variant
from explain.literals import Atom
from explain.plan import Part

Key = tuple[Any, ...]
STRANGER = 1000
"""The cost of a record about somebody the question does not name."""


@dataclass(frozen=True)
class Way:
    """One way to support an atom (by a rule) or a part of a body (by an instance of its first literal)."""

    cost: int
    rests_on: tuple[Key, ...]
    variant: Variant | None = None
    env: Any = None


class Supports:
    """Chooses supports from the evidence for one question; `named` are the strings in the question."""

    def __init__(self, dual: Dual, evidence: Evidence, named: frozenset[str] = frozenset()) -> None:
        self.dual = dual
        self.evidence = evidence
        self.named = named
        self.ways: dict[Key, list[Way]] = {}
        self._best: dict[Key, int] = {}
        self._costs: dict[Key, int] = {}

    def best(self, key: Key) -> Way | None:
        """The way chosen for an atom or a part; None if nothing founded supports it."""
        if key not in self.ways:
            if self.dual.acyclic:
                self._descend(key)
            else:
                self._settle(key)
        number = self._best.get(key)
        return None if number is None else self.ways[key][number]

    def others(self, key: Key) -> list[Way]:
        """The founded ways that were not chosen."""
        chosen = self._best.get(key)
        return [
            way
            for number, way in enumerate(self.ways.get(key, ()))
            if number != chosen and all(one in self._best for one in way.rests_on)
        ]

    def _descend(self, key: Key) -> int:
        """Settle a key by plain recursion, where no rule leads back to where it came from."""
        known = self._costs.get(key)
        if known is not None:
            return known
        ways = self.ways[key] = self._ways(key)
        totals = [way.cost + sum([self._descend(one) for one in way.rests_on]) for way in ways]
        best = self._costs[key] = min(totals)
        self._best[key] = totals.index(best)
        return best

    def _settle(self, root: Key) -> None:
        todo, fresh = [root], list[Key]()
        while todo:
            key = todo.pop()
            if key not in self.ways:
                self.ways[key] = self._ways(key)
                fresh.append(key)
                todo += [one for way in self.ways[key] for one in way.rests_on]
        heap: list[tuple[int, int, int]] = []
        waiting: dict[Key, list[tuple[int, int]]] = {}
        left: dict[tuple[int, int], int] = {}
        cost: dict[tuple[int, int], int] = {}
        settled = self._costs
        for number, key in enumerate(fresh):
            for index, way in enumerate(self.ways[key]):
                open_ = [one for one in way.rests_on if one not in settled]
                left[number, index] = len(open_)
                cost[number, index] = way.cost + sum(settled[one] for one in way.rests_on if one in settled)
                for one in open_:
                    waiting.setdefault(one, []).append((number, index))
                if not open_:
                    heapq.heappush(heap, (cost[number, index], number, index))
        while heap:
            total, number, index = heapq.heappop(heap)
            key = fresh[number]
            if key in settled:
                continue
            settled[key] = total
            self._best[key] = index
            for place in waiting.get(key, ()):
                left[place] -= 1
                cost[place] += total
                if not left[place] and fresh[place[0]] not in settled:
                    heapq.heappush(heap, (cost[place], *place))

    def _ways(self, key: Key) -> list[Way]:
        return self._atom(key[1], key[2]) if key[0] == "atom" else self._part(key[1], key[2])

    def _atom(self, name: str, arguments: Row) -> list[Way]:
        ways, own = [], 1 + STRANGER * self._stranger(arguments)
        applied = self.evidence.rules("q", arguments)
        if not applied:
            return [Way(own, ())]
        for variant in self.dual.variants(Goal(True, (name, len(arguments)), (True,) * len(arguments))):
            for row in applied.get(variant.number, ()):
                env = dict(zip(variant.bound, row, strict=True))
                ways.append(Way(own, tuple(part_key(part, env) for part in variant.parts), variant, env))
        return ways or [Way(own, ())]

    def _stranger(self, arguments: Row) -> bool:
        strings = {one.string for one in arguments[:1] if one.type == SymbolType.String}
        return not strings <= self.named

    def _part(self, part: Part, key: Row) -> list[Way]:
        given = dict(zip(part.key, key, strict=True))
        rows = self.evidence.rows(f"__j{part.number}", key) if part.new else [()]
        ways = []
        for row in rows:
            env = given | dict(zip(part.new, row, strict=True))
            rests = [part_key(inner, env) for inner in part.inside]
            if isinstance(part.literal, Atom) and part.literal.sign == 0:
                names = [*part.key, *part.new]
                rests += [
                    ("atom", part.literal.name, found)
                    for found in self.evidence.present(str(part.number), names, part.literal, env)
                ]
            ways.append(Way(1, tuple(rests), None, env))
        return ways


def part_key(part: Part, env: Any) -> Key:
    """The key of a part under a binding."""
    return ("part", part, tuple(env[name] for name in part.key))
