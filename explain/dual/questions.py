"""Questions: the atom asked about, as clingo reads it, `_` for what is left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import clingo
from clingo import Symbol, SymbolType

from explain.dual.answers import Row
from explain.dual.goals import Goal, Hints
from explain.rules import Bound, pattern_text

_OPEN = "__open"
_OPENED = clingo.Function(_OPEN)
ANYTHING = clingo.Function("_")
"""Stands for what is open inside an argument."""
_ALONE = re.compile(r""""(?:\\.|[^"\\])*"|(?<![\w'])_(?!\w)""")


@dataclass(frozen=True)
class Question:
    """An atom or a pattern of one: the predicate and its arguments, None for an open one.

    What is open inside an argument is the constant `_`, which no term of clingo's can be.
    """

    name: str
    arguments: tuple[Symbol | None, ...]

    @classmethod
    def of(cls, question: str | Symbol | Question) -> Question:
        """Read a question; ValueError for what is no atom."""
        if isinstance(question, Question):
            return question
        if isinstance(question, str):
            words: list[str] = []
            try:
                question = clingo.parse_term(_opened(question), logger=lambda _code, text: words.append(text))
            except RuntimeError as error:
                raise ValueError("\n".join(words) or str(error)) from None
        if question.type != SymbolType.Function or not question.name:
            raise ValueError(str(question))
        sign = "" if question.positive else "-"
        values = tuple(None if one == _OPENED else _marked(one) for one in question.arguments)
        return cls(sign + question.name, values)

    @cached_property
    def bound(self) -> tuple[Bound, ...]:
        """What of the arguments is given."""
        return tuple(argument is not None and _bound(argument) for argument in self.arguments)

    @cached_property
    def whole(self) -> bool:
        """Whether nothing is open."""
        return all(one is True for one in self.bound)

    @cached_property
    def values(self) -> tuple[Symbol, ...]:
        """What is given of the arguments, in their order."""
        return tuple(value for argument in self.arguments if argument is not None for value in _given(argument))

    @cached_property
    def texts(self) -> tuple[str | None, ...]:
        """The arguments as clingo writes them, None where something is open."""
        pairs = zip(self.arguments, self.bound, strict=True)
        return tuple(str(value) if bound is True else None for value, bound in pairs)

    @cached_property
    def row(self) -> Row:
        """What is given of the arguments, as clingo writes it."""
        return tuple(map(str, self.values))

    @property
    def signature(self) -> tuple[str, int]:
        """Name and number of arguments."""
        return self.name, len(self.arguments)

    @cached_property
    def named(self) -> frozenset[str]:
        """The strings in it: whom the question is about."""
        return frozenset(_strings([value for value, text in zip(self.values, self.row, strict=True) if '"' in text]))

    def goal(self, truth: bool) -> Goal:
        """The goal that answers it, if the atom is true or false."""
        return Goal(truth, self.signature, (True,) * len(self.arguments) if truth else self.bound)

    @cached_property
    def symbol(self) -> Symbol:
        """The atom, if nothing is open."""
        return clingo.Function(self.name.lstrip("-"), list(self.values), not self.name.startswith("-"))

    def matches(self, atom: Symbol) -> bool:
        """Whether an atom is an instance of the question."""
        if atom.name != self.name.lstrip("-") or atom.positive == self.name.startswith("-"):
            return False
        arguments = atom.arguments
        return len(arguments) == len(self.arguments) and all(
            mine is None or _alike(mine, other) for mine, other in zip(self.arguments, arguments, strict=True)
        )

    def goals(self) -> tuple[tuple[Goal, Hints], ...]:
        """Both goals, with what narrows the dual program: the arguments that are given, identifiers apart."""
        known = tuple(None if text is None or '"' in text else ("=", text) for text in self.texts)
        given = tuple(None if '"' in text else ("=", text) for text in self.row)
        return (self.goal(True), known), (self.goal(False), given)

    def __str__(self) -> str:
        return pattern_text(self.name, self.bound, self.row)


def pattern_values(bound: Sequence[Bound], values: Iterator[Symbol]) -> tuple[Symbol | None, ...]:
    """The arguments of a pattern: None for an open one, `ANYTHING` for what is open inside another."""

    def value(one: Bound) -> Symbol:
        if isinstance(one, bool):
            return next(values) if one else ANYTHING
        return clingo.Function(one[0], [value(inner) for inner in one[1]])

    return tuple(value(one) if one else None for one in bound)


@lru_cache(5_000)
def _marked(value: Symbol) -> Symbol:
    """A value with the mark for what is open in it."""
    if value == _OPENED:
        return ANYTHING
    if value.type != SymbolType.Function or not value.arguments:
        return value
    return clingo.Function(value.name, [_marked(one) for one in value.arguments], value.positive)


@lru_cache(5_000)
def _bound(value: Symbol) -> Bound:
    if value == ANYTHING:
        return False
    if value.type != SymbolType.Function or not value.positive:
        return True
    inside = tuple(map(_bound, value.arguments))
    return all(one is True for one in inside) or (value.name, inside)


def _given(value: Symbol) -> list[Symbol]:
    bound = _bound(value)
    if isinstance(bound, bool):
        return [value] if bound else []
    return [given for one in value.arguments for given in _given(one)]


def _alike(mine: Symbol, other: Symbol) -> bool:
    """Whether a value is an instance of a pattern."""
    if mine == ANYTHING or _bound(mine) is True:
        return mine in (other, ANYTHING)
    if other.type != SymbolType.Function or (mine.name, mine.positive) != (other.name, other.positive):
        return False
    if len(mine.arguments) != len(other.arguments):
        return False
    return all(_alike(one, two) for one, two in zip(mine.arguments, other.arguments, strict=True))


def _strings(values: Sequence[Symbol]) -> list[str]:
    found: list[str] = []
    for value in values:
        if value.type == SymbolType.String:
            found.append(value.string)
        elif value.type == SymbolType.Function:
            found += _strings(value.arguments)
    return found


def _opened(text: str) -> str:
    """The text with a constant for each `_` that stands alone outside of strings."""
    return _ALONE.sub(lambda found: _OPEN if found[0] == "_" else found[0], text)
