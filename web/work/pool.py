"""Questions asked of killable processes: a pool for what a page needs at once, one process alone for each upload.

The web server imports no solver: a question is a name and plain arguments, its answer what JSON can hold or bytes. One
that takes too long is killed with its process; the pool makes another. Processes are started afresh (spawn), and end
after so many questions: the solver keeps every symbol for the life of its process.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import TimeoutError as Over
from contextlib import suppress
from typing import Any

from web.questions import answer

LIMIT = 30.0
"""Seconds that a page waits for an answer."""
_QUESTIONS = 250
_MEMORY = 1024**3
_PROCESSOR = 20


class Late(Exception):
    """An answer that did not come, in time or at all; nothing was changed."""


class Pools:
    """The processes of one server."""

    def __init__(self, workers: int) -> None:
        import pebble

        pebble.CONSTS.term_timeout = 0.2
        self.context = multiprocessing.get_context("spawn")
        self.pool = pebble.ProcessPool(workers, _QUESTIONS, initializer=ready, context=self.context)

    def ask(self, limit: float, question: str, *arguments: Any) -> Any:
        """The answer to a question; Late where none comes, else the question's own error."""
        import pebble

        future = self.pool.schedule(answer, args=(question, *arguments), timeout=limit)
        try:
            return future.result()
        except (Over, pebble.ProcessExpired, MemoryError) as trouble:
            raise Late(question) from trouble

    def ask_alone(self, limit: float, question: str, *arguments: Any) -> Any:
        """The same in a process of its own, with limits on memory and time: what comes in may be hostile."""
        import pebble

        with pebble.ProcessPool(1, 1, initializer=_bounded, context=self.context) as alone:
            future = alone.schedule(answer, args=(question, *arguments), timeout=limit)
            try:
                return future.result()
            except (Over, pebble.ProcessExpired, MemoryError) as trouble:
                raise Late(question) from trouble

    def stop(self) -> None:
        """End every process."""
        self.pool.stop()
        self.pool.join()


_pools: list[Pools] = []


def start(workers: int = 0) -> None:
    """Start the server's processes: one a core where no number is given; each warm before it is asked."""
    _pools.append(Pools(workers or os.cpu_count() or 1))


def stop() -> None:
    """End them."""
    while _pools:
        _pools.pop().stop()


def ask(question: str, *arguments: Any, limit: float = LIMIT) -> Any:
    """Ask the pool; in a process that has none (a test, the child for long work) the answer is made here."""
    return _pools[-1].ask(limit, question, *arguments) if _pools else answer(question, *arguments)


def ask_alone(question: str, *arguments: Any, limit: float = LIMIT) -> Any:
    """Ask a process of its own."""
    return _pools[-1].ask_alone(limit, question, *arguments) if _pools else answer(question, *arguments)


def ready() -> None:
    """Import what answering takes before the first question comes; end with the server."""
    _with_parent()
    for module in ("web.questions.cohort", "web.questions.course", "web.questions.differences"):
        __import__(module)


def _bounded() -> None:
    """Limits for a process that reads what somebody sent."""
    _with_parent()
    with suppress(ImportError):  # Windows has no such limits
        import resource

        set_: Callable[..., None] = resource.setrlimit
        set_(resource.RLIMIT_CPU, (_PROCESSOR, _PROCESSOR + 1))
        set_(resource.RLIMIT_AS, (2 * _MEMORY, 2 * _MEMORY))
        set_(resource.RLIMIT_CORE, (0, 0))


def _with_parent() -> None:
    """Ctrl-C is the server's; a process whose server was killed ends by itself."""
    import signal
    import threading
    import time

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
