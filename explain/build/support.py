"""The support chosen for a true atom: founded, and the smallest.

Preference, in this order: records about those the question names before records about others; fewer steps, counted
along positive literals (a negated literal, a comparison or an aggregate is one step); the earlier rule of the text; the
lesser binding. Chosen with Knuth's generalization of Dijkstra's algorithm (Information Processing Letters 6, 1977), so
that an atom never supports itself: each step rests on steps settled before it.
"""

from __future__ import annotations

import heapq
from typing import Any, NamedTuple

from engine.facts import quote
from explain.dual import Dual, Env, Goal, Part, Readings, Row, Variant
from explain.rules import Atom

Key = tuple[Any, ...]
STRANGER = 1000
"""The cost of a record about somebody the question does not name."""
LOOP = 1_000_000
"""The cost of a negation that leads back to the rule's own head."""


class Way(NamedTuple):
    """One way to support an atom (by a rule) or a part of a body (by an instance of its first literal)."""

    cost: int
    of: Variant | Part | None
    env: Env

    @property
    def variant(self) -> Variant | None:
        """The rule, if this supports an atom by one."""
        return self.of if isinstance(self.of, Variant) else None


class Supports:
    """Chooses supports from the evidence for one question; `named` are the strings in the question."""

    def __init__(self, dual: Dual, evidence: Readings, named: frozenset[str] = frozenset()) -> None:
        self.dual = dual
        self.evidence = evidence
        self.named = frozenset(map(quote, named))
        self.ways: dict[Key, list[Way]] = {}
        self._best: dict[Key, int] = {}
        self._costs: dict[Key, int] = {}

    def best(self, key: Key) -> Way | None:
        """The way chosen for an atom or a part; None if nothing founded supports it."""
        if key not in self.ways:
            if self.dual.acyclic:
                self._choose(key)
            else:
                self._settle(key)
        number = self._best.get(key)
        return None if number is None else self.ways[key][number]

    def others(self, key: Key) -> list[Way]:
        """The founded ways that were not chosen."""
        ways = self.ways.get(key, [])
        if len(ways) < 2:
            return []
        chosen = self._best.get(key)
        return [
            way
            for number, way in enumerate(ways)
            if number != chosen and all(one in self._best for one in self.rests_on(way))
        ]

    def rests_on(self, way: Way) -> list[Key]:
        """The atoms and parts that must be supported for a way to hold."""
        if way.of is None:
            return []
        if isinstance(way.of, Variant):
            return [part_key(part, way.env) for part in way.of.parts]
        part = way.of
        rests: list[Key] = [part_key(inner, way.env) for inner in part.inside]
        if isinstance(part.literal, Atom) and part.literal.sign == 0:
            rows = self.evidence.present(str(part.number), [*part.key, *part.new], part.literal, way.env)
            rests += [("atom", part.literal.name, row) for row in rows]
        return rests

    def _choose(self, key: Key) -> None:
        """Settle a key where no rule leads back to where it came from; what it costs is asked only for a choice."""
        ways = self.ways[key] = self._ways(key)
        if len(ways) > 1:
            self._cost(key)
        elif ways:
            self._best[key] = 0

    def _cost(self, key: Key) -> int:
        known = self._costs.get(key)
        if known is None:
            if key not in self.ways:
                self.ways[key] = self._ways(key)
            totals = [way.cost + sum([self._cost(one) for one in self.rests_on(way)]) for way in self.ways[key]]
            known = self._costs[key] = min(totals)
            self._best[key] = totals.index(known)
        return known

    def _settle(self, root: Key) -> None:
        todo, fresh = [root], list[Key]()
        while todo:
            key = todo.pop()
            if key not in self.ways:
                self.ways[key] = self._ways(key)
                fresh.append(key)
                todo += [one for way in self.ways[key] for one in self.rests_on(way)]
        heap: list[tuple[int, int, int]] = []
        waiting: dict[Key, list[tuple[int, int]]] = {}
        left: dict[tuple[int, int], int] = {}
        cost: dict[tuple[int, int], int] = {}
        settled = self._costs
        for number, key in enumerate(fresh):
            for index, way in enumerate(self.ways[key]):
                rests = self.rests_on(way)
                open_ = [one for one in rests if one not in settled]
                left[number, index] = len(open_)
                cost[number, index] = way.cost + sum(settled[one] for one in rests if one in settled)
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
        if self.evidence.gives(name, arguments):
            ways.append(Way(own, None, {}))
        applied = self.evidence.rules("q", arguments)
        if applied:
            variants = self.dual.variants(Goal(True, (name, len(arguments)), (True,) * len(arguments)))
            for number in sorted(applied.keys() & variants.keys()):
                variant = variants[number]
                cost = own + LOOP * self._looping(variant)
                ways += [Way(cost, variant, variant.env(arguments, row)) for row in applied[number]]
        return ways or [Way(own, None, {})]

    def _looping(self, variant: Variant) -> int:
        """How many literals of a rule rest on its head through negation: what does not is no assumption."""
        body = [one for one in variant.rule.body if isinstance(one, Atom) and one.sign]
        return sum(self.dual.recursive(variant.rule, one) for one in body)

    def _stranger(self, arguments: Row) -> bool:
        return bool(arguments) and arguments[0].startswith('"') and arguments[0] not in self.named

    def _part(self, part: Part, key: Row) -> list[Way]:
        given = dict(zip(part.key, key, strict=True))
        if not part.new:
            return [Way(1, part, given)]
        rows = self.evidence.rows(f"__j{part.number}", key)
        return [Way(1, part, given | dict(zip(part.new, row, strict=True))) for row in rows]


def part_key(part: Part, env: Env) -> Key:
    """The key of a part under a binding."""
    return ("part", part, tuple([env[name] for name in part.key]))
