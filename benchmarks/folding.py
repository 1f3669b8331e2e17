"""Rules folded over what is known before any case: tables of constants and the provisions with their keys.

A goal-directed solver asked `not failed(A, P, Key)` for all P and Key searches every combination of disequalities.
Which pairs there are stands in the rules, so each rule is written once a pair: `failed_art_8_0_1__seat(A)`. Days,
numbers, arithmetic and negation are left as they are: the solver has to work them out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from graphlib import TopologicalSorter

import clingo
from clingo import ast
from clingo.ast import ASTType, Sign

Predicate = tuple[str, int]
Row = tuple[str, ...]


class _Substitution(ast.Transformer):
    """Puts terms in the place of variables."""

    def __init__(self, terms: Mapping[str, ast.AST]) -> None:
        self.terms = terms

    def visit_Variable(self, variable: ast.AST) -> ast.AST:
        return self.terms.get(variable.name, variable)


def folded(rules: Sequence[ast.AST]) -> list[ast.AST]:
    """The same rules without pools, instantiated by tables and provisions, which move into the predicates' names."""
    heads: dict[Predicate, list[ast.AST]] = defaultdict(list)
    for rule in rules:
        for plain in rule.unpool():
            heads[_predicate(plain.head)].append(plain)
    tables: dict[Predicate, dict[Row, Row]] = {}
    places: dict[Predicate, tuple[int, ...]] = {}
    done: list[ast.AST] = []
    for predicate in TopologicalSorter({p: _asked(found) for p, found in heads.items()}).static_order():
        found = [made for rule in heads[predicate] for made in _instances(rule, tables, places)]
        done += found
        rows = [tuple(map(_constant, rule.head.atom.symbol.arguments)) for rule in found]
        constant = [i for i in range(predicate[1]) if rows and all(row[i] for row in rows)]
        if rows and all(not rule.body for rule in found) and len(constant) == predicate[1]:
            tables[predicate], places[predicate] = {row: row for row in rows}, ()
        elif any(row[i].startswith("art(") for row in rows for i in constant):
            tables[predicate], places[predicate] = (
                {tuple(row[i] for i in constant): row for row in rows},
                tuple(constant),
            )
    return [_renamed(rule, places) for rule in done]


def _instances(
    rule: ast.AST, tables: Mapping[Predicate, Mapping[Row, Row]], places: Mapping[Predicate, tuple[int, ...]]
) -> Iterator[ast.AST]:
    """The rule once for each choice of rows for its positive literals over tables and folded predicates."""
    for i, literal in enumerate(rule.body):
        if not _positive(literal) or (predicate := _predicate(literal)) not in tables:
            continue
        arguments = literal.atom.symbol.arguments
        at = places[predicate] or range(len(arguments))
        if places[predicate] and all(_constant(arguments[j]) for j in at):
            continue
        for row in tables[predicate]:
            terms = _unified([arguments[j] for j in at], row)
            if terms is not None:
                yield from _instances(_chosen(rule, i, terms, row, places[predicate]), tables, places)
        return
    yield rule


def _chosen(rule: ast.AST, i: int, terms: Mapping[str, ast.AST], row: Row, at: tuple[int, ...]) -> ast.AST:
    body = list(rule.body)
    if at:
        literal = body[i]
        arguments = list(literal.atom.symbol.arguments)
        for j, text in zip(at, row, strict=True):
            arguments[j] = _term(text)
        symbol = literal.atom.symbol.update(arguments=arguments)
        body[i] = literal.update(atom=literal.atom.update(symbol=symbol))
    else:
        del body[i]
    made: ast.AST = _Substitution(terms)(rule.update(body=body))
    return made


def _unified(arguments: Sequence[ast.AST], row: Row) -> dict[str, ast.AST] | None:
    """What the variables of some arguments stand for in a row; None if the row does not match."""
    terms: dict[str, ast.AST] = {}
    for argument, text in zip(arguments, row, strict=True):
        if argument.ast_type == ASTType.Variable:
            if argument.name != "_" and str(terms.setdefault(argument.name, _term(text))) != text:
                return None
        elif str(argument) != text:
            return None
    return terms


def _renamed(rule: ast.AST, places: Mapping[Predicate, tuple[int, ...]]) -> ast.AST:
    """The rule with constants moved into names."""

    def atom(literal: ast.AST) -> ast.AST:
        if literal.ast_type != ASTType.Literal or literal.atom.ast_type != ASTType.SymbolicAtom:
            return literal
        at = places.get(_predicate(literal), ())
        symbol = literal.atom.symbol
        if not at:
            return literal
        if any(not _constant(symbol.arguments[j]) for j in at):
            raise ValueError(f"{literal.location}: {literal} is not known before the case")
        words = "_".join(str(symbol.arguments[j]) for j in at)
        name = "".join(c if c.isalnum() else "_" for c in f"{symbol.name}_{words}").strip("_")
        rest = [argument for j, argument in enumerate(symbol.arguments) if j not in at]
        return literal.update(atom=literal.atom.update(symbol=symbol.update(name=name, arguments=rest)))

    return rule.update(head=atom(rule.head), body=[atom(literal) for literal in rule.body])


def _asked(rules: Sequence[ast.AST]) -> set[Predicate]:
    literals = [literal for rule in rules for literal in rule.body]
    return {_predicate(x) for x in literals if x.atom.ast_type == ASTType.SymbolicAtom}


def _positive(literal: ast.AST) -> bool:
    return bool(literal.sign == Sign.NoSign and literal.atom.ast_type == ASTType.SymbolicAtom)


def _predicate(literal: ast.AST) -> Predicate:
    symbol = literal.atom.symbol
    return symbol.name, len(symbol.arguments)


def _constant(term: ast.AST) -> str:
    """A constant term as text, empty for any other."""
    if term.ast_type == ASTType.SymbolicTerm:
        return str(term)
    if term.ast_type == ASTType.Function and all(map(_constant, term.arguments)):
        return str(term)
    return ""


def _term(text: str) -> ast.AST:
    return ast.SymbolicTerm(_NOWHERE, clingo.parse_term(text))


_NOWHERE = ast.Location(ast.Position("", 1, 1), ast.Position("", 1, 1))
