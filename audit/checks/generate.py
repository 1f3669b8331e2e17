"""Generated cases: for each requirement and bar the dossier that fails in that alone, and both sides of each line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import clingo

from audit.checks.comparison import DEADLINE
from audit.checks.kept import kept
from audit.encoding import Encoding, results
from audit.space import (
    NEW,
    Dossier,
    Space,
    against,
    as_example,
    choices,
    flawless,
    natural,
    optimum,
    program,
    rules,
    space,
    windows,
)
from audit.tables import outcome
from engine.facts import PREDICATES, Fact
from engine.law import Provision
from engine.solve import answer, working_days


@dataclass(frozen=True)
class Generated:
    """A case nobody wrote: its dossier, the base it departs from, what came out, the provision it is about."""

    id: str
    provision: Provision
    dossier: Dossier
    base: Dossier
    shown: frozenset[str]
    alone: bool = True


def generated(encoding: Encoding, deadline: int = DEADLINE) -> tuple[Space, list[Generated]]:
    """The case space and the generated cases: the flawless, the single points, the lines; found once."""
    return kept(f"cases-{deadline}", encoding, lambda: found_cases(encoding, deadline), _told, _read)


def _told(found: tuple[Space, list[Generated]]) -> dict[str, Any]:
    """What was found, as JSON: facts by their number in the space."""
    frame, cases = found
    bases = list(dict.fromkeys(one.base for one in cases))
    return {
        "space": {
            "city": frame.city, "deadline": frame.deadline, "facts": [[f, frame.slots[f]] for f in frame.facts],
            "limits": dict(frame.limits), "readings": frame.readings, "days": sorted(frame.days),
        },
        "bases": [_dossier_told(base) for base in bases],
        "cases": [
            [one.id, one.provision, _dossier_told(one.dossier), bases.index(one.base), sorted(one.shown), one.alone]
            for one in cases
        ],
    }  # fmt: skip


def _dossier_told(one: Dossier) -> list[Any]:
    return [one.city, one.deadline, one.facts, one.readings, one.round]


def _read(told: Any) -> tuple[Space, list[Generated]]:
    own = told["space"]
    slots = {_fact(fact): str(slot) for fact, slot in own["facts"]}
    readings = tuple((str(key), str(choice)) for key, choice in own["readings"])
    frame = Space(own["city"], own["deadline"], tuple(slots), slots, own["limits"], readings, frozenset(own["days"]))
    bases = [_dossier_read(each) for each in told["bases"]]
    return frame, [
        Generated(id, Provision(*provision), _dossier_read(dossier), bases[base], frozenset(shown), alone)
        for id, provision, dossier, base, shown, alone in told["cases"]
    ]


def _dossier_read(told: Any) -> Dossier:
    city, deadline, facts, readings, number = told
    return Dossier(city, deadline, tuple(map(_fact, facts)), tuple((key, choice) for key, choice in readings), number)


def _fact(told: Any) -> Fact:
    predicate, arguments = told
    return Fact(predicate, tuple(arguments))


def holds(encoding: Encoding, one: Generated) -> bool:
    """Whether the rule files, as they are, still say of a case what is kept of it: plain clingo, this case alone."""
    facts = [*one.dossier.symbols, *working_days(one.dossier.notice_days)]
    return outcome(map(str, answer(encoding.paths, facts))) == outcome(one.shown)


def found_cases(encoding: Encoding, deadline: int = DEADLINE) -> tuple[Space, list[Generated]]:
    """The same, searched for."""
    lines = windows(encoding)
    frame = space([encoding], deadline, lines)
    bases = flawless(encoding, frame)
    singles = list(_singles(encoding, frame, bases))
    found: dict[object, Generated] = {}
    for one in (*singles, *_lines(encoding, frame, bases, singles)):
        found.setdefault((one.provision, one.dossier), one)
    return frame, list(found.values())


def _singles(encoding: Encoding, frame: Space, bases: Sequence[Dossier]) -> Iterator[Generated]:
    """For each ground the dossier nearest to a flawless one that has it, and if possible no other."""
    extra = [
        "#external target(X) : against(X).",
        "some :- target(_). hit :- target(X), against(X). :- some, not hit.",
        "#minimize { 1@3,X : against(X), not target(X) }. #minimize { I@1 : base(I) }.",
    ]
    control = program(frame, [*rules(encoding, NEW), *choices(frame, bases), *against(), *extra])
    targets = sorted(
        (atom.symbol.arguments[0] for atom in control.symbolic_atoms.by_signature("against", 1)), key=_order
    )
    found: list[tuple[clingo.Symbol, Dossier, Dossier]] = []
    for target in targets:
        external = clingo.Function("target", [target])
        control.assign_external(external, True)
        if (one := optimum(control, frame)) is not None:
            base = min(bases, key=lambda each, f=one: sum(map(len, f.departures(each))))  # type: ignore[misc]
            found.append((target, natural(control, frame, one, base, clingo.Function("against", [target])), base))
        control.assign_external(external, False)
    shown = results(encoding, [as_example(one, str(i)) for i, (_, one, _) in enumerate(found)])
    for i, (target, one, base) in enumerate(found):
        provision = Provision.of(target.arguments[0])
        id = _id(provision, target.arguments[1].name, target.name)
        yield Generated(id, provision, one, base, shown[str(i)], len(outcome(shown[str(i)])[1]) == 1)


def _order(target: clingo.Symbol) -> tuple[object, ...]:
    return (*(n.number for n in target.arguments[0].arguments), target.arguments[1].name, target.name)


def _id(provision: Provision, *words: object) -> str:
    place = f"a{provision.article}" + (f"_p{provision.paragraph}" if provision.paragraph else "")
    return "_".join([place + (f"_i{provision.item}" if provision.item else ""), *map(str, words)])


def _lines(
    encoding: Encoding, frame: Space, bases: Sequence[Dossier], singles: Sequence[Generated]
) -> Iterator[Generated]:
    """For each day, year and number: the values between which an outcome turns, the last before and the first after.

    In a flawless dossier, and in one with a certificate more (which may relax what is asked), every fact is varied; in
    one with a single fault only what sets it apart from the flawless one, where the rest has been tried.
    """
    carriers: list[tuple[Dossier, Dossier, Sequence[Fact]]] = [(base, base, base.facts) for base in bases]
    carriers += [
        (s.dossier, s.base, s.dossier.departures(s.base)[1])
        for s in singles
        if not any(f.predicate == "evidence_closed" for f in s.dossier.facts)
    ]
    certificates = [f for f in frame.facts if f.predicate == "certificate" and f not in bases[0].facts]
    own = {f.arguments[1] for f in bases[0].facts if f.predicate == "certificate"}
    for more in certificates:
        if more.arguments[1] not in own:
            wider = replace(bases[0], facts=tuple(sorted((*bases[0].facts, more))))
            carriers.append((wider, bases[0], wider.facts))
    tried: dict[str, tuple[Dossier, Dossier, int, str]] = {}
    for at, (carrier, base, varied) in enumerate(carriers):
        for fact in varied:
            for place, field in enumerate(PREDICATES[fact.predicate].fields):
                if field.kind in ("day", "open_day", "year", "number", "sum"):
                    for value in _values(frame, fact, place):
                        facts = ({*carrier.facts} - {fact}) | {_with(fact, place, value)}
                        if lawful(facts):
                            id = f"{at} {fact.predicate} {carrier.facts.index(fact)} {place} {value}"
                            tried[id] = replace(carrier, facts=tuple(sorted(facts))), base, value, _choices(fact)
    shown = results(encoding, [as_example(other, id) for id, (other, *_) in tried.items()])
    rows: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for id in tried:
        at_, predicate, fact_, place_, _ = id.split(" ")
        rows[predicate, place_, at_, fact_].append(id)
    told: set[tuple[object, ...]] = set()
    named: dict[str, Dossier] = {}
    for (predicate, place_, _, _), ids in rows.items():
        ids.sort(key=lambda id: tried[id][2])
        for before, after in pairwise(ids):
            gone, came = _turn(shown[before], shown[after])
            if not (gone or came):
                continue
            about = min(gone | came, key=lambda g: (g[1], g[0], g[2]))
            turn = (predicate, place_, about, tried[before][2], tried[after][2])
            if turn in told:
                continue
            told.add(turn)
            field = PREDICATES[predicate].fields[int(place_)]
            for id in (before, after):
                other, base, value, choices_ = tried[id]
                name = _id(about[1], about[2], predicate, field.name, value)
                if named.setdefault(name, other) != other:  # another kind of record turns on the same day or year
                    name = f"{name}_{choices_}"
                yield Generated(name, about[1], other, base, shown[id])


def _choices(fact: Fact) -> str:
    """The choices a fact makes, for the name of a case about it."""
    fields = PREDICATES[fact.predicate].fields
    return "_".join(str(v) for f, v in zip(fields, fact.arguments, strict=True) if f.kind == "choice")


def _values(frame: Space, fact: Fact, place: int) -> list[int]:
    """What one place of a fact may hold, the rest being as it is."""
    rest = (*fact.arguments[:place], None, *fact.arguments[place + 1 :])
    return sorted(
        {
            other.arguments[place]  # type: ignore[misc]
            for other in frame.facts
            if other.predicate == fact.predicate
            and (*other.arguments[:place], None, *other.arguments[place + 1 :]) == rest
        }
    )


def lawful(facts: set[Fact]) -> bool:
    """Whether every fact that must follow another one has it beside it."""
    for fact in facts:
        predicate = PREDICATES[fact.predicate]
        if predicate.model.follows:
            name, shared = predicate.model.follows
            mine = [fact.arguments[i] for i in predicate.at(*shared)]
            at = PREDICATES[name].at(*shared)
            if not any(f.predicate == name and [f.arguments[i] for i in at] == mine for f in facts):
                return False
    return True


def _with(fact: Fact, place: int, value: int) -> Fact:
    return Fact(fact.predicate, (*fact.arguments[:place], value, *fact.arguments[place + 1 :]))


Ground = tuple[str, Provision, str]


def _turn(before: frozenset[str], after: frozenset[str]) -> tuple[set[Ground], set[Ground]]:
    one, other = set(outcome(before)[1]), set(outcome(after)[1])
    return one - other, other - one
