"""Rules as clingo parses them: their heads, their literals, their atoms, and rules made from others.

Every function takes a node and gives a new one; no node is ever changed in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from clingo import ast
from clingo.ast import AST, ASTType

SIGNS = ("", "not ", "not not ")
OPERATORS = (">", "<", "<=", ">=", "!=", "=")
"""The comparison operators, in the order of their numbers in clingo's AST."""

Signature = tuple[str, int]


class _Atoms(ast.Transformer):
    """Gives every predicate atom (not: terms inside) to a function and takes what it returns."""

    def __init__(self, change: Callable[[AST], AST]) -> None:
        self.change = change

    def visit_SymbolicAtom(self, node: AST) -> AST:
        symbol = node.symbol
        if symbol.ast_type == ASTType.Pool:
            return ast.SymbolicAtom(symbol.update(arguments=[self.change(each) for each in symbol.arguments]))
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


class _Names(ast.Transformer):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_SymbolicTerm(self, node: AST) -> AST:
        self.found.add(str(node.symbol))
        return node


def names(node: AST) -> frozenset[str]:
    """The names that stand as terms in a node, those of constants (`#const`) among them."""
    found = _Names()
    found(node)
    return frozenset(found.found)


class _Found(ast.Transformer):
    def __init__(self) -> None:
        self.atoms: list[AST] = []
        self.variables: set[str] = set()

    def visit_SymbolicAtom(self, node: AST) -> AST:
        symbol = node.symbol
        self.atoms += list(symbol.arguments) if symbol.ast_type == ASTType.Pool else [symbol]
        self.visit_children(node)
        return node

    def visit_Variable(self, node: AST) -> AST:
        self.variables.add(node.name)
        return node


def atoms(node: AST) -> list[AST]:
    """The predicate atoms in a node, in order."""
    found = _Found()
    found(node)
    return found.atoms


def may_match(one: AST, other: AST) -> bool:
    """Whether two atoms of one predicate may be the same: no place has a different constant in each."""
    pairs = zip(one.arguments, other.arguments, strict=True)
    return not any(a.ast_type == b.ast_type == ASTType.SymbolicTerm and str(a) != str(b) for a, b in pairs)


def variables(*nodes: AST) -> set[str]:
    """The variables in nodes, anonymous ones apart."""
    found = _Found()
    for node in nodes:
        found(node)
    return found.variables - {"_"}


class _Bare(_Found):
    """Variables that stand alone, not inside arithmetic: only those are given a value by matching an atom."""

    def visit_BinaryOperation(self, node: AST) -> AST:
        return node

    visit_UnaryOperation = visit_Interval = visit_BinaryOperation


def bare(node: AST) -> set[str]:
    """The variables in a node that stand outside arithmetic."""
    found = _Bare()
    found(node)
    return found.variables - {"_"}


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


def dependencies(rule: AST) -> Iterator[tuple[Signature, bool]]:
    """The predicates a rule asks for; True with those under `not` or inside an aggregate."""
    for literal in [*rule.body, *_conditions(rule.head)]:
        negative = literal.ast_type != ASTType.Literal or bool(literal.sign) or not plain(literal)
        for atom in atoms(literal):
            yield signature(atom), negative


def _conditions(head: AST) -> list[AST]:
    if head.ast_type == ASTType.Literal:
        return []
    if head.ast_type in (ASTType.Aggregate, ASTType.Disjunction):
        return [each for element in head.elements for each in element.condition]
    return [each for element in head.elements for each in element.condition.condition]


def parsed(text: str) -> list[AST]:
    """The statements of a text."""
    found: list[AST] = []
    ast.parse_string(text, found.append)
    return found[1:]
