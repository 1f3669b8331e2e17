"""Terms of a rule: which variables a term has, binds when matched, and needs before it can be computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from clingo.ast import ASTType, BinaryOperator, UnaryOperator

from explain.rules.nodes import Node

ANONYMOUS = "_"
Getter = Callable[[Mapping[str, str]], str | None]


class Unsupported(Exception):
    """A construct that cannot be explained; `what` is the key of its name in the catalogue."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def variables(node: Node | Sequence[Node]) -> list[str]:
    """The named variables below a node, in the order of the text, each once."""
    return list(dict.fromkeys(mentions(node)))


def mentions(node: Node | Sequence[Node]) -> Iterator[str]:
    """Every named variable below a node, as often as it occurs."""
    for part in walk(node):
        if part.ast_type == ASTType.Variable and part.name != ANONYMOUS:
            yield part.name


def walk(node: Any) -> Iterator[Node]:
    """A node and every node below it, in the order of the text."""
    if isinstance(node, Node):
        yield node
        for key in node.child_keys:
            yield from walk(getattr(node, key))
    elif node is not None and not isinstance(node, str):
        for part in node:
            yield from walk(part)


def binding(term: Node) -> tuple[set[str], set[str]]:
    """The variables that matching the term against a value binds, and those it needs beforehand.

    clingo inverts linear terms of one variable (`X+1`, `2*X`); anything else with a variable must be computed.
    """
    kind = term.ast_type
    if kind == ASTType.Variable:
        return ({term.name} if term.name != ANONYMOUS else set()), set()
    if kind == ASTType.Function and not term.external:
        return _union(map(binding, term.arguments))
    if kind == ASTType.SymbolicTerm:
        return set(), set()
    if (name := _linear(term)) is not None:
        return {name}, set()
    return set(), set(variables(term))


def _union(parts: Iterable[tuple[set[str], set[str]]]) -> tuple[set[str], set[str]]:
    binds: set[str] = set()
    needs: set[str] = set()
    for one, other in parts:
        binds |= one
        needs |= other
    return binds, needs - binds


def _linear(term: Node) -> str | None:
    kind = term.ast_type
    if kind == ASTType.Variable and term.name != ANONYMOUS:
        return str(term.name)
    if kind == ASTType.UnaryOperation and term.operator_type == UnaryOperator.Minus:
        return _linear(term.argument)
    if kind == ASTType.BinaryOperation and term.operator_type in (
        BinaryOperator.Plus,
        BinaryOperator.Minus,
        BinaryOperator.Multiplication,
    ):
        # A factor 0 would not be invertible; a product counts as linear only with a number that is written out.
        product = term.operator_type == BinaryOperator.Multiplication
        for one, other in ((term.left, term.right), (term.right, term.left)):
            if other.ast_type == ASTType.SymbolicTerm and not (product and _factor(other) == 0):
                return _linear(one)
    return None


def _factor(term: Node) -> int:
    text = str(term.symbol)
    return int(text) if text.lstrip("-").isdigit() else 0


def plain(term: Node) -> bool:
    """Whether the term's value is read off a binding: variables, constants and functions of them."""
    if term.ast_type == ASTType.Function:
        return not term.external and all(map(plain, term.arguments))
    return term.ast_type in (ASTType.Variable, ASTType.SymbolicTerm)


def getter(term: Node) -> Getter:
    """A function that reads a plain term's value off a binding, both as text; None for `_` and for what is unbound."""
    if term.ast_type == ASTType.Variable:
        name = str(term.name)
        return lambda env: env.get(name)
    if term.ast_type == ASTType.SymbolicTerm:
        text = str(term.symbol)
        return lambda _env: text
    parts, function = [getter(argument) for argument in term.arguments], str(term.name)
    last = ",)" if not function and len(parts) == 1 else ")"  # a tuple of one

    def build(env: Mapping[str, str]) -> str | None:
        values = [value for part in parts if (value := part(env)) is not None]
        if len(values) < len(parts):
            return None
        return f"{function}({','.join(values)}{last}" if parts or not function else function

    return build


def refuse(node: Node | Sequence[Node]) -> None:
    """Raise Unsupported where a node holds a construct that cannot be explained."""
    for part in walk(node):
        if part.ast_type == ASTType.Function and part.external:
            raise Unsupported("external_function")
        if part.ast_type == ASTType.TheoryAtom:
            raise Unsupported("theory_atom")


class Rename:
    """Replaces variables, symbols and intervals: `change(node)` gives the new node, or None to keep the old one."""

    def __init__(self, change: Callable[[Node], Node | None]) -> None:
        self.change = change

    def __call__(self, node: Node) -> Node:
        """The node with what is changed below it; the same node where nothing is."""
        if node.ast_type in (ASTType.Variable, ASTType.SymbolicTerm, ASTType.Interval):
            changed = self.change(node)
            if changed is not None:
                return changed
        new: dict[str, Any] = {}
        for key in node.child_keys:
            child = getattr(node, key)
            if isinstance(child, Node):
                changed = self(child)
                if changed is not child:
                    new[key] = changed
            elif child is not None:
                parts = tuple(map(self, child))
                if any(one is not other for one, other in zip(parts, child, strict=True)):
                    new[key] = parts
        return node.updated(**new) if new else node
