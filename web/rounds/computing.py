"""A version's answers: computed once when it is taken in, read by pages; until then, a page that waits."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from engine.words import speaking
from web.page import china, number, render
from web.rounds.models import Round, Version
from web.work import Job, answered, compute, known, moved, queue, reason

_SECONDS = 600.0
_MANY = 300


def opened(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a round: gets the round in place of its name in the address."""

    @wraps(view)
    def found(request: Any, ref: str, *arguments: Any, **named: Any) -> HttpResponse:
        round_ = get_object_or_404(Round.objects.select_related("head"), ref=ref)
        if round_.closed and request.method == "POST" and not getattr(view, "also_closed", False):
            return render(request, "problem.html", 409, key="closed", round=round_)
        with speaking(round_.city):
            return view(request, round_, *arguments, **named)

    return found


def sole_city() -> str:
    """The regulation of all rounds of the house; empty where they are of several, or there is none."""
    found = list(Round.objects.values_list("city", flat=True).distinct()[:2])
    return str(found[0]) if len(found) == 1 else ""


def also_closed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that also takes something for a round that is closed; stands below `opened`."""
    vars(view)["also_closed"] = True
    return view


def computed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that shows what a version's decision says: until that is there, how far it is."""

    @opened
    @wraps(view)
    def ready(request: Any, round_: Round, *arguments: Any, **named: Any) -> HttpResponse:
        if round_.head is None:
            return render(request, "no_case.html", round=round_)
        if known("counts", round_.head.facts_hash) is None:
            waited = _waiting(request, round_, round_.head)
            if waited is not None:
                return waited
        return view(request, round_, *arguments, **named)

    return ready


def _waiting(request: Any, round_: Round, version: Version) -> HttpResponse | None:
    """The page that says how far the work is; None where it was done at once."""
    job = queue("decide", version.pk, about=round_.ref)
    if job.state == "done" and known("counts", version.facts_hash) is None:  # done by rules that were others
        job = queue("decide", version.pk, about=round_.ref, afresh=True)
    if known("counts", version.facts_hash) is not None:
        return None
    return render(request, "waiting.html", 200, round=round_, job=job, refresh=job.state in ("waiting", "running"))


def patient(request: Any, round_: Round, question: str) -> HttpResponse | None:
    """The page that waits for an answer about the whole of a large case; None where it is there, or is asked at once.

    The question is asked of the facts alone, and answered as a job.
    """
    head = round_.head
    assert head is not None
    if known(question, head.facts) is not None or len(known("rows", head.facts_hash)) < _MANY:
        return None
    job = queue("answer", head.pk, question, about=round_.ref)
    if known(question, head.facts) is not None:
        return None
    if job.state == "done":  # by rules that were others
        job = queue("answer", head.pk, question, about=round_.ref, afresh=True)
    return render(request, "waiting.html", 200, round=round_, job=job, refresh=job.state in ("waiting", "running"))


def answer(_job: Job, version: int, question: str) -> None:
    """The work of a question that takes long where many apply: its answer is kept."""
    answered(question, Version.objects.get(pk=version).facts, limit=_SECONDS)


def progress(round_: Round) -> Job | None:
    """The work that is still finding the reasons of the version in use; None where none is."""
    if round_.head is None:
        return None
    job = Job.objects.filter(kind="decide", about=round_.ref, arguments=f"[{round_.head.pk}]").first()
    return job if job is not None and job.state == "running" and job.total else None


@opened
def compute_again(request: Any, round_: Round) -> HttpResponse:
    """Stop what is computed for a round, or have it computed again."""
    if round_.head is not None:
        mine = Job.objects.filter(kind__in=("decide", "answer"), about=round_.ref)
        if request.POST.get("stop"):
            mine.filter(state__in=("waiting", "running")).update(stop=True)
        else:
            queue("decide", round_.head.pk, about=round_.ref, afresh=True)
            for job in mine.filter(kind="answer", state__in=("stopped", "failed")):
                queue("answer", *json.loads(job.arguments), about=round_.ref, afresh=True)
    return redirect("agenda", round_.ref)


def decide(job: Job, version: int) -> None:
    """The work of a version: everybody decided, every reason; what is kept already is not done again."""
    found = Version.objects.get(pk=version)
    compute(found.facts, found.facts_hash, _SECONDS)
    answered("agenda", found.facts, number(china().date()))
    answered("procedure", found.facts)
    reason(found.facts, found.facts_hash, partial(moved, job), _SECONDS)


def waiting_uploads(round_: Round) -> int:
    """Uploads that are neither taken nor left."""
    return round_.uploads.filter(state="open").count()


def waiting_findings(round_: Round) -> int:
    """Findings that pending applicants wait for."""
    counts = known("counts", round_.head.facts_hash) if round_.head else None
    return int(counts["finding"]) if counts else 0
