"""What goes into the solver: validated facts as symbols, the readings in force, the working days asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import clingo

from engine.facts import PREDICATES, Fact
from engine.law import calendar, last_day, readings, rule_files
from engine.solve.solver import inputs

NOTICES = ("internal_notice", "preliminary_notice", "notice")
"""Facts whose last two fields are the days of a notice."""


def readings_in_force(city: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every reading the city's rules know, with the choice in force."""
    return {key: given.get(key, reading.default) for key, reading in readings(city).items()}


def symbols(city: str, given: Mapping[str, str], facts: Iterable[Fact], *questions: str) -> Iterator[clingo.Symbol]:
    """The symbols of those facts that the rules of a question take in, and what goes with them."""
    wanted = {name for name, _ in inputs(rule_files(city, *questions))} - {"reading"}
    known = readings(city)
    for key, choice in given.items():
        if key in known:
            yield clingo.Function("reading", [clingo.Function(key), clingo.Function(choice)])
    days: set[int] = set()
    terms: dict[tuple[bool, str | int], clingo.Symbol] = {}
    quoted = {name: tuple(field.quoted for field in PREDICATES[name].fields) for name in wanted & PREDICATES.keys()}
    for name, arguments in facts:
        if name in quoted:
            pairs = zip(quoted[name], arguments, strict=True)
            yield clingo.Function(name, [terms.get(pair) or terms.setdefault(pair, term(*pair)) for pair in pairs])
            if name in NOTICES:
                days.update(day for day in arguments[-2:] if isinstance(day, int))
    if days:
        yield from working_days(days)


def term(quoted: bool, value: str | int) -> clingo.Symbol:
    """A value as clingo holds it: a number, a string, or a constant where the field is a choice."""
    if isinstance(value, int):
        return clingo.Number(value)
    return clingo.String(value) if quoted else clingo.Function(value)


def working_days(days: Iterable[int]) -> Iterator[clingo.Symbol]:
    """The rows of the calendar for some days (yyyymmdd), and its end; a day it does not know has none."""
    end = last_day()
    yield clingo.Function("calendar_end", [clingo.Number(end)])
    for day in sorted({*days, end} & calendar().keys()):
        entry = calendar()[day]
        yield clingo.Function("calendar_day", [clingo.Number(n) for n in (day, entry.number, entry.working)])
