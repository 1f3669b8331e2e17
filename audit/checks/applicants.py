"""Real applicants under two encodings: whose outcome would change, and by which provision."""

from __future__ import annotations

from collections.abc import Iterable

import clingo

from audit.encoding import Encoding, grounded, shown
from audit.space import NEW, rules
from engine.case import Case
from engine.facts import Fact, symbol
from engine.solve import noticed, working_days

Outputs = frozenset[str]


def changes(old: Encoding, new: Encoding, case: Case) -> list[tuple[str, Outputs, Outputs]]:
    """The applicants that two encodings decide differently: identifier, what each shows of them, sorted."""
    was, is_ = outcomes(old, case), outcomes(new, case)
    return [(id, was[id], is_[id]) for id in sorted(was) if was[id] != is_[id]]


def outcomes(encoding: Encoding, case: Case) -> dict[str, Outputs]:
    """What an encoding shows of each applicant; a refusal of the round counts for everybody."""
    days = {day for fact in case.facts for day in noticed(fact.predicate, fact.arguments)}
    facts = [symbol(fact) for fact in _taken(encoding, case.facts)]
    program = "\n".join([*rules(encoding, NEW), "#show.", f"#show X : {NEW}out(X)."])
    found = {str(fact.arguments[0]): set[str]() for fact in case.facts if fact.predicate == "applicant"}
    for atom in shown(grounded(program, [*facts, *working_days(days)])):
        about = atom.arguments[0].string if atom.arguments[0].type == clingo.SymbolType.String else ""
        for id in [about] if about in found else found:
            found[id].add(str(atom))
    return {id: frozenset(atoms) for id, atoms in found.items()}


def _taken(encoding: Encoding, facts: Iterable[Fact]) -> Iterable[Fact]:
    known = encoding.defined | {("reading", 2)}
    return (fact for fact in facts if (fact.predicate, len(fact.arguments)) in known)
