"""Rules folded over what is known before any case: tables of constants and the provisions with their keys.

A goal-directed solver asked `not failed(A, P, Key)` for all P and Key searches every combination of disequalities.
Which pairs there are stands in the rules, so each rule is written once a pair: `failed_art_8_0_1__seat(A)`. Days,
numbers, arithmetic and negation are left as they are: the solver has to work them out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from graphlib import TopologicalSorter

import clingo
from clingo import ast
from clingo.ast import AggregateFunction, ASTType, ComparisonOperator, Sign

Predicate = tuple[str, int]
Row = tuple[str, ...]

_NEUTRAL = {
    AggregateFunction.Min: "#sup",
    AggregateFunction.Max: "#inf",
    AggregateFunction.Count: "0",
    AggregateFunction.Sum: "0",
    AggregateFunction.SumPlus: "0",
}


class _Substitution(ast.Transformer):
    """Puts terms in the place of variables."""

    def __init__(self, terms: Mapping[str, ast.AST]) -> None:
        self.terms = terms

    def visit_Variable(self, variable: ast.AST) -> ast.AST:
        return self.terms.get(variable.name, variable)


def folded(rules: Sequence[ast.AST], facts: Set[Predicate]) -> list[ast.AST]:
    """The same rules without pools, instantiated by tables and provisions, which move into the predicates' names.

    `facts` are the predicates that a case may state: a rule that asks for one that neither a case nor a rule states
    never applies (a text without tracks has no `takes`), and falls away.
    """
    heads: dict[Predicate, list[ast.AST]] = defaultdict(list)
    single = [plain for rule in rules for plain in rule.unpool()]
    stated = facts | {_predicate(rule.head) for rule in single}
    for rule in single:
        if (able := _able(rule, stated)) is not None:
            heads[_predicate(able.head)].append(able)
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


def _able(rule: ast.AST, stated: Set[Predicate]) -> ast.AST | None:
    """The rule with the values of its aggregates over nothing; None where it never applies."""
    body, values = list[ast.AST](), dict[str, ast.AST]()
    for literal in rule.body:
        if _positive(literal) and _predicate(literal) not in stated:
            return None
        empty = _over_nothing(literal, stated)
        if empty is None:
            body.append(literal)
        else:
            values |= empty
    if not values:
        return rule
    filled = _Substitution(values)(rule.update(body=body))
    kept = [literal for literal in filled.body if not _constants_compared(literal)]
    return filled.update(body=kept) if all(_constants_compared(x) is not False for x in filled.body) else None


def _over_nothing(literal: ast.AST, stated: Set[Predicate]) -> dict[str, ast.AST] | None:
    """What `V = #min { … }` settles where no element of it can be: the aggregate's own neutral value."""
    if literal.ast_type != ASTType.Literal or literal.atom.ast_type != ASTType.BodyAggregate:
        return None
    aggregate, guard = literal.atom, literal.atom.left_guard
    if literal.sign != Sign.NoSign or aggregate.right_guard or guard is None or guard.term.ast_type != ASTType.Variable:
        return None
    if guard.comparison != ComparisonOperator.Equal:
        return None
    for element in aggregate.elements:
        if not any(_positive(part) and _predicate(part) not in stated for part in element.condition):
            return None
    return {guard.term.name: _term(_NEUTRAL[AggregateFunction(aggregate.function)])}


def _constants_compared(literal: ast.AST) -> bool | None:
    """Whether `a = b` or `a != b` between two constants holds; None for any other literal."""
    if literal.ast_type != ASTType.Literal or literal.atom.ast_type != ASTType.Comparison:
        return None
    left, (guard, *others) = literal.atom.term, literal.atom.guards
    equality = (ComparisonOperator.Equal, ComparisonOperator.NotEqual)
    if others or guard.comparison not in equality or not (_constant(left) and _constant(guard.term)):
        return None
    same: bool = _constant(left) == _constant(guard.term)
    return same == (guard.comparison == ComparisonOperator.Equal)


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
