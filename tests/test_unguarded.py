"""Processes of a question are started from a script that does not guard its main part, and run none of it again."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine.case import load
from engine.solve.sharing import _held_back

CASE = [str(path) for path in sorted((Path(__file__).parents[1] / "facts" / "jiyuan-6").glob("*.lp"))]
SCRIPT = """
from engine import decide, load
from engine.solve import cohort

print("here")
cohort.SIZE = 2
print(len(decide(load({case!r}), processes=2).applicants))
"""


def test_a_script_without_a_guard_may_share_a_question_out(tmp_path: Path) -> None:
    script = tmp_path / "unguarded.py"
    script.write_text(SCRIPT.format(case=CASE), "utf-8")

    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)

    assert (done.stdout.split(), done.stderr) == (["here", str(len(load(CASE).rows("applicant")))], "")


def test_what_stops_the_program_waits_until_workers_are_started() -> None:
    """A signal that another thread takes is answered in the main one: not while a worker gets what it begins with."""
    done, begun = threading.Event(), []
    other = threading.Thread(target=done.wait)
    other.start()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt), _held_back():
            os.kill(os.getpid(), signal.SIGINT)
            begun += [time.sleep(0.01) for _ in range(10)]
    finally:
        signal.signal(signal.SIGINT, before)
        done.set()
        other.join()

    assert len(begun) == 10
