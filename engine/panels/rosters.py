"""Who may sit on which panel, and every reason why somebody may not, as `rules/roster.lp` has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import clingo

from engine.answers import TIES, Afar, Interest, Reviewed, Shapes, Ties, reviewed
from engine.case import Case
from engine.facts import Fact
from engine.law import Provision, cited_json, nature, rule_files
from engine.solve import Clock, answer, readings_in_force, symbols
from engine.words import no_collecting

QUESTIONS = ("interest", "roster")
REASONS = ("interest", "expertise", "pool", "misconduct", "unavailable")
ROLES = ("leader", "member")
SHOWN = """#show needs_panel/1. #show ungrouped/1. #show concerns/2. #show expert_code/2. #show unqualified/2.
#show load/2. #show panel_provision/2."""
"""What of `roster.lp` makes a roster."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a reviewer may not sit in a group: the provision behind it (or none), an interest's chain."""

    reason: str
    provision: Provision | None
    interest: Interest | None = None

    def json(self) -> dict[str, Any]:
        """The reason as the draw's JSON lists it."""
        return {
            "reason": self.reason,
            **cited_json(self.provision),
            "chain": list(self.interest.chain) if self.interest else [],
        }


@dataclass(frozen=True)
class Roster:
    """The reviewers and the groups of one round, and what stands between them.

    `groups` are those that need a panel, sorted; `every_group` all that are declared. `concerns` gives for an applicant
    the groups in which an interest in him counts.
    """

    case: Case
    reviewed: Reviewed
    readings: Mapping[str, str]
    groups: tuple[str, ...]
    every_group: tuple[str, ...]
    ungrouped: tuple[str, ...]
    reviewers: tuple[str, ...]
    leaders: frozenset[str]
    load: Mapping[str, int]
    ties: Ties
    concerns: Mapping[str, Sequence[str]]
    unqualified: Mapping[str, tuple[str, ...]]
    experts: Mapping[str, frozenset[str]]
    provisions: Mapping[str, Provision]

    @property
    def profile(self) -> str:
        """The profile of interests in force."""
        return self.readings["interest"]

    @property
    def scope(self) -> str:
        """Whether an interest counts for the panel or for the round."""
        return self.readings["recusal_scope"]

    @cached_property
    def tied(self) -> Mapping[str, frozenset[str]]:
        """For each group the reviewers with an interest that counts there."""
        found: dict[str, set[str]] = defaultdict(set)
        for applicant, people in self.ties.interested().items():
            for group in self.concerns.get(applicant, ()):
                found[group].update(people)
        return {group: self._people.intersection(found[group]) for group in self.every_group}

    @cached_property
    def _people(self) -> frozenset[str]:
        """The reviewers."""
        return frozenset(self.reviewers)

    @cached_property
    def fit(self) -> Mapping[str, frozenset[str]]:
        """For each group that needs a panel the reviewers who may sit there."""
        qualified = self._people - self.unqualified.keys()
        return {group: (qualified & self.experts[group]) - self.tied[group] for group in self.groups}

    def may_fill(self, group: str, role: str) -> frozenset[str]:
        """The reviewers who may take a seat of that role in a group."""
        return self.fit[group] & self.leaders if role == "leader" else self.fit[group]

    def kinds(self, reviewer: str, group: str) -> tuple[str, ...]:
        """The kinds of reasons why a reviewer may not sit in a group, sorted; empty if he may."""
        found = set(self.unqualified.get(reviewer, ()))
        if reviewer not in self.experts[group]:
            found.add("expertise")
        if reviewer in self.tied[group]:
            found.add("interest")
        return tuple(sorted(found))

    def reasons(self, reviewer: str, group: str) -> Iterator[Reason]:
        """Every reason why a reviewer may not sit in a group: each interest by itself, then the others."""
        kinds = self.kinds(reviewer, group)
        if "interest" in kinds:
            for applicant in sorted(self.ties.applicants(reviewer)):
                if group in self.concerns.get(applicant, ()):
                    for tie in self.ties.between(reviewer, applicant):
                        yield Reason("interest", self.provisions.get("interest"), tie)
        for kind in REASONS[1:]:
            if kind in kinds:
                yield Reason(kind, self.provisions.get(kind))

    def applicants(self, group: str) -> tuple[str, ...]:
        """The applicants whom the panel of a group reviews."""
        ours = set(self.reviewed.under_review)
        return tuple(str(a) for a, g in self.case.rows("in_group") if g == group and a in ours)

    @cached_property
    def without_group(self) -> tuple[str, ...]:
        """Reviewers who may sit in no group that needs a panel."""
        somewhere = frozenset().union(*self.fit.values()) if self.fit else frozenset()
        return tuple(reviewer for reviewer in self.reviewers if reviewer not in somewhere)


def roster(case: Case, *, pending: bool = True, clock: Clock | None = None, afar: Afar | None = None) -> Roster:
    """Ask the rules who may sit where; `afar` names workers who decide the applicants, and the files of the case.

    Raises CaseError where the regulation does not govern the case.
    """
    clock = clock or Clock()
    return compose(case, reviewed(case, pending=pending, clock=clock, afar=afar), clock)


