"""The door: a link asks for its PIN, whatever link it is; what it opens depends on its kind."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from web.counter.links import enter, entered, leave, opened
from web.counter.models import Link
from web.page import render

_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def door(request: Any, token: str) -> HttpResponse:
    """Ask for the PIN. GET looks nothing up: mail programs fetch links, and no link is told from another."""
    if request.method != "POST":
        return render(request, "out_door.html", wrong=False, city="")
    pin = request.POST.get("pin", "").translate(_DIGITS).replace(" ", "").replace("-", "")[:40]
    link = opened(token, pin)
    if link is None:
        return render(request, "out_door.html", 403, wrong=True, city="")
    response = redirect({"applicant": "mine", "entry": "dossier", "reviewer": "declaration"}[link.kind])
    enter(response, link)
    return response


@entered("applicant", "entry", "reviewer")
def out(request: Any, link: Link) -> HttpResponse:
    """End the visit, here and wherever else it goes on."""
    if request.method != "POST":
        return redirect("mine")
    response = render(request, "out_closed.html", left=True)
    leave(response, link)
    return response
