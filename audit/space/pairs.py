"""Two applicants at once: whether the facts of one ever serve another's rule.

The case space has one applicant. What a slip does only because somebody else is there shows in these pairs alone: each
dossier that differs from a flawless one in one place (a fact missing, a value at an end of its domain, a record more),
and beside it another applicant, flawless or with a record of every kind.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audit.space.domain import ID, Space
from audit.space.dossiers import Dossier
from engine.facts import PREDICATES, Fact

OTHER = "B"
"""The applicant beside."""
FLAWLESS, LADEN = "flawless", "laden"


@dataclass(frozen=True)
class Pair:
    """A dossier by itself, the base it departs from, and the same with another applicant beside it."""

    alone: Dossier
    base: Dossier
    together: Dossier
    beside: str


def pairs(frame: Space, bases: Sequence[Dossier]) -> Iterator[Pair]:
    """The pairs of a case space: every dossier one step from a flawless one, with either other applicant."""
    by_slot: dict[str, list[Fact]] = defaultdict(list)
    for fact in frame.facts:
        by_slot[frame.slots[fact]].append(fact)
    for base in bases:
        others = {FLAWLESS: _renamed(base.facts), LADEN: _renamed((*base.facts, *_records(frame, by_slot, base)))}
        for one in dict.fromkeys(_near(base, frame, by_slot)):
            for beside, facts in others.items():
                yield Pair(one, base, replace(one, facts=(*one.facts, *facts)), beside)


def _near(base: Dossier, frame: Space, by_slot: dict[str, list[Fact]]) -> Iterator[Dossier]:
    yield base
    held = {frame.slots.get(fact, ""): fact for fact in base.facts}
    for fact in base.facts:
        if fact.predicate != "applicant":
            yield _made(base, {*base.facts} - {fact})
    for slot, facts in by_slot.items():
        ends = dict.fromkeys((facts[0], facts[len(facts) // 2], facts[-1]))
        for fact in ends:
            if fact not in base.facts and fact.predicate != "applicant":
                yield _made(base, ({*base.facts} - {held.get(slot, fact)}) | {fact})


def _made(base: Dossier, facts: set[Fact]) -> Dossier:
    kept = {fact for fact in facts if _follows(fact, facts)}
    return replace(base, facts=tuple(sorted(kept)))


def _records(frame: Space, by_slot: dict[str, list[Fact]], base: Dossier) -> Iterator[Fact]:
    """A record of every kind that a flawless applicant does not have."""
    taken = {frame.slots.get(fact) for fact in base.facts}
    found = {facts[0] for slot, facts in by_slot.items() if slot not in taken and facts[0].predicate != "withdrawn"}
    yield from (fact for fact in sorted(found) if _follows(fact, found | {*base.facts}))


def _follows(fact: Fact, facts: set[Fact]) -> bool:
    """Whether the fact that this one must follow stands beside it."""
    predicate = PREDICATES[fact.predicate]
    if predicate.model.follows is None:
        return True
    name, shared = predicate.model.follows
    mine = [fact.arguments[i] for i in predicate.at(*shared)]
    at = PREDICATES[name].at(*shared)
    return any(f.predicate == name and [f.arguments[i] for i in at] == mine for f in facts)


def _renamed(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts as another applicant's; those of the round are there already."""
    return tuple(
        Fact(name, tuple(OTHER if value == ID else value for value in row)) for name, row in facts if ID in row
    )
