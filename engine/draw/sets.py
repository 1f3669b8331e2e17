"""Every valid set of panels of a small case, counted; and a choice made by hand, completed or refused with reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path
from typing import Any

from clingo import Function, Number, String, Symbol

from engine.draw.frozen import Frozen, Seat
from engine.draw.lots import panel_json
from engine.errors import UsageError
from engine.law import RULES
from engine.panels import Reason, Roster
from engine.solve import Clock, control, models
from engine.words import dumps

FILES = (RULES / "panel.lp", RULES / "panel_choice.lp")

Sitting = tuple[str, int, str]
"""Group, 0 for the leader and 1 for a member, reviewer."""


@dataclass(frozen=True)
class Sets:
    """The valid sets of panels: the first of them in lexicographic order, and how many there are in all."""

    frozen: Frozen
    sets: tuple[tuple[Sitting, ...], ...]
    count: int

    def json(self) -> str:
        """The sets as JSON text."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The sets, each as the draw's JSON has panels; nobody has a place in an order here."""
        return {"count": self.count, "sets": [self.panels(one) for one in self.sets]}

    def panels(self, one: Sequence[Sitting]) -> list[dict[str, Any]]:
        """One set of panels."""
        found: dict[str, list[Seat]] = {group: [] for group in self.frozen.roster.groups}
        for group, role, name in one:
            found[group].append(Seat(name, 0, role == 0))
        listed = [panel_json(group, seats) for group, seats in found.items()]
        for panel in listed:
            for member in panel["members"]:
                member["place"] = None
        return listed


@dataclass(frozen=True)
class Wish:
    """A choice made by hand: a reviewer in a group."""

    reviewer: str
    group: str


def wishes(roster: Roster, words: Sequence[str]) -> tuple[Wish, ...]:
    """Read `R07@G1`; UsageError for an unknown reviewer or a group without a panel. Identifiers may hold an @."""
    found = []
    for word in words:
        cuts = [(word[:at], word[at + 1 :]) for at, sign in enumerate(word) if sign == "@"]
        known = [pair for pair in cuts if pair[0] in roster.reviewers and pair[1] in roster.groups]
        if not known:
            raise UsageError("not_a_wish", {"found": word})
        found.append(Wish(*known[0]))
    return tuple(found)


def panels(
    frozen: Frozen,
    wanted: Sequence[Wish] = (),
    unwanted: Sequence[Wish] = (),
    *,
    limit: int | None = None,
    clock: Clock | None = None,
    rules: Path = FILES[1],
) -> Sets:
    """Count the valid sets of panels and list the first of them, at most `limit`. Stopped where the time is over."""
    facts = [*_roster(frozen), *_wishes("wanted", wanted), *_wishes("unwanted", unwanted)]
    ctl = control((FILES[0], rules), facts, options=("--models=0", "--project=show"))
    counted = _Counted(models(ctl, clock or Clock()))
    first = sorted(counted) if limit is None else nsmallest(limit, counted)
    return Sets(frozen, tuple(first), counted.count)


class _Counted:
    """The answer sets as sorted seats, counted while they pass."""

    def __init__(self, found: Iterator[list[Symbol]]) -> None:
        self.found, self.count = found, 0

    def __iter__(self) -> Iterator[tuple[Sitting, ...]]:
        for atoms in self.found:
            self.count += 1
            sitting = (
                (atom.arguments[1].string, int(atom.arguments[2].name != "leader"), atom.arguments[0].string)
                for atom in atoms
            )
            yield tuple(sorted(sitting))


def _roster(frozen: Frozen) -> Iterator[Symbol]:
    """What roster.lp says of the case, and the seats."""
    roster = frozen.roster
    for name in roster.reviewers:
        yield Function("reviewer", [String(name)])
        yield Function("load", [String(name), Number(roster.load[name])])
        if name in roster.leaders:
            yield Function("can_lead", [String(name)])
        for reason in roster.unqualified.get(name, ()):
            yield Function("unqualified", [String(name), Function(reason)])
    for group, code in roster.case.rows("group"):
        yield Function("group", [String(str(group)), String(str(code))])
    for group in roster.groups:
        yield Function("needs_panel", [String(group)])
        yield Function("seats", [String(group), Number(frozen.size)])
        yield from (Function("expert", [String(name), String(group)]) for name in roster.experts[group])
        for name in roster.tied[group]:
            yield Function("excluded", [String(name), String(group), Function("interest")])


def _wishes(name: str, listed: Sequence[Wish]) -> Iterator[Symbol]:
    return (Function(name, [String(wish.reviewer), String(wish.group)]) for wish in listed)


def against(roster: Roster, wanted: Sequence[Wish]) -> list[tuple[Wish, tuple[Reason, ...]]]:
    """The wishes that the rules forbid, each with every reason."""
    found = [(wish, tuple(roster.reasons(wish.reviewer, wish.group))) for wish in wanted]
    return [(wish, reasons) for wish, reasons in found if reasons]
