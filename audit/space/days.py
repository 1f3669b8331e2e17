"""Days and years on both sides of every line the rules draw, found by asking the rules which periods they count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import product

import clingo

from audit.encoding import Encoding, grounded, levels, program, shown
from engine.facts import PREDICATES, Fact, Predicate, symbol
from engine.law import calendar, stems
from engine.words import speaking

OPEN = 99991231
_LONG_AGO = 20
"""Years before the deadline that lie before every window."""

Windows = Mapping[tuple[str, str], frozenset[int]]


def as_date(day: int) -> date:
    """The date behind yyyymmdd."""
    return date(day // 10000, day // 100 % 100, day % 100)


def as_day(value: date) -> int:
    """yyyymmdd of a date."""
    return value.year * 10000 + value.month * 100 + value.day


def shifted(day: int, days: int) -> int:
    """The day so many days later."""
    return as_day(as_date(day) + timedelta(days))


def corresponding(day: int, years: int) -> int:
    """The day on which a period of years from `day` ends: the corresponding day, or the last of a shorter month."""
    end = day + years * 10000
    leap = (end // 10000) % 4 == 0 and ((end // 10000) % 100 != 0 or (end // 10000) % 400 == 0)
    return end - 1 if end % 10000 == 229 and not leap else end


@lru_cache(64)
def windows(encoding: Encoding) -> Windows:
    """For each day field of an input, the numbers N for which the rules count N years from it.

    Each fact is put to the rules once, by itself (with the fact it must follow), and `counted(Day, N)` read off.
    """
    with speaking(encoding.text if encoding.text in stems() else ""):
        return _windows(encoding)


def _windows(encoding: Encoding) -> Windows:
    level = levels(encoding)
    fields: dict[str, tuple[str, str]] = {}
    symbols = [clingo.Function("case", [clingo.String("kind")])]
    for name, arity in sorted(encoding.asked):
        predicate = PREDICATES.get(name)
        if predicate is None or len(predicate.fields) != arity:
            continue
        for place, field in enumerate(predicate.fields):
            if field.kind in ("day", "open_day"):
                for row in _probes(predicate, place):
                    id = f"{len(fields)}"
                    fields[id] = (name, field.name)
                    symbols += [_about(id, fact) for fact in row]
                    symbols.append(clingo.Function("case", [clingo.String(id)]))
    text = program(encoding, level) + "\n#show. #show counted(C,D,N) : counted(C,D,N)."
    found: dict[tuple[str, str], set[int]] = defaultdict(set)
    for atom in shown(grounded(text, symbols)) if len(level(("counted", 2))) == 1 else []:
        if atom.arguments[1].number == _PROBE:
            found[fields[atom.arguments[0].string]].add(atom.arguments[2].number)
    for predicate in PREDICATES.values():  # a window that begins with the fact followed is a window of that fact
        if predicate.model.follows:
            for (name, day), numbers in list(found.items()):
                if name == predicate.name:
                    found[predicate.model.follows[0], day] |= numbers
    return {place: frozenset(numbers) for place, numbers in found.items()}


_PROBE, _BEFORE = 20200607, 20190607


def _probes(predicate: Predicate, place: int) -> Iterable[list[Fact]]:
    """Facts of a predicate, one for each combination of its choices, with the probing day in one place."""
    domains: list[tuple[str | int, ...]] = []
    for i, field in enumerate(predicate.fields):
        other = _BEFORE if i < place else OPEN if field.kind == "open_day" else _PROBE
        domains.append(
            field.choices or ((_PROBE if i == place else other,) if "day" in field.kind else _plain(field.kind))
        )
    applicants = _applicants()
    if predicate.group == "history":  # nobody's years after an award have depended on kind or track, and rows are many
        applicants = applicants[:1]
    for reading in (None, *_every_reading()):
        for row, whose in product(product(*domains), applicants):
            fact = Fact(predicate.name, row)
            yield [*whose, *([reading] if reading else []), *_followed(predicate, fact), fact]
        if predicate.group != "history":
            return


def _applicants() -> list[list[Fact]]:
    """A round with one applicant: of each kind that may apply, in each track that there is."""
    kinds = next(field.choices for field in PREDICATES["applicant"].fields if field.name == "kind")
    tracks = next(field.choices for field in PREDICATES["applies_for"].fields if field.name == "track")
    found = [[Fact("round", ("", 9, 20300607)), Fact("applicant", ("A", kind))] for kind in kinds]
    return [[*one, Fact("applies_for", ("A", track))] for one in found for track in tracks] or found


@cache
def _every_reading() -> tuple[Fact, ...]:
    from engine.law import all_readings

    known = all_readings().values()
    return tuple(Fact("reading", (r.key, choice)) for r in known for choice in r.choices if choice != r.default)


def _plain(kind: str) -> tuple[str | int, ...]:
    known: dict[str, str | int] = {"identifier": "A", "text": "x", "year": 2020, "number": 1, "score": 1, "sum": 1}
    return (known.get(kind, "x"),)


def _followed(predicate: Predicate, fact: Fact) -> list[Fact]:
    """The fact that this one must follow, dated like it."""
    if predicate.model.follows is None:
        return []
    name, shared = predicate.model.follows
    known: dict[str, str | int] = dict(zip(predicate.names, fact.arguments, strict=True))
    row: list[str | int] = [known[f.name] if f.name in shared else _PROBE for f in PREDICATES[name].fields]
    return [Fact(name, tuple(row))]


def _about(case: str, fact: Fact) -> clingo.Symbol:
    found = symbol(fact)
    return clingo.Function(found.name, [clingo.String(case), *found.arguments])


def near(deadline: int, years: Iterable[int], *, calendar_years: bool = False) -> list[int]:
    """Days on both sides of each line: the last outside a window of N years, the first inside, and the next.

    Long ago comes first, then the lines, the deadline itself and the day after it.
    """
    days = [deadline - _LONG_AGO * 10000 if deadline % 10000 != 229 else deadline - _LONG_AGO * 10000 - 1]
    for n in sorted(years):
        start = as_date(deadline - n * 10000 - (deadline % 10000 == 229))
        around = [as_day(start + timedelta(step)) for step in range(-2, 4)]
        ends = {shifted(deadline, step) for step in (-1, 0, 1)}
        days += [day for day in around if corresponding(day, n) in ends]
        if calendar_years:
            for year in (deadline // 10000 - n, deadline // 10000):
                days += [(year - 1) * 10000 + 1231, year * 10000 + 101]
    return list(dict.fromkeys(day for day in [*days, deadline, shifted(deadline, 1)]))


def notices(deadline: int, numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Notices (From, To) of one working day too few, just enough, one more; before T, up to T, past T, after T."""
    rows = calendar()
    pairs = []
    for to in (shifted(deadline, -40), deadline, shifted(deadline, 1)):
        if to not in rows:
            continue
        for n in sorted(numbers):
            for wanted in (n, n - 1, n + 1):
                starts = [d for d in (shifted(to, -back) for back in range(3 * n + 20)) if d in rows]
                found = [d for d in starts if rows[to].number - rows[d].number == wanted and rows[d].working]
                pairs += [(found[0], to)] if found else []
    return [*dict.fromkeys(pairs), (shifted(deadline, 1), shifted(deadline, 30))]
