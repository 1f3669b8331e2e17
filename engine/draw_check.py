"""A draw checked by the rules: the panels valid, every reason derived again, every tight set counted again."""

from __future__ import annotations

from collections.abc import Iterator

from clingo import Function, Number, String, Symbol

from engine.draw import RESERVED, TAKEN, Draw
from engine.roster import QUESTIONS, feed
from engine.rulebook import rule_files
from engine.solve import Clock, answer

CHECK = (*QUESTIONS, "panel", "walk")


def faults(drawn: Draw, clock: Clock | None = None) -> list[str]:
    """What the rules hold against a draw, sorted: `breach(…)` and `falsehood(…)` atoms; none if it is right."""
    roster = drawn.frozen.roster
    facts = [*feed(roster.case, roster.reviewed, *CHECK), *seats(drawn), *said(drawn), *tight(drawn)]
    atoms = answer(rule_files(roster.case.city, *CHECK), facts, clock)
    return sorted(str(atom) for atom in atoms if atom.name in ("breach", "falsehood"))


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


def said(drawn: Draw) -> Iterator[Symbol]:
    """Every reason of every name passed over in the walk of a group's members, which holds all names."""
    roster = drawn.frozen.roster
    terms = {name: String(name) for name in roster.reviewers}
    kinds = {kind: Function(kind) for kind in ("interest", "expertise", "pool", "misconduct", "unavailable")}
    for walk in drawn.walks:
        if walk.role == "member":
            group = String(walk.group)
            for name, verdict in zip(walk.names, walk.verdicts, strict=True):
                if verdict in ("recused", "unqualified"):
                    for kind in roster.kinds(name, walk.group):
                        yield Function("said", [terms[name], group, kinds[kind]])


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
