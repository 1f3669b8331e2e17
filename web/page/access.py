"""Who may see and do what: each page says it once, where its address is given, and is guarded there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

ROLES = ("administrator", "clerk", "head", "legal", "supervision")
"""The roles a person may act in, one at a time."""
ADMINISTRATOR, CLERK, HEAD, LEGAL, SUPERVISION = ROLES
DESK = (CLERK, HEAD, LEGAL, SUPERVISION)
"""Whoever works on a round or watches it; the administrator keeps the house and sees no case."""

View = Callable[..., HttpResponse]
_READING = ("GET", "HEAD")


@dataclass(frozen=True)
class Page:
    """A page: its name, the roles that may see it, those that may send it something, its place in the menu.

    `free`: without signing in. `form`: GET shows something; without it the page only takes what is sent.
    `menu` is a key of `web.page.shell.MENU`, empty for pages that no menu shows.
    """

    name: str
    see: frozenset[str] = frozenset()
    do: frozenset[str] = frozenset()
    free: bool = False
    form: bool = True
    menu: str = ""
    view: View = field(default=lambda: HttpResponse(), compare=False, repr=False)

    def allows(self, role: str, method: str) -> bool:
        """Whether somebody acting in a role may ask for the page by a method."""
        return self.free or role in (self.see | self.do if method in _READING else self.do)


MENU_PAGES: dict[str, Page] = {}
"""The page behind each entry of the menu, as the addresses are read."""


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
    from web.page.errors import denied
    from web.page.rendering import render
    from web.page.typedwords import keep

    if page.free:
        return None
    if not request.user.is_authenticated:
        if request.method not in _READING and page.do and page.name not in ("signout", "password", "role"):
            return render(request, "session_over.html", 401, kept=keep(request))
        return redirect_to_login(request.get_full_path() if request.method in _READING else "")
    if request.user.must_change and page.name not in ("password", "signout"):
        return redirect("password")
    if not page.allows(request.role, request.method) and (page.do or request.method in _READING):
        return denied(request, page)
    methods = [*(_READING if page.form else ()), *(("POST",) if page.do else ())]
    return None if request.method in methods else HttpResponseNotAllowed(methods)
