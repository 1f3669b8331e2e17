"""Settings that all tests share."""

import os
import signal
import threading
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from engine.words.spoken import speaking

# The same examples at every run, so that a change answers for what it changed alone; `make slow` draws new ones.
settings.register_profile(
    "pingjiang", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="EFFORT" not in os.environ
)
settings.load_profile("pingjiang")

# A program that tests start writes through a buffer, as a user's does.
os.environ.pop("PYTHONUNBUFFERED", None)

# Started in the background, tests may have Ctrl-C ignored, and a program started from them would inherit that.
if threading.current_thread() is threading.main_thread() and signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _of_no_regulation_in_particular() -> Iterator[None]:
    """A test that reads a case speaks of its regulation; the next one starts anew."""
    with speaking(""):
        yield
