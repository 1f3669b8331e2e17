"""What a regulation's rules name: predicates, with the constants that stand in their places, and constants alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clingo import SymbolType

from engine.law.keeping import kept
from engine.law.rulebook import rule_file, without_includes
from engine.words import home

if TYPE_CHECKING:
    from clingo import ast  # not needed where what was found is kept

Mention = tuple[str, ...]
"""The arguments of one mention: a constant as it stands, empty for anything else."""


@dataclass(frozen=True)
class _Names:
    """Every name that stands in some rules, with its arity, and what each that has arguments is said of."""

    names: frozenset[tuple[str, int]]
    mentions: dict[tuple[str, int], frozenset[Mention]]


def _found(statements: Iterable[ast.AST]) -> _Names:
    """The names in some statements; clingo's own visitor, which can also change what it visits, takes half as long
    again."""
    from clingo import ast

    function, symbol, pool = ast.ASTType.Function, ast.ASTType.SymbolicTerm, ast.ASTType.Pool
    names, mentions = set[tuple[str, int]](), dict[tuple[str, int], set[Mention]]()

    def constants(term: Any) -> tuple[str, ...]:
        """The constants that a term stands for; one empty text where it is none."""
        if term.ast_type == pool:
            return tuple(one for each in term.arguments for one in constants(each))
        told = getattr(term, "symbol", None)
        return (told.name,) if told is not None and told.type == SymbolType.Function and not told.arguments else ("",)

    todo: list[Any] = [*statements]
    while todo:
        node = todo.pop()
        if node is None:
            continue
        if isinstance(node, ast.ASTSequence):
            todo += node
        elif (kind := node.ast_type) == symbol:
            names.add((str(node.symbol), 0))
        elif kind == function:
            arguments = list(node.arguments)
            key = (node.name, len(arguments))
            names.add(key)
            mentions.setdefault(key, set()).update(product(*map(constants, arguments)))
            todo += arguments
        else:
            todo += [getattr(node, name) for name in node.child_keys]
    return _Names(frozenset(names), {key: frozenset(found) for key, found in mentions.items()})


def _said(city: str) -> _Names:
    path = home(city)
    return _kept(path, without_includes(path))


@lru_cache(64)
def _kept(path: Path, text: str) -> _Names:
    def make() -> _Names:
        return _found(statement.node for statement in rule_file(path).statements)

    return kept(["mentions", text], ["engine/law"], make)


def names_in(city: str) -> frozenset[tuple[str, int]]:
    """The names in a city's own rule file, each with its arity: predicates, and constants with 0."""
    return _said(city).names


def asked_in(path: Path) -> frozenset[tuple[str, int]]:
    """The names in the bodies of a rule file, each with its arity: what its rules ask for."""
    return _found(part for one in rule_file(path).statements for part in getattr(one.node, "body", ())).names


def mentions(city: str, predicate: str, arity: int) -> frozenset[Mention]:
    """What the city's own rules say of a predicate: the arguments of each mention; none where they do not name it."""
    return _said(city).mentions.get((predicate, arity), frozenset())
