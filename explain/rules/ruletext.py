"""Atoms, patterns and literals as text, with the values of their variables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from clingo import parse_term

from explain.rules.literals import SIGNS, Bound, Comparison, written

_VARIABLE = re.compile(r'"(?:\\.|[^"\\])*"|\b_*[A-Z][\w\']*')
_RANGE = "__range("


def pattern_text(name: str, bound: Sequence[Bound], arguments: Iterable[str]) -> str:
    """An atom with `_` for what is open in its arguments; `arguments` are the values that are not, in their order."""
    return written(name, pattern_terms(bound, iter(arguments)))


def pattern_terms(bound: Sequence[Bound], values: Iterator[str], open: Iterator[str] | None = None) -> list[str]:
    """The arguments of a pattern as text, `_` or the next of `open` for what is open, the next of `values` else."""
    found = []
    for one in bound:
        if isinstance(one, bool):
            found.append(next(values) if one else next(open) if open else "_")
        else:
            found.append(function_text(one[0], pattern_terms(one[1], values, open)))
    return found


def function_text(name: str, arguments: Sequence[str]) -> str:
    """A function's term as clingo writes it; a tuple of one has a comma."""
    if not arguments and name:
        return name
    last = ",)" if not name and len(arguments) == 1 else ")"
    return f"{name}({','.join(arguments)}{last}"


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
