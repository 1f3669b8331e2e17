"""A draw checked by the rules: the panels valid, every reason derived again, every tight set counted again.

Of a small round every name is judged in every group. Of a large one, those on whom the draw depends: who was reached
before a panel was full, and who might have served a tight set.
"""

from __future__ import annotations

from collections.abc import Iterator

from clingo import Function, Number, String, Symbol

from engine.draw.field import FOR_LEADER, RESERVED, TAKEN
from engine.draw.lots import Draw
from engine.law import rule_files
from engine.panels import QUESTIONS, about, feed
from engine.solve import Clock, answer

CHECK = (*QUESTIONS, "panel")
SMALL = 50_000
"""Pairs of a reviewer and a group up to which all are judged."""

Pair = tuple[str, str]


def faults(drawn: Draw, clock: Clock | None = None) -> list[str]:
    """What the rules hold against a draw, sorted: `breach(…)` atoms; none if it is right."""
    roster = drawn.frozen.roster
    pairs = asked(drawn)
    case = about(roster.case, {name for name, _ in pairs})
    facts = [*feed(case, roster.reviewed, *CHECK), *seats(drawn), *said(drawn, pairs), *rows(drawn)]
    atoms = answer(rule_files(case.city, *CHECK), facts, clock)
    return sorted(str(atom) for atom in atoms if atom.name == "breach")


def asked(drawn: Draw) -> set[Pair]:
    """Who is judged, and in which group."""
    roster = drawn.frozen.roster
    if len(roster.reviewers) * len(roster.groups) <= SMALL:
        return {(name, group) for name in roster.reviewers for group in roster.groups}
    pairs: set[Pair] = set()
    left = dict(roster.load)
    for walk in drawn.walks:
        last = max((place for place, _ in walk.taken), default=0)
        for place, name, verdict in walk.rows():
            if place <= last:
                pairs.add((name, walk.group))
            if verdict == RESERVED:
                pairs.update((free, group) for group in walk.tight[place].groups for free in left if left[free])
            if verdict == TAKEN:
                left[name] -= 1
    return pairs


def seats(drawn: Draw) -> Iterator[Symbol]:
    """The seats there are, and who sits where."""
    for name in drawn.frozen.roster.groups:
        yield Function("seats", [String(name), Number(drawn.frozen.field.seats[name])])
        for seat in drawn.frozen.kept.get(name, ()):
            yield Function("kept", [String(seat.id), String(name)])
    for group, panel in drawn.panels.items():
        for seat in panel:
            yield Function("sits", [String(seat.id), String(group), Function("leader" if seat.leader else "member")])


def said(drawn: Draw, pairs: set[Pair]) -> Iterator[Symbol]:
    """Who is judged where, and every reason that the draw gives."""
    for name, group in pairs:
        place = [String(name), String(group)]
        yield Function("examined", place)
        for kind in drawn.frozen.roster.kinds(name, group):
            yield Function("said", [*place, Function(kind)])


def rows(drawn: Draw) -> Iterator[Symbol]:
    """The walk in its order: who was taken, who was passed over for a leader or for a tight set, and that set."""
    count = 0
    for walk in drawn.walks:
        for place, name, verdict in walk.rows():
            if verdict not in (TAKEN, RESERVED, FOR_LEADER):
                continue
            count += 1
            yield Function("row", [Number(count), String(walk.group), String(name), Function(verdict)])
            if verdict == RESERVED:
                for one in walk.tight[place].places:
                    yield Function("tight", [Number(count), String(one.group), Function(one.only)])
