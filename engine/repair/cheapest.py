"""The cheapest repairs where no set of panels exists: one model of CP-SAT that weighs every kind of step together.

One thread, a fixed seed and a limit by deterministic time: the same case gives the same answer on any machine. Either
the answer is proved, or it is the best found and the model's bound says below what cost nothing is possible. A recusal
is never waived.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from math import ceil
from typing import Any

from engine.draw import Field, Frozen, least_size, shortage
from engine.panels import Roster
from engine.repair.steps import PRICES, Repair, Step

LIMIT = 10
"""Repairs of the same cost named at most."""
EFFORT = 12.0
"""Deterministic time of CP-SAT for the first answer."""
MORE = 0.5
"""Deterministic time for each further one of the same cost."""


def repairs(frozen: Frozen, effort: float = EFFORT) -> tuple[Repair, ...]:
    """The cheapest repairs of a roster without a set of panels, sorted, at most LIMIT; none where it has one."""
    if shortage(frozen) is None:
        return ()
    return tuple(
        sorted(_Model(frozen.roster, frozen.field, frozen.size, after=frozen.fixed is not None).solved(effort))
    )


def later_repairs(
    roster: Roster, field: Field, size: int, refused: Collection[str] = (), effort: float = EFFORT
) -> tuple[Repair, ...]:
    """The cheapest repairs of vacancies after the draw that nobody can fill, every other seat as it stands.

    `size` is the number of seats of a panel that was not needed before. Nobody is chosen: who sits on a panel more and
    which seats are reopened is for the lots. CP-SAT cannot say in which order they are asked; those who `refused` to
    sit on a panel more are not asked again.
    """
    return tuple(sorted(_Model(roster, field, size, after=True, refused=refused).solved(effort)))


class _Model:
    """The model: who sits where, who is reviewed where, and the steps that make it possible."""

    def __init__(self, roster: Roster, field: Field, size: int, *, after: bool, refused: Collection[str] = ()) -> None:
        from ortools.sat.python import cp_model

        self.cp = cp_model
        self.roster, self.field, self.after, self.refused = roster, field, after, refused
        self.size = dict.fromkeys(roster.every_group, size) | dict(field.seats)
        self.model = cp_model.CpModel()
        self.groups = self.roster.every_group
        self.applicants = sorted(self.roster.reviewed.under_review)
        self.steps: dict[tuple[str, ...], Any] = {}
        """Kind, of whom or what, (from, to) → how many of the step, each at its price."""
        self._homes()
        self._panels()
        self.model.minimize(sum(PRICES[key[0]] * count for key, count in self.steps.items()))

    def _homes(self) -> None:
        """Where each applicant is reviewed, and which groups need a panel."""
        inside: dict[str, list[Any]] = {group: [] for group in self.groups}
        self.here: dict[tuple[str, str], Any] = {}
        for applicant in self.applicants:
            homes = [str(group) for who, group in self.roster.case.rows("in_group") if who == applicant]
            options = self.moves.get(applicant, ())
            for group in homes:
                self.here[applicant, group] = 1
            if options:
                [home] = homes
                moved = {group: self._step("move", applicant, home, group, most=1) for group in options}
                self.model.add(sum(moved.values()) <= 1)
                self.here[applicant, home] = 1 - sum(moved.values())
                self.here |= {(applicant, group): step for group, step in moved.items()}
        for (_, group), there in self.here.items():
            inside[group].append(there)
        self.needed = {group: self.model.new_bool_var(f"needed {group}") for group in self.groups}
        for group, ones in inside.items():
            for one in ones:
                self.model.add(self.needed[group] >= one)
            self.model.add(self.needed[group] <= sum(ones))

    def _panels(self) -> None:
        """Full panels with somebody who can lead, nobody recused, nobody beyond his load and its raise."""
        least = least_size(self.roster)
        sits: dict[str, list[Any]] = {name: [] for name in self.roster.reviewers}
        recruits: dict[str, list[tuple[Any, Any]]] = {}
        given_up: list[Any] = []
        codes = {str(group): str(code) for group, code in self.roster.case.rows("group")}
        for group in self.groups:
            needed, size = self.needed[group], self.size[group]
            sitting = self.field.sitting(group)
            inside: list[Any] = []
            leads: list[Any] = []
            for name in sorted(self.able[group]):
                seat = self.model.new_bool_var(f"{name} in {group}")
                self.model.add(seat <= needed)
                for applicant in sorted(self.tied.get(name, ())):
                    if (applicant, group) in self.here:
                        self.model.add(seat + self.here[applicant, group] <= 1)
                if name in sitting:
                    given_up.append(self.model.new_bool_var(f"{name} out of {group}"))
                    self.model.add(given_up[-1] >= needed - seat)
                sits[name].append(seat)
                inside.append(seat)
                leads += [seat] if name in self.roster.leaders else []
            expert, leader = (self.model.new_int_var(0, size, f"{kind} for {group}") for kind in ("expert", "leader"))
            recruits.setdefault(codes[group], []).append((expert, leader))
            most = min(size - least, size - len(sitting) if self.after else size)
            fewer = self._step("seats", group, most=max(0, most))
            self.model.add(fewer <= size * needed)
            self.model.add(sum(inside) + expert + leader + fewer == size * needed)
            self.model.add(sum(leads) + leader >= needed)
        self._loads(sits)
        if given_up:
            self.model.add(self._step("reopen", most=len(given_up)) == sum(given_up))
        for code, pairs in recruits.items():
            for kind, at in (("expert", 0), ("leader", 1)):
                step = self._step(kind, code, most=sum(self.size.values()))
                self.model.add(step == sum(pair[at] for pair in pairs))

    def _loads(self, sits: Mapping[str, list[Any]]) -> None:
        """Nobody beyond his load and its raise; after the draw the raises count together."""
        extra = []
        for name, seats in sits.items():
            if not seats:
                continue
            if self.after:
                raised = self.model.new_int_var(0, 0 if name in self.refused else len(seats), f"more for {name}")
                extra.append(raised)
            else:
                raised = self._step("load", name, most=len(seats))
            self.model.add(sum(seats) <= self.field.load[name] + raised)
        if extra:
            self.model.add(self._step("extra", most=sum(map(len, sits.values()))) == sum(extra))

    def _step(self, *key: str, most: int) -> Any:
        self.steps[key] = self.model.new_int_var(0, most, " ".join(key))
        return self.steps[key]

    def solved(self, effort: float) -> list[Repair]:
        """The cheapest repair, and others of its cost where it is proved."""
        found: list[Repair] = []
        while len(found) < LIMIT:
            solver = self.cp.CpSolver()
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 1
            solver.parameters.max_deterministic_time = MORE if found else effort
            status = solver.solve(self.model)
            if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
                break
            values = {key: solver.value(count) for key, count in self.steps.items()}
            cost = sum(PRICES[key[0]] * count for key, count in values.items())
            if found and cost > found[0].cost:
                break
            bound = found[0].bound if found else ceil(solver.best_objective_bound - 1e-6)
            found.append(Repair(cost, tuple(sorted(self._named(values))), bound))
            if not found[0].proved:
                break
            self._never_again(values)
        return found

    def _never_again(self, values: Mapping[tuple[str, ...], int]) -> None:
        """No later answer takes all these steps again."""
        kept = []
        for key, count in values.items():
            if count:
                fewer = self.model.new_bool_var(f"not {' '.join(key)} {count}")
                self.model.add(self.steps[key] <= count - 1).only_enforce_if(fewer)
                kept.append(fewer)
        self.model.add_bool_or(kept)

    def _named(self, values: Mapping[tuple[str, ...], int]) -> list[Step]:
        """The steps by name; several of one kind for the same are one step."""
        named = []
        for (kind, *rest), count in values.items():
            if not count:
                continue
            of, *way = rest or ("",)
            if kind == "move":
                named.append(Step("move", of, way[0], way[1], len(self._freed(of, way[0]))))
            elif kind == "load":
                named.append(Step("load", of, number=self.field.load[of] + count))
            elif kind == "seats":
                named.append(Step("seats", of, number=self.size[of] - count))
            else:
                named.append(Step(kind, of, number=count))
        return named

    @cached_property
    def moves(self) -> dict[str, list[str]]:
        """Where each applicant could move: groups of the same industry, or of one that holds the applicant's own."""
        codes: dict[str, set[str]] = {group: set() for group in self.groups}
        for group, code in self.roster.case.rows("group"):
            codes[str(group)].add(str(code))
        own = {str(applicant): str(code) for applicant, code in self.roster.case.rows("industry")}
        homes: dict[str, list[str]] = {}
        for applicant, group in self.roster.case.rows("in_group"):
            homes.setdefault(str(applicant), []).append(str(group))
        return {
            applicant: [
                group
                for group in self.groups
                if group != home[0]
                and any(code in codes[home[0]] or own.get(applicant, "").startswith(code) for code in codes[group])
            ]
            for applicant in self.applicants
            if len(home := homes.get(applicant, [])) == 1
        }

    @cached_property
    def able(self) -> dict[str, frozenset[str]]:
        """For each group who could sit there if he has no interest; who sits there already can."""
        qualified = frozenset(self.roster.reviewers) - self.roster.unqualified.keys()
        if self.roster.scope == "round":
            qualified = qualified.difference(*self.roster.ties.interested().values())
        able = {group: qualified & self.roster.experts[group] for group in self.groups}
        if self.after:
            for group in self.field.groups:
                out = {n for n in self.roster.reviewers if n not in self.field.fit[group]}
                able[group] = (able[group] - out) | frozenset(self.field.sitting(group))
        return able

    @cached_property
    def tied(self) -> Mapping[str, frozenset[str]]:
        """For each reviewer the applicants under review in whom he has an interest, where that depends on the panel."""
        if self.roster.scope != "panel":
            return {}
        found: dict[str, set[str]] = {}
        interested = self.roster.ties.interested()
        for applicant in self.applicants:
            for name in interested.get(applicant, ()):
                found.setdefault(name, set()).add(applicant)
        return {name: frozenset(applicants) for name, applicants in found.items()}

    def _freed(self, applicant: str, group: str) -> frozenset[str]:
        """Who could sit in a group if only the applicant were reviewed elsewhere."""
        rows = self.roster.case.rows("in_group")
        others = {str(one) for one, home in rows if home == group and one != applicant}
        return frozenset(
            name for name in self.able[group] if applicant in self.tied.get(name, ()) and not self.tied[name] & others
        )
