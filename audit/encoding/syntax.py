"""Rules as clingo parses them: their heads, their literals, their atoms, and rules made from others.

Every function takes a node and gives a new one; no node is ever changed in place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from copy import copy

from clingo import ast
from clingo.ast import AST, ASTType

from engine.law import choices

SIGNS = ("", "not ", "not not ")
OPERATORS = (">", "<", "<=", ">=", "!=", "=")
"""The comparison operators, in the order of their numbers in clingo's AST."""

Signature = tuple[str, int]


_TERMS = frozenset({
    ASTType.Function, ASTType.SymbolicTerm, ASTType.Variable, ASTType.BinaryOperation, ASTType.UnaryOperation,
    ASTType.Interval, ASTType.Pool, ASTType.Comparison, ASTType.Guard, ASTType.BooleanConstant,
})  # fmt: skip
"""Nodes in which no predicate atom stands."""


def changed(node: AST, **values: object) -> AST:
    """A copy of a node with other values of some attributes; the node itself where there are none."""
    if not values:
        return node
    new = copy(node)
    for name, value in values.items():
        setattr(new, name, value)
    return new


class _Atoms(ast.Transformer):
    """Gives every predicate atom (not: terms inside) to a function and takes what it returns."""

    def __init__(self, change: Callable[[AST], AST]) -> None:
        self.change = change

    def visit(self, node: AST) -> AST:
        kind = node.ast_type
        if kind in _TERMS:
            return node
        if kind != ASTType.SymbolicAtom:
            return changed(node, **self.visit_children(node))
        symbol = node.symbol
        if symbol.ast_type == ASTType.Pool:
            return ast.SymbolicAtom(changed(symbol, arguments=[self.change(each) for each in symbol.arguments]))
        return ast.SymbolicAtom(self.change(symbol))


def over_atoms(node: AST, change: Callable[[AST], AST]) -> AST:
    """The node with each predicate atom (a Function) replaced by what `change` makes of it."""
    return _Atoms(change)(node)


class _Values(ast.Transformer):
    def __init__(self, values: dict[str, int]) -> None:
        self.values = values

    def visit_SymbolicTerm(self, node: AST) -> AST:
        from clingo import Number

        value = self.values.get(str(node.symbol))
        return node if value is None else ast.SymbolicTerm(node.location, Number(value))


def with_values(node: AST, values: dict[str, int]) -> AST:
    """The node with named constants (`#const`) replaced by their numbers."""
    return _Values(values)(node) if values else node


_children: dict[ASTType, list[str]] = {}
"""The attributes of a kind of node that are nodes: asked of clingo once a kind."""


def _walk(node: AST, stop: frozenset[ASTType] = frozenset()) -> Iterator[tuple[ASTType, AST]]:
    """A node and those below it, in order, each with its kind; below a kind in `stop`, nothing."""
    kind = node.ast_type
    yield kind, node
    if kind in stop:
        return
    if kind not in _children:
        _children[kind] = node.child_keys
    for key in _children[kind]:
        below = getattr(node, key)
        if isinstance(below, AST):
            yield from _walk(below, stop)
        elif below is not None:
            for each in below:
                yield from _walk(each, stop)


def names(node: AST) -> frozenset[str]:
    """The names that stand as terms in a node, those of constants (`#const`) among them."""
    return frozenset(str(each.symbol) for kind, each in _walk(node) if kind == ASTType.SymbolicTerm)


def cited(node: AST) -> list[str]:
    """The provisions that stand as terms in a node, each choice of a pool, in order."""
    terms = (each for kind, each in _walk(node) if kind == ASTType.Function and each.name == "art")
    return [told for each in terms for told in choices(each, {}) if told]


_ATOMS = _TERMS | {ASTType.SymbolicAtom}


def atoms(node: AST) -> list[AST]:
    """The predicate atoms in a node, in order."""
    found: list[AST] = []
    for kind, each in _walk(node, _ATOMS):
        if kind == ASTType.SymbolicAtom:
            symbol = each.symbol
            found += list(symbol.arguments) if symbol.ast_type == ASTType.Pool else [symbol]
    return found


