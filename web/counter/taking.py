"""What the bureau does with dossiers and declarations: ask for them, look at the difference, take them in."""

from __future__ import annotations

import json
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from engine.facts import PREDICATES, choice
from web.counter.bureau import said_page, slips
from web.counter.declaring import undeclared
from web.counter.links import Given, give
from web.counter.models import Link, Said, Snapshot
from web.ledger import Actor, act, actor
from web.page import Asked, Form, china, number, render, say, shown, written
from web.rounds import Draft, Moved, Round, Version, attach, computed, document_token, stored, take_in
from web.work import Late, answered, ask

TAKEN = ("dossier", "declaration")
"""What can become a version of the case."""
_YEAR = 10_000


@computed
def entry(request: Any, round_: Round) -> HttpResponse:
    """Open filling in for somebody who is not in the case yet: a link to print."""
    fields = _entry_fields(round_, request.lang)
    if request.method != "POST":
        return render(request, "entry_open.html", round=round_, here="counter", form=Form.empty(fields, request.lang))
    form = Form.read(fields, request.POST, request.lang)
    head = round_.head
    assert head is not None
    if form:
        values = form.values
        told = ask("dossier_opened", head.facts, values["id"], values["kind"], values["name"])
        for one in told["problems"]:
            form.faults.setdefault("id", one[request.lang])
    if not form:
        return render(request, "entry_open.html", 400, round=round_, here="counter", form=form)
    given = opened_for(actor(request), round_, head, values["id"], values["name"], values["until"], told)
    return slips(request, round_, [given])


def opened_for(by: Actor, round_: Round, head: Version, id: str, name: str, until: int, told: dict[str, Any]) -> Given:
    """Open filling in: the steps as the case has them now, and a link."""
    shown_ = {**told, "award": {lang: round_.award(lang) for lang in ("zh", "en")}}
    with transaction.atomic():
        done = act(by, "dossier_opened", about=f"round {round_.ref}", subject=[id], details={"name": name})
        _snapshot(round_, head, "entry", id, shown_, done)
        return give(by, round_.ref, "entry", id, name, until)


def _snapshot(round_: Round, head: Version, kind: str, subject: str, told: dict[str, Any], done: Any) -> None:
    Snapshot.objects.create(
        round_ref=round_.ref, kind=kind, subject=subject, shown=json.dumps(told, ensure_ascii=False),
        facts_hash=head.facts_hash, version=head.number, day=number(china().date()), at=done.at, act=done.number,
    )  # fmt: skip


def _entry_fields(round_: Round, lang: str) -> tuple[Asked, ...]:
    field = PREDICATES["applicant"].fields[1]
    kinds = [(one, choice(field, one, lang)) for one in field.choices]
    return (
        Asked("id", say("dossier.id", lang), limit=40, hint=say("dossier.id_hint", lang)),
        Asked("name", say("dossier.name", lang), limit=200),
        Asked("kind", say("dossier.kind", lang), "choice", choices=kinds),
        Asked("until", say("counter.until", lang), "day", value=written(max(round_.deadline, _today()), lang)),
    )


@computed
def reviewers(request: Any, round_: Round) -> HttpResponse:
    """Who has declared and who has not; links for those who are to be asked."""
    head = round_.head
    assert head is not None
    known = answered("reviewers", head.facts)
    fields = (Asked("until", say("counter.until", request.lang), "day", value=written(_today() + 100, request.lang)),)
    form = Form.empty(fields, request.lang)
    status = 200
    if request.method == "POST":
        form = Form.read(fields, request.POST, request.lang)
        wanted = {row["id"]: row["name"] for row in known if row["id"] in request.POST.getlist("id")}
        if not wanted:
            form.fault("until", "counter.nobody")
        if form:
            given = [
                _asked(actor(request), round_, head, id, name, form.values["until"]) for id, name in wanted.items()
            ]
            return slips(request, round_, given)
        status = 400
    said = {one.subject: one for one in Said.objects.filter(round_ref=round_.ref, kind="declaration").order_by("pk")}
    links = {one.subject: one for one in Link.objects.filter(round_ref=round_.ref, kind="reviewer").order_by("at")}
    rows = [(row, said.get(row["id"]), links.get(row["id"])) for row in known]
    missing = undeclared(round_.ref, [row["id"] for row in known])
    return render(
        request, "reviewers.html", status, round=round_, here="counter", rows=rows, form=form, missing=len(missing)
    )


def _asked(by: Actor, round_: Round, head: Version, id: str, name: str, until: int) -> Given:
    told = answered("ties_asked", head.facts, id)
    with transaction.atomic():
        done = act(by, "declaration_asked", about=f"round {round_.ref}", subject=[id], details={"name": name})
        shown_ = {**told, "award": {lang: round_.award(lang) for lang in ("zh", "en")}}
        _snapshot(round_, head, "reviewer", id, shown_, done)
        return give(by, round_.ref, "reviewer", id, name, until)


@computed
def take(request: Any, round_: Round, said: str) -> HttpResponse:
    """What taking a dossier or a declaration in would change; POST does it."""
    found = get_object_or_404(Said, round_ref=round_.ref, ref=said)
    head = round_.head
    assert head is not None
    if found.kind not in TAKEN or not found.held.get("rows"):
        raise Http404(said)
    told = ask("changed", head.facts, _rows(found), [], _today())
    done = bool(told["facts"]) and told["facts"] == head.facts
    difference = answered("compared", head.facts, told["facts"], True) if told["facts"] and not done else None
    if request.method == "POST" and difference is not None:
        if _taken(request, round_, head, found, told):
            return redirect("said", round_.ref, found.ref)
        return said_page(request, round_, found, 409, difference=difference, failed=True)
    return said_page(request, round_, found, difference=difference, problems=told["problems"], done=done)


def _rows(found: Said) -> list[list[Any]]:
    return found.held["rows"]


def _taken(request: Any, round_: Round, head: Version, found: Said, told: dict[str, Any]) -> bool:
    def then(version: Version) -> None:
        for name, digest, _ in found.file_list:
            attach(round_, document_token(name, stored(digest)), version, "", found.subject)

    reason = f"{say(f'own.kind_{found.kind}', 'zh')} {shown(found.day, 'zh')}"
    draft = Draft(
        told["facts"], head, found.kind, reason, subject=(found.subject,), details={"said": found.act},
        hints=told["hints"], places=head.place_map, then=then,
    )  # fmt: skip
    try:
        return take_in(actor(request), round_, draft).version is not None
    except (Moved, Late):
        return False


def _today() -> int:
    return number(china().date())
