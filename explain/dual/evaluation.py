"""The dual program evaluated by clingo, for many questions in one solve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import clingo
from clingo import Symbol

from engine.solve import Clock, answer
from engine.words import no_collecting
from explain.dual.answers import Evidence, Row
from explain.dual.compiled import Program
from explain.dual.duals import Dual
from explain.dual.goals import Goal, Hints
from explain.dual.questions import Question
from explain.rules import Signature, written

Asked = tuple[Goal, Row]


def answer_set(files: Sequence[Path], dual: Dual, facts: Iterable[Symbol], clock: Clock | None = None) -> list[Symbol]:
    """All atoms of the single answer set that rules derive from facts, of the predicates the rules name."""
    lines = []
    for name, arity in sorted(dual.signatures):
        atom = written(name, [f"X{n}" for n in range(arity)])
        lines.append(f"__all({atom}) :- {atom}.")
    shown = answer(files, facts, clock, extra="\n".join(["#show __all/1.", *lines]))
    return [symbol.arguments[0] for symbol in shown if symbol.name == "__all"]


def explain_atoms(
    program: Program, questions: Sequence[Question], atoms: Sequence[Symbol], clock: Clock | None = None
) -> tuple[Evidence, list[list[Asked]]]:
    """What the dual answers over the atoms of an answer set, and for each question the goals it comes to.

    A question with open arguments comes to one goal for each true atom that matches, or, if there is none, to one
    for the pattern. Raises Stopped when the clock runs out.
    """
    dual, true = program.dual, set(atoms)
    found: list[list[tuple[Goal, tuple[Symbol, ...]]]] = []
    for question in questions:
        if all(question.bound):
            rows = [question.values] if question.symbol in true else []
        else:
            rows = sorted(tuple(atom.arguments) for atom in atoms if question.matches(atom))
        found.append([(question.goal(True), row) for row in rows] or [(question.goal(False), question.values)])
    asked = [one for goals in found for one in goals]
    present = {signature(atom) for atom in atoms}
    goals = dict.fromkeys((goal, hints(arguments)) for goal, arguments in asked)
    symbols = [clingo.Function(dual.name(goal), list(arguments)) for goal, arguments in dict.fromkeys(asked)]
    shown = answer((), [*atoms, *symbols], clock, extra=program.generator.program(goals, present))
    with no_collecting():
        evidence = Evidence(shown, dual.keys)
    return evidence, [[(goal, tuple(map(str, row))) for goal, row in goals] for goals in found]


def explain_facts(
    program: Program,
    questions: Sequence[Question],
    facts: Iterable[Symbol],
    clock: Clock | None = None,
    holding: bool = False,
) -> tuple[Evidence, list[list[Asked]]]:
    """The same in one grounding with the rules themselves, which must leave no choice: for whole cohorts.

    With `holding` what is said of an atom that is false does not count: only why atoms hold is looked into.
    """
    with no_collecting():
        symbols = list(facts)
    dual, lines = program.dual, list[str]()
    goals: dict[tuple[Goal, Hints], None] = {}
    asks: dict[tuple[Signature, tuple[bool, ...]], str] = {}
    for question in questions:
        for goal, known in question.goals():
            goals.setdefault((goal, known))
        key = question.signature, question.bound
        if key in asks:
            continue
        ask = asks[key] = f"__ask{len(asks)}"
        true, false = question.goal(True), question.goal(False)
        name, arity = question.signature
        every = [f"X{n}" for n in range(arity)]
        given = [one for one, bound in zip(every, question.bound, strict=True) if bound]
        atom = written(name, every)
        open_ = written(name, [one if bound else "_" for one, bound in zip(every, question.bound, strict=True)])
        asked = written(ask, given)
        told = [] if all(question.bound) else every
        lines += [
            f"{written(dual.name(true), every)} :- {asked}, {atom}.",
            f"{written(dual.name(false), given)} :- {asked}, not {open_}.",
            f"{written(ask + '_', [*given, *told])} :- {asked}, {atom}.",
            f"#show {ask}_/{len(given) + len(told)}.",
        ]
        dual.keys[f"{ask}_"] = len(given)
    cone = program.cone(program.reach.rules(questions, holding))
    names = {symbol.name for symbol in symbols}
    present = dual.possible(one for one in dual.signatures if one[0].removeprefix("-") in names)
    text = "\n".join([cone, program.generator.program(goals, present), *lines])
    symbols += [clingo.Function(asks[q.signature, q.bound], list(q.values)) for q in dict.fromkeys(questions)]
    with no_collecting():
        evidence = Evidence(answer((), symbols, clock, extra=text), dual.keys)
    found: list[list[Asked]] = []
    for question in questions:
        rows = evidence.rows(f"{asks[question.signature, question.bound]}_", question.row)
        goals_of = [(question.goal(True), row or question.row) for row in rows]
        found.append(goals_of or [(question.goal(False), question.row)])
    return evidence, found


def signature(symbol: Symbol) -> Signature:
    """The predicate of an atom."""
    return ("" if symbol.positive else "-") + symbol.name, len(symbol.arguments)


def hints(arguments: Sequence[Symbol]) -> Hints:
    """What the dual program may be narrowed by: the arguments that are given, identifiers apart."""
    return tuple(None if value.type == clingo.SymbolType.String else ("=", str(value)) for value in arguments)
