"""Who may receive which prize of a round: what the rules say before anything is chosen."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import clingo

from engine.case import Case
from engine.law import Provision, cities, regulation, rule_files
from engine.solve import Clock, answer, governed, symbols
from engine.words import hundredths

NOTES = ("fraud_not_revoked", "nominee_unpaid_by_default", "objection_pending")
"""What whoever decides about awards must know of an applicant."""


THINGS = ("certificate", "trophy", "bonus")
"""What a prize may bring under any regulation."""


@dataclass(frozen=True)
class Candidate:
    """A candidate: score in hundredths, who is judged with it, the prizes it may receive and what each would bring.

    `rewin` are those of the prizes that would be won again (再次获奖), `counts` the prizes in whose quota it counts,
    `closed` those closed to it.
    """

    id: str
    score: int
    division: str
    prizes: tuple[str, ...]
    rewin: tuple[str, ...]
    counts: tuple[str, ...]
    closed: tuple[str, ...]
    brings: Mapping[str, frozenset[str]]
    cited: Mapping[str, tuple[Provision, ...]]

    @property
    def place(self) -> tuple[int, str]:
        """The sort key of winners: falling score, then id."""
        return (-self.score, self.id)


@dataclass(frozen=True)
class Cap:
    """Places that the regulation limits: their provision, their number, and what they count: prize and division."""

    provision: Provision
    places: int
    covers: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Candidates:
    """The candidates of a case by id, who is none and why, the quotas, and the provisions that govern the choice.

    `prizes` are those of the regulation, in its order, `ranks` the level of each (1 the highest), `willed` those given
    at will. `objected` are the provisions under which an objection keeps somebody from going on. `quota` maps a prize
    to the places of each division; where the regulation limits places by caps, `caps` are these, by name, instead.
    `closings` are the provisions that close a prize to somebody, by both, `short` those of the text whose standard he
    does not reach. `atoms` is what the rules about sets take in.
    """

    prizes: tuple[str, ...]
    ranks: Mapping[str, int]
    willed: frozenset[str]

    candidates: Mapping[str, Candidate]
    others: Mapping[str, str]
    objected: Mapping[str, tuple[Provision, ...]]
    quota: Mapping[str, Mapping[str, int]]
    caps: Mapping[str, Cap]
    compared: frozenset[tuple[str, str, str]]
    closings: Mapping[tuple[str, str], tuple[Provision, ...]]
    short: Mapping[tuple[str, str], tuple[Provision, ...]]
    provisions: Mapping[str, Provision]
    notes: tuple[tuple[str, str, str], ...]
    atoms: tuple[clingo.Symbol, ...] = field(repr=False)

    @property
    def things(self) -> tuple[str, ...]:
        """What prizes may bring: a certificate, a trophy, money, and whatever else this regulation grants somebody."""
        granted = {thing for c in self.candidates.values() for found in c.brings.values() for thing in found}
        return (*THINGS, *sorted(granted.difference(THINGS)))

    def reached(self, prize: str) -> bool:
        """Whether somebody reaches the standard of a prize, closed to him or not."""
        return any(prize in (*c.prizes, *c.closed) for c in self.candidates.values())

    def pool(self, prize: str) -> list[Candidate]:
        """Who may receive a prize, by falling score, then id."""
        return list(self._pools.get(prize, ()))

    @cached_property
    def _pools(self) -> Mapping[str, list[Candidate]]:
        pools: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in sorted(self.candidates.values(), key=lambda c: c.place):
            for prize in candidate.prizes:
                pools[prize].append(candidate)
        return pools

    def rank(self, id: str) -> int:
        """Which place a candidate has by its score among those judged with it for some prize it may receive."""
        own = self.candidates[id]
        scores = self._scores[own.division, frozenset(own.prizes)]
        return 1 + len(scores) - bisect_right(scores, own.score)

    @cached_property
    def _scores(self) -> Mapping[tuple[str, frozenset[str]], list[int]]:
        """The rising scores of all who are judged with somebody of that division who may receive those prizes."""
        everybody = sorted(self.candidates.values(), key=lambda c: c.score)
        return {
            (division, prizes): [
                c.score
                for c in everybody
                if c.division == division or any((prize, c.division, division) in self.compared for prize in prizes)
            ]
            for division, prizes in {(c.division, frozenset(c.prizes)) for c in everybody}
        }

    def counted(self, cap: Cap, winners: Mapping[str, Iterable[str]]) -> list[str]:
        """Who of some winners, by prize, a cap counts, by falling score, then id."""
        found = [
            self.candidates[id]
            for prize, ids in winners.items()
            for id in ids
            if id in self.candidates and self._counts(cap, self.candidates[id], prize)
        ]
        return [c.id for c in sorted(found, key=lambda c: c.place)]

    def filled(self, id: str, prize: str, taken: Mapping[str, int]) -> Cap | None:
        """The cap that leaves a candidate no place of a prize: of the full ones (by places taken) the narrowest."""
        full = [
            (len(cap.covers), name)
            for name, cap in self.caps.items()
            if taken[name] >= cap.places and self._counts(cap, self.candidates[id], prize)
        ]
        return self.caps[min(full)[1]] if full else None

    def better(self, id: str, prize: str, winners: Mapping[str, Iterable[str]], taken: Mapping[str, int]) -> list[str]:
        """The better ones who might have a prize and have none as good: whoever gets it passes them over."""
        own, has = self.candidates[id], {one: name for name, ids in winners.items() for one in ids}
        full = [cap for name, cap in self.caps.items() if taken[name] >= cap.places]
        return [
            c.id
            for c in self.pool(prize)
            if c.score > own.score
            and (prize, c.division, own.division) in self.compared
            and (c.id not in has or self.ranks[has[c.id]] > self.ranks[prize])
            and not any((prize, c.division) in cap.covers and (prize, own.division) not in cap.covers for cap in full)
        ]

    @staticmethod
    def _counts(cap: Cap, candidate: Candidate, prize: str) -> bool:
        return prize in candidate.counts and (prize, candidate.division) in cap.covers


def candidates(case: Case, clock: Clock | None = None) -> Candidates:
    """Who may receive which prize; CaseError where the regulation does not govern the case."""
    atoms = answer(rule_files(case.city, "award"), feed(case), clock)
    return read(case, atoms)


def feed(case: Case) -> Iterator[clingo.Symbol]:
    """The facts of a case as symbols, scores with decimals in hundredths beside them."""
    yield from symbols(case.city, case.readings, case.facts, "award")
    for predicate, name in (("score", "hundredths"), ("pass_mark", "mark_hundredths")):
        for subject, points in case.rows(predicate):
            if isinstance(points, str):
                key = clingo.String(str(subject)) if predicate == "score" else clingo.Function(str(subject))
                yield clingo.Function(name, [key, clingo.Number(hundredths(points))])


def read(case: Case, atoms: Sequence[clingo.Symbol]) -> Candidates:
    """Sort the shown atoms by candidate."""
    ids: set[str] = set()
    others: dict[str, str] = {}
    objected: dict[str, set[Provision]] = defaultdict(set)
    points: dict[str, int] = {}
    division: dict[str, str] = {}
    prizes: dict[str, dict[str, set[str]]] = {
        name: defaultdict(set) for name in ("may_receive", "counts", "rewinner", "closed_prize")
    }
    brings: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    cited: dict[str, dict[str, set[Provision]]] = defaultdict(lambda: defaultdict(set))
    quota: dict[str, dict[str, int]] = defaultdict(dict)
    caps: dict[str, tuple[Provision, int]] = {}
    covers: dict[str, set[tuple[str, str]]] = defaultdict(set)
    compared: set[tuple[str, str, str]] = set()
    closings: dict[tuple[str, str], set[Provision]] = defaultdict(set)
    short: dict[tuple[str, str], set[Provision]] = defaultdict(set)
    order: dict[str, int] = {}
    ranks: dict[str, int] = {}
    willed: set[str] = set()
    provisions: dict[str, Provision] = {}
    notes, refused = [], set()
    for atom in atoms:
        name, arguments = atom.name, atom.arguments
        if name == "candidate":
            ids.add(arguments[0].string)
        elif name == "not_candidate":
            others[arguments[0].string] = arguments[1].name
        elif name == "objected":
            objected[arguments[0].string].add(Provision.of(arguments[2]))
        elif name == "points":
            points[arguments[0].string] = arguments[1].number
        elif name == "division":
            division[arguments[0].string] = str(arguments[1])
        elif name in prizes:
            prizes[name][arguments[0].string].add(arguments[1].name)
        elif name == "brings":
            brings[arguments[0].string][arguments[1].name].add(arguments[2].name)
        elif name == "cited":
            cited[arguments[0].string][arguments[1].name].add(Provision.of(arguments[2]))
        elif name == "quota_in":
            quota[arguments[0].name][arguments[1].name] = arguments[2].number
        elif name == "cap":
            caps[arguments[1].name] = (Provision.of(arguments[0]), arguments[2].number)
        elif name == "covers":
            covers[arguments[0].name].add((arguments[1].name, str(arguments[2])))
        elif name == "compared":
            compared.add((arguments[0].name, str(arguments[1]), str(arguments[2])))
        elif name in ("closing", "unfit"):
            closings[arguments[0].string, arguments[1].name].add(Provision.of(arguments[2]))
        elif name == "below_required":
            short[arguments[0].string, arguments[1].name].add(Provision.of(arguments[2]))
        elif name == "order":
            order[arguments[0].name] = arguments[1].number
        elif name == "ranked":
            ranks[arguments[0].name] = arguments[1].number
        elif name == "discretionary":
            willed.add(arguments[0].name)
        elif name.endswith("_provision"):
            provisions[name.removesuffix("_provision")] = Provision.of(arguments[0])
        elif name == "note" and arguments[1].name in NOTES:
            notes.append((arguments[0].string, arguments[1].name, str(arguments[2])))
        elif name == "refused":
            refused.add((Provision.of(arguments[0]), arguments[1].name))
    governed(case, refused)
    named = _as_named(case.city, order)

    def _ordered(prizes: set[str]) -> tuple[str, ...]:
        return tuple(prize for prize in named if prize in prizes)

    return Candidates(
        named,
        ranks,
        frozenset(willed),
        {
            id: Candidate(
                id,
                points[id],
                division[id],
                _ordered(prizes["may_receive"][id]),
                _ordered(prizes["rewinner"][id]),
                _ordered(prizes["counts"][id]),
                _ordered(prizes["closed_prize"][id]),
                {prize: frozenset(things) for prize, things in brings[id].items()},
                {prize: tuple(sorted(found)) for prize, found in cited[id].items()},
            )
            for id in sorted(ids)
        },
        dict(sorted(others.items())),
        {id: tuple(sorted(found)) for id, found in sorted(objected.items())},
        {} if caps else {prize: dict(quota[prize]) for prize in named},
        {name: Cap(*caps[name], frozenset(covers[name])) for name in sorted(caps)},
        frozenset(compared),
        {key: tuple(sorted(found)) for key, found in closings.items()},
        {key: tuple(sorted(found)) for key, found in short.items()},
        provisions,
        tuple(sorted(notes)),
        tuple(atoms),
    )


def _as_named(city: str, order: Mapping[str, int]) -> tuple[str, ...]:
    """Prizes as the regulation names them; as they rank where it is none of those in `rules/`."""
    known = regulation(city).prizes if city in cities() else ()
    return tuple(sorted(order, key=lambda prize: (known.index(prize) if prize in known else len(known), order[prize])))
