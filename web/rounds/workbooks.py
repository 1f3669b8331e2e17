"""The case of a round as workbooks: given out, sent in, looked at, taken in or left; the versions there are."""

from __future__ import annotations

import json
import secrets
from itertools import groupby
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.ledger import act, actor
from web.page import Asked, Form, china, number, render, say
from web.rounds.computing import opened
from web.rounds.documents import handed, store, stored
from web.rounds.mending import choosing, judged, mend, mend_key, told_mends
from web.rounds.models import Round, Upload, Version
from web.rounds.versions import Draft, Moved, take_in
from web.work import Late, answered, ask, ask_alone, known

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SUFFIXES = (".xlsx", ".xls", ".xlsm", ".et", ".ods", ".csv", ".json", ".lp")


@opened
def workbook(request: Any, round_: Round) -> HttpResponse:
    """The case: the version in use, what to do with a workbook, uploads that wait, every version."""
    return _workbook(request, round_)


def _workbook(request: Any, round_: Round, fault: str = "", status: int = 200) -> HttpResponse:
    head = round_.head
    versions = list(round_.versions.order_by("-number")[:100])
    return render(
        request, "workbook.html", status, round=round_, here="workbook", versions=versions, fault=fault,
        waiting=list(round_.uploads.filter(state="open").order_by("-pk")), hints=head.hint_list if head else [],
        told=known("round", head.facts_hash) if head else None,
    )  # fmt: skip


@opened
def upload(request: Any, round_: Round) -> HttpResponse:
    """Take a file from somebody: read in a process of its own; what comes of it stands on a page of its own."""
    sent = request.FILES.get("file")
    if sent is None:
        return _workbook(request, round_, say("upload.missing", request.lang), 400)
    name = Path(sent.name).name[:200]
    if Path(name).suffix.lower() not in _SUFFIXES:
        return _workbook(request, round_, say("upload.kind", request.lang, known="、".join(_SUFFIXES)), 400)
    if sent.size > settings.UPLOAD_LIMIT:
        return _workbook(request, round_, say("upload.large", request.lang), 413)
    data = sent.read()
    try:
        told = ask_alone("upload", {name: data}, number(china().date()))
    except Late:
        return _workbook(request, round_, say("upload.late", request.lang), 422)
    made = received(actor(request), round_, name, data, told)
    return redirect("upload_page", round_.ref, made.ref)


def received(by: Any, round_: Round, name: str, data: bytes, told: dict[str, Any]) -> Upload:
    """Keep what was sent and what was read of it, with the act."""
    facts = judged(round_, told)
    base = round_.versions.filter(facts_hash=told["stamp"]).order_by("-number").first() if told["stamp"] else None
    digest = store(data)
    sound = bool(facts) and not told["unread"] and "other_round" not in told
    with transaction.atomic():
        details = {"name": name, "sha256": digest, "sound": sound, "base": base.number if base else None}
        done = act(by, "upload_received", about=f"round {round_.ref}", details=details)
        return Upload.objects.create(
            ref=secrets.token_urlsafe(15), round=round_, name=name, digest=digest, size=len(data),
            facts=facts, told=json.dumps(told, ensure_ascii=False), base=base, against=round_.head, at=done.at,
            who=by.who, person=by.name,
        )  # fmt: skip


def sound(upload: Upload) -> bool:
    """Whether nothing keeps an upload from being taken in."""
    told = upload.answer
    return bool(upload.facts) and not told["unread"] and "other_round" not in told


@opened
def upload_page(request: Any, round_: Round, upload: str) -> HttpResponse:
    """What was read and what was not; taken in, or left."""
    found = get_object_or_404(Upload, round=round_, ref=upload)
    if request.method == "POST" and found.state == "open":
        if request.POST.get("act") == "leave":
            with transaction.atomic():
                act(actor(request), "upload_left", about=f"round {round_.ref}", details={"name": found.name})
                Upload.objects.filter(pk=found.pk, state="open").update(state="left")
            return redirect("workbook", round_.ref)
        if request.POST.get("act") in ("mend", "unmend"):
            if nobody := mend(request, round_, found):
                empty = Form.empty(_reason(request.lang), request.lang)
                return _upload_page(request, round_, found, empty, status=400, nobody=nobody)
            return redirect("upload_page", round_.ref, found.ref)
        return _take(request, round_, found)
    return _upload_page(request, round_, found, Form.empty(_reason(request.lang), request.lang))


