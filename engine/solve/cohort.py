"""A cohort cut into parts: applicants do not depend on each other, so each part is decided by itself.

Parts keep memory flat (one grounding holds one part) and let several processes share the work.
"""

from __future__ import annotations

import os
import signal
import threading
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import parent_process
from multiprocessing.connection import wait
from operator import itemgetter
from typing import TypeVar

from engine.case import ABOUT_SOMEBODY, Case, Row
from engine.errors import Stopped
from engine.facts import Fact
from engine.solve.solver import Clock

SIZE = 1000
"""Applicants in a part: one grounding of a quarter of a second; larger ones leave the processor's cache."""

Result = TypeVar("Result")


Rows = Mapping[str, tuple[Row, ...]]


@dataclass(frozen=True)
class Part:
    """Some applicants of a case with the facts about them and the facts about the round, by predicate."""

    city: str
    readings: Mapping[str, str]
    applicants: tuple[str, ...]
    rows: Rows
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, applicants: Sequence[str], facts: Iterable[Fact]) -> Part:
        """Some applicants with these facts, under the readings of a case."""
        rows: dict[str, list[Row]] = {}
        for name, row in facts:
            rows.setdefault(name, []).append(row)
        return cls(
            case.city, dict(case.readings), tuple(applicants), {name: tuple(found) for name, found in rows.items()}
        )


def parts(case: Case, applicants: Sequence[str]) -> list[Part]:
    """Cut a cohort, sorted, into parts of at most SIZE applicants.

    That a list is published is known to all of them: for each list a fact that says so of somebody goes into each part.
    """
    published = {row[1]: row for row in case.rows("listed")}
    shared = {name: rows for name, rows in case.columns.items() if name not in ABOUT_SOMEBODY}
    own = [name for name in case.predicates if name in ABOUT_SOMEBODY and name != "name"]
    found = []
    for chunk in (applicants[i : i + SIZE] for i in range(0, max(len(applicants), 1), SIZE)):
        rows = {**shared, **{name: _about(case.rows(name), chunk) for name in own}}
        rows["listed"] = (*published.values(), *rows.get("listed", ()))
        names = {applicant: case.names[applicant] for applicant in chunk if applicant in case.names}
        found.append(Part(case.city, dict(case.readings), tuple(chunk), rows, names))
    return found


def _about(rows: tuple[Row, ...], applicants: Sequence[str]) -> tuple[Row, ...]:
    """The rows, sorted, whose first value is one of the applicants, sorted."""
    if not applicants:
        return ()
    first = itemgetter(0)
    some = rows[bisect_left(rows, applicants[0], key=first) : bisect_right(rows, applicants[-1], key=first)]
    among = frozenset(applicants)
    return some if among.issuperset(map(first, some)) else tuple(row for row in some if row[0] in among)


def run(
    work: Callable[[Part, Clock], Result], cohort: Sequence[Part], clock: Clock, processes: int | None = None
) -> Iterator[Result]:
    """The result of each part, in order; several parts are shared out over worker processes.

    Raises Stopped when the clock runs out; workers are ended then.
    """
    workers = min(len(cohort), processes or os.cpu_count() or 1)
    if workers == 1:
        yield from (work(part, clock) for part in cohort)
        return
    pool = ProcessPoolExecutor(workers, initializer=outlive_nobody)
    try:
        with _held_back():
            futures = [pool.submit(work, part, clock) for part in cohort]
        for future in futures:
            try:
                yield future.result(clock.left())
            except FutureTimeoutError:
                raise Stopped("stopped.time_limit") from None
    finally:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        _let_go(pool)
        pool.shutdown(wait=False, cancel_futures=True)


def outlive_nobody() -> None:
    """In a worker: end with the process that started it, however that one ended."""
    if (parent := parent_process()) is not None:
        threading.Thread(target=lambda: os._exit(1) if wait([parent.sentinel]) else None, daemon=True).start()


@contextmanager
def _held_back() -> Iterator[None]:
    """Hold Ctrl-C back while workers are started: they inherit that, so that it reaches this process alone."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _let_go(pool: ProcessPoolExecutor) -> None:
    """Wait for nothing that was half written to, or by, a worker that is gone: nobody would ever read or finish it."""
    if (tasks := getattr(pool, "_call_queue", None)) is not None:
        tasks.cancel_join_thread()
    if (results := getattr(pool, "_result_queue", None)) is not None:
        results._writer.close()
