"""Processes started anew that do not run the caller's script once more: it may not guard against that."""

from __future__ import annotations

import gc
import os
import sys
import threading
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnContext, SpawnProcess
from types import ModuleType


class Spawned(SpawnProcess):
    """A process whose work stands in modules, so that it needs nothing of the script that started it."""

    def start(self) -> None:
        """Start it, as from a script that is nowhere."""
        script = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            super().start()
        finally:
            sys.modules["__main__"] = script


class Context(SpawnContext):
    """What an executor starts its processes with."""

    Process = Spawned


def tracked() -> None:
    """Have what processes share put away, without a word about it, by whoever outlives a program that was stopped."""
    sys.warnoptions.append("ignore:resource_tracker")
    try:
        resource_tracker.ensure_running()
    finally:
        sys.warnoptions.remove("ignore:resource_tracker")


def begin() -> None:
    """In a worker: end with the process that started it, however that one ended, and seldom look for garbage: importing
    and deciding make tens of thousands of objects, and hardly one of them is any."""
    gc.set_threshold(50_000, 50, 50)
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    if (parent := parent_process()) is not None:
        threading.Thread(target=lambda: os._exit(1) if wait([parent.sentinel]) else None, daemon=True).start()
