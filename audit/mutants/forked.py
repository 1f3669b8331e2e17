"""Work shared among processes that fork: AST nodes cannot be sent to one, but are in its memory from the start."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def forked(work: Callable[[int], T], number: int, workers: int | None = None) -> list[T]:
    """What `work` says of 0, 1, … `number` - 1, in that order: begun in that order, one process a processor.

    What it says must be such as can be sent. With one worker, or one piece of work, it is done here.
    """
    workers = min(number, workers or os.cpu_count() or 1)
    if workers < 2:
        return [work(i) for i in range(number)]
    _works.append(work)
    try:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("fork")) as pool:
            return list(pool.map(_do, range(number)))
    finally:
        _works.pop()


_works: list[Callable[[int], Any]] = []
"""The work in hand, and in a process that forks again that of whoever forked it below."""


def _do(number: int) -> Any:
    return _works[-1](number)
