"""How fair a draw can be: when an equal lottery exists at all, and the chances under the walk, by simulation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Any

from engine.draw import Frozen, by_lot, walks
from engine.errors import UsageError
from engine.repair.deviation import least_deviation

MOST = 100_000
"""Draws simulated at most."""


@dataclass(frozen=True)
class Equality:
    """Whether a lottery exists in which everybody who may sit in a group has the same chance there.

    `figure` is the largest sum, over a reviewer's groups, of seats / reviewers who may sit there; such a lottery exists
    exactly where no reviewer's sum exceeds his load and in each group leaders × seats ≥ reviewers who may sit there.
    `load` is the smallest load for all with which no sum exceeds it, `few_leaders` the groups with too few. The walk
    does not in general reach that lottery: nothing may be called equal because it exists.
    """

    figure: Fraction
    reviewer: str | None
    over: tuple[str, ...]
    load: int
    few_leaders: tuple[str, ...]

    @property
    def exists(self) -> bool:
        """Whether there is such a lottery."""
        return not self.over and not self.few_leaders

    def json(self) -> dict[str, Any]:
        """The figure for a program; a fraction is text."""
        return {
            "figure": str(self.figure),
            "reviewer": self.reviewer,
            "lottery_exists": self.exists,
            "over": list(self.over),
            "load": self.load,
            "few_leaders": list(self.few_leaders),
        }


def equality(frozen: Frozen) -> Equality:
    """Whether the equal lottery exists for a frozen roster; a group in which nobody may sit counts for nobody."""
    roster = frozen.roster
    expected = {name: Fraction(0) for name in roster.reviewers}
    for group in roster.groups:
        share = Fraction(frozen.size, max(1, len(roster.fit[group])))
        for name in roster.fit[group]:
            expected[name] += share
    most = max(expected.values(), default=Fraction(0))
    first = next((name for name, share in expected.items() if share == most and share), None)
    over = tuple(name for name, share in expected.items() if share > roster.load[name])
    few = tuple(
        group for group in roster.groups if len(roster.may_fill(group, "leader")) * frozen.size < len(roster.fit[group])
    )
    return Equality(most, first, over, max(1, ceil(most)), few)


@dataclass(frozen=True)
class Chances:
    """How often each reviewer sat in each group, and led it, in a number of simulated draws."""

    frozen: Frozen
    draws: int
    seated: Mapping[tuple[str, str], int]
    leading: Mapping[tuple[str, str], int]

    @property
    def largest(self) -> tuple[float, str, str]:
        """The largest deviation of a simulated chance from seats / reviewers who may sit there; whose, and where."""
        roster = self.frozen.roster
        found = [
            (abs(self.seated[group, name] / self.draws - self.frozen.size / len(roster.fit[group])), name, group)
            for group in roster.groups
            for name in sorted(roster.fit[group])
        ]
        return max(found, key=lambda one: one[0])

    def as_dict(self) -> dict[str, Any]:
        """The chances for a program: counts, so that nothing is rounded; the largest deviation, and the least that any
        lottery could have."""
        off, reviewer, place = self.largest
        roster = self.frozen.roster
        return {
            "draws": self.draws,
            "deviation": {
                "largest": round(off, 4),
                "reviewer": reviewer,
                "group": place,
                "least": round(least_deviation(self.frozen), 4),
            },
            "chances": [
                {
                    "group": group,
                    "reviewer": name,
                    "seated": self.seated[group, name],
                    "leading": self.leading[group, name],
                }
                for group in roster.groups
                for name in sorted(roster.fit[group])
            ],
        }


def chances(frozen: Frozen, number: int, progress: Callable[[int], None] = lambda _done: None) -> Chances:
    """Draw `number` times with seeds of no other use, and count. UsageError outside 1 to MOST."""
    if not 1 <= number <= MOST:
        raise UsageError("chances_range", {"found": number, "most": MOST})
    bench = frozen.field.bench()
    seated: Counter[tuple[str, str]] = Counter()
    leading: Counter[tuple[str, str]] = Counter()
    for run in range(number):
        seed = f"chances {run}"
        for walk in walks(frozen, bench, seed):
            for _, name in walk.taken:
                seated[walk.group, name] += 1
            able = [name for _, name in walk.taken if name in frozen.roster.leaders]
            leading[walk.group, by_lot(seed, frozen.commitment, walk.group, able)[0][0]] += 1
        progress(1)
    return Chances(frozen, number, seated, leading)
