"""The lawful award sets of a round: all or the fullest, in order, counted exactly.

Candidates that nothing but their identifier tells apart are equals. The solver finds one set of each kind, in which the
first of equals win; the other sets of a kind differ only in who of the equals won, and are written or multiplied out.
The order is lexicographic over the winners' lists (prize by prize, each by falling score, then id).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby, pairwise
from math import comb
from typing import NamedTuple

import clingo

from engine.award.candidacy import Candidates
from engine.award.permutations import Needs, lists
from engine.law import RULES
from engine.solve import Clock, control, inputs

FILES = (RULES / "award_set.lp", RULES / "award_choice.lp", RULES / "award_count.lp")
SET = FILES[:1]
"""The rules about a set that is given, not chosen."""


class Choice(NamedTuple):
    """One award set: each prize's winners by falling score, then id; prize and reason for each who has none."""

    winners: tuple[tuple[str, ...], ...]
    denied: frozenset[tuple[str, str, str]]


Lists = tuple[tuple[str, ...], ...]
"""Each prize's winners, in the order of the prizes."""
SetKind = tuple[Needs, ...]
"""A kind of set: for each prize, how many of each group of equals win it."""


class Sets:
    """The award sets of some candidates; with `fullest` only those of the most prizes, level by level."""

    def __init__(self, who: Candidates, fullest: bool, clock: Clock | None = None) -> None:
        self._who = who
        self.prizes = who.prizes
        self._clock = clock or Clock()
        self.groups = equals(who)
        self._group = {id: i for i, group in enumerate(self.groups) for id in group}
        pairs = (pair for group in self.groups for pair in pairwise(group))
        alike = [clingo.Function("next_alike", [clingo.String(a), clingo.String(b)]) for a, b in pairs]
        self._facts = [*chosen_from(who), *alike]
        self._fullest = self._most() if fullest else ""

    def __iter__(self) -> Iterator[Choice]:
        reasons: dict[SetKind, frozenset[tuple[int, str, str]]] = {}
        for winners, kind in self.listed():
            self._clock.check()
            if kind not in reasons:
                reasons[kind] = self._reasons(kind)
            honoured = {id for ids in winners for id in ids}
            denied = ((id, prize, reason) for i, prize, reason in reasons[kind] for id in self.groups[i])
            yield Choice(winners, frozenset(row for row in denied if row[0] not in honoured))

    def listed(self) -> Iterator[tuple[Lists, SetKind]]:
        """Each set's winners with its kind, in order, without the reasons of the others."""
        return self._lists((), self.kinds)

    def _lists(self, given: tuple[tuple[str, ...], ...], kinds: Sequence[SetKind]) -> Iterator[tuple[Lists, SetKind]]:
        """Every way to go on from the first prizes' winners, each with its kind, in order."""
        at = len(given)
        if at == len(self.prizes):
            yield given, kinds[0]
            return
        by_need: dict[Needs, list[SetKind]] = {}
        for kind in kinds:
            by_need.setdefault(kind[at], []).append(kind)
        taken = {id for ids in given for id in ids}
        for winners, needs in lists([(id, group) for id, group in self._pool(at) if id not in taken], list(by_need)):
            yield from self._lists((*given, winners), by_need[needs])

    @cached_property
    def kinds(self) -> list[SetKind]:
        """Every kind of set."""
        ctl = control(FILES, self._facts, extra=self._fullest)
        ctl.configuration.solve.opt_mode = "ignore"  # type: ignore[union-attr]
        ctl.configuration.solve.models = 0  # type: ignore[union-attr]
        found = []
        with ctl.solve(yield_=True) as handle:
            for model in handle:
                self._clock.check()
                won = list(_won(model))
                found.append(tuple(_needs(self._group[id] for id, p in won if p == prize) for prize in self.prizes))
        return found

    def count(self) -> int:
        """How many sets there are."""
        return sum(self._ways(kind) for kind in self.kinds)

    def tied(self) -> list[str]:
        """Those whose prize is not the same in every set, sorted."""
        ends = [set[str]() for _ in self.groups]
        for kind in self.kinds:
            each = [dict(needs) for needs in kind]
            for i, group in enumerate(self.groups):
                numbers = {prize: needs.get(i, 0) for prize, needs in zip(self.prizes, each, strict=True)}
                numbers["none"] = len(group) - sum(numbers.values())
                ends[i].update(end for end, number in numbers.items() if number)
        return sorted(id for group, end in zip(self.groups, ends, strict=True) if len(end) > 1 for id in group)

    def in_some(self, prize: str) -> set[str]:
        """Who has the prize in at least one set."""
        return {id for kind in self.kinds for i, _ in kind[self.prizes.index(prize)] for id in self.groups[i]}

    def without(self, id: str) -> bool:
        """Whether some set gives a candidate no prize."""
        i = self._group[id]
        return any(sum(dict(needs).get(i, 0) for needs in kind) < len(self.groups[i]) for kind in self.kinds)

    def _pool(self, prize: int) -> list[tuple[str, int]]:
        """Who may receive a prize, in the order of its list, each with his group."""
        return [(c.id, self._group[c.id]) for c in self._who.pool(self.prizes[prize])]

    def _ways(self, kind: SetKind) -> int:
        ways, taken = 1, Counter[int]()
        for needs in kind:
            for i, number in needs:
                ways *= comb(len(self.groups[i]) - taken[i], number)
                taken[i] += number
        return ways

    def _most(self) -> str:
        """The constraints that leave only the fullest sets: as many of each level as an optimal answer set has."""
        best: Counter[int] = Counter()
        unwilled = " ".join(f":- won(_,{prize})." for prize in sorted(self._who.willed))
        ctl = control(FILES, self._facts, extra=unwilled)
        with ctl.solve(yield_=True) as handle:
            for model in handle:
                self._clock.check()
                best = Counter(self._who.ranks[prize] for _, prize in _won(model))
        levels = sorted({level for prize, level in self._who.ranks.items() if prize not in self._who.willed})
        counts = (f":- not {best[n]} {{ won(A,P) : ranked(P,{n}), not discretionary(P) }} {best[n]}." for n in levels)
        return " ".join([unwilled, *counts])

    def _reasons(self, kind: SetKind) -> frozenset[tuple[int, str, str]]:
        """Why those of each group who have no prize in a set of a kind have none."""
        taken: Counter[int] = Counter()
        winners: dict[str, list[str]] = {prize: [] for prize in self.prizes}
        for prize, needs in zip(self.prizes, kind, strict=True):
            for i, number in needs:
                winners[prize] += self.groups[i][taken[i] : taken[i] + number]
                taken[i] += number
        return frozenset((self._group[id], prize, reason) for id, prize, reason in denied(self._who, won(winners)))


