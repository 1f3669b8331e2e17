"""Slips in rules that choose: one small change anywhere in a statement, and the whole file as it then reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import clingo
from clingo import ast
from clingo.ast import AST, ASTType

from audit.encoding import OPERATORS, heads, variables
from audit.mutants.mutation import NEIGHBOURS
from engine.facts import PREDICATES
from engine.law import RuleFile, rule_file
from engine.panels import ROLES


def _choices(predicate: str, name: str) -> tuple[str, ...]:
    return next(field.choices for field in PREDICATES[predicate].fields if field.name == name)


WORDS = (_choices("awarded", "prize"), ROLES, ("plain", "leading"))
"""Words that are taken for one another."""
_SAYING = (ASTType.Rule, ASTType.Minimize, ASTType.Definition, ASTType.Program, ASTType.ShowSignature)
"""Statements that say something; the others declare what comes from outside."""
_LITERALS = {
    (ASTType.Rule, "body"),
    (ASTType.Minimize, "body"),
    (ASTType.ConditionalLiteral, "condition"),
    (ASTType.BodyAggregateElement, "condition"),
    (ASTType.BodyAggregate, "elements"),
}
"""Where a list holds conditions, or sides of a sum: one may be forgotten."""
_TUPLES = {(ASTType.BodyAggregateElement, "terms"), (ASTType.Minimize, "terms")}
"""Where a list tells the things that are counted apart."""
_CONDITIONS = _LITERALS - {(ASTType.BodyAggregate, "elements")}


@dataclass(frozen=True)
class Slip:
    """One slip: its kind, where it stands, the statement before and after (empty: dropped), the file with it."""

    kind: str
    file: str
    line: int
    before: str
    after: str
    text: str

    @property
    def place(self) -> str:
        """Where it stands: file and line."""
        return f"{self.file}:{self.line}"

    def __str__(self) -> str:
        return f"{self.before}  ⇒  {self.after or '∅'}"


def slips(path: Path) -> tuple[tuple[Slip, ...], tuple[Slip, ...]]:
    """Every slip in a rule file, in the order of its statements: those that ground, and those that clingo refuses."""
    file = rule_file(path)
    nodes = [statement.node for statement in file.statements]
    found: dict[tuple[int, str], Slip] = {}
    for at, statement in enumerate(file.statements):
        before = str(statement.node)
        for kind, new in _of(file, at):
            after = str(new) if new else ""
            if after != before and (at, after) not in found:
                lines = [*map(str, nodes[:at]), after, *map(str, nodes[at + 1 :])]
                found[at, after] = Slip(kind, path.name, statement.line, before, after, "\n".join(lines) + "\n")
    safe = {slip: grounds(slip.text) for slip in found.values()}
    return tuple(s for s in found.values() if safe[s]), tuple(s for s in found.values() if not safe[s])


def grounds(text: str) -> bool:
    """Whether clingo takes a program: every part of it, without facts."""
    try:
        control = clingo.Control(["--warn=none"], logger=lambda _code, _word: None)
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError:
        return False
    return True


def _of(file: RuleFile, at: int) -> Iterator[tuple[str, AST | None]]:
    node = file.statements[at].node
    if node.ast_type not in _SAYING or str(node) == "#program base.":
        return
    yield "dropped_rule", None
    if node.ast_type in (ASTType.Rule, ASTType.Minimize, ASTType.Definition):
        yield from _rewrites(node, (*WORDS, tuple(constant.name for constant in file.constants)))
    if node.ast_type == ASTType.Minimize:
        yield "sign", node.update(weight=_negative(node.weight))
    if node.ast_type == ASTType.Rule:
        for literal in _additions(file, at):
            yield "added_literal", node.update(body=[*node.body, literal])


def _rewrites(node: AST, words: Sequence[Sequence[str]], chosen: bool = False) -> Iterator[tuple[str, AST]]:
    """The node with one slip in it or in what it holds; `chosen`: inside a head, where a sign has no place."""
    yield from _here(node, words)
    for key in node.child_keys:
        child, where = getattr(node, key), (node.ast_type, key)
        inside = (chosen or where == (ASTType.Rule, "head")) and where not in _CONDITIONS
        if isinstance(child, AST):
            for kind, new in _rewrites(child, words, inside):
                yield kind, node.update(**{key: new})
            continue
        each = list(child or ())
        for i, one in enumerate(each):
            if where in _LITERALS or where in _TUPLES:
                yield "dropped_term" if where in _TUPLES else "dropped_literal", _with(node, key, each, i)
            if one.ast_type == ASTType.Literal and one.atom.ast_type == ASTType.SymbolicAtom and not inside:
                yield "sign", _with(node, key, each, i, one.update(sign=0 if one.sign else 1))
            for kind, new in _rewrites(one, words, inside):
                yield kind, _with(node, key, each, i, new)


def _here(node: AST, words: Sequence[Sequence[str]]) -> Iterator[tuple[str, AST]]:
    """The slips of a node itself."""
    if node.ast_type == ASTType.Guard:
        for new in NEIGHBOURS[OPERATORS[node.comparison]]:
            yield "comparison", node.update(comparison=OPERATORS.index(new))
    elif node.ast_type == ASTType.Aggregate and node.left_guard:
        yield "dropped_literal", node.update(left_guard=None)
    elif node.ast_type == ASTType.BinaryOperation and str(node.operator_type) in "+-":
        other = ast.BinaryOperator.Minus if node.operator_type == ast.BinaryOperator.Plus else ast.BinaryOperator.Plus
        yield "sign", node.update(operator_type=other)
    elif node.ast_type == ASTType.UnaryOperation:
        yield "sign", node.argument
    elif node.ast_type == ASTType.SymbolicTerm and node.symbol.type == clingo.SymbolType.Number:
        for number in (node.symbol.number - 1, node.symbol.number + 1):
            yield "number", node.update(symbol=clingo.Number(number))
    elif node.ast_type == ASTType.SymbolicTerm:
        name = str(node.symbol)
        for domain in words:
            near = [i for one in (domain.index(name),) for i in (one - 1, one + 1)] if name in domain else []
            for i in near:
                if 0 <= i < len(domain):
                    yield "choice", node.update(symbol=clingo.Function(domain[i]))


def _with(node: AST, key: str, each: list[AST], i: int, *new: AST) -> AST:
    """The node with one of a list replaced, or left out."""
    return node.update(**{key: [*each[:i], *new, *each[i + 1 :]]})


def _negative(weight: AST) -> AST:
    """The weight with the other sign: to make small what should be large."""
    if weight.ast_type == ASTType.UnaryOperation:
        found: AST = weight.argument
        return found
    return ast.UnaryOperation(weight.location, ast.UnaryOperator.Minus, weight)


def _additions(file: RuleFile, at: int) -> Iterator[AST]:
    """A condition taken over from another rule for the same, or from another constraint: the first two that fit."""
    node = file.statements[at].node
    have, known = {str(each) for each in node.body}, variables(*_plain(node.body))
    parts = [s.node.ast_type == ASTType.Program for s in file.statements]
    found: dict[str, AST] = {}
    for i, other in enumerate(file.statements):
        if i == at or other.node.ast_type != ASTType.Rule or any(parts[min(i, at) : max(i, at)]):
            continue
        if _same(heads(other.node), heads(node)):
            found |= {str(each): each for each in _plain(other.node.body) if variables(each) <= known}
    yield from [literal for text, literal in found.items() if text not in have][:2]


def _same(one: set[tuple[str, int]], other: set[tuple[str, int]]) -> bool:
    return bool(one & other) or not (one or other)


def _plain(body: Sequence[AST]) -> list[AST]:
    """The literals of a body that are no aggregates: their variables are those of the whole rule."""
    literals = [each for each in body if each.ast_type == ASTType.Literal]
    return [each for each in literals if each.atom.ast_type != ASTType.BodyAggregate]
