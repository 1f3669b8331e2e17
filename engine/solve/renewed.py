"""Worker processes that are replaced before they grow: clingo keeps every term for the life of its process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar

from engine.solve.spawned import Context, begin, tracked

_PATIENCE = 2.0
"""Seconds that a thread has to end in: its process has been told to."""
Given = ParamSpec("Given")
Result = TypeVar("Result")


class _Hand:
    """One process and what goes to and from it.

    ProcessPoolExecutor can renew its processes itself (`max_tasks_per_child`), but waits for ever where tasks queue
    (python/cpython, issue 115634: from 3.11 to 3.14).
    """

    def __init__(self) -> None:
        self.pool: Executor = ProcessPoolExecutor(1, mp_context=Context(), initializer=begin)
        self.given = 0
        self.waiting: set[Future[Any]] = set()
        pool: Any = self.pool  # which forgets these when it is told to take no more
        self.processes, self.tasks, self.results = pool._processes, pool._call_queue, pool._result_queue
        self.thread: threading.Thread | None = None

    def submit(self, work: Callable[..., Result], *given: Any, **named: Any) -> Future[Result]:
        future = self.pool.submit(work, *given, **named)
        pool: Any = self.pool
        self.thread = pool._executor_manager_thread
        self.given += 1
        self.waiting.add(future)
        future.add_done_callback(self.waiting.discard)
        return future

    def end(self) -> None:
        """End it now; wait for nothing that was half written to, or by, it: nobody would ever read or finish it."""
        for process in list(self.processes.values()):
            process.terminate()
        self.tasks.cancel_join_thread()
        self.results._writer.close()
        self.pool.shutdown(wait=False, cancel_futures=True)

    def ended(self) -> None:
        """Wait a little for its thread: Python wakes the threads that it finds as it ends, through a pipe that one
        which is ending may have closed meanwhile, and prints a traceback then.
        """
        if self.thread is not None:
            self.thread.join(_PATIENCE)


class _Here(_Hand):
    """A thread of this process, which has read already what others have to read first."""

    def __init__(self) -> None:
        self.pool: Executor = ThreadPoolExecutor(1)
        self.given = 0
        self.waiting: set[Future[Any]] = set()

    def end(self) -> None:
        """Begin nothing more; what is being done is waited for when this process ends."""
        self.pool.shutdown(wait=False, cancel_futures=True)


class Renewed(Executor):
    """So many processes, each replaced by a new one when it has been given `life` tasks and is done with them.

    With `here` a thread of this process is one of them until it is replaced.
    """

    def __init__(self, workers: int, life: int, here: bool = False) -> None:
        tracked()
        self._life = life
        self._hands = [_Here() if here and not at else _Hand() for at in range(workers)]
        self._leaving: list[_Hand] = []

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        """Have it done by whoever has least to do."""
        at = min(range(len(self._hands)), key=lambda each: len(self._hands[each].waiting))
        if self._hands[at].given >= self._life:
            self._leaving = [hand for hand in self._leaving if hand.waiting]
            self._leaving.append(self._hands[at])
            self._hands[at].pool.shutdown(wait=False)
            self._hands[at] = _Hand()
        return self._hands[at].submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - any executor's
        """End every process now, whatever it does: nobody waits for what is not done."""
        hands = (*self._hands, *self._leaving)
        for hand in hands:
            hand.end()
        for hand in hands:
            hand.ended()
