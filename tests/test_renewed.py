"""Worker processes are replaced before they grow; who decides a part changes nothing."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures.process import _ExecutorManagerThread
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from engine.answers.eligibility import decide
from engine.case import load
from engine.errors import Stopped
from engine.solve import cohort, sharing
from engine.solve.renewed import Renewed
from engine.solve.sharing import LIFE, Crew, crew, run

SAMPLE = Path(__file__).resolve().parents[1] / "facts" / "jiyuan-6"


def done(part: int) -> tuple[int, int]:
    """The part, and the process that did it."""
    time.sleep(0.01)
    return part, os.getpid()


def died(part: int) -> int:
    """The end of the process that was given the part 4."""
    if part == 4:
        os._exit(7)
    return part


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("life", [1, 3])
def test_no_process_does_more_parts_than_it_may(workers: int, life: int) -> None:
    with Renewed(workers, life) as pool:
        told = [*run(done, range(10), Crew(pool, lambda: workers))]
    parts, processes = zip(*told, strict=True)

    assert sorted(parts) == [*range(10)]
    assert max(Counter(processes).values()) <= life
    assert os.getpid() not in processes


def test_nobody_is_left() -> None:
    with Renewed(2, 2) as pool:
        processes = {pid for _, pid in run(done, range(9), Crew(pool, lambda: 2))}
    _, alive = psutil.wait_procs([psutil.Process(pid) for pid in processes if psutil.pid_exists(pid)], timeout=20)

    assert not alive


def test_this_process_is_one_of_the_workers_as_long_as_the_others_may() -> None:
    """No part waits behind another of the same worker, so that both are at work to the end."""
    with crew(2, life=3, here=True) as both:
        assert both.ahead == 1
        told = dict(run(done, range(12), both))

    assert sorted(told) == [*range(12)]
    assert 1 <= Counter(told.values())[os.getpid()] <= 3
    assert max(Counter(told.values()).values()) <= 3


def test_a_process_that_dies_stops_the_question() -> None:
    with Renewed(2, 3) as pool, pytest.raises(Stopped):
        list(run(died, range(20), Crew(pool, lambda: 2)))


@pytest.mark.parametrize("work", [done, died])
def test_no_thread_is_left(work: Callable[[int], object]) -> None:
    """One that is ending while Python ends may be woken through a pipe that it has just closed."""
    with suppress(Stopped), Renewed(2, 3) as pool:
        list(run(work, range(20), Crew(pool, lambda: 2)))

    assert not [one for one in threading.enumerate() if isinstance(one, _ExecutorManagerThread)]


def test_one_worker_is_this_process_unless_it_would_grow() -> None:
    with crew(1, parts=LIFE) as few, crew(1, parts=LIFE + 1) as many:
        assert few.executor is None
        assert isinstance(many.executor, Renewed)


def _executor(pipe: multiprocessing.connection.Connection) -> None:
    with crew(1, parts=LIFE + 1) as found:
        pipe.send(found.executor is None)


def test_a_process_that_may_start_none_does_every_part_itself() -> None:
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_executor, args=(theirs,), daemon=True)
    process.start()

    assert mine.poll(60) and mine.recv()
    process.join(20)


def test_decided_elsewhere_is_decided_here(monkeypatch: pytest.MonkeyPatch) -> None:
    case = load(sorted(SAMPLE.glob("*.lp")))
    here = decide(case).json()
    monkeypatch.setattr(cohort, "SIZE", 2)
    monkeypatch.setattr(sharing, "LIFE", 1)

    assert [decide(case, processes=number).json() for number in (1, 2)] == [here, here]
