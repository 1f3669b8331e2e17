"""From which day a recorded bar holds no longer, where the text gives a day.

Such a day hangs on a day of the record behind the bar: some years after it, the day after that, or a first of January.
Which of these it is is found once a process for records of one shape, by deciding the enterprise on the few days that
come into question; where that leaves a choice, it is narrowed with the next enterprise for which it makes a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.answers import Ground, decide_part
from engine.case import Case
from engine.facts import LAST_YEAR, PREDICATES, Fact, text
from engine.law import constants
from engine.solve import Clock, Part
from explain.change import MAX_YEARS, next_day, years_after

_DAYS = ("day", "open_day", "year")


@dataclass(frozen=True, order=True)
class Turn:
    """A day that hangs on a field of a record: so many years on, `then`, the day `after` it, or the `january` after."""

    field: int
    years: int
    which: str

    def day(self, fact: Fact) -> int | None:
        """The day for a record; None where the program's days end before it."""
        value = int(fact.arguments[self.field])
        if PREDICATES[fact.predicate].fields[self.field].kind == "year":
            value = value * 10_000 + 101
        if value // 10_000 + self.years >= LAST_YEAR:
            return None
        then = years_after(value, self.years)
        if self.which == "january":
            return (then // 10_000 + 1) * 10_000 + 101
        return next_day(then) if self.which == "after" else then


_FOUND: dict[tuple[object, ...], frozenset[Turn] | None] = {}
"""By shape the turns that fit all that were searched; None where no day ends it."""


def until(ground: Ground, own: Sequence[Fact], case: Case) -> int | None:
    """The first day (yyyymmdd) after the deadline on which none of the records behind a bar bars any more.

    `own` are all facts about the enterprise. None where a record does not end by a day.
    """
    behind = [fact for fact in own if text(fact) in ground.events]
    days = [_ends(ground, fact, [one for one in own if one == fact or one not in behind], case) for fact in behind]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def _ends(ground: Ground, fact: Fact, own: Sequence[Fact], case: Case) -> int | None:
    fields = PREDICATES[fact.predicate].fields
    shape = (
        case.city,
        case.deadline,
        tuple(case.readings.items()),
        ground.provision,
        ground.key,
        fact.predicate,
        tuple(
            value if field.kind == "choice" else field.kind in _DAYS and int(value) // 10_000 >= LAST_YEAR
            for field, value in zip(fields, fact.arguments, strict=True)
        ),
    )
    known = _FOUND.get(shape, frozenset())
    if known is None:
        return None
    if len(days := {turn.day(fact) for turn in known}) == 1:
        return days.pop()
    found = _searched(ground, fact, own, case)
    if found is None:
        _FOUND.setdefault(shape, None)
    else:
        turns = frozenset(turn for turn in _turns(fact, case.city) if turn.day(fact) == found)
        _FOUND[shape] = known & turns if shape in _FOUND else turns
    return found


def _turns(fact: Fact, city: str) -> Iterator[Turn]:
    numbers = sorted({0, *(one.value for one in constants(city).values() if 0 < one.value <= MAX_YEARS)})
    for at, field in enumerate(PREDICATES[fact.predicate].fields):
        if field.kind in _DAYS:
            yield from (Turn(at, years, which) for years in numbers for which in ("then", "after", "january"))


def _searched(ground: Ground, fact: Fact, own: Sequence[Fact], case: Case) -> int | None:
    """The first of the days that come into question on which the record bars no more: a bar once over stays so."""
    days = sorted({day for turn in _turns(fact, case.city) if (day := turn.day(fact)) and day > case.deadline})
    low, high = 0, len(days)
    while low < high:
        middle = (low + high) // 2
        if _bars(ground, fact, own, case, days[middle]):
            low = middle + 1
        else:
            high = middle
    return days[low] if low < len(days) else None


def _bars(ground: Ground, fact: Fact, own: Sequence[Fact], case: Case, day: int) -> bool:
    """Whether the record bars with a deadline on that day."""
    id = str(fact.arguments[0])
    moved = Fact("round", (case.city, case.round, day))
    shared = (one for one in case.shared if one.predicate != "round")
    outcome = decide_part(Part.of(case, (id,), (moved, *shared, *own)), Clock()).outcomes[0]
    told = text(fact)
    return any(
        (one.provision, one.key) == (ground.provision, ground.key) and told in one.events for one in outcome.barred
    )
