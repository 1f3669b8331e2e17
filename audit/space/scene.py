"""The bounded case spaces of the other questions: each a choice program in `audit/scenes`, with a city's own days.

A scene says what may be on file; clingo chooses. The days on which something turns come from the rules' numbers.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path

import clingo

from audit.encoding import DEADLINE, GLOBAL, Encoding, Signature, atoms, flawless, signature
from audit.space.days import OPEN, corresponding, notices, shifted
from audit.space.domain import past_calendar
from audit.space.search import program
from engine.law import eve, regulation
from engine.solve import noticed

SCENES = Path(__file__).parent / "scenes"
_FILES = {
    "award": ("award",),
    "review": ("review",),
    "panels": ("panels", "own_ties", "kin_ties", "group_ties"),
    "procedure": ("procedure",),
}
_FLAWLESS = {"award": dict.fromkeys("ABCD", "organization") | {"I": "individual"}}
"""Whose dossiers a scene takes as given: identifier and kind."""
AWARD_DAYS = (20211120, 20240229)
_LONG_AGO = 20100101
_YEARS = 20
"""A number of the law up to here may count years."""


@dataclass(frozen=True)
class Scene:
    """One case space: the choice program, the dossiers given, the days whose place in the calendar is asked for."""

    name: str
    city: str
    deadline: int
    lines: tuple[str, ...] = field(repr=False)
    given: tuple[str, ...] = field(repr=False)
    days: frozenset[int] = field(repr=False)
    inputs: frozenset[Signature] = field(repr=False)

    @property
    def program(self) -> tuple[str, ...]:
        """The choices and what is given."""
        return (*self.lines, *(f"{fact}." for fact in self.given))

    @property
    def flawless(self) -> tuple[str, ...]:
        """Whose flawless dossiers are given, quoted."""
        return tuple(re.findall(r'^applicant\(("[^"]*")', "\n".join(self.given), re.MULTILINE))

    @property
    def bounds(self) -> dict[str, int]:
        """How large the space is, for the sentence that says so."""
        control = program(self, [*self.program, "#defined reading_choice/2."])
        found = [(a.symbol.name, len(a.symbol.arguments)) for a in control.symbolic_atoms]
        inside = [sig for sig in found if sig in self.inputs]
        return {"facts": len(inside), "predicates": len(set(inside)), "slots": len(inside), "days": len(self.days)}

    @cached_property
    def least(self) -> tuple[str, ...]:
        """The preference for the fewest facts, a reading other than the default counting three."""
        found = []
        for name, arity in sorted(self.inputs):
            names = ",".join(f"X{i}" for i in range(arity))
            atom = f"{name}({names})" if arity else name
            cost = 3 if name == "reading" else 1
            found.append(f"#minimize {{ {cost}@1,{name}{',' + names if names else ''} : {atom} }}.")
            found.append(f"#defined {name}/{arity}.")
        return tuple(found)


def scenes(encoding: Encoding, deadline: int = DEADLINE, settled: Collection[str] = ()) -> list[Scene]:
    """The case spaces of a question other than eligibility; readings that are settled do not vary."""
    name = encoding.question.name
    inputs = encoding.inputs - GLOBAL
    facts, days = _own(encoding, deadline)
    years = sorted(_years(encoding))
    force = {c.value for c in encoding.constants.values() if _LONG_AGO < c.value < OPEN}
    awards = [*AWARD_DAYS, *(day for edge in sorted(force) for day in (shifted(edge, -1), edge))]
    given = tuple(
        fact.replace('"A"', f'"{id}"')
        for id, kind in _FLAWLESS.get(name, {}).items()
        for fact in flawless(encoding.city, deadline, kind)
    )
    found = []
    for file in _FILES[name]:
        text = (SCENES / f"{file}.lp").read_text("utf-8")
        for base in awards if file == "review" else awards[:1]:
            own = [f"s_award_day({base}).", *(f"s_line({day})." for day in sorted({*_around(base, years)}))]
            lines = (text, *facts, *own, *_readings(encoding, settled))
            found.append(Scene(file, encoding.city, deadline, lines, given, frozenset(days | _noticed(given)), inputs))
    return found


def _own(encoding: Encoding, deadline: int) -> tuple[list[str], set[int]]:
    """What a city and a deadline give to every scene, and the days whose place in the calendar is asked for."""
    ended = sorted({day for n in _years(encoding) for day in _ended(deadline, n)})
    spans = [(_LONG_AGO, OPEN), (_LONG_AGO, deadline), (_LONG_AGO, shifted(deadline, -1)), (deadline, OPEN),
             (shifted(deadline, 1), OPEN), *((_LONG_AGO, day) for day in ended)]  # fmt: skip
    counts = {c.value for c in encoding.constants.values() if "days" in c.name} or {5}
    pairs, beyond = notices(shifted(deadline, 30), counts), past_calendar(counts)
    edges = sorted({day for pair in pairs for end in pair for day in (shifted(end, -1), end, shifted(end, 1))})
    facts = [f"s_city({encoding.city}).", f"s_deadline({deadline})."]
    facts += [f"s_span({start},{end})." for start, end in spans]
    facts += [f"s_now({start},{end})." for start, end in spans[:5]]
    facts += [f"s_notice({start},{end})." for start, end in [*pairs, (pairs[0][0], OPEN), *beyond]]
    facts += [f"s_day({day})." for day in edges]
    facts += [f"s_prize({prize})." for prize in regulation(encoding.paths[1]).prizes]
    facts += [f"s_submitted({day})." for day in (shifted(deadline, -1), deadline)]
    days = {day for pair in (*pairs, *beyond) for day in pair} | {*edges}
    return facts, days | {eve(day) for day in days if day < OPEN} | {deadline, eve(deadline)}


def _noticed(facts: Iterable[str]) -> set[int]:
    """The days of the notices among some facts."""
    symbols = map(clingo.parse_term, facts)
    rows = [
        (s.name, [a.number if a.type == clingo.SymbolType.Number else str(a) for a in s.arguments]) for s in symbols
    ]
    return {day for name, arguments in rows for day in noticed(name, arguments)}


def _years(encoding: Encoding) -> set[int]:
    """The numbers of years that the rules of the question, or the definitions they ask for, may count."""
    asked = {sig for rule in encoding.own for sig, _ in rule.needs}
    near = [str(rule.node) for rule in encoding.rules if rule.heads & asked or rule in encoding.own]
    return {
        constant.value
        for constant in encoding.constants.values()
        if 0 < constant.value <= _YEARS and "years" in constant.name and any(constant.name in text for text in near)
    }


def _around(base: int, years: Iterable[int]) -> Iterator[int]:
    for n, step in product((0, *years), (-1, 0, 1)):
        yield shifted(corresponding(base, n), step)


def _ended(deadline: int, years: int) -> Iterator[int]:
    """The last day a tie may have ended on without counting any more, and the next."""
    end = deadline - years * 10000
    return (day for day in (shifted(end, -1), end))


def _readings(encoding: Encoding, settled: Collection[str]) -> Iterator[str]:
    """The readings that the rules at work ask for."""
    asked = {
        str(atom.arguments[0])
        for rule in encoding.at_work
        for each in rule.node.body
        for atom in atoms(each)
        if signature(atom) == ("read_as", 2)
    }
    for key in sorted((asked & encoding.readings.keys()) - {*encoding.chosen, *settled}):
        reading = encoding.readings[key]
        others = "; ".join(f"reading({key},{choice})" for choice in reading.choices if choice != reading.default)
        yield f"{{ {others} }} 1."
