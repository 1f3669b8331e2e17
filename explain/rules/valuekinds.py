"""What kind of value each argument of a derived predicate holds, inferred from the vocabulary through the rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from clingo.ast import ASTType, BinaryOperator

from engine.facts import PREDICATES, Field
from explain.rules.literals import Atom, Comparison, Rule, Signature
from explain.rules.nodes import Node

Types = dict[tuple[Signature, int], str]
"""A kind of the vocabulary (`day`, `round`, `choice:certificate`, …), or `end`: a day computed from a day."""


def known() -> Types:
    """The kinds of the arguments of facts."""
    return {
        ((name, len(predicate.fields)), position): of_field(field)
        for name, predicate in PREDICATES.items()
        for position, field in enumerate(predicate.fields)
    }


def of_field(field: Field) -> str:
    """The kind of a fact's field, as values are worded by it."""
    return f"choice:{field.wording}" if field.kind == "choice" else field.wording or field.kind


def infer(rules: Iterable[Rule], given: Types | None = None) -> Types:
    """The kinds of all arguments that the rules let infer; the first rule that says one prevails."""
    types = {**known(), **(given or {})}
    every = [rule for rule in rules if rule.head is not None]
    before = -1
    while len(types) != before:
        before = len(types)
        for rule in every:
            assert rule.head is not None
            env = variable_kinds(rule, types)
            for position, term in enumerate(rule.head.arguments):
                kind = of(term, env)
                if kind:
                    types.setdefault((rule.head.signature, position), kind)
    return types


def variable_kinds(rule: Rule, types: Types) -> dict[str, str]:
    """The kinds of a rule's variables."""
    env: dict[str, str] = {}
    for atom in _atoms(rule):
        for position, term in enumerate(atom.arguments):
            if term.ast_type == ASTType.Variable and (kind := types.get((atom.signature, position))):
                env.setdefault(term.name, kind)
    for literal in rule.body:
        if isinstance(literal, Comparison) and literal.operators == ("=",):
            for one, other in (literal.terms, literal.terms[::-1]):
                if one.ast_type == ASTType.Variable and (kind := of(other, env)):
                    env.setdefault(one.name, kind)
    return env


def _atoms(rule: Rule) -> Iterator[Atom]:
    yield from (literal for literal in rule.body if isinstance(literal, Atom))
    if rule.head is not None:
        yield rule.head


def of(term: Node, env: Mapping[str, str]) -> str:
    """The kind of a term; empty if unknown."""
    if term.ast_type == ASTType.Variable:
        return env.get(term.name, "")
    if term.ast_type == ASTType.Function and term.name == "art":
        return "provision"
    if term.ast_type != ASTType.BinaryOperation:
        return ""
    left = of(term.left, env)
    if left in ("day", "open_day", "end"):
        if term.operator_type == BinaryOperator.Division and str(term.right) == "10000":
            return "year"
        if term.operator_type in (BinaryOperator.Plus, BinaryOperator.Minus):
            return "end"
    return left if left in ("year", "round") else ""
