"""Body literals in the form the dual program is made from: each knows its variables and what it binds."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from clingo.ast import ASTType, Location

from engine.law import Provision
from explain.rules.nodes import Node
from explain.rules.terms import Getter, binding, getter, plain, variables

Signature = tuple[str, int]
"""Name and number of arguments of a predicate."""
Bound = bool | tuple[str, tuple["Bound", ...]]
"""What is known of an argument: all of it, nothing, or a function's name with what is known of its arguments."""
SIGNS = ("", "not ", "not not ")
OPERATORS = (">", "<", "<=", ">=", "!=", "=")
NEGATED = {">": "<=", "<": ">=", "<=": ">", ">=": "<", "!=": "=", "=": "!="}
FUNCTIONS = ("#count", "#sum", "#sum+", "#min", "#max")


@dataclass(frozen=True, eq=False)
class Literal(ABC):
    """What all literals share: their place, and the names that are global in their rule."""

    location: Location
    sign: int
    constants: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)

    @property
    @abstractmethod
    def text(self) -> str:
        """The literal as clingo reads it, the numbers of the law in place of their names (`constants` has these)."""

    @property
    @abstractmethod
    def variables(self) -> list[str]:
        """The global variables, in the order of the text."""

    def outputs(self, bound: Iterable[str]) -> set[str] | None:
        """The variables the literal binds once `bound` are known; None if it cannot be judged yet."""
        return set() if set(self.variables) <= set(bound) else None


@dataclass(frozen=True, eq=False)
class Atom(Literal):
    """`p(t1, …)` under `not` or not; classical negation is part of the name (`-p`).

    `origin` is the text it had before its open arguments became mere variables.
    """

    name: str
    arguments: tuple[Node, ...]
    origin: str = field(default="", kw_only=True)

    @cached_property
    def atom(self) -> str:
        return written(self.name, map(str, self.arguments))

    @cached_property
    def text(self) -> str:
        return SIGNS[self.sign] + self.atom

    @cached_property
    def variables(self) -> list[str]:
        return variables(self.arguments)

    @cached_property
    def signature(self) -> Signature:
        return self.name, len(self.arguments)

    @cached_property
    def values(self) -> tuple[Getter, ...] | None:
        """How each argument is read off a binding; None where clingo must compute one."""
        return tuple(map(getter, self.arguments)) if all(map(plain, self.arguments)) else None

    def outputs(self, bound: Iterable[str]) -> set[str] | None:
        if self.sign:
            return super().outputs(bound)
        known, binds, needs = set(bound), set[str](), set[str]()
        for term in self.arguments:
            one, other = binding(term)
            binds |= one
            needs |= other
        return binds - known if needs - binds <= known else None


@dataclass(frozen=True, eq=False)
class Comparison(Literal):
    """`t1 < t2`; a chain stays whole only under `not`. `head` marks one that ties the rule's head to its body."""

    terms: tuple[Node, ...]
    operators: tuple[str, ...]
    head: bool = False

    @cached_property
    def text(self) -> str:
        parts = [str(self.terms[0])]
        for operator, term in zip(self.operators, self.terms[1:], strict=True):
            parts += [operator, str(term)]
        return SIGNS[self.sign] + " ".join(parts)

    @cached_property
    def variables(self) -> list[str]:
        return variables(self.terms)

    def outputs(self, bound: Iterable[str]) -> set[str] | None:
        known = set(bound)
        if set(self.variables) <= known:
            return set()
        if self.sign or self.operators != ("=",):
            return None
        for one, other in (self.terms, self.terms[::-1]):
            binds, needs = binding(one)
            if needs <= known and set(variables(other)) <= known:
                return binds - known
        return None


@dataclass(frozen=True, eq=False)
class Truth(Literal):
    """`#true` or `#false`."""

    value: bool

    @cached_property
    def text(self) -> str:
        return SIGNS[self.sign] + ("#true" if self.value else "#false")

    @cached_property
    def variables(self) -> list[str]:
        return []


@dataclass(frozen=True, eq=False)
class Element:
    """An element of an aggregate: its tuple, its conditions and the names that are its own."""

    terms: tuple[Node, ...]
    conditions: tuple[Literal, ...]
    locals: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return f"{','.join(map(str, self.terms))} : {', '.join(part.text for part in self.conditions)}"


