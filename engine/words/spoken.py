"""Whose words are spoken: the regulation that sentences, choices and names are taken from, one a context of work.

Reading a case makes its city the one spoken of; a command about a city without a case says so itself. Without one,
what every regulation declares is known, in the words of the last that has some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, wraps
from typing import ParamSpec, TypeVar

_SPOKEN: ContextVar[str] = ContextVar("spoken", default="")

P = ParamSpec("P")
R = TypeVar("R")


def spoken() -> str:
    """The name of the regulation spoken of; empty where it is none in particular."""
    return _SPOKEN.get()


def speak_of(regulation: str) -> None:
    """From here on, in this context, words are those of a regulation; of none in particular where it is empty."""
    _SPOKEN.set(regulation)


@contextmanager
def speaking(regulation: str) -> Iterator[None]:
    """Within it words are those of a regulation; of none in particular where it is empty."""
    before = _SPOKEN.set(regulation)
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def by_regulation(function: Callable[P, R]) -> Callable[P, R]:
    """What a function says is kept, apart for each regulation spoken of."""

    @cache
    def kept(_own: str, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(*args, **kwargs)

    @wraps(function)
    def found(*args: P.args, **kwargs: P.kwargs) -> R:
        return kept(_SPOKEN.get(), *args, **kwargs)  # type: ignore[arg-type]  # as with cache, all are hashable

    return found
