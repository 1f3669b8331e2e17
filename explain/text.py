"""Atoms, patterns and literals as text, with the values of their variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from clingo import Symbol, SymbolType

from explain.literals import SIGNS, Comparison, written

_VARIABLE = re.compile(r'"(?:\\.|[^"\\])*"|\b_*[A-Z][\w\']*')


@lru_cache(100_000)
def shown(symbol: Symbol) -> str:
    """A symbol as clingo writes it."""
    return str(symbol)


def atom_text(name: str, arguments: Iterable[Symbol]) -> str:
    """An atom as clingo writes it."""
    return written(name, map(shown, arguments))


def pattern_text(name: str, bound: Sequence[bool], arguments: Iterable[Symbol]) -> str:
    """An atom with `_` for its open arguments."""
    values = iter(arguments)
    return written(name, [shown(next(values)) if known else "_" for known in bound])


def filled(text: str, env: Mapping[str, Symbol]) -> str:
    """A literal's text with the values of the variables that have one."""

    def change(found: re.Match[str]) -> str:
        word = found[0]
        return word if word.startswith('"') or word not in env else str(env[word])

    return _VARIABLE.sub(change, text)


def values_text(literal: Comparison, values: Sequence[Symbol]) -> str:
    """A comparison of the values themselves."""
    parts = [_ranged(values[0])]
    for operator, value in zip(literal.operators, values[1:], strict=True):
        parts += [operator, _ranged(value)]
    return SIGNS[literal.sign] + " ".join(parts)


def _ranged(value: Symbol) -> str:
    if value.type == SymbolType.Function and value.name == "__range":
        low, high = value.arguments
        return f"{low}..{high}"
    return str(value)
