"""The case space as a choice program: clingo picks the dossier, the rules of one or two encodings judge it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

import clingo
from clingo.ast import AST, ASTType

from audit.encoding import (
    Encoding,
    Parsed,
    Rule,
    Signature,
    grounded,
    over_atoms,
    parsed,
    plain,
    shown_rules,
    signature,
    variables,
)
from audit.space.domain import ROUND, Space
from audit.space.dossiers import Dossier
from engine.facts import PREDICATES, Fact, fact, text
from engine.solve import working_days

OLD, NEW = "old_", "new_"
READING: Signature = ("reading", 2)
READING_COST = 3
"""A dossier that needs a reading other than the default explains less: it counts as three departures."""


def renamed(node: AST, own: frozenset[Signature], prefix: str) -> AST:
    """A rule with some predicates renamed; the others keep their names."""

    def change(atom: AST) -> AST:
        return atom.update(name=f"{prefix}{atom.name}") if signature(atom) in own else atom

    return over_atoms(node, change)


def fires(node: AST, own: frozenset[Signature], head: str) -> str:
    """A rule that gives `head, instance)` for each instance of a rule that fires; its predicates renamed."""
    body = "; ".join(str(renamed(each, own, NEW)) for each in node.body)
    simple = node.head.ast_type == ASTType.Literal and node.head.atom.ast_type == ASTType.SymbolicAtom
    bound: set[str] = set().union(*(variables(each) for each in node.body if plain(each)))
    term = str(node.head) if simple else f"body({','.join(sorted(bound)) or 0})"
    return f"{head},{term}){' :- ' + body if body else ''}."


def rules(encoding: Encoding, prefix: str) -> Iterator[str]:
    """The rules of one encoding with all its derived predicates renamed, and `<prefix>out(Atom)`."""
    own = encoding.derived | {READING}
    yield from (str(renamed(encoding.node(rule), own, prefix)) for rule in encoding.at_work)
    yield from _readings(encoding, prefix)
    yield from _shown(encoding, own, prefix)


def by_key(encoding: Encoding) -> Encoding:
    """The same encoding with a predicate `read_as_<key>(Choice)` a reading, so that one does not touch another."""
    lines = []
    for rule in encoding.at_work:
        if rule.heads & {("read_as", 2), ("chosen", 1), ("reading_default", 2)}:
            continue
        lines.append((rule, over_atoms(encoding.node(rule), _keyed)))
    for reading in encoding.readings.values():
        given = f"reading({reading.key},C)"
        default = f"read_as_{reading.key}({reading.default}) :- not reading({reading.key},_)."
        if choice := encoding.chosen.get(reading.key):
            texts = [f"read_as_{reading.key}({choice})."]
        else:
            texts = [f"read_as_{reading.key}(C) :- {given}.", default]
        lines += [(encoding.rules[0], node) for text_ in texts for node in parsed(text_)]
    rules_ = (Rule(i, Parsed(node), rule.file, rule.line, rule.provision) for i, (rule, node) in enumerate(lines))
    return replace(encoding, rules=tuple(rules_), chosen={}, readings={})


def _keyed(atom: AST) -> AST:
    if signature(atom) != ("read_as", 2):
        return atom
    return atom.update(name=f"read_as_{atom.arguments[0]}", arguments=[atom.arguments[1]])


def both(old: Encoding, new: Encoding) -> Iterator[str]:
    """The rules of two encodings in one program: what their difference can reach twice, renamed; the rest once."""
    old, new = by_key(old), by_key(new)
    ones, others = ({str(e.node(rule)): rule for rule in e.at_work} for e in (old, new))
    changed = {head for text_ in ones.keys() ^ others.keys() for head in (ones.get(text_) or others[text_]).heads}
    own = old.below(changed) | new.below(changed)
    yield from (str(node) for rule in old.at_work if not rule.heads & own for node in [old.node(rule)])
    for encoding, prefix in ((old, OLD), (new, NEW)):
        yield from (
            str(renamed(encoding.node(r), own, prefix)) for r in encoding.at_work if r.heads & own or not r.heads
        )
        yield from _shown(encoding, own, prefix)


def _shown(encoding: Encoding, own: frozenset[Signature], prefix: str) -> Iterator[str]:
    for rule in shown_rules(encoding):
        yield str(renamed(rule, own | {("out", 1)}, prefix))
    yield f"#defined {prefix}out/1."


def _readings(encoding: Encoding, prefix: str) -> Iterator[str]:
    """The readings as one encoding has them: those chosen for it, else those of the dossier that it knows."""
    known = ";".join(sorted(encoding.readings.keys() - encoding.chosen.keys()))
    yield f"{prefix}reading(K,C) :- reading(K,C), K = ({known})." if known else f"#defined {prefix}reading/2."
    yield from (f"{prefix}reading({key},{choice})." for key, choice in encoding.chosen.items())


def choices(space: Space, bases: Sequence[Dossier] = ()) -> Iterator[str]:
    """What the solver may choose, what a dossier may not hold together, how far it departs from the nearest base."""
    by_slot: dict[str, list[Fact]] = defaultdict(list)
    for each in space.facts:
        by_slot[space.slots[each]].append(each)
    numbers = {slot: number for number, slot in enumerate(by_slot)}
    for slot, members in by_slot.items():
        inside = "; ".join(text(each) for each in members)
        least = 1 if slot == "applicant" else 0
        yield f"{least} {{ {inside} }} {space.limits[slot]}."
    for key in dict.fromkeys(key for key, _ in space.readings):
        inside = "; ".join(f"reading({key},{choice})" for other, choice in space.readings if other == key)
        yield f"{{ {inside} }} 1."
    yield f"round({space.city},{ROUND},{space.deadline})."
    yield from _followed(space)
    if not bases:
        return
    yield f"1 {{ base(0..{len(bases) - 1}) }} 1."
    known = {each for base in bases for each in base.facts} & set(space.facts)
    for slot, own in by_slot.items():
        for each in own:
            having = [i for i, base in enumerate(bases) if each in base.facts]
            beside = "".join(f", not base({i})" for i in having)
            yield f"departs({numbers[slot]}) :- {text(each)}{beside}."
            yield from (f"departs({numbers[slot]}) :- base({i}), not {text(each)}." for i in having if each in known)
    yield "#minimize { 1@2,S : departs(S) }."
    yield f"#minimize {{ {READING_COST}@2,K : reading(K,_) }}."


def _followed(space: Space) -> Iterator[str]:
    """The vocabulary's own conditions between facts: what must exist beside it, and not before it."""
    names = {each.predicate for each in space.facts}
    for name in sorted(names):
        predicate = PREDICATES[name]
        if predicate.model.follows is None:
            continue
        other, shared = predicate.model.follows
        mine = [f"X{i}" for i in range(len(predicate.fields))]
        place = dict(zip(predicate.names, mine, strict=True))
        theirs = [place[f.name] if f.name in shared else "_" for f in PREDICATES[other].fields]
        atom = f"{name}({','.join(mine)})"
        yield f":- {atom}, not {other}({','.join(theirs)})."
        if day := predicate.model.not_before:
            theirs = [
                place[f.name] if f.name in shared else "D" if f.name == day else "_" for f in PREDICATES[other].fields
            ]
            yield f":- {atom}, {other}({','.join(theirs)}), {place[day]} < D."


