"""The parts of a rule's body as literals: `_` and intervals get names, chains are split, aggregates take one form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from clingo.ast import ASTType, Location, Sign, UnaryOperator

from engine.facts import quote
from explain.rules.literals import (
    FUNCTIONS,
    MIRRORED,
    OPERATORS,
    Aggregate,
    Atom,
    Comparison,
    Conditional,
    Element,
    Literal,
    Truth,
)
from explain.rules.nodes import Node, function, symbolic_term, variable
from explain.rules.terms import ANONYMOUS, Rename, Unsupported, variables, walk


class Body:
    """Makes the literals of one rule; `own` are the names that are global in it, `constants` the program's `#const`."""

    def __init__(self, rule: Node, own: set[str], constants: Mapping[str, Node]) -> None:
        self.own = own
        self.constants = constants
        self._used = set(variables(rule))

    def literals(self, part: Node) -> list[Literal]:
        """The literals a body part stands for. Raises Unsupported."""
        named = tuple((name, str(self.constants[name])) for name in self._constants(part))
        if named:
            part = self.valued(part)
        return [replace(literal, constants=named) for literal in self._literals(part)]

    def valued(self, node: Node) -> Node:
        """The node with the values of the constants in it."""
        while self._constants(node):
            node = Rename(lambda term: self.constants.get(str(term)) if _symbol(term) else None)(node)
        return node

    def _constants(self, node: Node) -> list[str]:
        return [str(part) for part in walk(node) if _symbol(part) and str(part) in self.constants]

    def private(self, nodes: Sequence[Node]) -> list[Node]:
        """The nodes with fresh names for what is not global: a choice's element has its names for itself."""
        known: dict[str, str] = {}

        def change(node: Node) -> Node | None:
            if node.ast_type != ASTType.Variable or node.name == ANONYMOUS or node.name in self.own:
                return None
            if node.name not in known:
                known[node.name] = self._fresh(f"Choice{node.name.lstrip('_')}")
            return variable(known[node.name])

        return [Rename(change)(node) for node in nodes]

    def _fresh(self, stem: str) -> str:
        number = 1
        while f"{stem}{number}" in self._used:
            number += 1
        self._used.add(f"{stem}{number}")
        return f"{stem}{number}"

    def _literals(self, part: Node) -> list[Literal]:
        if part.ast_type == ASTType.ConditionalLiteral:
            return [self._conditional(part)]
        atom = part.atom
        if atom.ast_type == ASTType.BooleanConstant:
            return [Truth(part.location, part.sign, bool(atom.value))]
        if atom.ast_type == ASTType.SymbolicAtom:
            return self._atom(part)
        if atom.ast_type == ASTType.Comparison:
            return self._comparison(part)
        if atom.ast_type in (ASTType.BodyAggregate, ASTType.Aggregate):
            return [self._aggregate(part)]
        raise Unsupported("theory_atom")

    def _atom(self, part: Node, named: bool = True) -> list[Literal]:
        """An atom; where it binds, `_` gets a name unless it is tested for all instances of conditions."""
        found: list[Literal] = []
        positive = part.sign == Sign.NoSign and named

        def change(node: Node) -> Node | None:
            if node.ast_type == ASTType.Interval:
                return self._named(node, found)
            if node.ast_type == ASTType.Variable and node.name == ANONYMOUS and positive:
                return variable(self._fresh("Any"))
            return None

        atom = Rename(change)(part.atom)
        return [*found, symbolic(part.location, part.sign, atom)]

    def _named(self, node: Node, found: list[Literal]) -> Node:
        fresh = variable(self._fresh("Range"))
        found.append(Comparison(node.location, 0, (fresh, node), ("=",)))
        return fresh

    def _comparison(self, part: Node) -> list[Literal]:
        terms = [part.atom.term, *(guard.term for guard in part.atom.guards)]
        operators = [OPERATORS[guard.comparison] for guard in part.atom.guards]
        found: list[Literal] = []
        sign = 0 if part.sign == Sign.DoubleNegation else int(part.sign)
        ranges = terms[0].ast_type == ASTType.Variable and terms[-1].ast_type == ASTType.Interval
        if sign or operators != ["="] or not ranges:

            def change(node: Node) -> Node | None:
                return self._named(node, found) if node.ast_type == ASTType.Interval else None

            terms = [Rename(change)(term) for term in terms]
        if sign:
            return [*found, Comparison(part.location, sign, tuple(terms), tuple(operators))]
        pairs = zip(terms, operators, terms[1:], strict=False)
        return [*found, *(Comparison(part.location, 0, (one, other), (by,)) for one, by, other in pairs)]

    def _conditional(self, part: Node) -> Conditional:
        literal = part.literal
        named = literal.atom.ast_type != ASTType.SymbolicAtom
        *extra, tested = self._literals(literal) if named else self._atom(literal, named=False)
        conditions = [*(one for condition in part.condition for one in self._literals(condition)), *extra]
        names = dict.fromkeys(name for literal in [*conditions, tested] for name in literal.variables)
        return Conditional(
            part.location,
            0,
            tested,
            tuple(conditions),
            tuple(name for name in names if name in self.own),
            tuple(name for name in names if name not in self.own),
        )

    def _aggregate(self, part: Node) -> Aggregate:
        atom = part.atom
        sets = atom.ast_type == ASTType.Aggregate
        elements = [
            self._element([], [one.literal, *one.condition]) if sets else self._element(one.terms, one.condition)
            for one in atom.elements
        ]
        guards = []
        if atom.left_guard:
            guards.append((MIRRORED[OPERATORS[atom.left_guard.comparison]], atom.left_guard.term))
        if atom.right_guard:
            guards.append((OPERATORS[atom.right_guard.comparison], atom.right_guard.term))
        _no_interval([term for _, term in guards])
        names = dict.fromkeys(
            name
            for element in elements
            for name in [*variables(element.terms), *(v for c in element.conditions for v in c.variables)]
        )
        function = "#count" if sets else FUNCTIONS[atom.function]
        own = tuple(name for name in names if name in self.own)
        return Aggregate(part.location, int(part.sign), function, tuple(elements), tuple(guards), own)

    def _element(self, terms: Sequence[Node], conditions: Sequence[Node]) -> Element:
        """An element of an aggregate; one of a set of literals has no terms of its own, its first condition counts."""
        _no_interval(terms)
        groups = [self._literals(condition) for condition in conditions]
        inner = [literal for group in groups for literal in group]
        if not terms:
            terms = [_reified(groups[0][-1])]
        names = dict.fromkeys([*variables(terms), *(name for literal in inner for name in literal.variables)])
        return Element(tuple(terms), tuple(inner), tuple(name for name in names if name not in self.own))