def won(winners: Mapping[str, Iterable[str]]) -> list[clingo.Symbol]:
    """A choice as the solver's facts: each prize's winners."""
    return [clingo.Function("won", [clingo.String(id), clingo.Function(p)]) for p, ids in winners.items() for id in ids]


def denied(who: Candidates, won: Sequence[clingo.Symbol]) -> set[tuple[str, str, str]]:
    """Who has no prize in a given set, and why not each prize."""
    ctl = control(SET, [*chosen_from(who), *won])
    found = ctl.symbolic_atoms.by_signature("denied", 3)
    return {(a.symbol.arguments[0].string, a.symbol.arguments[1].name, a.symbol.arguments[2].name) for a in found}


def chosen_from(who: Candidates) -> list[clingo.Symbol]:
    """What the rules about sets take in of what is known of the candidates."""
    wanted = inputs(FILES) - {("won", 2)}
    return [atom for atom in who.atoms if (atom.name, len(atom.arguments)) in wanted]


def equals(who: Candidates) -> list[list[str]]:
    """Candidates that nothing but their identifier tells apart, in groups of at least one, each sorted."""

    def marks(id: str) -> tuple[object, ...]:
        c = who.candidates[id]
        return (-c.score, c.division, c.prizes, c.closed, tuple(prize for prize in c.prizes if prize in c.counts))

    return [sorted(group) for _, group in groupby(sorted(who.candidates, key=marks), marks)]


def _needs(groups: Iterable[int]) -> Needs:
    return tuple(sorted(Counter(groups).items()))


def _won(model: clingo.Model) -> Iterator[tuple[str, str]]:
    return ((s.arguments[0].string, s.arguments[1].name) for s in model.symbols(shown=True) if s.name == "won")
