"""The archive of a round: folders, replays, closing; two rounds side by side; titles to be revoked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.archive.models import Folder, Replay
from web.ledger import act, actor
from web.page import Asked, Form, china, number, render, say, typed
from web.papers import Drafted, Released, registered
from web.rounds import Round, also_closed, computed, handed, opened, stored
from web.work import Job, Late, answered, known, queue

_LIMIT = 90.0


@opened
def archive(request: Any, round_: Round) -> HttpResponse:
    """What was put away of a round, what is still open, and its end."""
    return _page(request, round_)


@opened
@also_closed
def make(request: Any, round_: Round) -> HttpResponse:
    """Have the folder made, once for the same version, register and day."""
    if round_.head is not None:
        today = number(china().date())
        queue(
            "folder", round_.head.pk, f"{today} {registered(round_)}", _person(request), about=round_.ref, afresh=True
        )
    return redirect("archive", round_.ref)


@opened
def taken(request: Any, round_: Round, folder: str) -> HttpResponse:
    """Hand a folder out; who took it is an act."""
    found = get_object_or_404(Folder, round=round_, ref=folder)
    data = stored(found.digest)
    with transaction.atomic():
        details = {"sha256": found.record}
        act(actor(request), "folder_taken", about=f"round {round_.ref}", details=details)
    return handed(data, f"{round_.ref}-{found.record[:12]}.zip", "application/zip")


@opened
@also_closed
def replay(request: Any, round_: Round, folder: str) -> HttpResponse:
    """Have a folder asked again."""
    found = get_object_or_404(Folder, round=round_, ref=folder)
    queue("replay", found.pk, found.replays.count(), _person(request), about=round_.ref, afresh=True)
    return redirect("archive", round_.ref)


def _person(request: Any) -> dict[str, str]:
    by = actor(request)
    return {"who": by.who, "name": by.name, "role": by.role}


@opened
@also_closed
def close(request: Any, round_: Round) -> HttpResponse:
    """Close a round, or open it again with a reason: nothing of a closed round is changed."""
    form = Form.read(_fields(request.lang, round_), request.POST, request.lang)
    if not form:
        return _page(request, round_, 400, form)
    if not round_.closed and any(one["stop"] for one in left(round_)):
        return _page(request, round_, 409, form)
    with transaction.atomic():
        locked = Round.objects.select_for_update().get(pk=round_.pk)
        if locked.closed == round_.closed:
            kind = "round_opened" if locked.closed else "round_closed"
            details = {"version": round_.head.number if round_.head else 0}
            act(actor(request), kind, about=f"round {locked.ref}", reason=form.values["reason"], details=details)
            locked.closed = not locked.closed
            locked.save(update_fields=["closed"])
    return redirect("archive", round_.ref)


def left(round_: Round) -> list[dict[str, Any]]:
    """What of a round is still open; `stop`: as long as it is, the round is not closed."""
    counts = known("counts", round_.head.facts_hash) if round_.head else None
    out = Released.objects.filter(round=round_, superseded_by=None)
    rows = (
        ("drafts", Drafted.objects.filter(round=round_, state="prepared").count(), True),
        ("uploads", round_.uploads.filter(state="open").count(), True),
        ("undelivered", out.filter(deliveries=None).count(), False),
        ("findings", int(counts["finding"]) if counts else 0, False),
        ("folder", int(not round_.folders.filter(version=round_.head).exists()), False),
    )
    return [{"key": key, "number": count, "stop": stop} for key, count, stop in rows if count]


def _fields(lang: str, round_: Round) -> tuple[Asked, ...]:
    key = "archive.why_open" if round_.closed else "archive.why_close"
    return (Asked("reason", say(key, lang), limit=500),)


def _page(request: Any, round_: Round, status: int = 200, form: Form | None = None) -> HttpResponse:
    jobs = Job.objects.filter(kind__in=("folder", "replay"), about=round_.ref).exclude(state__in=("done", "stopped"))
    return render(
        request, "archive.html", status, round=round_, here="archive",
        folders=[(one, one.replays.first()) for one in Folder.objects.filter(round=round_).select_related("version")],
        jobs=list(jobs), refresh=any(job.state != "failed" for job in jobs), left=left(round_),
        form=form or Form.empty(_fields(request.lang, round_), request.lang),
        replays=Replay.objects.filter(folder__round=round_).count(),
        others=Round.objects.filter(city=round_.city).exclude(pk=round_.pk).exclude(head=None).order_by("-number"),
    )  # fmt: skip


@computed
def revocations(request: Any, round_: Round) -> HttpResponse:
    """Which titles on file give cause to revoke them as of a day, with what follows, and which bans run."""
    assert round_.head is not None
    today = number(china().date())
    words = request.GET.get("day", "")
    asked = typed(words, today // 10000) if words else None
    as_of = asked.day if asked and asked.day else today
    try:
        found = answered("revocations", round_.head.facts, as_of, limit=_LIMIT)
    except Late:
        return render(request, "problem.html", 503, key="late", round=round_, here="procedure")
    return render(
        request, "revocations.html", round=round_, here="procedure", found=found, as_of=as_of, typed_day=words,
        fault=asked.fault if asked else "",
    )  # fmt: skip


@computed
def rounds_beside(request: Any, round_: Round, other: str) -> HttpResponse:
    """Two rounds of one city side by side, each as it is in use: facts that differ, outcomes of whoever is in both."""
    beside = get_object_or_404(Round.objects.select_related("head"), ref=other, city=round_.city)
    assert round_.head is not None
    if beside.head is None:
        return render(request, "no_case.html", round=beside)
    try:
        found = answered("compared", beside.head.facts, round_.head.facts, True, limit=_LIMIT)
    except Late:
        return render(request, "problem.html", 503, key="late", round=round_, here="archive")
    return render(request, "rounds_beside.html", round=round_, here="archive", found=found, other=beside)
