"""Pages for what is not: no right, no such page, a form that is too old, a fault of ours."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from web.page.rendering import render, say
from web.page.roles import ROLES, Page


def denied(request: Any, page: Page) -> HttpResponse:
    """Whoever may not see or do this is told who may."""
    who = page.do if request.method not in ("GET", "HEAD") or not page.see else page.see | page.do
    roles = say("and", request.lang).join(say(f"role.{role}", request.lang) for role in ROLES if role in who)
    return render(request, "denied.html", 403, roles=roles)


def csrf(request: Any, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that was open too long, or came from elsewhere."""
    _complete(request)
    return render(request, "problem.html", 403, key="csrf")


def missing(request: Any, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """No such page."""
    _complete(request)
    return render(request, "problem.html", 404, key="missing")


def fault(request: Any) -> HttpResponse:
    """A fault of the program; nothing was changed."""
    _complete(request)
    return render(request, "problem.html", 500, key="fault")


def _complete(request: Any) -> None:
    """What the middleware would have noted, where it was not reached."""
    from django.contrib.auth.models import AnonymousUser

    for name, value in (("lang", "zh"), ("role", ""), ("user", AnonymousUser())):
        if not hasattr(request, name):
            setattr(request, name, value)
