"""The dual program evaluated by clingo, for many questions in one solve."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import clingo
from clingo import Symbol

from engine.solve import Clock, answer
from explain.dual import Dual, Goal
from explain.evidence import Evidence
from explain.literals import written
from explain.question import Question

Asked = tuple[Goal, tuple[Symbol, ...]]


def evaluate(
    dual: Dual,
    questions: Sequence[Question],
    facts: Iterable[Symbol],
    files: Sequence[Path] = (),
    clock: Clock | None = None,
) -> tuple[Evidence, list[list[Asked]]]:
    """What the dual answers, and for each question the goals it comes to.

    `facts` are all atoms of the answer set or, with `files`, the facts from which these rules derive it: right for
    rules that leave no choice. A question with open arguments comes to one goal for each true atom that matches, or
    to one for the pattern if there is none. Raises Stopped when the clock runs out.
    """
    signatures = list(dict.fromkeys((question.signature, question.bound) for question in questions))
    goals, lines = list[Goal](), list[str]()
    asks: dict[tuple[tuple[str, int], tuple[bool, ...]], str] = {}
    for number, (signature, bound) in enumerate(signatures):
        (name, arity) = signature
        true, false = Goal(True, signature, (True,) * arity), Goal(False, signature, bound)
        goals += [true, false]
        ask = asks[signature, bound] = f"__ask{number}"
        every = [f"X{n}" for n in range(arity)]
        given = [one for one, known in zip(every, bound, strict=True) if known]
        atom = written(name, every)
        open_ = written(name, [one if known else "_" for one, known in zip(every, bound, strict=True)])
        asked = written(ask, given)
        lines += [
            f"#defined {ask}/{len(given)}.",
            f"#defined {name.lstrip('-')}/{arity}.",
            f"{written(dual.name(true), every)} :- {asked}, {atom}.",
            f"{written(dual.name(false), given)} :- {asked}, not {open_}.",
            f"{written(f'__yes{number}', [*given, *every])} :- {asked}, {atom}.",
            f"#show __yes{number}/{len(given) + arity}.",
        ]
        dual.keys[f"__yes{number}"] = len(given)
    text = "\n".join([dual.program(goals), *lines])
    symbols = [*facts, *(clingo.Function(asks[q.signature, q.bound], list(q.values)) for q in dict.fromkeys(questions))]
    evidence = Evidence(answer(files, symbols, clock, extra=text), dual.keys)
    found: list[list[Asked]] = []
    for question in questions:
        ask = asks[question.signature, question.bound]
        rows = evidence.rows(f"__yes{ask.removeprefix('__ask')}", question.values)
        found.append([(question.goal(True), row) for row in rows] or [(question.goal(False), question.values)])
    return evidence, found
