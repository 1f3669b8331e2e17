"""Identifiers name and do nothing else: a rule that orders them, or computes on them, would decide by how bodies are
called. Whether two are the same may be asked.

Inside the rules an applicant is a number of its part, another one in every part: only rules that do not look at what an
identifier looks like give the same outcome for every naming.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from clingo.ast import ASTType

from audit.encoding import QUESTIONS, Encoding, rule_paths
from engine.errors import Place, Problem
from explain.dual import Program, program
from explain.rules import Aggregate, Atom, Comparison, Literal, Node, Rule, inside, variables, walk

_WEIGHING = ("#min", "#max", "#sum", "#sum+")
_COMPUTED = (ASTType.BinaryOperation, ASTType.UnaryOperation, ASTType.Interval)


def measured(subject: Encoding) -> Iterator[Problem]:
    """The rules of all questions that order an identifier or compute on one, each place once."""
    told: set[tuple[str, str]] = set()
    for question in QUESTIONS.values():
        ready = program(rule_paths(subject.paths[:2], question))
        for rule in ready.rules:
            for words in dict.fromkeys(_measuring(ready, rule)):
                if (rule.place, words) not in told:
                    told.add((rule.place, words))
                    yield Problem("audit.identifier", {"found": words}, Place(rule.file, rule.line))


def _measuring(ready: Program, rule: Rule) -> Iterator[str]:
    """What a rule says that orders identifiers or computes on them."""
    every = [*([rule.head] if rule.head is not None else []), *inside(rule.body)]
    named = set(_identifiers(ready, inside(rule.body)))
    if not named:
        return
    for literal in every:
        if isinstance(literal, Comparison):
            if named & {*literal.variables} and not _same(literal, named):
                yield literal.text
        elif isinstance(literal, Aggregate):
            weights = [element.terms[0] for element in literal.elements if element.terms]
            if literal.function in _WEIGHING and named & {*variables(weights)}:
                yield literal.text
            if named & {*variables([term for _, term in literal.guards])}:
                yield literal.text
        if isinstance(literal, Atom) and any(_computed(term, named) for term in literal.arguments):
            yield literal.text


def _identifiers(ready: Program, body: Iterable[Literal]) -> Iterator[str]:
    """The variables that hold an identifier by some atom of the body."""
    for literal in body:
        if isinstance(literal, Atom) and not literal.sign:
            for place, term in enumerate(literal.arguments):
                if term.ast_type == ASTType.Variable and ready.types.get((literal.signature, place)) == "identifier":
                    yield term.name


def _same(literal: Comparison, named: set[str]) -> bool:
    """Whether it asks if two identifiers are one, or calls one by another name."""
    plain = all(term.ast_type == ASTType.Variable and term.name in named for term in literal.terms)
    return literal.operators in (("=",), ("!=",)) and (plain or not _computing(literal.terms))


def _computing(terms: Iterable[Node]) -> bool:
    return any(node.ast_type in _COMPUTED for term in terms for node in walk(term))


def _computed(term: Node, named: set[str]) -> bool:
    return any(node.ast_type in _COMPUTED and named & {*variables([node])} for node in walk(term))
