"""The board from the bureau's side: what is up, which notices are due, decisions, other papers with their file.

A notice that the case gives cause for comes here when its released paper is published, by no other way. A decision to
award or to revoke is the government's: its page is written from the facts and put up by a head who did not enter them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.board.models import Posting
from web.board.posting import fingerprint, put_up, state, take_down
from web.ledger import actor
from web.page import Asked, Form, china, number, render, say, shown, written
from web.rounds import Round, Version, computed, entered_by
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
def post_decision(request: Any, round_: Round) -> HttpResponse:
    """Put up a decision as it was seen, by a head who did not enter its facts."""
    head = round_.head
    assert head is not None
    lasts = Form.read(_last(request.lang), request.POST, request.lang)
    seen = request.POST.get("seen", "")
    one = next((one for one in _decided(request, round_, head) if one["seen"] == seen), None)
    today = number(china().date())
    if lasts and lasts.values.get("last") and lasts.values["last"] < today:
        lasts.fault("last", "board.last_wrong")
    if one is None or one["held"] or one["own"] or one["up"] or not lasts:
        return _page(request, round_, lasts if not lasts else Form.empty(_fields(request.lang), request.lang), 409)
    content = {**one["content"], "day": shown(today, "zh")}
    put_up(
        actor(request), round_.ref, round_.award("zh"), one["kind"], content, today, lasts.values.get("last") or 0
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
        due, decided = _due(round_, head.facts), _decided(request, round_, head)
    except Late:
        due, decided = [], []
    up = [(one, state(one, today)) for one in Posting.objects.filter(round_ref=round_.ref).select_related("taken")]
    return render(
        request, "board_desk.html", status, round=round_, here="board", due=due, decided=decided, up=up, form=form
    )


def _due(round_: Round, facts: str) -> list[dict[str, Any]]:
    """The notices that the case gives cause for, each with whether one of its kind is up: of lists by their titles."""
    up = set(Posting.objects.filter(round_ref=round_.ref, taken=None).values_list("kind", "title"))
    kinds = {kind for kind, _ in up}

    def is_up(kind: str, title: str) -> bool:
        return (kind, title) in up if kind == "list_notice" else kind in kinds

    return [{**one, "up": is_up(one["kind"], one["content"]["title"])} for one in answered("postings", facts)]


def _decided(request: Any, round_: Round, head: Version) -> list[dict[str, Any]]:
    """The decisions on file, each with whether it is up, whether this person entered it, and the hash of its words."""
    up = set(Posting.objects.filter(round_ref=round_.ref, taken=None).values_list("title", flat=True))
    found = answered("decisions", head.facts)
    entered = entered_by(round_, [fact for one in found for fact in one["facts"]], head.number)
    own = set(entered.get(request.user.username, ()))
    return [
        {
            **one,
            "up": one["content"]["title"] in up,
            "own": bool(own & set(one["facts"])),
            "seen": fingerprint(one["content"]),
        }
        for one in found
    ]


def _last(lang: str) -> tuple[Asked, ...]:
    return (Asked("last", say("board.last", lang), "day", needed=False, hint=say("board.last_hint", lang)),)


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
