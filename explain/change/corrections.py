"""What an applicant may lawfully change in its file, and what nobody can: the past stays as it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.case import Case
from engine.facts import PREDICATES, Fact
from engine.law import calendar, constants, named

MAX_YEARS = 50
"""A constant up to this may count years, working days or the like; larger ones are points or days."""

WEAKEST_FIRST = {
    "accounts": ("break_even", "profit"),
    "self_rating": ("good", "excellent"),
    "product_inspection": ("county", "municipal", "provincial", "national"),
    "legal_form": ("unincorporated", "legal_person"),
}
"""Choices in rising order, so that the least demanding change is the one proposed."""

SETTLED_BY_LAST_YEAR = ("performance_leading",)
NOT_ASKED = ("has_products",)


@dataclass(frozen=True, order=True)
class Change:
    """One lawful change: who brings it about, what it replaces, what it brings, how demanding its value is.

    `kind` is hand_in (a paper or figure handed in), obtain (a certificate or licence), end (a state put right),
    move (the registration changed), score (a new self-assessment), finding (a person's judgment, for the first
    time or anew), authority (an official act).
    """

    kind: str
    before: Fact | None
    after: Fact | None
    rank: int = 0

    @property
    def slot(self) -> tuple[object, ...]:
        """Two changes of one slot exclude each other: the fact they replace, or the place they fill."""
        fact = self.before or self.after
        assert fact is not None
        predicate = PREDICATES[fact.predicate]
        keys = predicate.model.one_per
        settled = predicate.at(*keys) if keys else range(len(fact.arguments))
        if fact.predicate in ("certificate", "product_inspection", "internal_notice", "preliminary_notice"):
            settled = range(2)
        return (fact.predicate, *(fact.arguments[i] for i in settled))


@dataclass(frozen=True)
class File:
    """One applicant's file: its facts, its reference day (yyyymmdd), the numbers of the law, the years it may count."""

    applicant: str
    day: int
    facts: tuple[Fact, ...]
    numbers: tuple[int, ...]
    years: range

    @classmethod
    def of(cls, case: Case, applicant: str) -> File:
        """The file of an applicant as its case has it."""
        facts = tuple(f for f in case.facts if f.arguments and f.arguments[0] == applicant)
        day = case.deadline
        if case.readings.get("reference_day") == "submission":
            own = "handed_in" if named(case.city, ("handed_in",)) else "submitted"
            day = min(day, *(int(f.arguments[1]) for f in facts if f.predicate == own), day)
        year = case.deadline // 10000
        back = 4 if case.readings.get("complete_years") == "settled" else 3
        numbers = tuple(sorted({c.value for c in constants(case.city).values()}))
        return cls(applicant, day, facts, numbers, range(year - back, year))

    def some(self, predicate: str, *start: str | int) -> list[Fact]:
        """The facts of a predicate whose arguments after the applicant begin with these."""
        return [f for f in self.facts if f.predicate == predicate and f.arguments[1 : len(start) + 1] == start]

    def fact(self, predicate: str, *arguments: str | int) -> Fact:
        """A fact about this applicant."""
        return Fact(predicate, (self.applicant, *arguments))


def changes(file: File) -> list[Change]:
    """Every lawful change that could matter, sorted."""
    makers = (_certificates, _papers, _years, _starts, _registration, _score, _findings, _acts, _notices, _states)
    return sorted({change for maker in makers for change in maker(file)}, key=repr)


def _choices(predicate: str, field: int) -> tuple[str, ...]:
    return PREDICATES[predicate].fields[field].choices


def _certificates(file: File) -> Iterator[Change]:
    for kind in _choices("certificate", 1):
        held = file.some("certificate", kind)
        if not any(int(f.arguments[2]) <= file.day <= int(f.arguments[3]) for f in held):
            yield Change("obtain", None, file.fact("certificate", kind, file.day, file.day))


def _papers(file: File) -> Iterator[Change]:
    for kind in _choices("material", 1):
        if not file.some("material", kind):
            yield Change("hand_in", None, file.fact("material", kind))
    if not file.some("submitted"):
        yield Change("hand_in", None, file.fact("submitted", file.day))
    if not file.some("activity"):
        for kind in _choices("activity", 1):
            yield Change("hand_in", None, file.fact("activity", kind))


