"""Long work in the one child process: once a key, seen as it runs, stopped on request, begun again after a crash."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from web.work.models import Job, written

STALE = timedelta(seconds=60)
KINDS: dict[str, str] = {}
"""What does the work of a kind, `module:function`, called with the job and its arguments; rooms put theirs in."""


class StopWished(Exception):
    """Somebody asked for the end of a job."""


def queue(kind: str, *arguments: Any, about: str = "", afresh: bool = False) -> Job:
    """Have work done, once for the same kind and arguments; with `afresh` also what failed, was stopped or is done."""
    written = json.dumps(arguments, ensure_ascii=False)
    key = sha256(f"{kind}\0{written}".encode()).hexdigest()
    with transaction.atomic():
        job, fresh = Job.objects.get_or_create(key=key, defaults={"kind": kind, "arguments": written, "about": about})
        if fresh or (afresh and job.state not in ("waiting", "running")):
            Job.objects.filter(pk=key).update(state="waiting", stop=False, fault="", done=0)
            work.enqueue(key)
    job.refresh_from_db()
    return job


def again() -> int:
    """Queue again what a killed process left running or waiting; how many. Called before the child works."""
    left = Job.objects.filter(state__in=("running", "waiting"))
    keys = list(left.values_list("pk", flat=True))
    with transaction.atomic():
        left.update(state="waiting", beat=None)
        for key in keys:
            work.enqueue(key)
    return len(keys)


def moved(job: Job, done: int, total: int) -> None:
    """Note how far a job is; StopWished where somebody wants its end."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, beat=timezone.now())
    if Job.objects.filter(pk=job.pk, stop=True).exists():
        raise StopWished(job.pk)


@task()
def work(key: str) -> None:
    """Do one job, if it is still to be done."""
    if not Job.objects.filter(pk=key, state="waiting").update(state="running", beat=timezone.now()):
        return
    job = Job.objects.get(pk=key)
    module, _, name = KINDS[job.kind].partition(":")
    function: Callable[..., None] = getattr(import_module(module), name)
    try:
        function(job, *json.loads(job.arguments))
    except StopWished:
        Job.objects.filter(pk=key).update(state="stopped", beat=timezone.now())
    except BaseException as trouble:
        Job.objects.filter(pk=key).update(state="failed", fault=written(trouble))
        raise
    else:
        Job.objects.filter(pk=key).update(state="done", beat=timezone.now())