def may_match(one: AST, other: AST) -> bool:
    """Whether two atoms of one predicate may be the same: no place has a different constant in each."""
    pairs = zip(one.arguments, other.arguments, strict=True)
    return not any(a.ast_type == b.ast_type == ASTType.SymbolicTerm and str(a) != str(b) for a, b in pairs)


def variables(*nodes: AST) -> set[str]:
    """The variables in nodes, anonymous ones apart."""
    return _variables(nodes, frozenset())


_ARITHMETIC = frozenset({ASTType.BinaryOperation, ASTType.UnaryOperation, ASTType.Interval})


def bare(node: AST) -> set[str]:
    """The variables in a node that stand outside arithmetic: only those are given a value by matching an atom."""
    return _variables([node], _ARITHMETIC)


def _variables(nodes: Iterable[AST], stop: frozenset[ASTType]) -> set[str]:
    found = {str(each.name) for node in nodes for kind, each in _walk(node, stop) if kind == ASTType.Variable}
    return found - {"_"}


def signature(atom: AST) -> Signature:
    """Name and arity of an atom; a classical negation is part of the name."""
    if atom.ast_type == ASTType.UnaryOperation:
        name, arity = signature(atom.argument)
        return f"-{name}", arity
    return str(atom.name), len(atom.arguments)


def heads(rule: AST) -> set[Signature]:
    """The predicates a rule derives or chooses; empty for a constraint."""
    head = rule.head
    if head.ast_type == ASTType.Literal:
        return {signature(atom) for atom in atoms(head)}
    if head.ast_type in (ASTType.Aggregate, ASTType.Disjunction):
        return {signature(atom) for element in head.elements for atom in atoms(element.literal)}
    return {signature(atom) for element in head.elements for atom in atoms(element.condition.literal)}


def plain(literal: AST) -> bool:
    """Whether a body literal is one positive atom: it binds variables."""
    return bool(
        literal.ast_type == ASTType.Literal
        and literal.sign == 0
        and literal.atom.ast_type == ASTType.SymbolicAtom
        and literal.atom.symbol.ast_type == ASTType.Function
    )


def compares(literal: AST) -> bool:
    """Whether a body literal is a comparison of two terms."""
    return bool(
        literal.ast_type == ASTType.Literal
        and literal.atom.ast_type == ASTType.Comparison
        and len(literal.atom.guards) == 1
    )


def binds(literal: AST, known: set[str]) -> set[str]:
    """The variables that a literal gives a value to, once `known` have one."""
    if plain(literal):
        return bare(literal)
    if compares(literal) and literal.sign == 0 and literal.atom.guards[0].comparison == 5:
        left, right = literal.atom.term, literal.atom.guards[0].term
        if left.ast_type == ASTType.Variable and variables(right) <= known:
            return {str(left.name)}
        if right.ast_type == ASTType.Variable and variables(left) <= known:
            return {str(right.name)}
    return set()


def bound(body: list[AST]) -> set[str]:
    """The variables that a body gives a value to."""
    known: set[str] = set()
    while new := {name for literal in body for name in binds(literal, known)} - known:
        known |= new
    return known


def conditions(head: AST) -> Iterator[tuple[Signature, bool]]:
    """The predicates that the conditions inside a head ask for; True with those not asked for plainly."""
    for literal in _conditions(head):
        negative = literal.ast_type != ASTType.Literal or bool(literal.sign) or not plain(literal)
        for atom in atoms(literal):
            yield signature(atom), negative


def _conditions(head: AST) -> list[AST]:
    if head.ast_type == ASTType.Literal:
        return []
    if head.ast_type in (ASTType.Aggregate, ASTType.Disjunction):
        return [each for element in head.elements for each in element.condition]
    return [each for element in head.elements for each in element.condition.condition]


_INCLUDE = re.compile(r'^#include "[^"]+"\.', re.MULTILINE)


def parsed(text: str) -> list[AST]:
    """The statements of a text, line for line; what it includes is not read."""
    found: list[AST] = []
    ast.parse_string(_INCLUDE.sub("", text), found.append)
    return found[1:]
