"""What a regulation's rules derive, read off their syntax: heads with the constants that stand in them.

However a rule is spelled, with other blanks, line breaks, comments, pools or constants (`#const`), its heads are the
same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from clingo import SymbolType, ast

from engine.law.rulebook import RuleFile, Statement, rule_file
from engine.law.statutes import Provision
from engine.words import home

_ATOM, _FUNCTION, _POOL = ast.ASTType.SymbolicAtom, ast.ASTType.Function, ast.ASTType.Pool
_TERM, _INTERVAL = ast.ASTType.SymbolicTerm, ast.ASTType.Interval
_POSITIVE = 0


@dataclass(frozen=True)
class Head:
    """One atom that a rule derives: `arguments` are constants, numbers and ground terms as they stand (`art(5,0,1)`),
    empty for anything else; of a pool each choice is a head of its own."""

    name: str
    arguments: tuple[str, ...]
    statement: Statement

    def provision(self, place: int = 1) -> Provision | None:
        """The provision that is an argument; None where none stands there."""
        told = self.arguments[place] if place < len(self.arguments) else ""
        return Provision.parse(told) if told.startswith("art(") else None


def heads(of: str | Path, *names: str) -> tuple[Head, ...]:
    """The heads of a regulation's own rules, in the order of the file; with `names` those of these predicates.

    `of` is a city, a text or a rule file. Raises RuleError where the rules do not parse.
    """
    path = of if isinstance(of, Path) else home(of)
    found = _heads(rule_file(path))
    return tuple(one for one in found if one.name in names) if names else found


@lru_cache(64)
def _heads(file: RuleFile) -> tuple[Head, ...]:
    values = {constant.name: str(constant.value) for constant in file.constants}
    return tuple(
        Head(name, arguments, statement)
        for statement in file.statements
        if statement.node.ast_type == ast.ASTType.Rule
        for atom in _derived(statement.node.head)
        for name, arguments in _spelled(atom, values)
    )


def _derived(head: Any) -> Iterator[Any]:
    """The atoms that a head derives: one, those of a disjunction, those of a choice; none that is denied."""
    if head.ast_type == ast.ASTType.Literal and head.sign == _POSITIVE and head.atom.ast_type == _ATOM:
        yield head.atom
    for element in getattr(head, "elements", None) or ():
        literal = getattr(element, "literal", None) or getattr(getattr(element, "condition", None), "literal", None)
        if literal is not None:
            yield from _derived(literal)


def _spelled(atom: Any, values: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    symbol = atom.symbol
    for one in symbol.arguments if symbol.ast_type == _POOL else (symbol,):
        if one.ast_type == _FUNCTION:
            places = [choices(argument, values) for argument in one.arguments]
            yield from ((one.name, arguments) for arguments in product(*places))


def choices(term: Any, values: Mapping[str, str]) -> tuple[str, ...]:
    """What a term may stand for: each choice of a pool or an interval as text, one empty text where that is open."""
    if term.ast_type == _POOL:
        return tuple(one for each in term.arguments for one in choices(each, values))
    if term.ast_type == _TERM:
        told = str(term.symbol)
        return (values.get(told, told) if term.symbol.type == SymbolType.Function else told,)
    if term.ast_type == _INTERVAL:
        low, high = choices(term.left, values), choices(term.right, values)
        if len(low) == len(high) == 1 and low[0].isdecimal() and high[0].isdecimal():
            return tuple(map(str, range(int(low[0]), int(high[0]) + 1)))
    if term.ast_type == _FUNCTION and term.arguments:
        places = [choices(argument, values) for argument in term.arguments]
        return tuple(f"{term.name}({','.join(arguments)})" if all(arguments) else "" for arguments in product(*places))
    return ("",)
