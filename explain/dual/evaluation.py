"""The dual program evaluated by clingo, for many questions in one solve."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from pathlib import Path

import clingo
from clingo import Symbol

from engine.solve import Clock, answer, texts
from engine.words import no_collecting
from explain.dual.answers import Evidence, Row, parts
from explain.dual.compiled import Program
from explain.dual.duals import Dual
from explain.dual.generator import Present
from explain.dual.goals import Goal, Hints
from explain.dual.questions import Question
from explain.rules import Bound, Signature, pattern_terms, pattern_text, written

Asked = tuple[Goal, Row]
ROUNDS = 24
"""So often recursion over computed terms is followed on."""


class Atoms(list[Symbol]):
    """Atoms of an answer set that may be asked again: what is read off all of them is read once."""

    @cached_property
    def _true(self) -> frozenset[Symbol]:
        return frozenset(self)

    @cached_property
    def _by_predicate(self) -> Mapping[Signature, Mapping[Symbol, Row]]:
        """The atoms with their arguments as text."""
        found: dict[Signature, dict[Symbol, Row]] = {}
        for atom, text in zip(self, texts(self), strict=True):
            name, row = parts(text)
            found.setdefault((name, len(row)), {})[atom] = row
        return found

    @cached_property
    def present(self) -> Mapping[Signature, Collection[Hints]]:
        """The predicates that have atoms, each with what may be known of their arguments."""
        every = self._by_predicate.items()
        return {one: dict.fromkeys(map(hints, atoms.values())) for one, atoms in every}

    def rows(self, question: Question) -> list[tuple[Symbol, ...]]:
        """The arguments of the atoms that are instances of a question, sorted."""
        if question.whole:
            return [question.values] if question.symbol in self._true else []
        some = self._by_predicate.get(question.signature, {})
        return sorted(tuple(atom.arguments) for atom in some if question.matches(atom))


def answer_set(files: Sequence[Path], dual: Dual, facts: Iterable[Symbol], clock: Clock | None = None) -> Atoms:
    """All atoms of the single answer set that rules derive from facts, of the predicates the rules name."""
    lines = []
    for name, arity in sorted(dual.signatures):
        atom = written(name, [f"X{n}" for n in range(arity)])
        lines.append(f"__all({atom}) :- {atom}.")
    shown = answer(files, facts, clock, extra="\n".join(["#show __all/1.", *lines]))
    return Atoms(symbol.arguments[0] for symbol in shown if symbol.name == "__all")


def some_atoms(
    program: Program, places: Collection[tuple[str, int]], facts: Iterable[Symbol], clock: Clock | None = None
) -> Atoms:
    """The atoms of that answer set that the rules at some places give, and the facts.

    Where `Reach.rules` names the places for some questions, their answers over these atoms are those over all.
    """
    return Atoms(answer((), facts, clock, extra=program.cone(places)))


def explain_atoms(
    program: Program,
    questions: Sequence[Question],
    atoms: Sequence[Symbol],
    clock: Clock | None = None,
    facts: Iterable[Symbol] = (),
) -> tuple[Evidence, list[list[Asked]]]:
    """What the dual answers over the atoms of an answer set, and for each question the goals it comes to.

    `facts` are those of the atoms that were fed; without them a fact is an atom that no rule gives. A question with
    open arguments comes to one goal for each true atom that matches, or, if there is none, to one for the pattern.
    Raises Stopped when the clock runs out.
    """
    dual, known = program.dual, atoms if isinstance(atoms, Atoms) else Atoms(atoms)
    found: list[list[tuple[Goal, tuple[Symbol, ...]]]] = []
    for question in questions:
        rows = known.rows(question)
        found.append([(question.goal(True), row) for row in rows] or [(question.goal(False), question.values)])
    asked = [one for goals in found for one in goals]
    goals = dict.fromkeys((goal, hints(tuple(map(str, arguments)))) for goal, arguments in asked)
    symbols = [clingo.Function(dual.name(goal), list(arguments)) for goal, arguments in dict.fromkeys(asked)]
    shown = _followed(program, goals, known.present, "", [*known, *symbols], clock)
    with no_collecting():
        evidence = Evidence(shown, dual.keys, _given(dual, texts(facts)))
    return evidence, [[(goal, tuple(map(str, row))) for goal, row in goals] for goals in found]


def _followed(
    program: Program,
    goals: dict[tuple[Goal, Hints], None],
    present: Present,
    text: str,
    symbols: Sequence[Symbol],
    clock: Clock | None,
) -> list[Symbol]:
    """What the dual answers, recursion over computed terms followed too, round by round, as far as it ends.

    A place that asks of new values after ROUNDS rounds still is taken for one that would for ever: it is not followed.
    """
    dual, endless, rounds = program.dual, set[str](), 0
    asked, further = dict(goals), dict[Symbol, str]()
    while True:
        lines = [f"#show {name}/{arity}." for name, arity in dual.followed.items()]
        extra = "\n".join(filter(None, [text, program.generator.program(asked, present), *lines]))
        shown = answer((), [*symbols, *further], clock, extra=extra)
        if not dual.cuts:
            return shown
        followed = {atom for atom in shown if atom.name in dual.followed}
        new = dict[Symbol, str]()
        for atom in shown:
            tag = dual.cuts.get(atom.name)
            if tag is None or tag[0] in endless:
                continue
            ask = clingo.Function(dual.name(tag[1]), atom.arguments)
            if ask not in followed and ask not in further:
                new[ask] = tag[0]
                asked.setdefault((tag[1], hints(tuple(map(str, atom.arguments)))))
        if not new:
            return shown
        further |= new
        rounds += 1
        if rounds % ROUNDS == 0:
            endless |= set(new.values())
            further = {ask: place for ask, place in further.items() if place not in endless}


def _given(dual: Dual, facts: Iterable[str]) -> Iterator[tuple[str, Row]]:
    """The facts, as clingo writes them, of predicates that rules derive too."""
    for text in facts:
        if text.partition("(")[0] in dual.derived:
            name, row = parts(text)
            if (name, len(row)) in dual.rules:
                yield name, row


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
    asks: dict[tuple[Signature, tuple[Bound, ...]], str] = {}
    for question in questions:
        for goal, known in question.goals():
            goals.setdefault((goal, known))
        key = question.signature, question.bound
        if key in asks:
            continue
        ask = asks[key] = f"__ask{len(asks)}"
        true, false = question.goal(True), question.goal(False)
        name = question.name
        given = [f"X{n}" for n in range(len(question.values))]
        every = pattern_terms(question.bound, iter(given), (f"Y{n}" for n in count()))
        atom = written(name, every)
        open_ = pattern_text(name, question.bound, given)
        asked = written(ask, given)
        told = [] if question.whole else every
        lines += [
            f"{written(dual.name(true), every)} :- {asked}, {atom}.",
            f"{written(dual.name(false), given)} :- {asked}, not {open_}.",
            f"{written(ask + '_', [*given, *told])} :- {asked}, {atom}.",
            f"#show {ask}_/{len(given) + len(told)}.",
        ]
        dual.keys[f"{ask}_"] = len(given)
    cone = program.cone(program.reach.rules(questions, holding))
    told = texts(symbols)
    names = {text.partition("(")[0].removeprefix("-") for text in told}
    present = dual.possible(one for one in dual.signatures if one[0].removeprefix("-") in names)
    fed = list(_given(dual, told))
    symbols += [clingo.Function(asks[q.signature, q.bound], list(q.values)) for q in dict.fromkeys(questions)]
    shown = _followed(program, goals, present, "\n".join([cone, *lines]), symbols, clock)
    with no_collecting():
        evidence = Evidence(shown, dual.keys, fed)
    found: list[list[Asked]] = []
    for question in questions:
        rows = evidence.rows(f"{asks[question.signature, question.bound]}_", question.row)
        goals_of = [(question.goal(True), row or question.row) for row in rows]
        found.append(goals_of or [(question.goal(False), question.row)])
    return evidence, found


def hints(row: Row) -> Hints:
    """What the dual program may be narrowed by: the arguments that are given, identifiers apart."""
    return tuple([None if text.startswith('"') else ("=", text) for text in row])
