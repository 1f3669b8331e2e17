"""Parts of a question shared out over whoever computes them: this process, others, or a cluster's.

A part is a reference, a result rows or bytes: never symbols or graphs, which stay where they are computed. Facts go to
no other machine; a process of this one is given those of its part, by columns.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar, cast

from engine.errors import Stopped, UsageError
from engine.solve.solver import Clock

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from types import FrameType

LIFE = 32
"""Parts after which a process is replaced: it grew by 3 MB each, and starting the next takes as long as half a part."""
PATIENCE = 60.0
"""Seconds without a worker after which a question is stopped."""

Given = TypeVar("Given")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Crew:
    """An executor, none for this process, how many workers it has at this moment, and parts given to each at a time."""

    executor: Executor | None
    workers: Callable[[], int]
    ahead: int = 2


HERE = Crew(None, lambda: 1)
"""This process: a part is computed when the one before it has been taken."""


@contextmanager
def crew(workers: int = 1, cluster: str = "", parts: int = 0, life: int = 0, here: bool = False) -> Iterator[Crew]:
    """This process for one worker, so many processes for more, or the workers of a Dask scheduler (`tcp://…`).

    A process is replaced when it has done `life` parts, or LIFE. For more `parts` than that one worker is a process
    too, where one may be started. With `here` a thread of this process is one of several workers as long: for work
    that needs what this process has read. Then nothing waits behind a part that others could begin.
    UsageError where the extra `cluster` is not installed or nobody answers at the address.
    """
    life = life or LIFE
    if cluster:
        with _dask(cluster) as found:
            yield found
    elif workers == 1 and (parts <= life or not _may_start()):
        yield HERE
    else:
        from engine.solve.renewed import Renewed

        here = here and workers > 1
        with Renewed(workers, life, here) as pool:
            yield Crew(pool, lambda: workers, 1 if here else 2)


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


def _may_start() -> bool:
    """Whether this process may start others."""
    made = sys.modules.get("multiprocessing.process")
    return made is None or not made.current_process().daemon


def processors() -> int:
    """The processors that this process may share a question out over: one where it may start no process of its own."""
    if not _may_start():
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    work: Callable[[Given], Result],
    parts: Sequence[Given],
    over: Crew = HERE,
    clock: Clock | None = None,
    progress: Callable[[Result], object] = lambda _done: None,
    patience: float = PATIENCE,
) -> Iterator[Result]:
    """The result of each part as it is done, in any order; `progress` is told of each.

    Raises Stopped when the clock runs out, when a process has died, and after `patience` seconds without a worker; what
    has been yielded by then is done, and the last two say which parts those are: a part that is a number by it, others
    by their places from 1. Parts not begun are called off, at Ctrl-C too, which reaches this process alone.
    """
    clock = clock or Clock()
    if over.executor is None:
        for part in parts:
            clock.check()
            result = work(part)
            progress(result)
            yield result
        return
    for result in _shared(work, parts, over, clock, patience):
        progress(result)
        yield result


def _shared(
    work: Callable[[Given], Result],
    parts: Sequence[Given],
    over: Crew,
    clock: Clock,
    patience: float,
) -> Iterator[Result]:
    from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait

    assert over.executor is not None
    executor, workers = over.executor, over.workers
    waiting, seen = iter(enumerate(parts)), time.monotonic()
    running: dict[Future[Result], int] = {}
    finished: set[int] = set()
    try:
        while True:
            with _held_back():
                room = max(1, over.ahead * workers()) - len(running)
                for at, part in islice(waiting, max(0, room)):
                    running[executor.submit(_alone, work, part)] = at
            if not running:
                return
            clock.check()
            left = clock.left()
            done, _ = wait(running, 1.0 if left is None else min(1.0, left), FIRST_COMPLETED)
            for future in done:
                result = future.result()
                finished.add(running.pop(future))
                yield result
            if done or workers():
                seen = time.monotonic()
            elif time.monotonic() - seen > patience:
                raise Stopped("stopped.no_worker", {"number": int(patience), **_so_far(parts, finished)})
    except BrokenExecutor:
        raise Stopped("stopped.worker_died", _so_far(parts, finished)) from None
    finally:
        for future in running:
            future.cancel()


def _so_far(parts: Sequence[object], finished: Collection[int]) -> dict[str, str | int]:
    """How many parts are done, which, and which are not."""
    names = [part if isinstance(part, int) else at for at, part in enumerate(parts, 1)]
    done, left = (spans(name for at, name in enumerate(names) if (at in finished) is it) for it in (True, False))
    return {"done": len(finished), "parts": len(names), "which": done, "left": left}


_RUNS = 20
"""Runs of numbers that are written out."""


def spans(numbers: Iterable[int]) -> str:
    """Numbers, ascending, as people write them: 1–4, 7; a dash for none."""
    runs = list[list[int]]()
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    told = ["–".join(map(str, one)) for one in runs[:_RUNS]]
    return ", ".join([*told, "…"] if len(runs) > _RUNS else told) or "–"


_ONE = threading.Lock()


def _alone(work: Callable[[Given], Result], part: Given) -> Result:
    """A part where no other is computed beside it: a cluster's worker may have threads, what is kept a process none."""
    with _ONE:
        return work(part)


@contextmanager
def _held_back() -> Iterator[None]:
    """Hold Ctrl-C back while workers are started: they inherit that, so that it reaches this process alone, and only
    once each of them has what it begins with. Any thread may take a signal; what answers it runs in the main one."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    found = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    mine = threading.current_thread() is threading.main_thread()
    answers = {number: answer for number, answer in found if mine and callable(answer)}
    held: dict[int, FrameType | None] = {}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        for number in answers:
            signal.signal(number, held.setdefault)
        yield
    finally:
        for number, answer in answers.items():
            signal.signal(number, answer)
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        for came, frame in held.items():
            answers[signal.Signals(came)](came, frame)
