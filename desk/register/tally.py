"""What the report counts: made part by part, added up at the end, kept as JSON beside the part's rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from itertools import accumulate, compress
from operator import and_
from typing import Any

from desk.register.ladder import Standing
from engine.answers import Ground
from engine.law import Provision

Row = Mapping[str, str]
STAGES = ("all", "here", "unbarred", "near", "clear")
"""The stages of the funnel, each a part of the one before."""


@dataclass
class Tally:
    """Counts of a register or a part of it; nobody is named but winners."""

    total: Counter[str] = field(default_factory=Counter)
    """By tier."""
    funnel: Counter[str] = field(default_factory=Counter)
    """By stage, how many come so far: `all`, `here`, `unbarred`, `near` (short of one thing at most), `clear`."""
    short: Counter[tuple[Ground, str, str]] = field(default_factory=Counter)
    """By requirement, district and industry: who is short of it."""
    alone: Counter[tuple[Ground, str, str]] = field(default_factory=Counter)
    """Of these, against whom nothing else stands."""
    near: Counter[tuple[Ground, str, str]] = field(default_factory=Counter)
    """Of those again, whose seat is not elsewhere."""
    entering: Counter[int] = field(default_factory=Counter)
    """By the first deadline without a record against it, counted from 0; -1 for none. Without seats elsewhere."""
    barred: Counter[tuple[Ground, int, int]] = field(default_factory=Counter)
    """By bar, the year of the first day on which it bars no more (0 where no day is known), and, without a day, the
    first later deadline at which it holds no longer, counted from 1; 0 for none."""
    unknown: Counter[Ground] = field(default_factory=Counter)
    """By requirement: of whom nothing is on file."""
    telling: Counter[tuple[Ground, str]] = field(default_factory=Counter)
    """By requirement and kind of record: of how many it would tell."""
    winners: Counter[tuple[str, str, str, int]] = field(default_factory=Counter)
    """Name, district, prize and round."""

    def add(self, one: Standing, about: Row) -> None:
        """Count an enterprise in."""
        where = about.get("district", ""), about.get("industry", "")
        away = one.tier == "outside"
        self.total[one.tier] += 1
        so_far = (not away, not one.outcome.barred, len(one.short) < 2, not one.short)
        for stage in ("all", *compress(STAGES[1:], accumulate(so_far, and_))):
            self.funnel[stage] += 1
        for ground in one.short:
            self.short[ground, *where] += 1
        if len(one.short) == 1 and not one.outcome.barred:
            self.alone[one.short[0], *where] += 1
            if not away:
                self.near[one.short[0], *where] += 1
        if not away:
            self.entering[-1 if one.earliest is None else one.earliest] += 1
        for ground in one.outcome.barred:
            year = one.days.get(ground, 0) // 10_000
            self.barred[Ground(ground.provision, ground.key), year, 0 if year else one.until(ground) or 0] += 1
        for ground, kinds in one.unknown.items():
            self.unknown[ground] += 1
            for kind in kinds:
                self.telling[ground, kind] += 1
        for prize, number in one.prizes:
            self.winners[one.outcome.name or one.outcome.id, where[0], prize, number] += 1

    def merge(self, other: Tally) -> None:
        """Count another part in."""
        for one in fields(self):
            getattr(self, one.name).update(getattr(other, one.name))

    def as_dict(self) -> dict[str, Any]:
        """As JSON holds it: rows of the key's parts and the count, sorted."""
        return {one.name: sorted(map(_row, getattr(self, one.name).items()), key=repr) for one in fields(self)}

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Tally:
        """The tally that `as_dict` wrote."""
        tally = cls()
        for one in fields(cls):
            getattr(tally, one.name).update({_key(row[:-1]): row[-1] for row in told[one.name]})
        return tally


def tallied(found: Iterable[tuple[Standing, Row]]) -> Tally:
    """The tally of enterprises with what is said about where they are."""
    tally = Tally()
    for one, about in found:
        tally.add(one, about)
    return tally


def _row(item: tuple[Any, int]) -> list[Any]:
    key, count = item
    parts = key if isinstance(key, tuple) else (key,)
    told = [{"provision": str(one.provision), "key": one.key} if isinstance(one, Ground) else one for one in parts]
    return [*told, count]


def _key(row: Iterable[Any]) -> Any:
    parts = [Ground(Provision.parse(one["provision"]), one["key"]) if isinstance(one, dict) else one for one in row]
    return tuple(parts) if len(parts) > 1 else parts[0]
