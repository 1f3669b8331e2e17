"""The cheapest repairs where no set of panels exists: clingo proposes steps, the maximum flow judges them.

Each judgment that fails gives one more set of seats that is short; the proposals must heed them all. The first that
passes is a cheapest repair, for nothing cheaper heeds what every repair must. A recusal is never waived.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

import clingo
from clingo import Function, Number, Symbol

from engine.draw import Bench, Frozen, Plan
from engine.law import RULES
from engine.panels import ROLES
from engine.repair.leastcost import by_flow
from engine.repair.steps import PRICES, Repair, Step
from engine.solve import Clock, control, models

LIMIT = 10
"""Repairs named at most."""
SMALL = 5_000
"""Pairs of a reviewer and a group up to which every step is weighed."""
ROUNDS = 400
"""Proposals judged at most: a bound by number, so that the same case gives the same answer."""
OPTIONS = ("--opt-mode=optN", "--opt-strategy=usc", "--models=0", "--solve-limit=20000")
"""The limit is one of conflicts, not of time: the same case gives the same answer."""


def repairs(
    frozen: Frozen, clock: Clock | None = None, *, rules: Path = RULES / "repair.lp", rounds: int = ROUNDS
) -> list[Repair]:
    """The cheapest repairs of a roster without a set of panels, sorted, at most LIMIT.

    Where a case is too large for the search, one that is cheapest among those that move no applicant. `rules` are those
    tried, and no more than `rounds` proposals are judged.
    """
    bench = Bench.of(frozen)
    if Plan.of(bench).hall() is None:
        return []
    if len(bench.reviewers) * len(bench.groups) <= SMALL and (
        found := sorted(_Search(frozen, bench, clock or Clock(), rules).run(rounds))
    ):
        return found
    return [by_flow(frozen, bench)]


class _Search:
    """The numbers behind the names, the solver, and the sets of seats found short so far."""

    def __init__(self, frozen: Frozen, bench: Bench, clock: Clock, rules: Path) -> None:
        self.clock = clock
        self.frozen, self.bench, self.roster = frozen, bench, frozen.roster
        self.groups = {group: index for index, group in enumerate(self.roster.every_group)}
        self.people = {name: index for index, name in enumerate(self.roster.reviewers)}
        self.applicants = sorted(self.roster.reviewed.under_review)
        self.number = {applicant: index for index, applicant in enumerate(self.applicants)}
        self.industries = sorted({str(code) for _, code in self.roster.case.rows("group")})
        self.told = set(self._base())
        self.ctl = control((rules,), sorted(self.told), options=OPTIONS)
        self.halls = 0

    def run(self, rounds: int) -> Iterator[Repair]:
        """Propose, judge, learn."""
        self._learn(self._short(self.bench))
        best, found = None, 0
        for _ in range(rounds):
            steps = self._propose()
            if steps is None:
                return
            cost = sum(PRICES[_price(step)] for step in steps)
            if best is not None and cost > best:
                return
            if short := self._short(self._changed(steps)):
                self._learn(short)
                continue
            best, found = cost, found + 1
            yield Repair(cost, tuple(sorted(self._named(steps))))
            if found == LIMIT:
                return
            self._tell(Function("known", [Number(found), step]) for step in steps)
            self.ctl.ground([("never", [Number(found)])])

    def _tell(self, facts: Iterable[Symbol]) -> None:
        with self.ctl.backend() as backend:
            for fact in facts:
                if fact not in self.told:
                    self.told.add(fact)
                    backend.add_rule([backend.add_atom(fact)])

    def _propose(self) -> list[Symbol] | None:
        """The cheapest steps that heed every set found short."""
        for atoms in models(self.ctl, self.clock, optimal=True):
            return [atom.arguments[0] for atom in atoms]
        return None

    # What may be done ------------------------------------------------------------

    @cached_property
    def moves(self) -> list[tuple[str, str, str]]:
        """Applicants who fit another group: of the same industry, or of one that holds the applicant's own."""
        codes: dict[str, set[str]] = {group: set() for group in self.groups}
        for group, code in self.roster.case.rows("group"):
            codes[str(group)].add(str(code))
        own = {str(applicant): str(code) for applicant, code in self.roster.case.rows("industry")}
        homes: dict[str, list[str]] = {}
        for applicant, group in self.roster.case.rows("in_group"):
            homes.setdefault(str(applicant), []).append(str(group))
        return [
            (applicant, home[0], group)
            for applicant in self.applicants
            if len(home := homes.get(applicant, [])) == 1
            for group in self.groups
            if group != home[0]
            and any(code in codes[home[0]] or own.get(applicant, "").startswith(code) for code in codes[group])
        ]

    @cached_property
    def able(self) -> dict[str, frozenset[str]]:
        """For each group who could sit there if he has no interest."""
        qualified = frozenset(self.roster.reviewers) - self.roster.unqualified.keys()
        if self.roster.scope == "round":
            qualified -= self.roster.interested.keys()
        return {group: qualified & self.roster.experts[group] for group in self.groups}

    @cached_property
    def ties(self) -> dict[str, frozenset[str]]:
        """For each applicant under review who has an interest in him, where that depends on the panel."""
        found: dict[str, set[str]] = {applicant: set() for applicant in self.applicants}
        if self.roster.scope == "panel":
            for name, applicants in self.roster.interested.items():
                for applicant in applicants:
                    if applicant in found:
                        found[applicant].add(name)
        return {applicant: frozenset(names) for applicant, names in found.items()}

    def _base(self) -> Iterator[Symbol]:
        shortage = Plan.of(self.bench).shortage()
        for applicant, where in self._homes({}).items():
            for group in where:
                yield _fact("member_of", self.number[applicant], self.groups[group])
        for applicant, group, other in self.moves:
            yield _fact("may_move", self.number[applicant], self.groups[group], self.groups[other])
        for named, code in self.roster.case.rows("group"):
            yield _fact("wants", self.groups[str(named)], self.industries.index(str(code)))
        for index in self.groups.values():
            for role, count in zip(ROLES, (1, self.frozen.size - 1), strict=True):
                yield Function("seats", [Number(index), Function(role), Number(count)])
        for industry in range(len(self.industries)):
            for count in range(1, shortage + 1):
                yield _fact("may_recruit", industry, count)
        for name, index in self.people.items():
            load = min(self.roster.load[name], len(self.groups))
            yield _fact("load", index, load)
            most = min(shortage, sum(name in able for able in self.able.values()) - load)
            for count in range(1, most + 1):
                yield _fact("may_raise", index, count)

    def _learn(self, short: Sequence[tuple[str, str, int]]) -> None:
        """Ground Hall's condition for some seats, with what it speaks about."""
        self.halls += 1
        self._tell(self._hall(short))
        self.ctl.ground([("hall", [Number(self.halls)])])

    def _hall(self, short: Sequence[tuple[str, str, int]]) -> Iterator[Symbol]:
        names: set[str] = set()
        for group, role, _ in short:
            index, part = Number(self.groups[group]), Function(role)
            yield Function("short", [Number(self.halls), index, part])
            for name in sorted(self.able[group]):
                if role == "member" or name in self.roster.leaders:
                    names.add(name)
                    yield Function("able", [Number(self.people[name]), index, part])
        for applicant, tied in self.ties.items():
            for name in sorted(tied & names):
                yield _fact("tied", self.people[name], self.number[applicant])

    # What it comes to ------------------------------------------------------------

    def _homes(self, moved: dict[str, tuple[str, str]]) -> dict[str, list[str]]:
        """The groups of each applicant under review, some having moved from one to another."""
        homes: dict[str, list[str]] = {applicant: [] for applicant in self.applicants}
        for applicant, group in self.roster.case.rows("in_group"):
            if applicant in homes:
                origin, to = moved.get(str(applicant), ("", ""))
                homes[str(applicant)].append(to if group == origin else str(group))
        return homes

    def _short(self, bench: Bench) -> Sequence[tuple[str, str, int]]:
        hall = Plan.of(bench).hall()
        return hall.seats if hall else ()

    def _changed(self, steps: Sequence[Symbol]) -> Bench:
        """The bench after some steps; recruits come last."""
        groups, names = list(self.groups), list(self.people)
        loads = [self.roster.load[name] for name in names]
        moved: dict[str, tuple[str, str]] = {}
        recruits: list[tuple[str, str]] = []
        for step in steps:
            numbers = [
                argument.number if argument.type == clingo.SymbolType.Number else 0 for argument in step.arguments
            ]
            if step.name == "raise":
                loads[numbers[0]] += 1
            elif step.name == "move":
                moved[self.applicants[numbers[0]]] = (groups[numbers[1]], groups[numbers[2]])
            else:
                recruits.append((self.industries[numbers[0]], step.arguments[1].name))
        homes = self._homes(moved)
        inside: dict[str, list[str]] = {group: [] for group in groups}
        for applicant, where in homes.items():
            for group in where:
                inside[group].append(applicant)
        needed = [group for group in groups if inside[group]]
        codes = {(str(group), str(code)) for group, code in self.roster.case.rows("group")}
        fit, need = [], []
        for group in needed:
            free = self.able[group].difference(*(self.ties[applicant] for applicant in inside[group]))
            for role, count in zip(ROLES, (1, self.frozen.size - 1), strict=True):
                ours = [self.people[name] for name in free if role == "member" or name in self.roster.leaders]
                ours += [
                    len(names) + index
                    for index, (industry, kind) in enumerate(recruits)
                    if (group, industry) in codes and (role == "member" or kind == "leading")
                ]
                fit.append(tuple(sorted(ours)))
                need.append(count)
        everybody = (*names, *(f"+{index}" for index in range(len(recruits))))
        return Bench(tuple(needed), everybody, tuple(fit), tuple(need), (*loads, *(1 for _ in recruits)))

    def _named(self, steps: Sequence[Symbol]) -> Iterator[Step]:
        """The steps by name; several of one kind for the same are one step."""
        groups, names = list(self.groups), list(self.people)
        count: Counter[tuple[str, str]] = Counter()
        for step in steps:
            first = step.arguments[0].number
            if step.name == "raise":
                count["load", names[first]] += 1
            elif step.name == "recruit":
                kind = "leader" if step.arguments[1].name == "leading" else "expert"
                count[kind, self.industries[first]] += 1
            else:
                applicant = self.applicants[first]
                origin, to = groups[step.arguments[1].number], groups[step.arguments[2].number]
                yield Step("move", applicant, origin, to, len(self._freed(applicant, origin)))
        for (kind, of), number in count.items():
            yield Step(kind, of, number=number + (self.roster.load[of] if kind == "load" else 0))

    def _freed(self, applicant: str, group: str) -> frozenset[str]:
        """Who could sit in a group if only the applicant were reviewed elsewhere."""
        others = (self.ties[one] for one, homes in self._homes({}).items() if group in homes and one != applicant)
        return (self.able[group] & self.ties[applicant]).difference(*others)


def _fact(name: str, *numbers: int) -> Symbol:
    return Function(name, [Number(number) for number in numbers])


def _price(step: Symbol) -> str:
    """The key of a step's price."""
    return step.arguments[1].name if step.name == "recruit" else step.name
