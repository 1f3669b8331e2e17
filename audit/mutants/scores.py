"""Which mutants the cases tell from the original: many mutants and many cases in one solve."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import clingo

from audit.encoding import (
    CASE,
    ORIGINAL,
    VARIANT,
    Encoding,
    Example,
    Signature,
    boundary,
    given,
    grounded,
    heads,
    levels,
    lifted,
    outputs,
    program,
    shown,
)
from audit.mutants.forked import forked
from audit.mutants.local import reached
from audit.mutants.mutation import Mutant, mutants
from engine.law import Provision

_BATCH = 160
"""Mutants in one program."""
_WAVES = (1, 3, 6, 30)
"""Cases that the mutants still left are tried on, wave after wave, before they are tried on all that reach them."""

Pairs = Mapping[int, Sequence[str]]


@dataclass(frozen=True)
class Score:
    """What became of each mutant: the case that kills it, or None for a survivor; the unsafe ones apart."""

    encoding: Encoding = field(repr=False)
    killed: Mapping[int, str]
    survivors: tuple[Mutant, ...]
    mutants: tuple[Mutant, ...] = field(repr=False)
    unsafe: tuple[Mutant, ...] = field(repr=False)


def _own_first(ids: Sequence[str], of: Mapping[str, Provision | None], provision: Provision | None) -> list[str]:
    """Cases in their order, those of a provision before the others."""
    return [*(id for id in ids if of[id] == provision), *(id for id in ids if of[id] != provision)]


def score(
    encoding: Encoding, cases: Sequence[Example], workers: int | None = None, about: Provision | None = None
) -> Score:
    """Try every mutant of an encoding on every case that reaches it: on a few of its own provision first.

    With `about`, those that sit in the rules of that provision.
    """
    safe, unsafe = ([one for one in some if about in (None, one.provision)] for some in mutants(encoding))
    return scored(encoding, safe, unsafe, told(encoding, safe, cases, workers))


def scored(encoding: Encoding, safe: Sequence[Mutant], unsafe: Sequence[Mutant], killed: Mapping[int, str]) -> Score:
    """A score, from the mutants of an encoding and the case that kills each."""
    survivors = tuple(mutant for mutant in safe if mutant.id not in killed)
    return Score(encoding, killed, survivors, tuple(safe), tuple(unsafe))


def told(
    encoding: Encoding, safe: Sequence[Mutant], cases: Sequence[Example], workers: int | None = None
) -> dict[int, str]:
    """Of some mutants of an encoding those that a case tells from it, each with such a case."""
    usable = [case for case in cases if case.decidable]
    pairs = reached(encoding, safe, usable)
    of = {case.id: case.provision for case in usable}
    order: Pairs = {m.id: _own_first(pairs.get(m.id, ()), of, m.provision) for m in safe}
    killed: dict[int, str] = {}
    for size in (*_WAVES, None):
        tried, order = _wave(safe, order, killed, size)
        if size is None:
            tried = spread(encoding, [m for m in safe if m.id in tried], tried, usable, workers, 1)
        wave = [mutant for mutant in safe if mutant.id in tried]
        killed |= {id: ids[0] for id, ids in spread(encoding, wave, tried, usable, workers).items()}
    return killed


def _wave(
    safe: Sequence[Mutant], order: Mapping[int, Sequence[str]], killed: Mapping[int, str], size: int | None
) -> tuple[Pairs, Pairs]:
    """The next cases of each mutant still left, and those that are then left of it.

    Those come first that told another slip in the same rule: they tell most that are told at all.
    """
    telling: dict[int, Counter[str]] = defaultdict(Counter)
    for mutant in safe:
        if mutant.id in killed:
            telling[mutant.rule.number][killed[mutant.id]] -= 1
    left = [mutant for mutant in safe if mutant.id not in killed and order.get(mutant.id)]
    by = {mutant.id: sorted(order[mutant.id], key=telling[mutant.rule.number].__getitem__) for mutant in left}
    return {id: ids[:size] for id, ids in by.items()}, {id: ids[size:] if size else () for id, ids in by.items()}


def spread(
    encoding: Encoding,
    found: Sequence[Mutant],
    pairs: Pairs,
    cases: Sequence[Example],
    workers: int | None,
    steps: int | None = None,
) -> dict[int, list[str]]:
    """The kills of several batches of mutants, shared out over processes."""
    size = _BATCH if steps is None else _BATCH // 16
    batches = [list(found[i : i + size]) for i in range(0, len(found), size)]
    done = forked(lambda at: kills(encoding, batches[at], pairs, cases, steps), len(batches), workers)
    return {id: ids for each in done for id, ids in each.items()}


def kills(
    encoding: Encoding, group: Sequence[Mutant], pairs: Pairs, cases: Sequence[Example], steps: int | None = None
) -> dict[int, list[str]]:
    """Of some mutants in one program, each on its own cases: the cases that tell it from the original.

    With `steps`, the cases on which some difference gets that many rules far.
    """
    wanted = {id for mutant in group for id in pairs[mutant.id]}
    used = [case for case in cases if case.id in wanted]
    worlds = "".join(f"variant({clingo.String(id)},{m.id})." for m in group for id in pairs[m.id])
    text = "\n".join([variants(encoding, group, steps), worlds, _VERDICT])
    found: dict[int, set[str]] = defaultdict(set)
    for atom in shown(grounded(text, given(encoding, used))):
        found[atom.arguments[1].number].add(atom.arguments[0].string)
    return {id: [case.id for case in used if case.id in ids] for id, ids in found.items()}


def variants(encoding: Encoding, group: Sequence[Mutant], steps: int | None = None) -> str:
    """One program in which `variant(CASE, original)` follows the rules and `variant(CASE, Number)` a mutant."""
    touched = frozenset(number for mutant in group for number in mutant.changes)
    rules = {rule.number: rule for rule in encoding.rules}
    changed: set[Signature] = {head for number in touched for head in heads(rules[number].node)}
    changed |= {head for m in group for new in m.changes.values() if new is not None for head in heads(new)}
    level = levels(encoding, changed, steps)
    lines = [program(encoding, level, touched), f"variant({CASE},{ORIGINAL}) :- case({CASE})."]
    for number in sorted(touched):
        guard = [f"variant({CASE},{VARIANT})", f"not altered({number},{VARIANT})"]
        lines.append(str(lifted(encoding.node(rules[number]), level, guard)))
    for mutant in group:
        lines.append(f"mutant_{mutant.id}({mutant.id}).")
        for number, new in mutant.changes.items():
            lines.append(f"altered({number},{mutant.id}).")
            if new is not None:
                guard = [f"mutant_{mutant.id}({VARIANT})", f"variant({CASE},{VARIANT})"]
                lines.append(str(lifted(new, level, guard)))
    ends = outputs(encoding, level, varying=True) if steps is None else boundary(encoding, level)
    return "\n".join([*lines, ends])


_VERDICT = f"""
#defined out/3.
differs({CASE},{VARIANT}) :- out({CASE},{VARIANT},X), not out({CASE},{ORIGINAL},X).
differs({CASE},{VARIANT}) :- variant({CASE},{VARIANT}), out({CASE},{ORIGINAL},X), not out({CASE},{VARIANT},X).
#show differs/2.
"""
