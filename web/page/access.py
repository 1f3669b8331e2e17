"""Each page says once, where its address is given, who may see and do what, and is guarded there."""

from __future__ import annotations

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

from web.page.errors import denied
from web.page.rendering import render
from web.page.roles import MENU_PAGES, READING, Page, View
from web.page.typedwords import keep


def page(
    route: str,
    view: View,
    name: str,
    *,
    see: Iterable[str] = (),
    do: Iterable[str] = (),
    free: bool = False,
    form: bool = True,
    menu: str = "",
) -> URLPattern:
    """The address of a page: GET for the roles of `see` and `do`, anything else for those of `do` alone."""
    made = Page(name, frozenset(see), frozenset(do), free, form, menu, view)
    if menu:
        MENU_PAGES[menu] = made

    @wraps(view)
    def guarded(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        return _refusal(made, request) or view(request, *arguments, **named)

    vars(guarded)["page"] = made  # for the menu, and for the test that tries every page
    return path(route, guarded, name=name)


def _refusal(page: Page, request: Any) -> HttpResponse | None:
    """What somebody gets instead of a page that is not theirs; None for whoever may have it."""
    if page.free:
        return None
    if not request.user.is_authenticated:
        if request.method not in READING and page.do and page.name not in ("signout", "password", "role"):
            return render(request, "session_over.html", 401, kept=keep(request))
        return redirect_to_login(request.get_full_path() if request.method in READING else "")
    if request.user.must_change and page.name not in ("password", "signout"):
        return redirect("password")
    if not page.allows(request.role, request.method) and (page.do or request.method in READING):
        return denied(request, page)
    methods = [*(READING if page.form else ()), *(("POST",) if page.do else ())]
    return None if request.method in methods else HttpResponseNotAllowed(methods)
