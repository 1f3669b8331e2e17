"""Who is tied to whom in a small round, in plain Python: from the table of profiles alone, by trying every chain.

A fact is a tuple, its predicate first. No rule of the program and none of its modules is used.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

Fact = tuple[str | int, ...]
Chain = tuple[Fact, ...]
OPEN = 99991231
PROFILES = ("declared_only", "procurement", "tender", "strict")
NUMBERED = ("employed", "officer", "shareholder", "controls", "works_with", "coached")
CHOICES = {"officer": 2, "shareholder": 2, "kin": 2, "works_with": 2, "applicant": 1, "body_member": 0}
"""Where in a fact its choice stands: a constant, the other texts being strings."""


def text(fact: Fact) -> str:
    """A fact as rules write it."""
    name, *rest = fact
    bare = CHOICES.get(str(name), -1)
    shown = [
        str(value) if isinstance(value, int) or place == bare or (name == "body_member" and place > 1) else f'"{value}"'
        for place, value in enumerate(rest)
    ]
    return f"{name}({','.join(shown)})" if shown else str(name)


def three_years_on(day: int) -> int:
    """The corresponding day three years later; the last of February where it has no 29th."""
    year, rest = day // 10000 + 3, day % 10000
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year * 10000 + (228 if rest == 229 and not leap else rest)


@dataclass
class Table:
    """The table of profiles over the facts of a round; `days` gives each applicant his reference day."""

    facts: Sequence[Fact]
    profile: str
    days: dict[str, int]
    kinds: dict[str, str] = field(init=False)
    found: dict[tuple[str, str, str], Chain] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        gone = {fact[1] for fact in self.of("withdrawn")}
        self.kinds = {str(a): str(kind) for _, a, kind in self.of("applicant") if a not in gone}
        self.reviewers = {str(fact[1]) for fact in self.of("reviewer")}
        self.judges = self.reviewers | {str(fact[2]) for fact in self.of("body_member")}
        for who, applicant in product(sorted(self.judges), sorted(self.kinds)):
            for limb, chain in self.chains(who, applicant):
                self.keep((who, applicant, limb), chain)

    def of(self, name: str) -> list[Fact]:
        """The facts of one predicate."""
        return [fact for fact in self.facts if fact[0] == name]

    def keep(self, key: tuple[str, str, str], chain: Iterable[Fact]) -> None:
        """Of the chains of a limb the one of fewest facts, then of the smallest text; a fact is told once."""
        told = tuple(dict.fromkeys(chain))
        if key not in self.found or self.rank(told) < self.rank(self.found[key]):
            self.found[key] = told

    @staticmethod
    def rank(chain: Chain) -> tuple[int, list[str]]:
        """How chains are compared."""
        return len(chain), [text(fact) for fact in chain]

    # What counts on the day of an applicant

    def lasting(self, name: str, day: int) -> list[Fact]:
        """Those running, ended within the three years before the day, or begun after it."""
        return [
            fact
            for fact in self.of(name)
            if int(fact[-2]) > day or int(fact[-1]) == OPEN or three_years_on(int(fact[-1])) >= day
        ]

    @staticmethod
    def then_or_later(fact: Fact, day: int) -> bool:
        """Held on the day, or taken later."""
        return int(fact[-2]) > day or int(fact[-2]) <= day <= int(fact[-1])

    def kin(self, who: str) -> Iterator[tuple[str, Fact]]:
        """The kin of somebody that the profile names."""
        kinds = ["spouse", "lineal", "collateral_3", *(["near_in_law"] if self.profile != "tender" else [])]
        for fact in self.of("kin"):
            if fact[3] in kinds:
                for one, other in ((fact[1], fact[2]), (fact[2], fact[1])):
                    if one == who:
                        yield str(other), fact

    def paths(self, start: str, goal: Callable[[str], bool], day: int, up: bool = False) -> Iterator[tuple[str, Chain]]:
        """Every way along control from somebody, down or up, to whoever is a goal; none comes by twice."""
        links = [*self.lasting("controls", day)]
        links += [fact for fact in self.lasting("shareholder", day) if fact[3] == "controlling"]

        def go(here: str, been: tuple[str, ...], way: Chain) -> Iterator[tuple[str, Chain]]:
            if way and goal(here):
                yield here, way
            for fact in links:
                near, far = (str(fact[2]), str(fact[1])) if up else (str(fact[1]), str(fact[2]))
                if near == here and far not in been:
                    yield from go(far, (*been, far), (*way, fact))

        yield from go(start, (start,), ())

    def ways_home(self, origin: str, applicant: str, day: int) -> Iterator[Chain]:
        """From an organization of the group to the applicant: up to a common controller, then down."""
        tops = [(origin, ()), *self.paths(origin, lambda _: True, day, up=True)]
        for top, up in tops:
            if top == applicant:
                yield up
            for _, down in self.paths(top, lambda one: one == applicant, day):
                yield (*up, *down)

    # The table

    def chains(self, who: str, applicant: str) -> Iterator[tuple[str, Iterable[Fact]]]:
        """Every chain from somebody who judges to an applicant, with its limb."""
        day, profile = self.days[applicant], self.profile
        kind = self.kinds[applicant]
        if who == applicant:
            yield "self", [("applicant", applicant, kind)]
        for fact in self.of("declared_interest"):
            if fact[1:3] == (who, applicant):
                yield "declared", [fact]
        if profile == "declared_only":
            return
        yield from self.own(who, applicant, day)
        for _, way in self.paths(who, lambda one: one == applicant and one != who, day):
            yield "control", way
        if kind == "individual":
            for other, fact in self.kin(who):
                if other == applicant:
                    yield "kin_of_officer", [fact]
        if profile == "procurement":
            return
        if who in self.reviewers and who != applicant:
            for (authority,) in [fact[1:] for fact in self.of("authority")]:
                for fact in self.serves(who, str(authority), day):
                    yield "authority", [fact, ("authority", authority)]
            for recommended in self.of("recommended_by"):
                if recommended[1] == applicant:
                    for fact in self.serves(who, str(recommended[2]), day):
                        yield "recommender", [fact, recommended]
        for coached in self.lasting("coached", day):
            if coached[1] == applicant and who != applicant:
                yield from (("coach", [*way, coached]) for way in self.into_coach(who, str(coached[2]), day))
        if profile == "strict":
            yield from self.strict(who, applicant, day)

    def own(self, who: str, target: str, day: int) -> Iterator[tuple[str, Iterable[Fact]]]:
        """The ties of known length with an organization or an individual, by limb."""
        for fact in self.lasting("employed", day):
            if fact[1:3] == (who, target):
                yield "employed", [fact]
        for fact in self.lasting("officer", day):
            if fact[1:3] == (who, target):
                yield "officer", [fact]
        for fact in self.lasting("shareholder", day):
            if fact[1:3] == (who, target) and (fact[3] == "controlling" or self.profile != "procurement"):
                yield "shareholder", [fact]
        heads = ("legal_representative", "person_in_charge")
        for other, kin in self.kin(who):
            if self.profile == "strict":
                offices = self.lasting("officer", day)
                jobs = self.lasting("employed", day)
            else:
                offices = [f for f in self.of("officer") if f[3] in heads and self.then_or_later(f, day)]
                jobs = []
            yield from (("kin_of_officer", [kin, fact]) for fact in offices if fact[1:3] == (other, target))
            yield from (("kin_of_employee", [kin, fact]) for fact in jobs if fact[1:3] == (other, target))
        named = {"tender": ["consulting"], "strict": ["consulting", "teacher_student", "joint_project"]}
        for fact in self.lasting("works_with", day):
            if {who, target} == {fact[1], fact[2]} and fact[3] in named.get(self.profile, ()):
                yield str(fact[3]), [fact]

    def serves(self, who: str, body: str, day: int) -> list[Fact]:
        """Employment by an organization, or an office in it."""
        return [f for name in ("employed", "officer") for f in self.lasting(name, day) if f[1:3] == (who, body)]

    def into_coach(self, who: str, coach: str, day: int) -> Iterator[Chain]:
        """Employed by the coach, an office in it, any shares in it, or control of it."""
        yield from ((fact,) for fact in self.serves(who, coach, day))
        yield from ((fact,) for fact in self.lasting("shareholder", day) if fact[1:3] == (who, coach))
        yield from (way for _, way in self.paths(who, lambda one: one == coach, day))

    def person(self, one: str) -> bool:
        """Whether somebody is on file as a person; who withdrew is one still."""
        people = {fact[1] for fact in self.of("applicant") if fact[2] == "individual"} | self.judges
        people |= {end for fact in self.of("kin") for end in fact[1:3]}
        people |= {fact[1] for name in ("employed", "officer") for fact in self.of(name)}
        return one in people

    def with_organization(self, who: str, target: str, day: int) -> Iterator[Iterable[Fact]]:
        """What a tie with a company of the group, or with an individual's employer, can be."""
        for limb, chain in self.own(who, target, day):
            if limb not in ("consulting", "teacher_student", "joint_project") or not self.person(target):
                yield chain
        for _, way in self.paths(who, lambda one: one == target, day):
            yield way
        for other, kin in self.kin(who):
            for _, way in self.paths(other, lambda one: one == target, day):
                yield [kin, *way]

    def strict(self, who: str, applicant: str, day: int) -> Iterator[tuple[str, Iterable[Fact]]]:
        """The limbs that strict alone knows."""
        for fact in self.lasting("works_with", day):
            if fact[3] in ("teacher_student", "joint_project") and who in fact[1:3]:
                (other,) = {fact[1], fact[2]} - {who} or {who}
                for office in self.of("officer"):
                    if office[1:3] == (other, applicant) and self.then_or_later(office, day):
                        yield str(fact[3]), [fact, office]
        for other, kin in self.kin(who):
            for _, way in self.paths(other, lambda one: one == applicant, day):
                yield "kin_of_owner", [kin, *way]
        if who == applicant:
            return
        everybody = {str(value) for fact in self.facts for value in fact[1:] if isinstance(value, str)}
        for company in sorted(everybody - {applicant}):
            homes = list(self.ways_home(company, applicant, day))
            if homes:
                for chain in self.with_organization(who, company, day):
                    yield from (("group_company", [*chain, *home]) for home in homes)
        if self.kinds[applicant] == "individual":
            for place in [*self.lasting("employed", day), *self.lasting("officer", day)]:
                if place[1] == applicant:
                    for chain in self.with_organization(who, str(place[2]), day):
                        yield "colleague", [*chain, place]


