"""What goes into the solver: validated facts as symbols, the readings in force, the working days asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any

import clingo

from engine.facts import PREDICATES, Fact, Field, term
from engine.law import calendar, eve, first_day, last_day, readings, rule_files
from engine.solve.cohort import Columns, columns
from engine.solve.feeder import Values, atom, keyed, keys
from engine.solve.solver import inputs
from engine.words import hundredths

NOTICES = ("internal_notice", "preliminary_notice", "notice")
"""Facts whose last two fields are the days of a notice."""
_STEPS = ("round", "submitted", "handed_in", "preliminary_notice")
"""Facts that name a day up to which, or before which, the working days of a notice may be counted."""
COUNTED = frozenset((*NOTICES, *_STEPS))
"""The facts whose days the calendar is asked about."""


def readings_in_force(city: str, given: Mapping[str, str]) -> dict[str, str]:
    """Every reading the city's rules know, with the choice in force."""
    return {key: given.get(key, reading.default) for key, reading in readings(city).items()}


def symbols(city: str, given: Mapping[str, str], facts: Iterable[Fact], *questions: str) -> Iterator[clingo.Symbol]:
    """The symbols of those facts that the rules of a question take in, and what goes with them."""
    rows: dict[str, list[tuple[str | int, ...]]] = {}
    for name, arguments in facts:
        rows.setdefault(name, []).append(arguments)
    return map(atom, chain.from_iterable(fed(city, given, columns(rows), *questions)))


def fed(
    city: str,
    given: Mapping[str, str],
    columns: Columns,
    *questions: str,
    local: Mapping[str, int] | None = None,
) -> Iterator[Sequence[Any]]:
    """The keys of the symbols that `symbols` gives, of facts by predicate, a predicate after the other.

    With `local` an identifier is its number there, and any other one that number's like for nobody: clingo keeps every
    string for the life of the process, and a thousand parts have the same few.
    """
    wanted = {name for name, _ in inputs(rule_files(city, *questions))} - {"reading"}
    known = readings(city)
    if len(_PLAIN) > _MOST:
        _PLAIN.clear()
    beside = [clingo.Function("reading", [*map(clingo.Function, one)]) for one in given.items() if one[0] in known]
    quoted = Values(partial(term, True))
    named = quoted if local is None else Values(partial(_local, local))
    days: set[int] = set()
    steps: set[int] = set()
    for name, some in columns.items():
        if name not in wanted:
            continue
        if some:
            yield keys(name, [_place(field, quoted, named) for field in PREDICATES[name].fields], some)
        else:
            beside.append(clingo.Function(name))
        if name in COUNTED_APART:
            texts = (row for row in zip(*some, strict=True) if isinstance(row[-1], str))
            beside += (counted_apart(name, row, atom(named[row[0]])) for row in texts)
        if name in NOTICES:
            days.update(day for row in zip(*some, strict=True) for day in noticed(name, row))
        if name in _STEPS:
            steps.update(day for row in zip(*some, strict=True) for day in noticed(name, row))
    if days:
        beside += working_days(days | steps)
    yield keyed(beside)


COUNTED_APART = ("amount", "stage_score", "stage_mark")
"""Facts whose last argument may be no whole number of the solver's, and is then counted here."""


def counted_apart(name: str, arguments: Sequence[str | int], applicant: clingo.Symbol) -> clingo.Symbol:
    """What the rules compute of a whole number themselves, for a text: sums in 万元, points in hundredths."""
    if name == "amount":
        return _in_wan(arguments, applicant)
    points = clingo.Number(hundredths(arguments[-1]))
    stage = clingo.Function(str(arguments[-2]))
    terms = [stage, points] if name == "stage_mark" else [applicant, stage, points]
    return clingo.Function("least_points" if name == "stage_mark" else "stage_points", terms)


def _in_wan(arguments: Sequence[str | int], applicant: clingo.Symbol) -> clingo.Symbol:
    """A sum that is no whole number of the solver's, in whole 万元 and what is left, in fen (rules/common.lp)."""
    _, what, year, yuan = arguments
    wan, rest = divmod(hundredths(yuan), 1_000_000)
    terms = [clingo.Function(str(what)), *map(clingo.Number, (int(year), wan, rest))]
    return clingo.Function("in_wan", [applicant, *terms])


_PLAIN = Values(partial(term, False))
"""Numbers, constants and provisions: few, and the same in every part."""
_MOST = 50_000
"""So many of them are kept; sums and other numbers of a register are not few."""


def _place(field: Field, quoted: Values, named: Values) -> Values:
    if field.kind == "identifier":
        return named
    return quoted if field.quoted else _PLAIN


def _local(numbers: Mapping[str, int], id: str) -> clingo.Symbol:
    return clingo.String(str(numbers[id]) if id in numbers else f"-{id}")


def noticed(name: str, arguments: Sequence[str | int]) -> Iterator[int]:
    """The days (yyyymmdd) of a fact whose place in the calendar may be asked for; none of a fact of another kind."""
    if name in NOTICES:
        yield from (day for day in arguments[-2:] if isinstance(day, int))
    if name in _STEPS:
        day = arguments[1 if name == "preliminary_notice" else -1]
        if isinstance(day, int):
            yield from (day, eve(day))


def working_days(days: Iterable[int]) -> Iterator[clingo.Symbol]:
    """The rows of the calendar for some days (yyyymmdd), its start and its end; a day it does not know has none."""
    start, end = first_day(), last_day()
    yield clingo.Function("calendar_start", [clingo.Number(start)])
    yield clingo.Function("calendar_end", [clingo.Number(end)])
    for day in sorted({*days, end} & calendar().keys()):
        entry = calendar()[day]
        yield clingo.Function("calendar_day", [clingo.Number(n) for n in (day, entry.number, entry.working)])