def compose(case: Case, review: Reviewed, clock: Clock | None = None, *, whole: bool = False) -> Roster:
    """The roster of a case whose applicants are decided.

    Of ties that are alike the rules are told one each; with `whole` they are told all, which gives the same, slowly.
    """
    with no_collecting():
        return _compose(case, review, clock, None if whole else Shapes(case))


def _compose(case: Case, review: Reviewed, clock: Clock | None, shapes: Shapes | None) -> Roster:
    told = feed(case, review, facts=shapes.told if shapes else case.facts)
    atoms = answer(rule_files(case.city, *QUESTIONS), told, clock, shown=f"{TIES} {SHOWN}")
    concerns: dict[str, list[str]] = defaultdict(list)
    unqualified: dict[str, list[str]] = defaultdict(list)
    codes: dict[str, list[str]] = defaultdict(list)
    load: dict[str, int] = {}
    provisions: dict[str, Provision] = {}
    needing, ungrouped = [], []
    tying: list[tuple[str, list[clingo.Symbol]]] = []
    reviewers = tuple(str(row[0]) for row in case.rows("reviewer"))
    for atom in atoms:
        name, arguments = atom.name, atom.arguments
        if name == "concerns":
            concerns[arguments[0].string].append(arguments[1].string)
        elif name == "unqualified":
            unqualified[arguments[0].string].append(arguments[1].name)
        elif name == "expert_code":
            codes[arguments[1].string].append(arguments[0].string)
        elif name == "load":
            load[arguments[0].string] = arguments[1].number
        elif name == "needs_panel":
            needing.append(arguments[0].string)
        elif name == "ungrouped":
            ungrouped.append(arguments[0].string)
        elif name == "panel_provision":
            provisions[arguments[0].name] = Provision.of(arguments[1])
        else:
            tying.append((name, arguments))
    groups = tuple(sorted({str(row[0]) for row in case.rows("group")}))
    knowing: dict[str, set[str]] = defaultdict(set)
    for reviewer, code in case.rows("expertise"):
        knowing[str(code)].add(str(reviewer))
    trades = {group: frozenset(codes[group]) for group in groups}
    able = {trade: frozenset().union(*(knowing[code] for code in trade)) for trade in set(trades.values())}
    return Roster(
        case,
        review,
        readings_in_force(case.city, case.readings),
        tuple(sorted(needing)),
        groups,
        tuple(sorted(ungrouped)),
        reviewers,
        frozenset(str(row[0]) for row in case.rows("can_lead")),
        load,
        Ties(tying, shapes),
        concerns,
        {reviewer: tuple(sorted(reasons)) for reviewer, reasons in unqualified.items()},
        {group: able[trade] for group, trade in trades.items()},
        provisions,
    )


def feed(case: Case, review: Reviewed, *questions: str, facts: Iterable[Fact] | None = None) -> Iterator[clingo.Symbol]:
    """What the rules take in: the facts of the case (or these), who is reviewed, which code covers which industry."""
    given = case.facts if facts is None else facts
    yield from symbols(case.city, case.readings, given, *(questions or QUESTIONS))
    for applicant in review.under_review:
        yield clingo.Function("under_review", [clingo.String(applicant)])
    for code, industry in covering(case):
        yield clingo.Function("covers", [clingo.String(code), clingo.String(industry)])


def about(case: Case, reviewers: Collection[str], applicants: Collection[str] | None = None) -> Case:
    """The facts that bear on some reviewers, perhaps in some applicants alone.

    Not those of reviewers to whom nothing of theirs leads, but for what these control: two companies may have one of
    them as their controller. Whoever applies and is none of these applicants is here no applicant, only who he is.
    """
    near = {
        str(end)
        for name in ("kin", "works_with")
        for row in case.rows(name)
        if not {*row[:2]}.isdisjoint(reviewers)
        for end in row[:2]
    }
    applying = {str(row[0]) for row in case.rows("applicant")}
    others = {str(row[0]) for row in case.rows("reviewer")} - set(reviewers) - near - applying
    companies = {str(row[0]) for row in case.rows("applicant") if nature(str(row[1])) == "body"}
    left = companies - set(applicants) if applicants is not None else set[str]()
    if not others and not left:
        return case
    return Case.of(
        fact
        for fact in case.facts
        if not fact.arguments
        or (
            (fact.arguments[0] not in others or fact.predicate in ("controls", "shareholder"))
            and not (fact.predicate == "applicant" and fact.arguments[0] in left)
        )
    )


def covering(case: Case) -> list[tuple[str, str]]:
    """A reviewer's code and a group's industry, where the first is the beginning of the second; sorted."""
    codes = {str(row[1]) for row in case.rows("expertise")}
    industries = {str(row[1]) for row in case.rows("group")}
    return sorted(
        (industry[:n], industry)
        for industry in industries
        for n in range(1, len(industry) + 1)
        if industry[:n] in codes
    )
