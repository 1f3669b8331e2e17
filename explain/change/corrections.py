"""What an applicant may lawfully change in its file from a day on, and what nobody can: the past stays as it is.

Up to the reference day whatever can still be done in the order the procedure demands; after it only papers that prove
what was so by then, and only until the day that was set for supplements. No person's finding and no official act is a
change: who must judge or act is not the applicant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.case import Case
from engine.facts import PREDICATES, Fact
from engine.law import calendar, constants, named

MAX_YEARS = 50
"""A constant up to this may count years, working days or the like; larger ones are points or days."""


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
        if predicate.model.change in ("certificate", "notice") or (predicate.model.change == "yearly" and not keys):
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
    found = (
        change
        for name, predicate in PREDICATES.items()
        if (kind := predicate.model.change) in MAKERS and not (kind == "state" and file.late)
        for change in MAKERS[kind](file, name)
    )
    return sorted(set(found), key=repr)


def _choices(predicate: str) -> tuple[str, ...]:
    """The choices of the field after the applicant, the least demanding first."""
    model, fields = PREDICATES[predicate].model, PREDICATES[predicate].fields
    return model.weakest_first or next((field.choices for field in fields if field.kind == "choice"), ())


def _certificates(file: File, predicate: str) -> Iterator[Change]:
    for kind in _choices(predicate):
        held = file.some(predicate, kind)
        if not any(int(f.arguments[2]) <= file.day <= int(f.arguments[3]) for f in held):
            yield Change("prove" if file.late else "obtain", None, file.fact(predicate, kind, file.day, file.day))


def _papers(file: File, predicate: str) -> Iterator[Change]:
    for kind in _choices(predicate):
        if not file.some(predicate, kind):
            yield Change("hand_in", None, file.fact(predicate, kind))


def _any(file: File, predicate: str) -> Iterator[Change]:
    for kind in () if file.some(predicate) else _choices(predicate):
        yield Change("hand_in", None, file.fact(predicate, kind))


def _years(file: File, predicate: str) -> Iterator[Change]:
    assumed = PREDICATES[predicate].model.assumed or ()
    for year in file.years:
        held = file.some(predicate, year)
        if len(assumed) > 1:  # records of several levels a year: of those that count one will do
            held = [f for f in held if f.arguments[-1] == assumed[-1] and f.arguments[2] != _choices(predicate)[0]]
        if held:
            continue
        for rank, choice in enumerate(_choices(predicate)):
            yield Change("hand_in", None, file.fact(predicate, year, choice, *assumed[1:]), rank)
        if not assumed:
            yield Change("hand_in", None, file.fact(predicate, year))


def _starts(file: File, predicate: str) -> Iterator[Change]:
    """A start not on file may be shown; one on file is the past. The latest day that still suffices comes first."""
    for number in () if file.some(predicate) else file.numbers:
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


def _registration(file: File, predicate: str) -> Iterator[Change]:
    before = next(iter(file.some(predicate)), None)
    for rank, choice in enumerate(_choices(predicate)):
        if before is None or (before.arguments[1] != choice and not file.late):
            yield Change("move" if before else "prove", before, file.fact(predicate, choice), rank)


def _score(file: File, predicate: str) -> Iterator[Change]:
    """A self-assessment made anew, or one not handed in yet: the values at and next to the numbers of the law."""
    before = next(iter(file.some(predicate)), None)
    if before is not None and file.late:
        return
    for number in file.numbers:
        for points in range(number - 1, number + 2):
            if (
                MAX_YEARS < number <= 1000
                and 0 <= points <= 1000
                and (before is None or int(before.arguments[1]) < points)
            ):
                kind = "prove" if file.late else "score" if before else "hand_in"
                yield Change(kind, before, file.fact(predicate, points), points)


def _notices(file: File, predicate: str) -> Iterator[Change]:
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
            yield Change("prove" if file.late else "give", None, file.fact(predicate, first, last), number)


def day_before(day: int, steps: Sequence[Fact]) -> int:
    """The last day before the first of some steps, at most `day`."""
    return min([day, *(next_day(int(step.arguments[1]), -1) for step in steps)])


def _states(file: File, predicate: str) -> Iterator[Change]:
    """A state that still runs on the reference day may be put right before it."""
    for before in file.some(predicate):
        start, end = (int(day) for day in before.arguments[-2:])
        if start < file.day <= end and next_day(file.day, -1) >= file.as_of:
            ended = file.fact(predicate, *before.arguments[1:-1], next_day(file.day, -1))
            yield Change("obtain" if predicate == "licence_missing" else "end", before, ended)


MAKERS: Mapping[str | None, Callable[[File, str], Iterator[Change]]] = {
    "certificate": _certificates, "paper": _papers, "any": _any, "yearly": _years, "start": _starts,
    "register": _registration, "score": _score, "notice": _notices, "state": _states,
}  # fmt: skip
"""What a kind of change (`change` of a predicate's class) offers."""


def apply(facts: Sequence[Fact], made: Sequence[Change]) -> tuple[Fact, ...]:
    """The facts after these changes, sorted."""
    taken = {change.before for change in made}
    brought = {change.after for change in made if change.after}
    return tuple(sorted({f for f in facts if f not in taken} | brought, key=repr))
