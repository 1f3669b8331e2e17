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


class _Names:
    """Every name that stands in some rules, with its arity, and with what it is said of."""

    def __init__(self) -> None:
        self.names: set[tuple[str, int]] = set()
        self.mentions: dict[tuple[str, int], set[Mention]] = {}

    def add(self, statement: ast.AST) -> None:
        """Take one rule in; clingo's own visitor, which can also change what it visits, takes half as long again."""
        todo: list[Any] = [statement]
        while todo:
            node = todo.pop()
            if node is None:
                continue
            if isinstance(node, ast.ASTSequence):
                todo += node
                continue
            kind = node.ast_type
            if kind == _SYMBOL:
                self.names.add((str(node.symbol), 0))
                continue
            if kind == _FUNCTION:
                arguments = list(node.arguments)
                key = (node.name, len(arguments))
                self.names.add(key)
                self.mentions.setdefault(key, set()).update(product(*map(_constants, arguments)))
                todo += arguments
                continue
            todo += [getattr(node, name) for name in node.child_keys]


_FUNCTION, _SYMBOL = ast.ASTType.Function, ast.ASTType.SymbolicTerm


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
        names.add(statement.node)
    return names


def names_in(city: str) -> frozenset[tuple[str, int]]:
    """The names in a city's own rule file, each with its arity: predicates, and constants with 0."""
    return frozenset(_said(city).names)


def mentions(city: str, predicate: str, arity: int) -> frozenset[Mention]:
    """What the city's own rules say of a predicate: the arguments of each mention; none where they do not name it."""
    return frozenset(_said(city).mentions.get((predicate, arity), ()))
