"""Atoms, patterns and literals as text, with the values of their variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from clingo import parse_term

from explain.rules.literals import SIGNS, Comparison, written

_VARIABLE = re.compile(r'"(?:\\.|[^"\\])*"|\b_*[A-Z][\w\']*')
_RANGE = "__range("


def pattern_text(name: str, bound: Sequence[bool], arguments: Iterable[str]) -> str:
    """An atom with `_` for its open arguments."""
    values = iter(arguments)
    return written(name, [next(values) if known else "_" for known in bound])


def filled(text: str, env: Mapping[str, str]) -> str:
    """A literal's text with the values of the variables that have one."""

    def change(found: re.Match[str]) -> str:
        word = found[0]
        return word if word.startswith('"') else env.get(word, word)

    return _VARIABLE.sub(change, text)


def values_text(literal: Comparison, values: Sequence[str]) -> str:
    """A comparison of the values themselves."""
    parts = [_ranged(values[0])]
    for operator, value in zip(literal.operators, values[1:], strict=True):
        parts += [operator, _ranged(value)]
    return SIGNS[literal.sign] + " ".join(parts)


def _ranged(value: str) -> str:
    """A value; an interval by its ends."""
    if not value.startswith(_RANGE):
        return value
    low, high = parse_term(value).arguments
    return f"{low}..{high}"
