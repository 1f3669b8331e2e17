"""The papers of a round: what waits to be released, what was returned, what went out and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from web.page import render
from web.papers.models import Drafted, Released
from web.rounds import Round, opened
from web.work import Job

PAGE = 100
STATES = ("prepared", "returned", "undelivered", "delivered", "superseded")


@opened
def papers(request: Any, round_: Round) -> HttpResponse:
    """Every paper by its state, filtered by kind, by whom it is about, by state; a code or number finds its paper."""
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("kind", "q", "state")}
    drafts = Drafted.objects.filter(round=round_, state__in=("prepared", "returned")).select_related("version")
    out = Released.objects.filter(round=round_).select_related("drafted", "superseded_by")
    kinds = sorted({*drafts.values_list("kind", flat=True), *out.values_list("kind", flat=True)})
    if asked["kind"]:
        drafts, out = drafts.filter(kind=asked["kind"]), out.filter(kind=asked["kind"])
    waiting = [one for one in drafts if _named(one, asked["q"])]
    went = [(one, state(one)) for one in out.order_by("-pk").prefetch_related("deliveries") if _named(one, asked["q"])]
    groups = [
        ("prepared", [one for one in waiting if one.state == "prepared"]),
        ("returned", [one for one in waiting if one.state == "returned"]),
    ]
    if asked["state"]:
        groups = [(name, some) for name, some in groups if name == asked["state"]]
        went = [(one, how) for one, how in went if how["group"] == asked["state"]]
    every = [*((name, one) for name, some in groups for one in some), *(("released", one) for one in went)]
    pages = max(1, -(-len(every) // PAGE))
    at = page_number(request.GET.get("page", "1"), pages)
    here: dict[str, list[Any]] = {}
    for name, one in every[(at - 1) * PAGE : at * PAGE]:
        here.setdefault(name, []).append(one)
    jobs = Job.objects.filter(kind="papers", about=round_.ref, state__in=("waiting", "running", "failed"))
    return render(
        request, "papers.html", round=round_, here="papers", counts={name: len(some) for name, some in groups},
        went=here.pop("released", []), groups=list(here.items()), total=len(went), found=len(every), at=at, pages=pages,
        asked=asked, kinds=kinds, states=STATES, jobs=list(jobs), any=bool(kinds),
        refresh=any(job.state != "failed" for job in jobs),
    )  # fmt: skip


def state(one: Released) -> dict[str, Any]:
    """What became of a released paper: superseded, published, received, dispatched, or nothing yet."""
    if one.successor is not None:
        return {"key": "superseded", "group": "superseded", "day": one.successor.day, "look": ("plain", "·")}
    days = {each.kind: each.day for each in one.deliveries.all()}
    for kind, look in (("published", ("yes", "✓")), ("received", ("yes", "✓")), ("dispatched", ("act", "→"))):
        if kind in days:
            return {"key": kind, "group": "delivered", "day": days[kind], "look": look}
    return {"key": "undelivered", "group": "undelivered", "day": 0, "look": ("wait", "◔")}


def _named(one: Drafted | Released, words: str) -> bool:
    if not words:
        return True
    held = [one.to, one.about, getattr(one, "number", "") or "", getattr(one, "code", "")]
    return any(words.casefold() in each.casefold() for each in held)


def page_number(words: str, pages: int) -> int:
    """The page that is asked for, of so many."""
    return min(max(1, int(words) if words.isascii() and words.isdecimal() and len(words) < 7 else 1), pages)
