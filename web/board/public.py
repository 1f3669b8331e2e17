"""The board as everybody sees it: what is up, what was; each page with its hash, its day and its text as a file."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from web.board.models import Posting
from web.board.posting import shown, state, text
from web.page import china, number, render
from web.rounds import handed, stored

_FRESH = "public, max-age=60"


@dataclass(frozen=True)
class Ways:
    """Where the board's pages lead: within the site, or from file to file where they are plain files."""

    static: bool = False

    def home(self) -> str:
        """The board's first page."""
        return "index.html" if self.static else reverse("board")

    def round(self, ref: str) -> str:
        """What is up for a round."""
        return f"{ref}.html" if self.static else reverse("board_round", args=[ref])

    def page(self, one: Posting) -> str:
        """A page of the board."""
        return f"{one.round_ref}-{one.ref}.html" if self.static else reverse("posting", args=[one.round_ref, one.ref])

    def text(self, one: Posting) -> str:
        """A page's own text."""
        return (
            f"{one.round_ref}-{one.ref}.txt" if self.static else reverse("posting_text", args=[one.round_ref, one.ref])
        )

    def file(self, one: Posting, at: int) -> str:
        """A file that goes with a page."""
        name = json.loads(one.files)[at][0]
        ending = "".join(sign for sign in name.rpartition(".")[2] if sign.isascii() and sign.isalnum())[:8]
        if self.static:
            return f"{one.round_ref}-{one.ref}-{at + 1}.{ending}"
        return reverse("posting_file", args=[one.round_ref, one.ref, at])


def board(request: Any) -> HttpResponse:
    """What is up, by round."""
    return fresh(listed(request, Ways()))


def board_round(request: Any, ref: str) -> HttpResponse:
    """What is up for a round, and what was."""
    if not Posting.objects.filter(round_ref=ref).exists():
        raise Http404(ref)
    return fresh(listed(request, Ways(), ref))


def posting(request: Any, ref: str, posting: str) -> HttpResponse:
    """One page; where its time is over, only that it was, and its hash."""
    return fresh(page_of(request, Ways(), _found(ref, posting)))


def posting_text(request: Any, ref: str, posting: str) -> HttpResponse:  # noqa: ARG001 - every view gets the request
    """A page's own text, whose hash the page bears."""
    found = _up(ref, posting)
    response = handed(text(json.loads(found.body)).encode("utf-8"), f"{found.ref}.txt", "text/plain; charset=utf-8")
    return fresh(response)


def posting_file(request: Any, ref: str, posting: str, at: int) -> HttpResponse:  # noqa: ARG001 - every view gets it
    """A file that goes with a page."""
    rows = json.loads(_up(ref, posting).files)
    if at >= len(rows):
        raise Http404(at)
    return fresh(handed(stored(rows[at][1]), rows[at][0]))


def listed(request: Any, ways: Ways, ref: str = "") -> HttpResponse:
    """The list of pages, of one round or of all."""
    rows = shown(ref)
    return render(
        request, "board.html", rows=rows, ways=ways, one=ref, heading=rows[0][0].heading if ref and rows else ""
    )


def page_of(request: Any, ways: Ways, one: Posting) -> HttpResponse:
    """One page of the board."""
    where = state(one, number(china().date()))
    if where == "ahead":
        raise Http404(one.ref)
    return render(
        request, "board_page.html", one=one, where=where, ways=ways, files=json.loads(one.files),
        content=json.loads(one.body) if where == "up" else None,
    )  # fmt: skip


def fresh(response: HttpResponse) -> HttpResponse:
    """What is public may be kept for a minute on the way."""
    response["Cache-Control"] = _FRESH
    return response


def _found(ref: str, posting: str) -> Posting:
    return get_object_or_404(Posting.objects.select_related("taken"), round_ref=ref, ref=posting)


def _up(ref: str, posting: str) -> Posting:
    found = _found(ref, posting)
    if state(found, number(china().date())) != "up":
        raise Http404(posting)
    return found
