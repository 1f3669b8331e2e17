"""A draw checked by the rules: the panels valid, every reason derived again, every tight set counted again.

Of a small round every name is judged in every group. Of a large one, those on whom the draw depends: who was reached
before a panel was full, and who might have served a tight set.
"""

from __future__ import annotations

from collections.abc import Iterator

from clingo import Function, Number, String, Symbol

from engine.draw.lots import RESERVED, TAKEN, Draw
from engine.law import rule_files
from engine.panels import QUESTIONS, about, feed
from engine.solve import Clock, answer

CHECK = (*QUESTIONS, "panel", "walk")
SMALL = 50_000
"""Pairs of a reviewer and a group up to which all are judged."""

Pair = tuple[str, str]


def faults(drawn: Draw, clock: Clock | None = None) -> list[str]:
    """What the rules hold against a draw, sorted: `breach(…)` and `falsehood(…)` atoms; none if it is right."""
    roster = drawn.frozen.roster
    pairs = asked(drawn)
    case = about(roster.case, {name for name, _ in pairs})
    facts = [*feed(case, roster.reviewed, *CHECK), *seats(drawn), *said(drawn, pairs), *tight(drawn)]
    atoms = answer(rule_files(case.city, *CHECK), facts, clock)
    return sorted(str(atom) for atom in atoms if atom.name in ("breach", "falsehood"))


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
    """The seats there are, who sits where, and in which order they were taken."""
    count = 0
    for name in drawn.frozen.roster.groups:
        yield Function("seats", [String(name), Number(drawn.frozen.size)])
    for walk in drawn.walks:
        group, role = String(walk.group), Function(walk.role)
        for _, name in walk.taken:
            count += 1
            yield Function("sits", [String(name), group, role])
            yield Function("took", [Number(count), String(name), group, role])


def said(drawn: Draw, pairs: set[Pair]) -> Iterator[Symbol]:
    """Who is judged where, and every reason that the draw gives."""
    for name, group in pairs:
        place = [String(name), String(group)]
        yield Function("asked", place)
        for kind in drawn.frozen.roster.kinds(name, group):
            yield Function("said", [*place, Function(kind)])


def tight(drawn: Draw) -> Iterator[Symbol]:
    """Each tight set once for each moment at which it was named, and for whom."""
    count = number = 0
    for walk in drawn.walks:
        known: dict[tuple[int, int], int] = {}
        for place, name, verdict in walk.rows():
            if verdict == TAKEN:
                count += 1
            elif verdict == RESERVED:
                key = (id(walk.tight[place]), count)
                if key not in known:
                    number += 1
                    known[key] = number
                    yield Function("claimed", [Number(number), Number(count)])
                    for group, role, _ in walk.tight[place].seats:
                        yield Function("tight_seat", [Number(number), String(group), Function(role)])
                yield Function("reserved", [Number(known[key]), String(name), String(walk.group), Function(walk.role)])
