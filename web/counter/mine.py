"""What an applicant sees of its own application: its last snapshot, its papers, what it said. Nothing else is read."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from web.counter.links import entered
from web.counter.models import Link, Said, Sheet
from web.counter.releasing import released
from web.page import china, number, render
from web.rounds import handed, stored


@entered("applicant")
def mine(request: Any, link: Link) -> HttpResponse:
    """Where the application stands, what is missing, the outcome with its grounds, its papers, what can be said."""
    snapshot = released(link.round_ref, link.kind, link.subject)
    told = snapshot.content if snapshot else None
    return render(
        request, "own.html", told=told, at=snapshot.at if snapshot else "", link=link, sheets=list(_sheets(link)),
        said=list(_said(link)), can=possible(told), name=told["name"] if told else link.name,
        numbers=_numbers(told),
    )  # fmt: skip


@entered("applicant")
def sheet(request: Any, link: Link, sheet: str) -> HttpResponse:  # noqa: ARG001 - every view gets the request
    """One of the applicant's own papers."""
    found = get_object_or_404(_sheets(link), ref=sheet)
    return handed(stored(found.digest), found.name)


@entered("applicant", "entry", "reviewer")
def receipt(request: Any, link: Link, said: str) -> HttpResponse:
    """What was sent, with its day and the hashes of its files; the bureau's answer."""
    found = get_object_or_404(_said(link), ref=said)
    snapshot = released(link.round_ref, link.kind, link.subject)
    return render(request, "own_receipt.html", said=found, link=link, told=snapshot.content if snapshot else None)


def possible(told: dict[str, Any] | None) -> dict[str, list[dict[str, Any]]]:
    """What can be said today, and about what: each kind with the things it can be about, in words."""
    if told is None:
        return {}
    today = number(china().date())
    found: dict[str, list[dict[str, Any]]] = {}
    missing = told["missing"]
    if missing["papers"] and missing["until"] >= today and told["outcome"] is None:
        found["supplement"] = [one["words"] for one in missing["papers"]]
    open_ = [one["words"] for one in told["lists"] if one["first"] <= today <= (one["last"] or today)]
    if open_:
        found["objection"] = open_
    if told["outcome"]:
        limbs = [limb for row in told["outcome"]["provisions"] for limb in row["limbs"]]
        found["statement"] = [limb["label"] for limb in limbs]
    found["error"] = [
        {lang: f"{fact['label'][lang]} {fact['values'][lang]}" for lang in fact["label"]} for fact in told["facts"]
    ]
    if not told["withdrawn"] and not told["won"]:
        found["withdrawal"] = []
    return found


def _numbers(told: dict[str, Any] | None) -> dict[str, int]:
    """The place of each fact among the applicant's facts, by its text."""
    return {fact["fact"]: at for at, fact in enumerate(told["facts"])} if told else {}


def _sheets(link: Link) -> Any:
    return Sheet.objects.filter(round_ref=link.round_ref, subject=link.subject)


def _said(link: Link) -> Any:
    if not link.subject:
        raise Http404
    return Said.objects.filter(round_ref=link.round_ref, subject=link.subject).select_related("reply")
