"""What is walked over: who may sit in which group, who sits there already, the places and panels that are left."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from engine.draw.bench import Bench

TAKEN, RECUSED, UNQUALIFIED, LEFT, SEATED, FULL, LOAD, FOR_LEADER, RESERVED = VERDICTS = (
    "taken", "recused", "unqualified", "left", "seated", "full", "load", "for_leader", "reserved",
)  # fmt: skip
"""The verdicts of a walk; `left` and `seated` only after a draw."""


@dataclass(frozen=True)
class Field:
    """The groups with their seats and whoever may take them; `kept` sit there already and stay.

    `fit` are those whom nothing keeps out of a group; of the others `left` left the panel before, `recused` must
    withdraw, and the rest are not qualified. `load` is the number of panels each may sit on in all.
    """

    groups: tuple[str, ...]
    reviewers: tuple[str, ...]
    leaders: frozenset[str]
    load: Mapping[str, int]
    seats: Mapping[str, int]
    fit: Mapping[str, Collection[str]]
    recused: Mapping[str, Collection[str]]
    left: Mapping[str, Collection[str]] = field(default_factory=dict)
    kept: Mapping[str, Collection[str]] = field(default_factory=dict)

    def sitting(self, group: str) -> Collection[str]:
        """Who sits in a group already."""
        return self.kept.get(group, ())

    def free(self, group: str) -> int:
        """How many places of a group are left."""
        return self.seats[group] - len(self.sitting(group))

    def needs_leader(self, group: str) -> bool:
        """Whether one of the places left is kept for somebody who may lead."""
        return self.free(group) > 0 and self.leaders.isdisjoint(self.sitting(group))

    def barred(self, group: str) -> Mapping[str, str | None]:
        """For each reviewer the verdict that keeps him out of a group whatever room there is; None where none does."""
        found = self._unqualified.copy()
        for names, verdict in (
            (self.recused[group], RECUSED),
            (self.left.get(group, ()), LEFT),
            (self.fit[group], None),
        ):
            found |= dict.fromkeys(names, verdict)
        return found

    @cached_property
    def _unqualified(self) -> dict[str, str | None]:
        """Everybody as kept out."""
        return dict.fromkeys(self.reviewers, UNQUALIFIED)

    def bench(self) -> Bench:
        """The places left, in numbers."""
        number = {name: index for index, name in enumerate(self.reviewers)}
        load = [self.load[name] for name in self.reviewers]
        leading = {number[name] for name in self.leaders if name in number}
        fit: list[tuple[int, ...]] = []
        need: list[int] = []
        for group in self.groups:
            sitting = self.sitting(group)
            for name in sitting:
                load[number[name]] -= 1
            members = sorted(map(number.__getitem__, {*self.fit[group]}.difference(sitting)))
            fit += [tuple(one for one in members if one in leading), tuple(members)]
            lead = int(self.needs_leader(group))
            need += [lead, self.free(group) - lead]
        return Bench(self.groups, self.reviewers, tuple(fit), tuple(need), tuple(max(0, one) for one in load))
