"""The bounded, typed case space: what a searched dossier may hold, from the vocabulary and the rules' lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from clingo.ast import AST

from audit.encoding import OPERATORS, Encoding, atoms, compares, plain, signature
from audit.space.days import OPEN, Windows, near, notices, shifted, windows
from engine.facts import PREDICATES, Fact, Field, Predicate
from engine.law import cities, last_day, regulation, stems
from engine.solve import NOTICES, noticed
from engine.words import speaking
from engine.words import text as message

ID = "A"
ROUND = 10
"""The searched round: late enough for every count of earlier rounds."""
_ROUNDS_BACK = 5
_YEARS = (1, 2, 3, 4, 0, -1)
"""Years before the deadline's, the most natural first; -1 is the year after."""
_APART = ("round", "reading", "name", "industry", "stage_result", "score")
"""Inputs the space does not vary: the round is its frame, readings are chosen apart, the rest decides nothing."""
_TWICE = 2
_FAR = 2099
_WAN = 10_000
"""The yuan of a 万元, in which sums are asked for."""
_USUAL_YUAN = 1_000_000
"""A sum that no rule compares with a number."""


@dataclass(frozen=True)
class Space:
    """The candidates of one deadline, each with its slot; at most `limits` facts a slot."""

    city: str
    deadline: int
    facts: tuple[Fact, ...]
    slots: Mapping[Fact, str]
    limits: Mapping[str, int]
    readings: tuple[tuple[str, str], ...]
    days: frozenset[int] = field(repr=False)

    @property
    def bounds(self) -> dict[str, int]:
        """How large the space is, for the sentence that says so."""
        names = {fact.predicate for fact in self.facts}
        return {"facts": len(self.facts), "predicates": len(names), "slots": len(self.limits), "days": len(self.days)}


def space(encodings: Sequence[Encoding], deadline: int, known: Windows | None = None) -> Space:
    """The case space in which encodings are looked at: the lines of all of them, on both sides."""
    lines = known if known is not None else merged([windows(each) for each in encodings])
    asked = sorted({name for each in encodings for name, arity in each.asked if name in PREDICATES} - set(_APART))
    facts, slots, limits = [], {}, {}
    for name in asked:
        predicate = PREDICATES[name]
        for row in _spoken_rows(predicate, encodings, deadline, lines):
            fact = Fact(name, row)
            slot = _slot(predicate, row)
            facts.append(fact)
            slots[fact] = slot
            limits[slot] = 1 if predicate.model.one_per is not None or not predicate.fields else _TWICE
    days = {deadline} | {day for fact in facts for day in noticed(fact.predicate, fact.arguments)}
    chosen = [r for each in encodings for r in each.readings.values() if r.key not in each.chosen]
    readings = dict.fromkeys((r.key, choice) for r in chosen for choice in r.choices if choice != r.default)
    return Space(encodings[0].city, deadline, tuple(facts), slots, limits, tuple(readings), frozenset(days))


def merged(found: Iterable[Windows]) -> Windows:
    """The windows of several encodings together."""
    whole: dict[tuple[str, str], frozenset[int]] = {}
    for each in found:
        for place, numbers in each.items():
            whole[place] = whole.get(place, frozenset()) | numbers
    return whole