class Dated(Protocol):
    """Whatever has days whose place among the working days is asked for."""

    @property
    def days(self) -> frozenset[int]: ...


def program(space: Dated, lines: Iterable[str]) -> clingo.Control:
    """The grounded program of a space and some rules about it; optima are found from below (unsatisfiable cores)."""
    symbols = list(working_days(space.days)) if space.days else []
    return grounded("\n".join([*lines, "#show."]), symbols, ["--opt-strategy=usc"])


def dossier(space: Space, model: clingo.Model) -> Dossier:
    """The dossier that a model chose."""
    known = set(space.facts)
    found, readings = [], []
    for atom in model.symbols(atoms=True):
        if atom.name == "reading" and len(atom.arguments) == 2:
            readings.append((atom.arguments[0].name, atom.arguments[1].name))
        elif (
            atom.name in PREDICATES
            and atom.name != "round"
            and len(atom.arguments) == len(PREDICATES[atom.name].fields)
        ):
            one = fact(atom)
            if one in known:
                found.append(one)
    return Dossier(space.city, space.deadline, tuple(sorted(found)), tuple(sorted(readings)))


def against() -> Iterator[str]:
    """`against(Ground)`: what an encoding finds against a dossier: failed, open, barred, refused."""
    yield from (f"against({name}(P,K)) :- {NEW}out({name}(_,P,K))." for name in ("failed", "open", "barred"))
    yield f"against(X) :- {NEW}out(X), X = refused(_,_)."