def random_round(seed: int) -> list[Fact]:
    """A small round whose facts touch one another and all the lines of the days; T is 2025-09-30."""
    lots = random.Random(seed)
    applicants = [("A1", "organization"), ("A2", "organization"), ("I1", "individual"), ("I2", "individual")]
    applicants = lots.sample(applicants, lots.randint(2, 4))
    facts: list[Fact] = [("applicant", *one) for one in applicants]
    themselves = [one for one, kind in applicants if kind == "individual" and lots.random() < 0.2]
    reviewers = ["R1", "R2", "R3", *themselves]
    facts += [("reviewer", one) for one in reviewers]
    if lots.random() < 0.4:
        facts.append(("body_member", "committee", "M1", "member", "expert"))
    if lots.random() < 0.2:
        facts.append(("withdrawn", applicants[0][0], 20251009))
    judges = [*reviewers, *(["M1"] if len(facts) and any(f[0] == "body_member" for f in facts) else [])]
    people = [*judges, "P1", "P2", *(a for a, kind in applicants if kind == "individual")]
    companies = ["O1", "O2", "O3", *(a for a, kind in applicants if kind == "organization")]
    days = [(20100101, 20220929), (20100101, 20220930), (20200101, 20250929), (20200101, 20250930), (20200101, OPEN)]
    days += [(20250930, OPEN), (20251001, OPEN), (20251001, 20251015), (20100101, 20200229), (20250101, 20250910)]
    kinds = {
        "officer": ["legal_representative", "person_in_charge", "director", "supervisor"],
        "shareholder": ["controlling", "controlling", "minor"],
        "kin": ["spouse", "lineal", "collateral_3", "near_in_law"],
        "works_with": ["consulting", "teacher_student", "joint_project"],
    }
    names = lots.choices(
        ["employed", "officer", "shareholder", "controls", "kin", "works_with", "declared_interest"],
        [3, 3, 2, 5, 3, 2, 1] if seed % 3 else [1, 1, 3, 14, 2, 1, 0],
        k=lots.randint(3, 14),
    )
    for name in names:
        first, second = lots.choice(people), lots.choice(companies)
        if name in ("controls", "shareholder"):
            first = lots.choice([*people, *companies, *companies])
        if name in ("kin", "works_with"):
            second = lots.choice([*people, *(companies if name == "works_with" else [])])
            first, second = (first, second) if lots.random() < 0.5 or name == "kin" else (second, first)
        if name == "declared_interest":
            facts.append((name, lots.choice(judges), lots.choice(applicants)[0], lots.choice("xyz")))
        elif first != second:
            kind = [lots.choice(kinds[name])] if name in kinds else []
            facts.append((name, first, second, *kind, *(lots.choice(days) if name != "kin" else ())))
    for name in lots.choices(["authority", "recommended_by", "coached"], k=lots.randint(0, 3)):
        if name == "authority":
            facts.append((name, lots.choice(companies)))
        else:
            ends = lots.choice(days) if name == "coached" else ()
            facts.append((name, lots.choice(applicants)[0], lots.choice(companies), *ends))
    if lots.random() < 0.3:
        facts += [("submitted", lots.choice(applicants)[0], 20250910)]
    return list(dict.fromkeys(facts))