def _take(request: Any, round_: Round, found: Upload) -> HttpResponse:
    form = Form.read(_reason(request.lang), request.POST, request.lang)
    if not form or not sound(found):
        return _upload_page(request, round_, found, form, status=400)
    choices = {
        name: request.POST[f"c-{name}"] for name in request.POST.getlist("conflict") if f"c-{name}" in request.POST
    }
    told = found.answer

    def then(_version: Version) -> None:
        if not Upload.objects.filter(pk=found.pk, state="open").update(state="taken"):
            raise Gone

    details: dict[str, Any] = {"name": found.name, "sha256": found.digest}
    if found.mend_list:
        details["mends"] = found.mend_list
    draft = Draft(
        found.facts, found.base, "upload", form.values["reason"], subject=_subjects(round_, found),
        details=details, places=told["places"], hints=told["hints"],
        mends=found.mend_list, gone=tuple(request.POST.getlist("gone")), then=then,
    )  # fmt: skip
    try:
        taken = take_in(actor(request), round_, draft, choices)
    except Gone:
        return redirect("workbook", round_.ref)
    except (Moved, Late):
        form.fault("reason", "upload.moved")
        return _upload_page(request, round_, found, form, status=409)
    if taken.version is None:
        return _upload_page(request, round_, found, form, taken.merged, 409)
    return redirect("agenda", round_.ref)


class Gone(Exception):
    """An upload that somebody else has taken in or left in the meantime."""


def _upload_page(
    request: Any, round_: Round, found: Upload, form: Form, merged: Any = None, status: int = 200, nobody: str = ""
) -> HttpResponse:
    told = found.answer
    ready = sound(found)
    difference, late = None, False
    against = found.base or round_.head
    if against is not None and "other_round" not in told and (found.facts or told.get("partial")):
        try:
            if found.facts:
                difference = answered("compared", against.facts, found.facts, ready)
            else:
                difference = answered("compared_partial", against.facts, told["partial"], told["lost"])
        except Late:
            late = True
    problems = [(sheet, list(rows)) for sheet, rows in groupby(told["problems"], key=lambda one: one["sheet"])]
    return render(
        request, "upload.html", status, round=round_, here="workbook", upload=found, told=told, sound=ready, form=form,
        difference=difference, late=late, against=against, problems=problems, merged=merged,
        moved=against is not None and round_.head is not None and against.pk != round_.head.pk,
        read=[one for one in told["accounts"] if one not in told["unread"] and not one["aside"]],
        only_head=_only_head(difference) if difference and found.facts and not found.base else [],
        mends=told_mends(found, request.lang), mend_key=mend_key, choosing=choosing, nobody=nobody,
    )  # fmt: skip


def _only_head(difference: dict[str, Any]) -> list[dict[str, Any]]:
    """The facts that the version in use holds and an upload does not."""
    return [row["was"] for row in difference["facts"] if row["sign"] == "removed"]


def _subjects(round_: Round, found: Upload) -> tuple[str, ...]:
    """Whom the changes of an upload are about."""
    against = found.base or round_.head
    if against is None:
        return ()
    rows = answered("compared", against.facts, found.facts, True)["facts"]
    return tuple({side["id"] for row in rows for side in (row["was"], row["now"]) if side and side["id"]})


def _reason(lang: str) -> tuple[Asked, ...]:
    return (Asked("reason", say("upload.reason", lang), limit=500),)


@opened
def marked(request: Any, round_: Round, upload: str) -> HttpResponse:
    """An upload given back with its bad cells marked."""
    found = get_object_or_404(Upload, round=round_, ref=upload)
    answer = ask("marked", found.name, stored(found.digest), request.lang, found.mend_list)
    if answer is None:
        return render(request, "problem.html", 422, key="unmarked")
    return handed(answer[0], f"{Path(found.name).stem}-{say('upload.marked', request.lang)}.xlsx", _XLSX)


@opened
def template(request: Any, round_: Round) -> HttpResponse:
    """An empty workbook for the round's city."""
    return handed(ask("template", round_.city, request.lang), f"{round_.called(request.lang)}.xlsx", _XLSX)


@opened
def filled(request: Any, round_: Round, version: int) -> HttpResponse:
    """A version as a workbook that bears its hash: what comes back is merged against it."""
    found = get_object_or_404(Version, round=round_, number=version)
    data = ask("workbook", found.facts, request.lang, found.facts_hash)
    with transaction.atomic():
        act(actor(request), "workbook_given", about=f"round {round_.ref}", details={"number": found.number})
    return handed(data, f"{round_.ref}-{found.number}.xlsx", _XLSX)


@opened
def version(request: Any, round_: Round, version: int) -> HttpResponse:
    """One version: what it changed, who made it and why; beside any other one."""
    found = get_object_or_404(Version.objects.select_related("parent"), round=round_, number=version)
    other = found.parent
    if (asked := request.GET.get("beside", "")) and asked.isdecimal() and asked.isascii():
        other = round_.versions.filter(number=int(asked[:6])).first()
    if other is None and asked:
        raise Http404(asked)
    difference, late = None, False
    if other is not None:
        try:
            difference = answered("compared", other.facts, found.facts, True)
        except Late:
            late = True
    numbers = list(round_.versions.values_list("number", flat=True))
    return render(
        request, "version.html", round=round_, here="workbook", version=found, other=other, difference=difference,
        late=late, numbers=numbers, mends=[words for _, words in told_mends(found, request.lang)],
    )  # fmt: skip
