"""Surviving mutants against the original: equivalent within the bounded case space, or told apart by a dossier.

First only the changed rule is asked, in one program for all mutants: where no dossier of the space makes it derive
something else, the mutant is equivalent. The rest are compared whole, one by one, in the frames where that happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import clingo

from audit.checks import DEADLINE, Witness, anything, between, witnesses
from audit.encoding import DECIDE, Encoding, Example, Parsed, Rule
from audit.mutants.forked import forked
from audit.mutants.local import reached as where
from audit.mutants.mutation import Mutant
from audit.mutants.scores import spread
from audit.space import (
    NEW,
    Dossier,
    Scene,
    Space,
    Telling,
    as_example,
    both,
    choices,
    deadlines,
    fires,
    flawless,
    pairs,
    program,
    rules,
    scenes,
    space,
    tell,
    windows,
)
from audit.tables import example


@dataclass(frozen=True)
class Verdicts:
    """Of each survivor the dossier that tells it from the original, or None; the deadlines and size of the space."""

    found: Mapping[int, Witness | Telling | None]
    deadlines: tuple[int, ...]
    bounds: Mapping[str, int]


def mutated(encoding: Encoding, mutant: Mutant) -> Encoding:
    """The encoding with one slip in it."""
    kept = []
    for rule in encoding.rules:
        new = mutant.changes.get(rule.number, rule.node)
        if new is not None:
            kept.append(Rule(rule.number, Parsed(new), rule.file, rule.line, rule.provision))
    return replace(encoding, name=f"{encoding.name}#{mutant.id}", rules=tuple(kept))


def verdicts(encoding: Encoding, survivors: Sequence[Mutant], workers: int | None = None) -> Verdicts:
    """Search the space of an encoding for a dossier that tells each survivor from it."""
    frames = _frames(encoding)
    reached = forked(partial(_reached, encoding, survivors, frames), len(frames), workers)
    at = {m.id: [frame for frame, ids in zip(frames, reached, strict=True) if m.id in ids] for m in survivors}
    bases: dict[int, list[Dossier]] = {}
    found: dict[int, Witness | Telling | None] = {m.id: None for m in survivors}
    left = [m for m in survivors if at[m.id]]
    while left:
        chunk, left = left[:_CHUNK], left[_CHUNK:]
        told = forked(partial(_told, encoding, chunk, at, bases), len(chunk), workers)
        found |= {m.id: witness for m, witness in zip(chunk, told, strict=True)}
        new = {str(i): witness for i, witness in enumerate(told) if witness}
        cases = [_as_case(encoding, witness, id) for id, witness in new.items()]
        pairs = {id: ids for id, ids in where(encoding, left, cases).items() if ids} if cases else {}
        also = spread(encoding, [m for m in left if m.id in pairs], pairs, cases, workers)
        found |= {id: new[ids[0]] for id, ids in also.items()}
        left = [m for m in left if m.id not in also]
    bounds = dict(frames[0].bounds)
    if isinstance(frames[0], Space):
        equivalent = [m for m in survivors if found[m.id] is None]
        found |= _beside(encoding, equivalent, frames[0], bounds, workers)
    return Verdicts(found, tuple(dict.fromkeys(frame.deadline for frame in frames)), bounds)


def _beside(
    encoding: Encoding, survivors: Sequence[Mutant], frame: Space, bounds: dict[str, int], workers: int | None
) -> Iterator[tuple[int, Witness]]:
    """Those that do something else only where another applicant stands beside: an applicant's fact serves another."""
    two = list(pairs(frame, flawless(encoding, frame)))
    bounds["pairs"] = len(two)
    cases = [as_example(pair.together, str(at)) for at, pair in enumerate(two)]
    near = {id: ids for id, ids in where(encoding, survivors, cases).items() if ids}
    told = spread(encoding, [m for m in survivors if m.id in near], near, cases, workers) if near else {}
    for mutant in survivors:
        if ids := told.get(mutant.id):
            witnesses = between(encoding, mutated(encoding, mutant), [two[int(id)] for id in ids[:1]])
            yield from ((mutant.id, witness) for witness in witnesses)


def _frames(encoding: Encoding) -> Sequence[Space | Scene]:
    """The case spaces that an encoding is searched in."""
    if encoding.question is not DECIDE:
        return scenes(encoding)
    lines = windows(encoding)
    return [space([encoding], day, lines) for day in deadlines([encoding], lines, DEADLINE)]


def _as_case(encoding: Encoding, found: Witness | Telling, id: str) -> Example:
    return example(found, encoding.question, id) if isinstance(found, Telling) else as_example(found.dossier, id)


_CHUNK = 16
"""Survivors searched at a time; each dossier found is tried on all that are left."""


def _reached(encoding: Encoding, survivors: Sequence[Mutant], frames: Sequence[Space | Scene], number: int) -> set[int]:
    """The survivors whose own rule derives something else on some dossier of a frame."""
    frame = frames[number]
    possible = frame.program if isinstance(frame, Scene) else choices(frame)
    control = program(frame, [*rules(encoding, NEW), *possible, *_local(encoding, survivors)])
    found = set()
    for mutant in survivors:
        wanted = clingo.Function("reached", [clingo.Number(mutant.id)])
        if control.symbolic_atoms[wanted] and control.solve(assumptions=[(wanted, True)]).satisfiable:
            found.add(mutant.id)
    return found


def _local(encoding: Encoding, survivors: Sequence[Mutant]) -> Iterator[str]:
    own = encoding.derived | {("reading", 2)}
    by_number = {rule.number: rule for rule in encoding.rules}
    yield "#defined was/2. #defined becomes/3."
    for number in sorted({number for mutant in survivors for number in mutant.changes}):
        yield fires(encoding.node(by_number[number]), own, f"was({number}")
    for mutant in survivors:
        for number, node in mutant.changes.items():
            yield f"changes({mutant.id},{number})."
            if node is not None:
                yield fires(node, own, f"becomes({mutant.id},{number}")
    yield "reached(M) :- becomes(M,R,H), not was(R,H)."
    yield "reached(M) :- changes(M,R), was(R,H), not becomes(M,R,H)."


def _told(
    encoding: Encoding,
    chunk: Sequence[Mutant],
    reached: Mapping[int, Sequence[Space | Scene]],
    bases: dict[int, list[Dossier]],
    number: int,
) -> Witness | Telling | None:
    """The nearest dossier, or the least record of a round, that tells a survivor from the original.

    `bases` keeps the flawless dossiers of a deadline for the next that is asked in this process.
    """
    mutant = chunk[number]
    other = mutated(encoding, mutant)
    if encoding.question is not DECIDE:
        return tell(encoding, other, [frame for frame in reached[mutant.id] if isinstance(frame, Scene)])
    together = list(both(encoding, other))
    for frame in reached[mutant.id]:
        if not isinstance(frame, Space) or not anything(together, frame):
            continue
        if frame.deadline not in bases:
            bases[frame.deadline] = flawless(encoding, frame)
        for witness in witnesses(encoding, other, frame, bases[frame.deadline], together=together):
            return witness
    return None
