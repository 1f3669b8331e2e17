"""Questions: the atom asked about, as clingo reads it, `_` for what is left open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import clingo
from clingo import Symbol, SymbolType

from explain.dual.answers import Row
from explain.dual.goals import Goal, Hints
from explain.rules import pattern_text

_OPEN = "__open"
_OPENED = clingo.Function(_OPEN)
_ALONE = re.compile(r""""(?:\\.|[^"\\])*"|(?<![\w'])_(?!\w)""")


@dataclass(frozen=True)
class Question:
    """An atom or a pattern of one: the predicate and its arguments, None for an open one."""

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
        values = tuple(None if one == _OPENED else one for one in question.arguments)
        return cls(sign + question.name, values)

    @property
    def bound(self) -> tuple[bool, ...]:
        """Which arguments are given."""
        return tuple(argument is not None for argument in self.arguments)

    @property
    def values(self) -> tuple[Symbol, ...]:
        """The arguments that are given."""
        return tuple(argument for argument in self.arguments if argument is not None)

    @cached_property
    def texts(self) -> tuple[str | None, ...]:
        """The arguments as clingo writes them, None for an open one."""
        return tuple(None if value is None else str(value) for value in self.arguments)

    @property
    def row(self) -> Row:
        """The arguments that are given, as clingo writes them."""
        return tuple(text for text in self.texts if text is not None)

    @property
    def signature(self) -> tuple[str, int]:
        """Name and number of arguments."""
        return self.name, len(self.arguments)

    @cached_property
    def named(self) -> frozenset[str]:
        """The strings in it: whom the question is about."""
        pairs = zip(self.arguments, self.texts, strict=True)
        return frozenset(_strings([value for value, text in pairs if value is not None and text and '"' in text]))

    def goal(self, truth: bool) -> Goal:
        """The goal that answers it, if the atom is true or false."""
        return Goal(truth, self.signature, (True,) * len(self.arguments) if truth else self.bound)

    @property
    def symbol(self) -> Symbol:
        """The atom, if no argument is open."""
        return clingo.Function(self.name.lstrip("-"), list(self.values), not self.name.startswith("-"))

    def matches(self, atom: Symbol) -> bool:
        """Whether an atom is an instance of the question."""
        if atom.name != self.name.lstrip("-") or atom.positive == self.name.startswith("-"):
            return False
        arguments = atom.arguments
        return len(arguments) == len(self.arguments) and all(
            mine is None or mine == other for mine, other in zip(self.arguments, arguments, strict=True)
        )

    def goals(self) -> tuple[tuple[Goal, Hints], ...]:
        """Both goals, with what narrows the dual program: the arguments that are given, identifiers apart."""
        known = tuple(None if text is None or '"' in text else ("=", text) for text in self.texts)
        given = tuple(hint for hint, bound in zip(known, self.bound, strict=True) if bound)
        return (self.goal(True), known), (self.goal(False), given)

    def __str__(self) -> str:
        return pattern_text(self.name, self.bound, self.row)


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