def deadlines(encodings: Sequence[Encoding], lines: Windows, first: int) -> list[int]:
    """The deadlines searched: the one asked for, a leap day, the 28th that a leap day's period ends on, the days around
    coming into force, and a deadline past the calendar's end where notices are counted."""
    force = sorted({c.value for each in encodings for c in each.constants.values() if c.value > 19000000})
    start = max([*force, 20200101]) if force else 20200101
    end = last_day() // 10000 if any(("ended_notice", 2) in each.derived for each in encodings) else _FAR
    leaps = [year for year in range(start // 10000 + 1, start // 10000 + 9) if year % 4 == 0 and year <= end][:1]
    found = [first, *(year * 10000 + 229 for year in leaps)]
    numbers = sorted({n for place in lines.values() for n in place})
    for n in numbers:
        years = [y for y in range(start // 10000 + 1, start // 10000 + 5) if (y - n) % 4 == 0 and y % 4 and y <= end]
        found += [year * 10000 + 228 for year in years[:1]]
    if end < _FAR:
        found.append((end + 1) * 10000 + 131)
    for day in force:
        found += [day, shifted(day, -1)]
    return list(dict.fromkeys(found))


def _slot(predicate: Predicate, row: Sequence[str | int]) -> str:
    """What a dossier can differ in: a field that has one value, or a record with the year or kind it is about."""
    one = predicate.model.one_per
    if one is None:
        years = [f.name for f in predicate.fields if f.kind == "year"]
        first = [f.name for f in predicate.fields if f.kind == "choice"][:1]
        one = tuple(years or (first if predicate.name not in ("activity", "applicant") else ()))
    keys = [
        str(value) for f, value in zip(predicate.fields, row, strict=True) if f.name in one and f.kind != "identifier"
    ]
    return " ".join([predicate.name, *keys])


def _spoken_rows(
    predicate: Predicate, encodings: Sequence[Encoding], deadline: int, lines: Windows
) -> Iterator[tuple[str | int, ...]]:
    """The rows of a predicate in the terms of each of the texts; one that no text has a term for has none."""
    found: dict[tuple[str | int, ...], None] = {}
    for text in dict.fromkeys(each.text for each in encodings):
        with speaking(text if text in stems() else ""):
            found |= dict.fromkeys(_rows(predicate, encodings, deadline, lines))
    yield from found


_ASKED_OF = {"amount": ("asked_amount", 2), "rank": ("asked_rank", 3)}
"""What a regulation states of the figures that it asks for: their kinds, and behind them the number."""


def _figures(predicate: Predicate, encodings: Sequence[Encoding]) -> dict[tuple[str, ...], list[int]]:
    """The figures of a kind that lie on a number the rules ask for, and one off it on either side; sums in yuan."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    wanted = _ASKED_OF[predicate.name]
    for encoding in encodings:
        for rule in encoding.rules:
            if wanted in rule.heads and rule.fact:
                for atom, sig in encoding.valued(rule).head:
                    *kinds, number = map(str, atom.arguments)
                    if sig == wanted and number.isdecimal():
                        on = int(number) * (_WAN if predicate.name == "amount" else 1)
                        found[tuple(kinds)] += [on + step for step in (0, 1, -1) if on + step > 0]
    return found


def _rows(
    predicate: Predicate, encodings: Sequence[Encoding], deadline: int, lines: Windows
) -> Iterator[tuple[str | int, ...]]:
    """The rows of a predicate, typed and plausible."""
    columns: list[Sequence[str | int]] = []
    paired = predicate.model.ordered is not None and predicate.fields[-1].kind == "open_day"
    figures = _figures(predicate, encodings) if predicate.name in _ASKED_OF else {}
    for place, each in enumerate(predicate.fields[: -2 if paired else None]):
        match each.kind:
            case "choice":
                columns.append(_choices(each, encodings))
            case "identifier":
                columns.append((ID,))
            case "year":
                columns.append([deadline // 10000 - n for n in _YEARS])
            case "number" if each.name == "round":
                columns.append([ROUND - n for n in (1, 2, 3, 4, _ROUNDS_BACK, 0)])
            case "sum" | "number" if figures:
                columns.append(list(dict.fromkeys(number for numbers in figures.values() for number in numbers)))
            case "sum":
                columns.append((_USUAL_YUAN,))
            case "number":
                low, high = each.bounds or (0, 1000)
                found = {n for e in encodings for n in thresholds(e, predicate.name, place)}
                columns.append([n for n in _around(found, high) if low <= n <= high])
            case "day":
                columns.append(_days(predicate, each.name, encodings, deadline, lines))
            case _:
                columns.append((message(f"audit.sample.{each.name}", "zh") if each.name == "licence" else "x",))
    pairs: Sequence[tuple[int, ...]] = [()]
    if predicate.name in NOTICES:
        counts = {n for e in encodings for n in thresholds(e, "working_days", 2)} or {5}
        pairs = past_calendar(counts) if deadline > last_day() else notices(deadline, counts)
    elif paired:
        pairs = _periods(predicate, deadline, lines)
    ordered = predicate.model.ordered
    for row in product(*columns):
        if figures and row[-1] not in figures.get(tuple(str(kind) for kind in row[1:-2]), ()):
            continue
        for pair in pairs:
            whole = (*row, *pair)
            if ordered is None or whole[predicate.at(ordered[0])[0]] <= whole[predicate.at(ordered[1])[0]]:  # type: ignore[operator]
                yield whole


def _choices(field: Field, encodings: Sequence[Encoding]) -> Sequence[str]:
    """What a choice may be: what the vocabulary offers, and what the regulations looked at declare themselves.

    A rule file that stands elsewhere is no regulation of the vocabulary's: its terms and its place are read from it.
    """
    tables = [field.table] if field.table else []
    own = [term for each in encodings for table in tables for term in regulation(each.paths[1]).terms(table)]
    if {*cities()} <= {*field.choices}:
        own += [term for each in encodings for term in (each.city, *regulation(each.paths[1]).terms("place"))]
    return tuple(dict.fromkeys((*field.choices, *own)))


def _days(
    predicate: Predicate, name: str, encodings: Sequence[Encoding], deadline: int, lines: Windows
) -> Sequence[int]:
    record = predicate.group == "adverse"
    days = near(deadline, lines.get((predicate.name, name), ()), calendar_years=record)
    if predicate.group == "history":
        force = {c.value for each in encodings for c in each.constants.values() if c.value > 19000000}
        days += [day for edge in sorted(force) for day in (shifted(edge, -1), edge) if day <= shifted(deadline, 1)]
    if (predicate.name, name) not in lines and predicate.group == "applicants":
        days = [deadline, *days]  # a day that no period is counted from is at its most natural on the day itself
    return list(dict.fromkeys(days))


def _periods(predicate: Predicate, deadline: int, lines: Windows) -> list[tuple[int, int]]:
    """Periods: begun long ago, on T, after T; ended on either side of each line, or still running."""
    ends = near(deadline, lines.get((predicate.name, "to_day"), ()), calendar_years=predicate.group == "adverse")
    long_ago = ends[0]
    ends = [OPEN, *ends, shifted(deadline, -1)]
    starts = (long_ago, deadline, shifted(deadline, 1))
    return [(start, end) for start in starts for end in dict.fromkeys(ends) if start <= end and end != long_ago]


def past_calendar(counts: Iterable[int]) -> list[tuple[int, int]]:
    """Notices that run past the calendar's end: enough days before it, or one too few; two wholly after it, one of them
    too short whatever the holidays will be; and one up to the calendar's end.
    """
    end = last_day()
    inside = [(start, shifted(end, 8)) for n in counts for start, to in notices(end, [n]) if to == end]
    after = [(shifted(end, 4), shifted(end, 18)), (shifted(end, 4), shifted(end, 6))]
    return [*dict.fromkeys(inside), *after, (shifted(end, -9), shifted(end, 0))]


def _around(found: Iterable[int], high: int) -> list[int]:
    numbers = sorted(found)
    return list(dict.fromkeys([*(n + step for n in numbers for step in (1, 0, -1)), *([high] if high == 1000 else [])]))


def thresholds(encoding: Encoding, predicate: str, place: int) -> set[int]:
    """The numbers that an argument of a predicate is compared with in some rule."""
    found: set[int] = set()
    for rule in encoding.rules:
        body = list(encoding.node(rule).body)
        lines = [each for each in body if compares(each) and OPERATORS[each.atom.guards[0].comparison] != "!="]
        if not lines:
            continue
        names = {
            str(atom.arguments[place])
            for each in body
            if plain(each)
            for atom in atoms(each)
            if signature(atom)[0] == predicate and place < len(atom.arguments)
        }
        for each in lines:
            sides = (str(each.atom.term), str(each.atom.guards[0].term))
            for one, other in (sides, sides[::-1]):
                if one in names:
                    found |= {int(other)} if other.lstrip("-").isdecimal() else _stated(encoding, body, other)
    return found


def _stated(encoding: Encoding, body: Sequence[AST], variable: str) -> set[int]:
    """The numbers that a regulation's own facts give a variable of a rule."""
    asked = [atom for each in body if plain(each) for atom in atoms(each)]
    places = {
        (*signature(atom), at) for atom in asked for at, term in enumerate(atom.arguments) if str(term) == variable
    }
    rows = [(row, at) for name, arity, at in places for row in regulation(encoding.paths[1]).rows(name, arity)]
    return {value for row, at in rows if isinstance(value := row[at], int)}
