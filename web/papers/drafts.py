"""A draft as whoever releases it sees it: its pages, its checks, and what may be done with it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.ledger import actor
from web.page import HEAD, Asked, Form, render, say
from web.papers.models import Drafted
from web.papers.releasing import Gone, Stale, give_back, release, standing
from web.people import User
from web.rounds import Round, computed


def _found(round_: Round, paper: str) -> Drafted:
    return get_object_or_404(Drafted.objects.select_related("version", "supersedes"), round=round_, ref=paper)


@computed
def draft_paper(request: Any, round_: Round, paper: str) -> HttpResponse:
    """A draft; what was released is shown as it went out."""
    drafted = _found(round_, paper)
    if drafted.state == "released":
        return redirect("released_paper", round_.ref, drafted.released.ref)
    return _page(request, round_, drafted)


@computed
def release_paper(request: Any, round_: Round, paper: str) -> HttpResponse:
    """Release a draft: by a second person, who looked at what must be looked at."""
    drafted = _found(round_, paper)
    drafted.round = round_
    if drafted.state != "prepared":
        return _page(request, round_, drafted, 409, problem="gone")
    found = standing(drafted, request.user.username)
    if found.eyes:
        return _page(request, round_, drafted, 403, found=found)
    if request.POST.get("seen") != str(round_.head_id):
        return _page(request, round_, drafted, 409, found=found, problem="moved")
    if found.stops:
        return _page(request, round_, drafted, 409, found=found, problem="stops")
    missing = [one["tick"] for one in found.looks if not request.POST.get(one["tick"])]
    if missing:
        return _page(request, round_, drafted, 400, found=found, missing=missing)
    try:
        made = release(actor(request), drafted, [one["words"]["zh"] for one in found.looks])
    except Gone:
        drafted.refresh_from_db()
        return _page(request, round_, drafted, 409, problem="gone")
    except Stale:
        return _page(request, round_, drafted, 409, problem="moved")
    return redirect("released_paper", round_.ref, made.ref)


@computed
def return_paper(request: Any, round_: Round, paper: str) -> HttpResponse:
    """Give a draft back, with a reason."""
    drafted = _found(round_, paper)
    form = Form.read(_why(request.lang), request.POST, request.lang)
    if not form:
        return _page(request, round_, drafted, 400, form=form)
    try:
        give_back(actor(request), drafted, form.values["why"])
    except Gone:
        drafted.refresh_from_db()
        return _page(request, round_, drafted, 409, problem="gone")
    return redirect("papers", round_.ref)


def _why(lang: str) -> tuple[Asked, ...]:
    return (Asked("why", say("papers.return_why", lang), "long", limit=1000),)


def _page(
    request: Any, round_: Round, drafted: Drafted, status: int = 200, *, found: Any = None, problem: str = "",
    missing: Any = (), form: Form | None = None,
) -> HttpResponse:  # fmt: skip
    drafted.round = round_
    open_ = drafted.state == "prepared"
    if found is None and open_:
        found = standing(drafted, request.user.username)
    others = [
        user.name
        for user in User.objects.filter(is_active=True).order_by("name")
        if HEAD in user.role_list and user.username != request.user.username
    ]
    return render(
        request, "paper_draft.html", status, round=round_, here="papers", drafted=drafted, found=found,
        problem=problem, missing=set(missing), form=form or Form.empty(_why(request.lang), request.lang),
        released=getattr(drafted, "released", None) if drafted.state == "released" else None, others=others,
        again=Drafted.objects.filter(round=round_, kind=drafted.kind, about=drafted.about, state="prepared").first(),
        picture="draft_page", body=drafted.text,
    )  # fmt: skip
