"""Who may receive which prize of a round: what the rules say before anything is chosen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import clingo

from engine.case import Case
from engine.law import Provision, rule_files
from engine.solve import Clock, answer, governed, symbols
from engine.words import hundredths

PRIZES = ("main", "nomination")
"""The prizes in the order in which they are given."""
NOTES = ("fraud_not_revoked", "nominee_unpaid_by_default", "objection_pending")
"""What whoever decides about awards must know of an applicant."""


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
class Candidates:
    """The candidates of a case by id, who is none and why, the quotas, and the provisions that govern the choice.

    `objected` are the provisions under which an objection keeps somebody from going on. `quota` maps a prize to the
    places of each division. `atoms` is what the rules about sets take in.
    """

    candidates: Mapping[str, Candidate]
    others: Mapping[str, str]
    objected: Mapping[str, tuple[Provision, ...]]
    quota: Mapping[str, Mapping[str, int]]
    provisions: Mapping[str, Provision]
    notes: tuple[tuple[str, str, str], ...]
    atoms: tuple[clingo.Symbol, ...] = field(repr=False)

    def reached(self, prize: str) -> bool:
        """Whether somebody reaches the standard of a prize, closed to him or not."""
        return any(prize in (*c.prizes, *c.closed) for c in self.candidates.values())

    def pool(self, prize: str) -> list[Candidate]:
        """Who may receive a prize, by falling score, then id."""
        return sorted((c for c in self.candidates.values() if prize in c.prizes), key=lambda c: c.place)


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
            division[arguments[0].string] = arguments[1].name
        elif name in prizes:
            prizes[name][arguments[0].string].add(arguments[1].name)
        elif name == "brings":
            brings[arguments[0].string][arguments[1].name].add(arguments[2].name)
        elif name == "cited":
            cited[arguments[0].string][arguments[1].name].add(Provision.of(arguments[2]))
        elif name == "quota_in":
            quota[arguments[0].name][arguments[1].name] = arguments[2].number
        elif name.endswith("_provision"):
            provisions[name.removesuffix("_provision")] = Provision.of(arguments[0])
        elif name == "note" and arguments[1].name in NOTES:
            notes.append((arguments[0].string, arguments[1].name, str(arguments[2])))
        elif name == "refused":
            refused.add((Provision.of(arguments[0]), arguments[1].name))
    governed(case, refused)
    return Candidates(
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
        {prize: dict(places) for prize, places in quota.items()},
        provisions,
        tuple(sorted(notes)),
        tuple(atoms),
    )


def _ordered(prizes: set[str]) -> tuple[str, ...]:
    return tuple(prize for prize in PRIZES if prize in prizes)
