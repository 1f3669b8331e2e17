"""Dossiers by preference: the flawless that others depart from, the nearest to it, the most natural of these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import clingo

from audit.encoding import Encoding
from audit.space.domain import Space
from audit.space.dossiers import Dossier, atom
from audit.space.search import NEW, against, choices, dossier, program, rules
from engine.facts import Fact, text

_TRIED = 400
"""Dossiers looked through for the most natural one."""


def flawless(encoding: Encoding, space: Space) -> list[Dossier]:
    """For each kind of applicant (and activity) the dossier with the fewest grounds against it and fewest facts."""
    lines = [*rules(encoding, NEW), *choices(space), *against(), ":- reading(_,_).", ":- evidence_closed."]
    by_slot: dict[str, list[Fact]] = defaultdict(list)
    for each in space.facts:
        by_slot[space.slots[each]].append(each)
    lines += ["#minimize { 1@3,X : against(X) }.", *_fewest(space), *_comfort(by_slot), "#defined evidence_closed/0."]
    lines.append(f":- {NEW}out(withdrawn(_)).")  # who withdraws has nothing against it, and shows nothing
    kinds = [each for each in space.facts if each.predicate == "applicant"]
    wholes: list[list[Fact]] = [[each] for each in kinds if each.arguments[1] != "organization"]
    activities = [each for each in space.facts if each.predicate == "activity"]
    organization = [each for each in kinds if each.arguments[1] == "organization"]
    wholes = [[*organization, each] for each in activities or organization] + wholes
    control = program(space, [*lines, *(f"#external want({i})." for i in range(len(wholes))), *_wanted(wholes)])
    found = []
    for i in range(len(wholes)):
        control.assign_external(clingo.Function("want", [clingo.Number(i)]), True)
        if best := optimum(control, space):
            found.append(best)
        control.assign_external(clingo.Function("want", [clingo.Number(i)]), False)
    return found


def _wanted(wholes: list[list[Fact]]) -> Iterator[str]:
    for i, facts in enumerate(wholes):
        yield from (f":- want({i}), not {text(each)}." for each in facts)
        yield from (
            f":- want({i}), activity(A,K), K != {each.arguments[1]}." for each in facts if each.predicate == "activity"
        )


def _fewest(space: Space) -> Iterator[str]:
    weighted = ((10 if "no" in each.arguments else 1, each) for each in space.facts)  # a flawless dossier says yes
    yield f"#minimize {{ {';'.join(f'{w}@2,{n} : {text(each)}' for n, (w, each) in enumerate(weighted))} }}."


def _comfort(by_slot: dict[str, list[Fact]]) -> Iterator[str]:
    """Of equally near dossiers the more natural: fewer facts, values earlier in their domains."""
    costs = ";".join(
        f"{1 + place}@1,{number},{place} : {text(each)}"
        for number, members in enumerate(by_slot.values())
        for place, each in enumerate(members)
    )
    yield f"#minimize {{ {costs} }}."


def optimum(
    control: clingo.Control, space: Space, assumptions: Sequence[tuple[clingo.Symbol, bool]] = ()
) -> Dossier | None:
    """The best dossier of a program that minimizes, or None where there is none."""
    best = None
    with control.solve(assumptions=list(assumptions), yield_=True) as handle:
        for model in handle:
            best = dossier(space, model)
    return best


def natural(control: clingo.Control, space: Space, found: Dossier, base: Dossier, shows: clingo.Symbol) -> Dossier:
    """The most natural of the dossiers that depart from the base where this one does and show the same atom."""
    lacks, has = found.departures(base)
    free = {space.slots[each] for each in (*lacks, *has) if each in space.slots}
    held, mine = [], set(found.facts)
    for each in space.facts:
        if space.slots[each] not in free:
            held.append((atom(each), each in mine))
    chosen = set(found.readings)
    for pair in space.readings:
        held.append((clingo.Function("reading", [clingo.Function(word) for word in pair]), pair in chosen))
    held.append((shows, True))
    order = {each: place for place, each in enumerate(space.facts)}
    open_ = [(each, atom(each)) for each in space.facts if space.slots[each] in free]
    fixed = [each for each in found.facts if space.slots.get(each) not in free]
    control.configuration.solve.opt_mode, control.configuration.solve.models = "ignore", _TRIED  # type: ignore[union-attr]
    best, least = found, (len(has), sum(order.get(each, 0) for each in has))
    with control.solve(assumptions=held, yield_=True) as handle:
        for model in handle:
            mine = {*fixed, *(each for each, symbol in open_ if model.contains(symbol))}
            more = mine - {*base.facts}
            cost = (len(more), sum(order.get(each, 0) for each in more))
            if cost < least and len({*base.facts} - mine) <= len(lacks):
                best, least = replace(found, facts=tuple(sorted(mine))), cost
    control.configuration.solve.opt_mode, control.configuration.solve.models = "opt", 0  # type: ignore[union-attr]
    return best