@dataclass(frozen=True, eq=False)
class Aggregate(Literal):
    """`l < #sum { … } < r`, with the guards as (operator, term) read from the aggregate's side: value operator term."""

    function: str
    elements: tuple[Element, ...]
    guards: tuple[tuple[str, Node], ...]
    globals: tuple[str, ...]

    @property
    def members(self) -> str:
        return f"{self.function} {{ {'; '.join(element.text for element in self.elements)} }}"

    @cached_property
    def text(self) -> str:
        guards = [f" {operator} {term}" for operator, term in self.guards]
        left = f"{self.guards[0][1]} {MIRRORED[self.guards[0][0]]} " if len(guards) > 1 else ""
        return SIGNS[self.sign] + left + self.members + (guards[-1] if guards else "")

    @cached_property
    def variables(self) -> list[str]:
        return list(dict.fromkeys([*self.globals, *variables([term for _, term in self.guards])]))

    def outputs(self, bound: Iterable[str]) -> set[str] | None:
        known = set(bound)
        if not set(self.globals) <= known:
            return None
        free = set(self.variables) - known
        for operator, term in self.guards:
            if operator == "=" and not self.sign and term.ast_type == ASTType.Variable and free == {term.name}:
                return free
        return None if free else set()


MIRRORED = {">": "<", "<": ">", "<=": ">=", ">=": "<=", "!=": "!=", "=": "="}


@dataclass(frozen=True, eq=False)
class Conditional(Literal):
    """`literal : conditions`, a literal for every instance of the conditions."""

    literal: Literal
    conditions: tuple[Literal, ...]
    globals: tuple[str, ...] = ()
    locals: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        return f"{self.literal.text} : {', '.join(part.text for part in self.conditions)}"

    @cached_property
    def variables(self) -> list[str]:
        return list(self.globals)


@dataclass(frozen=True, eq=False)
class Rule:
    """A normal rule made from a statement: one head atom, or none for a constraint.

    `spans` are the words of the provision it rests on, verbatim. `choice`: the head may be left out.
    `external`: the atom's truth may be set from outside. `unsupported`: the key
    of the construct that keeps the rule from being explained.
    """

    index: int
    file: str
    line: int
    provision: Provision | None
    head: Atom | None
    body: tuple[Literal, ...]
    choice: bool = False
    external: bool = False
    unsupported: str | None = None
    spans: tuple[str, ...] = ()

    @cached_property
    def place(self) -> str:
        """Where the rule stands, `file:line`."""
        return f"{self.file}:{self.line}"

    def mark(self, literal: Literal) -> str:
        """What tells a literal from the others of the rule whose instances may read the same; empty for the first."""
        number = self._numbers.get(_identity(literal))
        if number is None:  # a tie, made for an argument: explain.dual names its variable by the place
            name = str(literal.terms[0]) if isinstance(literal, Comparison) else ""
            return "" if name == "Asked0__" else ".".join(re.findall(r"\d+", name)[-2:])
        return str(number) if number > 1 else ""

    @cached_property
    def _numbers(self) -> dict[tuple[object, ...], int]:
        """The literals of the body, each with its number among those of one predicate or operator."""
        count: Counter[object] = Counter()
        found: dict[tuple[object, ...], int] = {}
        for literal in inside(self.body):
            key = _identity(literal)
            if key not in found:
                count[key[0]] += 1
                found[key] = count[key[0]]
        return found

    @cached_property
    def cited(self) -> str:
        """The rule's provision as text, empty if it has none."""
        return str(self.provision or "")


def inside(literals: Iterable[Literal]) -> Iterator[Literal]:
    """Literals, and those in aggregates and conditional literals."""
    for literal in literals:
        yield literal
        if isinstance(literal, Aggregate):
            for element in literal.elements:
                yield from inside(element.conditions)
        elif isinstance(literal, Conditional):
            yield from inside([literal.literal, *literal.conditions])


def _identity(literal: Literal) -> tuple[object, ...]:
    """What kind of literal it is, and where and how it is written."""
    kind = (
        literal.signature if isinstance(literal, Atom) else literal.operators if isinstance(literal, Comparison) else ()
    )
    begin = literal.location.begin
    text = literal.origin or literal.text if isinstance(literal, Atom) else literal.text
    return kind, begin.line, begin.column, text


def written(name: str, arguments: Iterable[str]) -> str:
    """An atom as text."""
    inside = ",".join(arguments)
    return f"{name}({inside})" if inside else name
