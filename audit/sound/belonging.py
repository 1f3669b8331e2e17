"""Whose is the record that a rule asks for? A record of just anybody serves one applicant with what is another's.

The tables have one applicant each, so such a slip shows in none of them: it is seen in the rule. The places of a
predicate that hold somebody are those of the facts, and whatever rules derive from these.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from clingo.ast import AST, ASTType

from audit.encoding import QUESTIONS, Encoding, Parsed, Rule, Signature, asking
from engine.errors import Place, Problem
from engine.facts import PREDICATES

_Atom = tuple[Signature, tuple[str, ...]]
"""A predicate and what its arguments are called: a variable's name, or nothing."""
_Somebody = Mapping[Signature, set[int]]


def whose(subject: Encoding) -> Iterator[Problem]:
    """The rules about somebody, of all questions, that ask for a record and do not say that it is his.

    A rule that asks for the same record of its own somebody too compares him with others, and is left alone.
    """
    told: set[Parsed] = set()
    for question in QUESTIONS.values():
        rules = asking(subject, question).rules
        somebody = _places(rule.parsed for rule in rules)
        for rule in rules:
            for found, own in _loose(rule, somebody) if rule.parsed not in told else ():
                named, place = found[0], Place(rule.file, rule.line)
                if named in PREDICATES:
                    yield Problem("audit.whose", {"predicate": named, "wanted": own}, place)
                else:
                    yield Problem("audit.whose_derived", {"found": named, "wanted": own}, place)
        told.update(rule.parsed for rule in rules)


def _loose(rule: Rule, somebody: _Somebody) -> Iterator[tuple[Signature, str]]:
    """The records of a rule that no name leads to from whom the rule is about; and who that is."""
    head, body = _named(rule.parsed)
    own = sorted(set(_people(head, somebody)) - {""})
    asked = [(sig, {*_people([(sig, names)], somebody)}) for sig, names in body]
    linked = set(own)
    while new := {name for _, names in asked if names & linked for name in names} - linked - {""}:
        linked |= new
    near = {sig for sig, names in asked if names & linked}
    if own:
        yield from ((sig, own[0]) for sig, names in asked if names and not names & linked and sig not in near)


def _people(found: Iterable[_Atom], somebody: _Somebody) -> Iterator[str]:
    for sig, names in found:
        yield from (names[place] for place in somebody.get(sig, ()))


def _places(rules: Iterable[Parsed]) -> _Somebody:
    """The places of each predicate that hold somebody: those of the facts, and what rules derive from them."""
    found: dict[Signature, set[int]] = defaultdict(set)
    for predicate in PREDICATES.values():
        sig = (predicate.name, len(predicate.fields))
        found[sig] |= {place for place, each in enumerate(predicate.fields) if each.kind == "identifier"}
    asking_for: dict[Signature, list[Parsed]] = defaultdict(list)
    for rule in rules:
        for sig in {sig for sig, _ in _named(rule)[1]}:
            asking_for[sig].append(rule)
    waiting = dict.fromkeys(chain.from_iterable(asking_for[sig] for sig in tuple(found)))
    while waiting:
        rule = waiting.popitem()[0]
        head, body = _named(rule)
        people = {*_people(body, found)} - {""}
        for sig, names in head:
            new = {place for place, name in enumerate(names) if name in people} - found[sig]
            if new:
                found[sig] |= new
                waiting |= dict.fromkeys(asking_for[sig])
    return found


@cache
def _named(rule: Parsed) -> tuple[Sequence[_Atom], Sequence[_Atom]]:
    """The atoms of head and body; a variable that stands for just anything is called nothing."""
    return [_atom(*each) for each in rule.head], [_atom(*each) for found in rule.body for each in found]


def _atom(atom: AST, sig: Signature) -> _Atom:
    names = (str(each.name) if each.ast_type == ASTType.Variable else "" for each in atom.arguments)
    return sig, tuple("" if name == "_" else name for name in names)
