"""The board from the bureau's side: what is up, which notices are due, other papers with their file, taking down.

A notice that the case gives cause for comes here when its released paper is published, by no other way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.board.models import Posting
from web.board.posting import put_up, state, take_down
from web.ledger import actor
from web.page import Asked, Form, china, number, render, say, written
from web.rounds import Round, computed
from web.work import Late, answered

KINDS = ("draw", "award", "revocation", "other")
"""Papers that are put up as they came; notices come from the papers that were released."""
_LIMIT = 20 * 1024 * 1024
_ENDINGS = (".pdf", ".json", ".html", ".txt", ".docx", ".xlsx", ".ofd")


@computed
def board_desk(request: Any, round_: Round) -> HttpResponse:
    """What is up, what can be put up, what is missing for it."""
    return _page(request, round_, Form.empty(_fields(request.lang), request.lang))


@computed
def post_other(request: Any, round_: Round) -> HttpResponse:
    """Put up another paper: its words, and its files as they are."""
    form = Form.read(_fields(request.lang), request.POST, request.lang)
    files = []
    for sent in request.FILES.getlist("files")[:5]:
        if sent.size > _LIMIT or Path(sent.name).suffix.lower() not in _ENDINGS:
            form.fault("files", "board.file_wrong", file=sent.name[:200])
        else:
            files.append((Path(sent.name).name[-200:], sent.read()))
    if form and form.values.get("last") and form.values["last"] < form.values["first"]:
        form.fault("last", "board.last_wrong")
    if not form:
        return _page(request, round_, form, 400)
    values = form.values
    blocks = [{"kind": "text", "text": line} for line in values["words"].splitlines() if line.strip()]
    content = {"title": values["title"], "number": values["number"], "blocks": blocks}
    put_up(
        actor(request), round_.ref, round_.award("zh"), values["kind"], content, values["first"],
        values.get("last") or 0, files,
    )  # fmt: skip
    return redirect("board_desk", round_.ref)


@computed
def take_off(request: Any, round_: Round) -> HttpResponse:
    """Take a page down before its time, with the reason."""
    found = get_object_or_404(Posting, round_ref=round_.ref, ref=request.POST.get("ref", ""))
    reason = request.POST.get("reason", "").strip()[:500]
    if reason:
        take_down(actor(request), found, reason)
    return redirect("board_desk", round_.ref)


def _page(request: Any, round_: Round, form: Form, status: int = 200) -> HttpResponse:
    head = round_.head
    assert head is not None
    today = number(china().date())
    try:
        due = _due(round_, head.facts)
    except Late:
        due = []
    up = [(one, state(one, today)) for one in Posting.objects.filter(round_ref=round_.ref).select_related("taken")]
    return render(request, "board_desk.html", status, round=round_, here="board", due=due, up=up, form=form)


def _due(round_: Round, facts: str) -> list[dict[str, Any]]:
    """The notices that the case gives cause for, each with whether one of its kind is up."""
    up = set(Posting.objects.filter(round_ref=round_.ref, taken=None).values_list("kind", flat=True))
    return [{**one, "up": one["kind"] in up} for one in answered("postings", facts)]


def _fields(lang: str) -> tuple[Asked, ...]:
    choices = [(kind, say(f"board.kind.{kind}", lang)) for kind in KINDS]
    today = written(number(china().date()), lang)
    return (
        Asked("kind", say("board.what", lang), "choice", choices=choices),
        Asked("title", say("board.title_of", lang), limit=200),
        Asked("number", say("check.number", lang), needed=False, limit=80),
        Asked("words", say("board.words", lang), "long", limit=20_000),
        Asked("first", say("board.first", lang), "day", value=today),
        Asked("last", say("board.last", lang), "day", needed=False, hint=say("board.last_hint", lang)),
        Asked("files", say("own.files", lang), "files", needed=False, hint=say("board.files_hint", lang)),
    )
