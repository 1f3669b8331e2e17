"""The first day from which an applicant would qualify if nothing else changed.

Only the calendar moves: the application deadline is put on a later day and the same rules decide again. Days on which
an answer can turn are tried in order: the corresponding days of every day on file for every number of years the law
names, the days after the ends of states and certificates, and each 1 January.

What does not exist yet is assumed, and said: that an application in time now would be in time then, and that the yearly
figures of years to come are handed in and do not stand against the applicant. Rounds are not days: their number stays,
so a bar that counts rounds is no matter of waiting for a day; the first round free of it is told instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.answers import Ground, Outcome, cohort, decide_part
from engine.case import Case
from engine.facts import LAST_YEAR, PREDICATES, Fact, day_text
from engine.law import constants, named
from engine.solve import Clock, Part
from explain.change.corrections import MAX_YEARS, WEAKEST_FIRST, File, next_day, years_after

HORIZON = 30
"""Years ahead that are searched; nothing in the rules reaches further than the longest period they name."""

OWN_DAYS = ("submitted", "handed_in")
"""Acts of applying: in time now, they are assumed to be in time for a later deadline."""

ROUNDS = 10
"""Later rounds that are tried for a bar that counts rounds."""

YEARLY = {
    "accounts": (WEAKEST_FIRST["accounts"][0],),
    "self_rating": (WEAKEST_FIRST["self_rating"][0],),
    "product_inspection": ("municipal", "pass"),
    "self_report_year": (),
}
"""What is assumed of each year's figures that do not exist yet: the least that does not stand against anybody."""


@dataclass(frozen=True)
class Earliest:
    """The answer: the day (yyyymmdd) or none, what binds until the day before or for ever, what was assumed.

    `rounds` are the grounds among them that end with a round instead of a day, with the first round free of them.
    """

    applicant: str
    status: str
    day: int | None
    binding: tuple[Ground, ...]
    assumed: tuple[Fact, ...]
    horizon: int
    rounds: tuple[tuple[Ground, int], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The answer for a program."""
        from engine.facts import text

        return {
            "id": self.applicant,
            "status": self.status,
            "earliest": day_text(self.day) if self.day else None,
            "binding": [ground.json("key") for ground in self.binding],
            "assumed": [text(fact) for fact in self.assumed],
            "searched_until": day_text(self.horizon),
            "first_rounds": [ground.json("key") | {"round": number} for ground, number in self.rounds],
        }


def earliest(case: Case, applicant: str, time_limit: float | None = None) -> Earliest:
    """The first day, from the deadline on, with which the applicant would be eligible.

    `binding` are the grounds of the last day tried before it, or, without such a day, those that hold on every day
    tried. Raises UsageError for an unknown applicant, Stopped when the time (seconds) is over.
    """
    cohort(case, [applicant])
    clock = Clock.limit(time_limit)
    file = File.of(case, applicant)
    days = list(turning_days(case, file))
    status = ""
    before: set[Ground] = set()
    always: set[Ground] | None = None
    for day in days:
        outcome = _on(case, file, day, figures_to_come(case, file, day), clock)
        status = status or outcome.status
        if outcome.status == "eligible":
            return Earliest(applicant, status, day, tuple(sorted(before)), figures_to_come(case, file, day), days[-1])
        before = _grounds(outcome)
        always = before if always is None else always & before
    held = tuple(sorted(always or set()))
    return Earliest(applicant, status, None, held, (), days[-1], _first_rounds(case, file, held, clock))


def turning_days(case: Case, file: File) -> Iterator[int]:
    """The days, sorted, from the reference day on, on which the answer for this file can turn."""
    last = min(file.day // 10000 + HORIZON, LAST_YEAR)
    numbers = {0, *(c.value for c in constants(case.city).values() if 0 < c.value <= MAX_YEARS)}
    found = {file.day, *(year * 10000 + 101 for year in range(file.day // 10000 + 1, last + 1))}
    for fact in file.facts:
        for field, value in zip(PREDICATES[fact.predicate].fields, fact.arguments, strict=True):
            if field.kind in ("day", "open_day") and isinstance(value, int) and value // 10000 <= LAST_YEAR:
                for number in numbers:
                    turn = years_after(value, number)
                    found |= {turn, next_day(turn)}
    yield from sorted(day for day in found if file.day <= day <= last * 10000 + 1231)


def figures_to_come(case: Case, file: File, day: int) -> tuple[Fact, ...]:
    """The yearly figures, not on file yet, of the years that end between the deadline and a later day."""
    years = range(case.deadline // 10000, day // 10000)
    heeded = named(case.city, YEARLY)
    return tuple(
        file.fact(predicate, year, *rest)
        for year in years
        for predicate, rest in YEARLY.items()
        if predicate in heeded and not file.some(predicate, year)
    )


def _first_rounds(case: Case, file: File, held: Sequence[Ground], clock: Clock) -> tuple[tuple[Ground, int], ...]:
    """The grounds that a later round number alone ends, with the first such number."""
    found: dict[Ground, int] = {}
    for number in range(case.round + 1, case.round + ROUNDS + 1):
        left = _grounds(_on(case, file, case.deadline, (), clock, number))
        found |= {ground: number for ground in held if ground not in left and ground not in found}
    return tuple(sorted(found.items()))


def _of_the_round(case: Case) -> list[Fact]:
    return [f for f in case.facts if f.predicate == "evidence_closed"]


def _on(case: Case, file: File, day: int, assumed: Sequence[Fact], clock: Clock, number: int | None = None) -> Outcome:
    """The outcome if the deadline were that day, or the round another one."""
    in_time = [f for name in OWN_DAYS for f in file.some(name) if int(f.arguments[1]) <= case.deadline]
    facts = [f for f in file.facts if f not in in_time]
    facts += [file.fact(f.predicate, day) for f in in_time]
    moved = [Fact("round", (case.city, number or case.round, day)), *_of_the_round(case)]
    part = Part(case.city, dict(case.readings), (file.applicant,), (*moved, *facts, *assumed))
    return decide_part(part, clock).outcomes[0]


def _grounds(outcome: Outcome) -> set[Ground]:
    return {Ground(g.provision, g.key) for g in (*outcome.failed, *outcome.barred, *outcome.open)}
