"""Terms and literals of a rule as the house holds them: clingo's syntax nodes, copied once.

clingo's own nodes ask its library for every attribute, cannot be kept or sent to another process, and live as long as
their program. A copy has the same kind, fields and children, under the same names.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from clingo.ast import AST, ASTSequence, ASTType, BinaryOperator, Location, UnaryOperator

_BINARY = {
    BinaryOperator.XOr: "^",
    BinaryOperator.Or: "?",
    BinaryOperator.And: "&",
    BinaryOperator.Plus: "+",
    BinaryOperator.Minus: "-",
    BinaryOperator.Multiplication: "*",
    BinaryOperator.Division: "/",
    BinaryOperator.Modulo: "\\",
    BinaryOperator.Power: "**",
}
_AGGREGATES = (ASTType.Aggregate, ASTType.BodyAggregate)


class Node:
    """A copy of one node: its `ast_type` and fields; `child_keys` name the children.

    `location` is kept of what is no term, and of intervals. A symbol is held as its text. Nodes are never changed; two
    are equal where they are the same.
    """

    ast_type: ASTType
    location: Location
    child_keys: tuple[str, ...]

    def __init__(self, ast_type: ASTType, child_keys: tuple[str, ...], fields: dict[str, Any]) -> None:
        self.__dict__.update(fields)
        self.ast_type = ast_type
        self.child_keys = child_keys

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

    def updated(self, **fields: Any) -> Node:
        """The node with other values of some fields."""
        return Node(self.ast_type, self.child_keys, {**self.__dict__, **fields})

    def __str__(self) -> str:
        """A term as clingo writes it; pools are unfolded before."""
        kind = self.ast_type
        if kind == ASTType.Variable:
            return str(self.name)
        if kind == ASTType.SymbolicTerm:
            return str(self.symbol)
        if kind == ASTType.Function:
            return ("@" if self.external else "") + _called(self.name, self.arguments)
        if kind == ASTType.BinaryOperation:
            return f"({self.left}{_BINARY[self.operator_type]}{self.right})"
        if kind == ASTType.UnaryOperation:
            if self.operator_type == UnaryOperator.Absolute:
                return f"|{self.argument}|"
            return ("-" if self.operator_type == UnaryOperator.Minus else "~") + str(self.argument)
        if kind == ASTType.Interval:
            return f"({self.left}..{self.right})"
        return object.__repr__(self)


def _called(name: str, arguments: Sequence[Node]) -> str:
    if not arguments and name:
        return name
    last = ",)" if not name and len(arguments) == 1 else ")"
    return f"{name}({','.join(map(str, arguments))}{last}"


_PLACELESS = (
    ASTType.Variable,
    ASTType.SymbolicTerm,
    ASTType.Function,
    ASTType.BinaryOperation,
    ASTType.UnaryOperation,
)
"""Kinds of nodes whose place nobody asks for."""


def copied(node: AST, elements: bool = False) -> Node:
    """A copy of a node and all below it; with `elements`, pools in an aggregate's elements are unfolded."""
    kind = node.ast_type
    keys, children = _shape(node, kind)
    fields: dict[str, Any] = {}
    for key in keys:
        value = getattr(node, key)
        if isinstance(value, AST):
            fields[key] = copied(value, kind == ASTType.Literal and value.ast_type in _AGGREGATES)
        elif isinstance(value, ASTSequence):
            parts = [one for whole in value for one in whole.unpool()] if elements and key == "elements" else value
            fields[key] = tuple(map(copied, parts))
        elif isinstance(value, int | str | Location | None):
            fields[key] = value
        else:
            fields[key] = str(value)
    return Node(kind, children, fields)


_shapes: dict[ASTType, tuple[tuple[str, ...], tuple[str, ...]]] = {}


def _shape(node: AST, kind: ASTType) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields that are copied of nodes of a kind, and those of them that are children: the same for all."""
    if kind not in _shapes:
        every = list(node.keys())
        keys = [key for key in every if key != "location" or kind not in _PLACELESS]
        _shapes[kind] = tuple(keys), tuple(node.child_keys)
    return _shapes[kind]


def variable(name: str) -> Node:
    """A variable."""
    return Node(ASTType.Variable, (), {"name": name})


def symbolic_term(text: str) -> Node:
    """A number, string or constant, as clingo writes it."""
    return Node(ASTType.SymbolicTerm, (), {"symbol": text})


def function(name: str, arguments: Sequence[Node]) -> Node:
    """A function's term, a tuple where it has no name."""
    return Node(ASTType.Function, ("arguments",), {"name": name, "arguments": tuple(arguments), "external": 0})
