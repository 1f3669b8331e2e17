"""Why and why not: the justification of any atom of a decision, as a graph.

`justify(decision, question)` gives a networkx.DiGraph, acyclic, the same for equal input. `graph.graph` holds `root`
(its node), `question` and `truth`; `answers`, where several atoms are instances of the question: the first is told. A
node's name is stable: it is made of atoms and rule places alone. Nodes carry

    role        atom · rule (one that could have given a false atom) · instance (what a blocked rule found before
                something else failed) · comparison · aggregate · conditional · circle (a circle cut open)
    kind        of a true atom: recorded · stated (by the rules) · derived · chosen (nothing compels it) · external ·
                technical (not gone into) · unsupported; of a false one: refuted (its rules are below) · no_record ·
                contrary_record (what is on record is below) · finding_missing · not_stated · no_rule · undefined ·
                not_pursued · technical; of a rule: blocked · not_chosen · unsupported · external; of an instance:
                contrary_record · derived · value · more (`count` of them); of a comparison: comparison · expired ·
                outside_window · not_yet · no_match · undefined;
                aggregate, conditional; of a circle: circular · assumed · recursive_aggregate
    truth       whether the atom, literal or instance holds
    atom        the atom or literal as text, `_` for open arguments
    predicate, arguments    for atoms: name and symbols (None for open ones)
    provision   "art(8,0,1)", or "" for what no provision says by itself; citation: 第八条第（一）项; spans: the
                words of the provision that the node's rule rests on, verbatim (of a rule, and of what a rule gives)
    location    file:line of the rule; binding: the rule's variables; alternatives: supports that were not chosen
    values, operators, constants    of a comparison: the compared values, and the law's numbers by name; source: the
                literal as the rule has it (also of an instance)
    value, thresholds, operators    of an aggregate
    construct   of an unsupported node: the key of what cannot be explained
    zh, en      the sentence

Edges carry `role` (condition · rule · fails · tries · context · counts · each · contrary), `provision` (of the rule
that makes the step) and `support` (whether it belongs to why something is true); `roles`, where one node leads to
another in several.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from clingo import Symbol, SymbolType

from engine.case import Case
from engine.facts import Fact
from engine.law import rule_files
from engine.solve import SIZE, Clock, symbols
from engine.words import no_collecting, spoken
from explain.build import Alike, Joint, Shared, Sketch
from explain.dual import Asked as Goals
from explain.dual import Evidence, Program, Question, explain_atoms, explain_facts, known_to, program
from explain.graph.subjects import people
from explain.rules import written

if TYPE_CHECKING:
    import networkx

FEW = 20
"""Up to so many applicants their answer set is found first, then asked; beyond, both in one grounding."""


class Decided(Protocol):
    """What can be explained: the result of a question about a case."""

    @property
    def case(self) -> Case:
        """The case it was decided on."""


Asked = str | Symbol | Question


def justify(decision: Decided, question: Asked, rules: Sequence[str] = ()) -> networkx.DiGraph:
    """Why the atom asked is true, or why it is false; `_` leaves an argument open (then the first true atom is told).

    `rules` names the rule files beside those of eligibility that the decision stands on (`award`, `review`, …).
    Raises ValueError for what is no atom, UsageError for a predicate that these rules neither derive nor read, Stopped
    when interrupted.
    """
    return next(justify_all(decision, [question], rules))


def justify_all(
    decision: Decided,
    questions: Iterable[Asked],
    rules: Sequence[str] = (),
    clock: Clock | None = None,
    worded: bool = True,
) -> Iterator[networkx.DiGraph]:
    """The justification of each question, in their order, lazily; one solve for the questions about SIZE applicants.

    Only the facts about those a question names, and about nobody, are looked at; with `rules` those of the whole case.
    Without `worded` the nodes have no sentences, which take half of the time.
    """
    for sketch in sketched(decision, questions, rules, clock, worded):
        yield sketch.graph()


def sketched(
    decision: Decided,
    questions: Iterable[Asked],
    rules: Sequence[str] = (),
    clock: Clock | None = None,
    worded: bool = True,
) -> Iterator[Justification]:
    """The same, each to be drawn when it is wanted."""
    case = decision.case
    asked = [Question.of(question) for question in questions]
    known = people(case)
    ready = program(rule_files(case.city, *rules))
    for question in asked:
        known_to(ready, question)
    for chunk, named in _chunks(asked):
        about = sorted(named or known.applicants)
        if len(about) <= FEW:
            evidence, goals = explain_atoms(ready, chunk, known.atoms(case, chunk, about, tuple(rules), clock), clock)
        else:
            for holding in (True, False):  # where an atom asked about is false, more is looked at
                facts = case.facts if rules else known.facts(*ready.reach.wanted(chunk, holding))
                fed = symbols(case.city, case.readings, facts, *rules)
                evidence, goals = explain_facts(ready, chunk, fed, clock, holding)
                if all(found[0][0].truth for found in goals):
                    break
        yield from justifications(ready, chunk, evidence, goals, known.names, worded, len(about) > FEW, known.shared)


@dataclass(frozen=True)
class Justification:
    """The answer to a question: a graph, or a sketch of one; `answers` as in a graph."""

    question: str
    truth: bool
    answers: tuple[str, ...]
    drawn: networkx.DiGraph | Sketch

    def graph(self) -> networkx.DiGraph:
        """The graph."""
        graph = self.drawn.graph() if isinstance(self.drawn, Sketch) else self.drawn
        graph.graph.update(question=self.question, truth=self.truth)
        if self.answers:
            graph.graph["answers"] = self.answers
        return graph


def justifications(
    ready: Program,
    questions: Sequence[Question],
    evidence: Evidence,
    found: Sequence[Sequence[Goals]],
    names: Mapping[str, str] | None = None,
    worded: bool = True,
    many: bool = False,
    standing: Sequence[Fact] = (),
) -> Iterator[Justification]:
    """What the dual answered to each question; `names` are what identifiers are called.

    With `many` what is alike for several subjects is made once; where rules recurse, nothing is. `standing` are facts
    about nobody, whose numbers all have in common.
    """
    shared = Shared()
    alike = _alike(ready, names or {}, worded, standing) if many and ready.dual.acyclic else None
    for named, group in groupby(zip(questions, found, strict=True), lambda pair: pair[0].named):
        made, asked = list[Justification](), list(group)
        with no_collecting():
            graphs = _sketches(alike, evidence, named, asked) if alike else None
            current: Joint | None = None
            for number, (question, goals) in enumerate(asked):
                drawn: networkx.DiGraph | Sketch
                if graphs:
                    drawn = graphs[number]
                else:
                    # What is asked of the same applicant in a row is made in one; where rules recurse, a question.
                    if current is None or not ready.dual.acyclic:
                        current = Joint(ready, evidence, named, shared, names or {}, _subject(question), worded)
                    drawn = current.graph(*goals[0])
                answers = tuple(written(question.name, row) for _, row in goals) if len(goals) > 1 else ()
                made.append(Justification(str(question), goals[0][0].truth, answers, drawn))
        yield from made


class _Kept(threading.local):
    """What a thread made for all that are alike, with whose it is."""

    alike: Alike | None = None
    key: tuple[Any, ...] = ()


_KEPT = _Kept()


def _alike(ready: Program, names: Mapping[str, str], worded: bool, standing: Sequence[Fact]) -> Alike:
    """What makes graphs for many subjects: the last one, where it was of the same, so that shares have it in common."""
    key = ready, worded, spoken()
    kept = _KEPT.alike
    if kept is None or _KEPT.key != key or kept.names is not names or kept.full():
        numbers = {str(value) for fact in standing for value in fact.arguments if isinstance(value, int)}
        kept = _KEPT.alike = Alike(ready, names, worded, numbers)
        _KEPT.key = key
    return kept


def _sketches(
    alike: Alike, evidence: Evidence, named: frozenset[str], asked: Sequence[tuple[Question, Sequence[Goals]]]
) -> list[Sketch] | None:
    """The graphs of what is asked about one subject, made as for all it is alike with; None where they may not be."""
    subject = _subject(asked[0][0])
    if subject not in named or any(_subject(question) != subject for question, _ in asked):
        return None
    return alike.sketches(evidence, subject, named - {subject}, [goals[0] for _, goals in asked])


def justify_atoms(
    files: Sequence[Path],
    questions: Iterable[Asked],
    atoms: Sequence[Symbol],
    clock: Clock | None = None,
    names: Mapping[str, str] | None = None,
) -> Iterator[networkx.DiGraph]:
    """Justifications over a given answer set (all its atoms) of any rule files, choices or not."""
    ready = program(tuple(files))
    asked = [Question.of(question) for question in questions]
    evidence, goals = explain_atoms(ready, asked, atoms, clock)
    yield from (one.graph() for one in justifications(ready, asked, evidence, goals, names))


def justify_facts(
    files: Sequence[Path],
    questions: Iterable[Asked],
    facts: Iterable[Symbol],
    clock: Clock | None = None,
    names: Mapping[str, str] | None = None,
) -> Iterator[networkx.DiGraph]:
    """Justifications from facts, in one grounding with any rule files that leave no choice."""
    ready = program(tuple(files))
    asked = [Question.of(question) for question in questions]
    evidence, goals = explain_facts(ready, asked, facts, clock)
    yield from (one.graph() for one in justifications(ready, asked, evidence, goals, names))


def _subject(question: Question) -> str:
    """Whom the question is about: its first argument, if that is an identifier."""
    first = question.arguments[0] if question.arguments else None
    return first.string if first is not None and first.type == SymbolType.String else ""


def _chunks(asked: Sequence[Question]) -> Iterator[tuple[list[Question], set[str]]]:
    """Questions in their order, as many at a time as are about SIZE identifiers; those about none by themselves."""
    chunk, named = list[Question](), set[str]()
    for question in asked:
        about = question.named
        if chunk and (bool(about) != bool(named) or len(named | about) > SIZE):
            yield chunk, named
            chunk, named = [], set()
        chunk.append(question)
        named |= about
    if chunk:
        yield chunk, named
