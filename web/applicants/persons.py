"""One applicant: the outcome, every ground beside the law's words, the facts with their sources, the history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from web.ledger import Act
from web.page import china, number, render
from web.papers import drafts_about, papers_about
from web.rounds import Attachment, Round, Version, computed
from web.work import Late, answered, known, person

_HISTORY = 40


@computed
def applicant(request: Any, round_: Round, id: str) -> HttpResponse:
    """The page of one applicant."""
    head = round_.head
    assert head is not None
    page = _page(head, id)
    rows = known("rows", head.facts_hash)
    ids = [row["id"] for row in rows]
    at = ids.index(id)
    return render(
        request, "applicant.html", round=round_, here="applicants", page=page, id=id, places=head.place_map,
        numbers=_numbers(page), at=at + 1, total=len(ids), before=ids[at - 1] if at else "",
        after=ids[at + 1] if at + 1 < len(ids) else "", history=_history(round_, id),
        hints=[one for one in head.hint_list if id in one["ids"]], today=number(china().date()),
        papers=papers_about(round_, id), drafts=drafts_about(round_, id),
        documents=list(Attachment.objects.filter(round=round_, subject=id)),
        unsourced=sum(not fact["sources"] for fact in page["facts"]),
        told_title=known("round", head.facts_hash)["title"],
    )  # fmt: skip


@computed
def prospects(request: Any, round_: Round, id: str) -> HttpResponse:
    """What would change the outcome as of today, and the first day: asked when somebody wants to know."""
    head = round_.head
    assert head is not None
    page = _page(head, id)
    found: dict[str, Any] = {}
    late = []
    for name in ("what_if", "earliest"):
        try:
            found[name] = answered(*_asked(name, head, id))
        except Late:
            late.append(name)
    return render(
        request, "prospects.html", round=round_, here="applicants", page=page, id=id, found=found, late=late,
        today=number(china().date()),
    )  # fmt: skip


@computed
def picture(request: Any, round_: Round, id: str) -> HttpResponse:
    """The reasons as a picture, as a file of its own."""
    head = round_.head
    assert head is not None
    _page(head, id)
    drawn: str = answered("picture", head.facts, id, request.lang)
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@computed
def beside(request: Any, round_: Round) -> HttpResponse:
    """Two applicants side by side."""
    head = round_.head
    assert head is not None
    rows = known("rows", head.facts_hash)
    ids = {row["id"] for row in rows}
    asked = [request.GET.get(name, "") for name in ("one", "two")]
    pages = [_page(head, id) for id in asked if id in ids]
    return render(
        request, "beside.html", round=round_, here="applicants", pages=pages, rows=rows, asked=asked,
        unknown=[id for id in asked if id and id not in ids], grounds=_side_by_side(pages),
    )  # fmt: skip


def _page(head: Version, id: str) -> dict[str, Any]:
    found: dict[str, Any] | None = person(head.facts, head.facts_hash, id)
    if found is None:
        raise Http404(id)
    return found


def _asked(name: str, head: Version, id: str) -> tuple[Any, ...]:
    return (name, head.facts, id, number(china().date())) if name == "what_if" else (name, head.facts, id)


def _numbers(page: dict[str, Any]) -> dict[str, list[int]]:
    """The reasons that rest on each fact, by the fact's text."""
    found: dict[str, list[int]] = {}
    for provision in page["provisions"]:
        for limb in provision["limbs"]:
            for fact in limb["facts"]:
                found.setdefault(fact["fact"], []).append(limb["number"])
    return found


def _history(round_: Round, id: str) -> list[tuple[Act, Version | None]]:
    """The acts that name an applicant, the newest first, each with the version it made."""
    acts = [
        act
        for act in Act.objects.filter(about=f"round {round_.ref}", subject__contains=id)[:_HISTORY]
        if id in act.subject.split(" ")
    ]
    made = {one.act: one for one in Version.objects.filter(round=round_, act__in=[act.number for act in acts])}
    first = Version.objects.filter(round=round_, number=1).first()
    found = [(act, made.get(act.number)) for act in acts]
    if first is not None and first.act not in {act.number for act in acts}:
        found.append((Act.objects.get(pk=first.act), first))
    return found


def _side_by_side(pages: list[dict[str, Any]]) -> list[tuple[str, list[list[dict[str, Any]]]]]:
    """Every provision that any of them has a ground under, with each one's grounds."""
    order: dict[str, str] = {}
    for page in pages:
        for row in page["provisions"]:
            order[row["provision"]] = row["citation"]
    listed = sorted(order, key=lambda text: tuple(map(int, text[4:-1].split(","))))
    return [
        (
            order[provision],
            [next((row["limbs"] for row in page["provisions"] if row["provision"] == provision), []) for page in pages],
        )
        for provision in listed
    ]
