"""A version's answers: computed once when it is taken in, read by pages; until then, a page that waits."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from engine.words import speaking
from web.page import china, number, render
from web.rounds.models import Round, Version
from web.work import Job, answered, compute, known, moved, queue

_SECONDS = 600.0


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


@opened
def compute_again(request: Any, round_: Round) -> HttpResponse:
    """Stop what is computed for a round, or have it computed again."""
    if round_.head is not None:
        if request.POST.get("stop"):
            Job.objects.filter(kind="decide", about=round_.ref, state__in=("waiting", "running")).update(stop=True)
        else:
            queue("decide", round_.head.pk, about=round_.ref, afresh=True)
    return redirect("agenda", round_.ref)


def decide(job: Job, version: int) -> None:
    """The work of a version: everybody decided, every reason; what is kept already is not done again."""
    found = Version.objects.get(pk=version)
    moved(job, 0, 1)
    if known("counts", found.facts_hash) is None:
        compute(found.facts, found.facts_hash, _SECONDS)
    answered("agenda", found.facts, number(china().date()))
    answered("procedure", found.facts)
    moved(job, 1, 1)


def waiting_uploads(round_: Round) -> int:
    """Uploads that are neither taken nor left."""
    return round_.uploads.filter(state="open").count()


def waiting_findings(round_: Round) -> int:
    """Findings that pending applicants wait for."""
    counts = known("counts", round_.head.facts_hash) if round_.head else None
    return int(counts["finding"]) if counts else 0
