"""What a regulation's rules name: predicates, with the constants that stand in their places, and constants alone."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any

from clingo import SymbolType, ast

from engine.law.rulebook import rule_file
from engine.words import home

Mention = tuple[str, ...]
"""The arguments of one mention: a constant as it stands, empty for anything else."""


class _Names(ast.Transformer):
    """Collects every name that stands in a rule, with its arity, and with what it is said of."""

    def __init__(self) -> None:
        self.names: set[tuple[str, int]] = set()
        self.mentions: dict[tuple[str, int], set[Mention]] = {}

    def visit_Function(self, node: Any) -> Any:
        key = (node.name, len(node.arguments))
        self.names.add(key)
        self.mentions.setdefault(key, set()).update(product(*map(_constants, node.arguments)))
        return node.update(**self.visit_children(node))

    def visit_SymbolicTerm(self, node: Any) -> Any:
        self.names.add((str(node.symbol), 0))
        return node


def _constants(term: Any) -> tuple[str, ...]:
    """The constants that a term stands for; one empty text where it is none."""
    if term.ast_type == ast.ASTType.Pool:
        return tuple(one for each in term.arguments for one in _constants(each))
    symbol = getattr(term, "symbol", None)
    if symbol is not None and symbol.type == SymbolType.Function and not symbol.arguments:
        return (symbol.name,)
    return ("",)


@cache
def _said(city: str) -> _Names:
    names = _Names()
    for statement in rule_file(home(city)).statements:
        names.visit(statement.node)
    return names


def names_in(city: str) -> frozenset[tuple[str, int]]:
    """The names in a city's own rule file, each with its arity: predicates, and constants with 0."""
    return frozenset(_said(city).names)


def mentions(city: str, predicate: str, arity: int) -> frozenset[Mention]:
    """What the city's own rules say of a predicate: the arguments of each mention; none where they do not name it."""
    return frozenset(_said(city).mentions.get((predicate, arity), ()))
