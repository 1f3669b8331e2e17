"""What goes into the solver: validated facts as symbols, the readings in force, the working days asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import clingo

from engine.calendar import calendar, last_day
from engine.rulebook import readings, rule_files
from engine.solve import inputs
from engine.vocabulary import Fact, symbol

NOTICES = ("internal_notice", "preliminary_notice", "notice")
"""Facts whose last two fields are the days of a notice."""


def readings_in_force(city: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every reading the city's rules know, with the choice in force."""
    return {key: given.get(key, reading.default) for key, reading in readings(city).items()}


def symbols(city: str, given: Mapping[str, str], facts: Iterable[Fact], *questions: str) -> Iterator[clingo.Symbol]:
    """The symbols of those facts that the rules of a question take in, and what goes with them."""
    wanted = inputs(rule_files(city, *questions))
    known = readings(city)
    for key, choice in given.items():
        if key in known:
            yield clingo.Function("reading", [clingo.Function(key), clingo.Function(choice)])
    days: set[int] = set()
    for fact in facts:
        if fact.predicate != "reading" and (fact.predicate, len(fact.arguments)) in wanted:
            yield symbol(fact)
            if fact.predicate in NOTICES:
                days.update(day for day in fact.arguments[-2:] if isinstance(day, int))
    if days:
        yield from working_days(days)


def working_days(days: Iterable[int]) -> Iterator[clingo.Symbol]:
    """The rows of the calendar for some days (yyyymmdd), and its end; a day it does not know has none."""
    end = last_day()
    yield clingo.Function("calendar_end", [clingo.Number(end)])
    for day in sorted({*days, end} & calendar().keys()):
        entry = calendar()[day]
        yield clingo.Function("calendar_day", [clingo.Number(n) for n in (day, entry.number, entry.working)])