def symbolic(location: Location, sign: int, atom: Node) -> Atom:
    """The literal of a symbolic atom; classical negation goes into the name."""
    term, name = atom.symbol, ""
    while term.ast_type == ASTType.UnaryOperation and term.operator_type == UnaryOperator.Minus:
        term, name = term.argument, "" if name else "-"
    if term.ast_type == ASTType.SymbolicTerm:
        return Atom(location, int(sign), name + term.symbol, ())
    return Atom(location, int(sign), name + term.name, tuple(term.arguments))


def _symbol(term: Node) -> bool:
    return bool(term.ast_type == ASTType.SymbolicTerm)


def _variable(term: Node) -> bool:
    return bool(term.ast_type == ASTType.Variable)


def _reified(literal: Literal) -> Node:
    """A term that is the same for the same literal: a set of literals counts each once."""
    if not isinstance(literal, Atom) or ANONYMOUS in {part.name for part in walk(literal.arguments) if _variable(part)}:
        raise Unsupported("literal_set")
    sign = symbolic_term(str(literal.sign))
    name = symbolic_term(quote(literal.name))
    return function("", [sign, name, *literal.arguments])


def _no_interval(terms: Sequence[Node]) -> None:
    if any(part.ast_type == ASTType.Interval for term in terms for part in walk(term)):
        raise Unsupported("interval_in_aggregate")