def _years(file: File) -> Iterator[Change]:
    for year in file.years:
        if not file.some("self_report_year", year):
            yield Change("hand_in", None, file.fact("self_report_year", year))
        for predicate in ("accounts", "self_rating"):
            if not file.some(predicate, year):
                for rank, choice in enumerate(WEAKEST_FIRST[predicate]):
                    yield Change("hand_in", None, file.fact(predicate, year, choice), rank)
        if not any(
            f.arguments[3] == "pass" and f.arguments[2] != "county" for f in file.some("product_inspection", year)
        ):
            for rank, level in enumerate(WEAKEST_FIRST["product_inspection"]):
                yield Change("hand_in", None, file.fact("product_inspection", year, level, "pass"), rank)


def _starts(file: File) -> Iterator[Change]:
    """A start not on file may be shown; one on file is the past. The latest day that still suffices comes first."""
    for predicate in ("operating_since", "excellence_model_since"):
        if not file.some(predicate):
            for number in file.numbers:
                if 0 < number <= MAX_YEARS:
                    yield Change("hand_in", None, file.fact(predicate, years_after(file.day, -number)), number)


def years_after(day: int, years: int) -> int:
    """The corresponding day (yyyymmdd) some years later, earlier if negative; 29 February may become the 28th."""
    year, rest = day // 10000 + years, day % 10000
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return year * 10000 + (228 if rest == 229 and not leap else rest)


def next_day(day: int, step: int = 1) -> int:
    """The day after a day (yyyymmdd), or `step` days after it."""
    moved = date(day // 10000, day // 100 % 100, day % 100) + timedelta(days=step)
    return moved.year * 10000 + moved.month * 100 + moved.day


def _registration(file: File) -> Iterator[Change]:
    for predicate in ("legal_form", "seat"):
        before = next(iter(file.some(predicate)), None)
        choices = WEAKEST_FIRST.get(predicate, _choices(predicate, 1))
        for rank, choice in enumerate(choices):
            if before is None or before.arguments[1] != choice:
                yield Change("move" if before else "hand_in", before, file.fact(predicate, choice), rank)


def _score(file: File) -> Iterator[Change]:
    """A self-assessment made anew: the values at and next to the numbers of the law."""
    before = next(iter(file.some("self_score")), None)
    for number in file.numbers:
        for points in range(number - 1, number + 2):
            if (
                MAX_YEARS < number <= 1000
                and 0 <= points <= 1000
                and (before is None or int(before.arguments[1]) < points)
            ):
                yield Change("score", before, file.fact("self_score", points), points)


def _findings(file: File) -> Iterator[Change]:
    for topic in _choices("finding", 1):
        before = next(iter(file.some("finding", topic)), None)
        settled = before is not None and (before.arguments[2] == "yes" or topic in SETTLED_BY_LAST_YEAR)
        if not settled and topic not in NOT_ASKED:
            yield Change("finding", before, file.fact("finding", topic, "yes"))


def _acts(file: File) -> Iterator[Change]:
    """Official acts that are still to come; one that went against the applicant stands."""
    for predicate, answer in (("county_opinion", "favourable"), ("recommendation", "yes")):
        if not file.some(predicate):
            yield Change("authority", None, file.fact(predicate, answer))
    for before in file.some("objection"):
        if before.arguments[2] == "pending":
            yield Change("authority", before, file.fact("objection", before.arguments[1], "dismissed"))


def _notices(file: File) -> Iterator[Change]:
    """A notice that ends on the reference day and lasts as many working days as a number of the law says."""
    last = calendar().get(file.day)
    if last is None:
        return
    for predicate, kind in (("internal_notice", "hand_in"), ("preliminary_notice", "authority")):
        for number in (n for n in file.numbers if 0 < n <= MAX_YEARS):
            first = max((d for d, e in calendar().items() if e.number <= last.number - number), default=None)
            if first is not None:
                yield Change(kind, None, file.fact(predicate, first, file.day), number)


def _states(file: File) -> Iterator[Change]:
    """A state that still runs on the reference day may be put right before it."""
    for predicate, kind in (("policy_breach", "end"), ("licence_missing", "obtain"), ("dishonesty_listing", "end")):
        for before in file.some(predicate):
            start, end = (int(day) for day in before.arguments[-2:])
            if start < file.day <= end:
                ended = file.fact(predicate, *before.arguments[1:-1], next_day(file.day, -1))
                yield Change(kind, before, ended)


def apply(facts: Sequence[Fact], made: Sequence[Change]) -> tuple[Fact, ...]:
    """The facts after these changes, sorted."""
    taken = {change.before for change in made}
    brought = {change.after for change in made if change.after}
    return tuple(sorted({f for f in facts if f not in taken} | brought, key=repr))
