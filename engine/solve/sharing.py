"""Parts of a question shared out over whoever computes them: this process, others, or a cluster's.

A part is a reference, a result rows or bytes: never facts, symbols or graphs, which stay where they are computed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar, cast

from engine.errors import Stopped, UsageError
from engine.solve.cohort import outlive_nobody
from engine.solve.solver import Clock

PATIENCE = 60.0
"""Seconds without a worker after which a question is stopped."""

Given = TypeVar("Given")
Result = TypeVar("Result")
_P = ParamSpec("_P")


@dataclass(frozen=True)
class Crew:
    """An executor, and how many workers it has at this moment."""

    executor: Executor
    workers: Callable[[], int]


class _Here(Executor):
    """This process: a part is computed as it is handed in."""

    def submit(self, fn: Callable[_P, Result], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[Result]:
        future: Future[Result] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as trouble:  # as every executor does: whoever asks for the result is told
            future.set_exception(trouble)
        return future


@contextmanager
def crew(workers: int = 1, cluster: str = "") -> Iterator[Crew]:
    """This process for one worker, so many processes for more, or the workers of a Dask scheduler (`tcp://…`).

    UsageError where the extra `cluster` is not installed or nobody answers at the address.
    """
    if cluster:
        with _dask(cluster) as found:
            yield found
    elif workers == 1:
        yield Crew(_Here(), lambda: 1)
    else:
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=outlive_nobody)
        try:
            yield Crew(pool, lambda: workers)
        finally:
            for process in list((pool._processes or {}).values()):
                process.terminate()
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _dask(address: str) -> Iterator[Crew]:
    try:
        from distributed import Client
    except ImportError as trouble:
        raise UsageError("cluster_missing", {"found": address}) from trouble
    try:
        client = cast(Any, Client)(address, timeout=10)
    except (OSError, ValueError) as trouble:
        raise UsageError("cluster_silent", {"found": address, "reason": str(trouble)}) from trouble
    try:
        with client.get_executor(pure=False) as executor:
            yield Crew(executor, lambda: len(client.scheduler_info(n_workers=-1)["workers"]))
    finally:
        client.close(timeout=5)


def processors() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(
    work: Callable[[Given], Result],
    given: Iterable[Given],
    over: Crew,
    clock: Clock | None = None,
    patience: float = PATIENCE,
) -> Iterator[Result]:
    """The result of each part as it is done, in any order.

    Raises Stopped when the clock runs out, when a process has died, and after `patience` seconds without a worker; what
    has been yielded by then is done. Parts not begun are called off, at Ctrl-C too.
    """
    clock, waiting, seen = clock or Clock(), iter(given), time.monotonic()
    running: set[Future[Result]] = set()
    try:
        while True:
            room = max(1, 2 * over.workers()) if over.workers() != 1 else 1
            running |= {over.executor.submit(work, one) for one in islice(waiting, max(0, room - len(running)))}
            if not running:
                return
            clock.check()
            left = clock.left()
            done, running = wait(running, 1.0 if left is None else min(1.0, left), FIRST_COMPLETED)
            for future in done:
                yield future.result()
            if done or over.workers():
                seen = time.monotonic()
            elif time.monotonic() - seen > patience:
                raise Stopped("stopped.no_worker", {"number": int(patience)})
    except BrokenProcessPool:
        raise Stopped("stopped.worker_died") from None
    finally:
        for future in running:
            future.cancel()
