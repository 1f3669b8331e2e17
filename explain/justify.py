"""Why and why not: the justification of any atom of a decision, as a graph.

`justify(decision, question)` gives a networkx.DiGraph, acyclic, the same for equal input. `graph.graph` holds `root`
(its node), `question` and `truth`. A node's name is stable: it is made of atoms and rule places alone. Nodes carry

    role        atom · rule (one that could have given a false atom) · instance (what a blocked rule found before
                something else failed) · comparison · aggregate · conditional · circle (a circle cut open)
    kind        of a true atom: recorded · stated (by the rules) · derived · chosen (nothing compels it) · external ·
                technical (not gone into) · unsupported; of a false one: refuted (its rules are below) · no_record ·
                contrary_record (what is on record is below) · finding_missing · not_stated · no_rule · undefined ·
                not_pursued · technical; of a rule: blocked · not_chosen · unsupported · external; of an instance:
                contrary_record · derived · value; of a comparison: comparison · expired · outside_window · not_yet;
                aggregate, conditional; of a circle: circular · assumed · recursive_aggregate
    truth       whether the atom, literal or instance holds
    atom        the atom or literal as text, `_` for open arguments
    predicate, arguments    for atoms: name and symbols (None for open ones)
    provision   "art(8,0,1)", or "" for what no provision says by itself; citation: 第八条第（一）项
    location    file:line of the rule; binding: the rule's variables; alternatives: supports that were not chosen
    values, operators, constants    of a comparison: the compared values, and the law's numbers by name
    value, thresholds, operators    of an aggregate
    construct   of an unsupported node: the key of what cannot be explained
    zh, en      the sentence

Edges carry `role` (condition · rule · fails · tries · context · counts · each · contrary), `provision` (of the rule that
makes the step) and `support` (whether it belongs to why something is true).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import networkx
from clingo import Symbol

from engine.case import Case
from engine.cohort import SIZE, parts
from engine.feed import symbols
from engine.rulebook import rule_files
from engine.solve import Clock
from explain.acyclic import cut
from explain.evaluate import evaluate
from explain.graph import Builder
from explain.program import program
from explain.question import Question


class Decided(Protocol):
    """What can be explained: the result of a question about a case."""

    @property
    def case(self) -> Case:
        """The case it was decided on."""


Asked = str | Symbol | Question


def justify(decision: Decided, question: Asked, rules: Sequence[str] = ()) -> networkx.DiGraph:
    """Why the atom asked is true, or why it is false; `_` leaves an argument open (then the first true atom is told).

    `rules` names the rule files beside those of eligibility that the decision stands on (`award`, `review`, …).
    Raises ValueError for what is no atom, Stopped when interrupted.
    """
    return next(justify_all(decision, [question], rules))


def justify_all(
    decision: Decided, questions: Iterable[Asked], rules: Sequence[str] = (), clock: Clock | None = None
) -> Iterator[networkx.DiGraph]:
    """The justification of each question, in their order, lazily; one solve for the questions about SIZE applicants."""
    asked = [Question.of(question) for question in questions]
    files = rule_files(decision.case.city, *rules)
    applicants = [str(row[0]) for row in decision.case.rows("applicant")]
    for chunk, named in _chunks(asked, frozenset(applicants)):
        (part,) = parts(decision.case, sorted(named) or applicants) if len(named) <= SIZE else (None,)
        assert part is not None
        facts = symbols(part.city, part.readings, part.facts, *rules)
        yield from justifications(files, chunk, facts, clock=clock)


def justifications(
    files: Sequence[Path],
    questions: Sequence[Question],
    facts: Iterable[Symbol],
    derive: bool = True,
    clock: Clock | None = None,
) -> Iterator[networkx.DiGraph]:
    """The justifications of questions about any rule files; without `derive`, `facts` are a whole answer set."""
    ready = program(tuple(files))
    evidence, found = evaluate(ready.dual, questions, facts, ready.files if derive else (), clock)
    for question, goals in zip(questions, found, strict=True):
        goal, arguments = goals[0]
        graph = Builder(ready.dual, evidence, ready.labels, question.named).build(goal, arguments)
        cut(graph)
        graph.graph.update(question=str(question), truth=goal.truth)
        yield graph


def _chunks(asked: Sequence[Question], applicants: frozenset[str]) -> Iterator[tuple[list[Question], set[str]]]:
    """Questions in their order, as many at a time as are about SIZE applicants or fewer; those about none by themselves."""
    chunk, named = list[Question](), set[str]()
    for question in asked:
        about = question.named & applicants
        if chunk and (not about or not named or len(named | about) > SIZE):
            yield chunk, named
            chunk, named = [], set()
        chunk.append(question)
        named |= about
    if chunk:
        yield chunk, named
