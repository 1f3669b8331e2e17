"""What goes around every page: who asks, in which role and language; sessions that end; headers."""

from __future__ import annotations

from collections.abc import Callable
from time import time
from typing import Any

from django.http import HttpResponse

from engine.words import LANGUAGES

LANGUAGE = "pingjiang_language"
_AWAKE = "awake"
_YEAR = 365 * 24 * 3600
_STEP = 60
"""Seconds between two notes that a session is in use: not every page is a write."""


def person(get_response: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """The language (`?lang=en` chooses one) and the role of whoever asks; a session in use is kept awake."""

    def middleware(request: Any) -> HttpResponse:
        wished = request.GET.get("lang", "")
        asked = wished or request.COOKIES.get(LANGUAGE)
        request.lang = asked if asked in LANGUAGES else LANGUAGES[0]
        request.role = ""
        if request.user.is_authenticated:
            chosen = request.session.get("role", "")
            roles = request.user.role_list
            request.role = chosen if chosen in roles else next(iter(roles), "")
            if time() - request.session.get(_AWAKE, 0) > _STEP:
                request.session[_AWAKE] = int(time())
        response = get_response(request)
        if wished in LANGUAGES:
            response.set_cookie(LANGUAGE, wished, max_age=_YEAR, secure=True, httponly=True, samesite="Lax")
        return response

    return middleware


def headers(get_response: Callable[[Any], HttpResponse]) -> Callable[[Any], HttpResponse]:
    """Pages are about people: nothing of them is stored on the way, no browser feature is asked for."""

    def middleware(request: Any) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
