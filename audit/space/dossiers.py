"""A dossier the solver picked: one applicant's facts under some readings, in a round."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

import clingo

from audit.encoding import Example
from audit.space.domain import ROUND
from engine.facts import Fact, symbol, text
from engine.solve import noticed


@dataclass(frozen=True)
class Dossier:
    """A dossier the solver found: its facts, the readings other than the default, the deadline and round."""

    city: str
    deadline: int
    facts: tuple[Fact, ...]
    readings: tuple[tuple[str, str], ...] = ()
    round: int = ROUND

    def departures(self, base: Dossier) -> tuple[tuple[Fact, ...], tuple[Fact, ...]]:
        """What it lacks of a base, and what it has beyond it."""
        mine, other = set(self.facts), set(base.facts)
        return tuple(f for f in base.facts if f not in mine), tuple(f for f in self.facts if f not in other)

    @cached_property
    def symbols(self) -> tuple[clingo.Symbol, ...]:
        """The dossier as the rules take it in."""
        round_ = clingo.Function(
            "round", [clingo.Function(self.city), *map(clingo.Number, (self.round, self.deadline))]
        )
        readings = [clingo.Function("reading", [clingo.Function(k), clingo.Function(c)]) for k, c in self.readings]
        return (round_, *readings, *map(atom, self.facts))

    @cached_property
    def notice_days(self) -> set[int]:
        """The days whose place among the working days is asked for."""
        rows = [("round", (self.city, self.round, self.deadline)), *self.facts]
        return {day for name, arguments in rows for day in noticed(name, arguments)}


atom = cache(symbol)
"""A fact as clingo holds it: thousands of dossiers share it."""
_text = cache(text)


def as_example(one: Dossier, id: str) -> Example:
    """A dossier as a case, whose outcome nobody has stated yet."""
    facts = tuple(map(_text, one.facts))
    made = Example(id, one.city, "", one.round, one.deadline, dict(one.readings), facts, {})
    # What the case would find by parsing its own text, thousands of times.
    vars(made)["symbols"] = one.symbols
    vars(made)["notice_days"] = one.notice_days
    return made
