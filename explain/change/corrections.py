"""What an applicant may lawfully change in its file from a day on, and what nobody can: the past stays as it is.

Up to the reference day whatever can still be done in the order the procedure demands; after it only papers that prove
what was so by then, and only until the day that was set for supplements. No person's finding and no official act is a
change: who must judge or act is not the applicant.
"""

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


@dataclass(frozen=True, order=True)
class Change:
    """One lawful change: who brings it about, what it replaces, what it brings, how demanding its value is.

    `kind` is hand_in (a paper or figure handed in), prove (that something was so by the reference day), obtain (a
    certificate or licence), end (a state put right), move (the registration changed), score (a new self-assessment),
    give (a notice).
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
        if fact.predicate in ("certificate", "product_inspection", "internal_notice"):
            settled = range(2)
        return (fact.predicate, *(fact.arguments[i] for i in settled))


@dataclass(frozen=True)
class File:
    """One applicant's file as of a day: facts, reference day (yyyymmdd), the law's numbers, the years it may count.

    `until` is the last day on which papers are still taken: the reference day, after it the one set for supplements.
    """

    applicant: str
    day: int
    facts: tuple[Fact, ...]
    numbers: tuple[int, ...]
    years: range
    as_of: int
    until: int

    @classmethod
    def of(cls, case: Case, applicant: str, as_of: int | None = None) -> File:
        """The file of an applicant as its case has it, as of a day; without one as of the deadline."""
        facts = tuple(f for f in case.facts if f.arguments and f.arguments[0] == applicant)
        day = case.deadline
        if case.readings.get("reference_day") == "submission":
            own = "handed_in" if named(case.city, ("handed_in",)) else "submitted"
            day = min([day, *(int(f.arguments[1]) for f in facts if f.predicate == own)])
        year = case.deadline // 10000
        years = range(year - (4 if case.readings.get("complete_years") == "settled" else 3), year)
        until = 0 if case.rows("evidence_closed") else max([day, *(int(row[0]) for row in case.rows("supplement_by"))])
        numbers = tuple(sorted({c.value for c in constants(case.city).values()}))
        return cls(applicant, day, facts, numbers, years, as_of or case.deadline, until)

    @property
    def late(self) -> bool:
        """Whether the reference day is past: then nothing can happen any more, it can only be proved."""
        return self.as_of > self.day

    def some(self, predicate: str, *start: str | int) -> list[Fact]:
        """The facts of a predicate whose arguments after the applicant begin with these."""
        return [f for f in self.facts if f.predicate == predicate and f.arguments[1 : len(start) + 1] == start]

    def fact(self, predicate: str, *arguments: str | int) -> Fact:
        """A fact about this applicant."""
        return Fact(predicate, (self.applicant, *arguments))


def changes(file: File) -> list[Change]:
    """Every lawful change that could matter, sorted."""
    if file.as_of > file.until:
        return []
    makers = [_certificates, _papers, _years, _starts, _registration, _score, _notices]
    if not file.late:
        makers.append(_states)
    return sorted({change for maker in makers for change in maker(file)}, key=repr)


def _choices(predicate: str, field: int) -> tuple[str, ...]:
    return PREDICATES[predicate].fields[field].choices


def _certificates(file: File) -> Iterator[Change]:
    for kind in _choices("certificate", 1):
        held = file.some("certificate", kind)
        if not any(int(f.arguments[2]) <= file.day <= int(f.arguments[3]) for f in held):
            yield Change("prove" if file.late else "obtain", None, file.fact("certificate", kind, file.day, file.day))


def _papers(file: File) -> Iterator[Change]:
    for kind in _choices("material", 1):
        if not file.some("material", kind):
            yield Change("hand_in", None, file.fact("material", kind))
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
            if before is None or (before.arguments[1] != choice and not file.late):
                yield Change("move" if before else "prove", before, file.fact(predicate, choice), rank)


def _score(file: File) -> Iterator[Change]:
    """A self-assessment made anew: the values at and next to the numbers of the law."""
    before = next(iter(file.some("self_score")), None)
    if before is not None and file.late:
        return
    for number in file.numbers:
        for points in range(number - 1, number + 2):
            if (
                MAX_YEARS < number <= 1000
                and 0 <= points <= 1000
                and (before is None or int(before.arguments[1]) < points)
            ):
                yield Change("prove" if file.late else "score", before, file.fact("self_score", points), points)


def _notices(file: File) -> Iterator[Change]:
    """A notice inside the organization, of as many working days as a number of the law says.

    It must be over before the file is handed in, and whatever is held or done after that.
    """
    last = day_before(file.day, (*file.some("handed_in"), *file.some("submitted"), *file.some("preliminary_notice")))
    end = next((calendar()[day] for day in sorted(calendar(), reverse=True) if day <= last), None)
    if end is None or last < min(calendar()):
        return
    for number in (n for n in file.numbers if 0 < n <= MAX_YEARS):
        first = max((d for d, e in calendar().items() if e.number <= end.number - number), default=None)
        if first is not None and (file.late or first >= file.as_of):
            yield Change("prove" if file.late else "give", None, file.fact("internal_notice", first, last), number)


def day_before(day: int, steps: Sequence[Fact]) -> int:
    """The last day before the first of some steps, at most `day`."""
    return min([day, *(next_day(int(step.arguments[1]), -1) for step in steps)])


def _states(file: File) -> Iterator[Change]:
    """A state that still runs on the reference day may be put right before it."""
    for predicate, kind in (("policy_breach", "end"), ("licence_missing", "obtain"), ("dishonesty_listing", "end")):
        for before in file.some(predicate):
            start, end = (int(day) for day in before.arguments[-2:])
            if start < file.day <= end and next_day(file.day, -1) >= file.as_of:
                ended = file.fact(predicate, *before.arguments[1:-1], next_day(file.day, -1))
                yield Change(kind, before, ended)


def apply(facts: Sequence[Fact], made: Sequence[Change]) -> tuple[Fact, ...]:
    """The facts after these changes, sorted."""
    taken = {change.before for change in made}
    brought = {change.after for change in made if change.after}
    return tuple(sorted({f for f in facts if f not in taken} | brought, key=repr))
