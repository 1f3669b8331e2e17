"""The one child process for long work: does what is queued, ends with the server whose pipe it holds."""

from __future__ import annotations

import os
import threading
from multiprocessing.connection import Connection
from typing import Any


def child_run(environment: dict[str, str], pipe: Connection) -> None:
    """Work until the server's end of the pipe is gone."""
    os.environ.update(environment)
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(pipe,), daemon=True).start()
    import django

    django.setup()
    child_worker().run()


def child_worker(batch: bool = False) -> Any:
    """django-tasks' worker over the database."""
    from django_tasks_db.management.commands.db_worker import Worker

    return Worker(
        queue_names=["*"], interval=0.2, batch=batch, backend_name="default", startup_delay=False, max_tasks=None,
        worker_id=f"desk-{os.getpid()}", excluded_queue_names=[],
    )  # fmt: skip


def _watch(pipe: Connection) -> None:
    try:
        pipe.recv_bytes()
    except (EOFError, OSError):
        os._exit(0)
