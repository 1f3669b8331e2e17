"""Pages as HTML: one Jinja environment, everything escaped, every word from the catalogues."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template import engines
from django.urls import get_resolver, reverse
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup, escape

from engine.words import messages, speaking, spoken
from web.page import shell
from web.page.days import china, short, shown, stamp
from web.page.roles import Page

_NUMBER = "[零一二三四五六七八九十百]+"
_CITED = re.compile(rf"\d{{4}}年\d{{1,2}}月\d{{1,2}}日|第{_NUMBER}条(?:第{_NUMBER}款)?(?:第（{_NUMBER}）项)?")


def say(key: str, lang: str, /, **parameters: object) -> str:
    """A sentence of this floor: `web.<key>`."""
    return messages.text(f"web.{key}", lang, **parameters)


def environment(**options: Any) -> Environment:
    """The environment of every page, for Django's Jinja backend."""
    made = Environment(**{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    made.globals.update(asset=asset, url=_url)
    made.filters.update(kept=kept, ref=ref)
    return made


def render(request: Any, template: str, status: int = 200, **context: Any) -> HttpResponse:
    """A page in the frame. `round` and `here` (a key of the menu) make the menu; all else is the template's own.

    `city` is the regulation that a page about no round speaks of, empty for none; without it the house is asked.
    """
    lang: str = request.lang
    round_ = context.get("round")
    person = request.user if request.user.is_authenticated else None

    def t(key: str, /, **parameters: object) -> str:
        return say(key, lang, **parameters)

    def word(key: str, /, **parameters: object) -> str:
        return messages.text(key, lang, **parameters)

    frame = {
        "lang": lang,
        "t": t,
        "word": word,
        "has": lambda key: messages.has(key, lang),
        "day": lambda value: shown(value, lang),
        "short": lambda value, year: short(value, year, lang),
        "stamp": lambda value: stamp(value, lang),
        "today": china().date(),
        "person": person,
        "role": request.role,
        "menu": tuple(shell.entries(request, round_, context.get("here", ""))) if person else (),
        "round": round_,
        "named": lambda found: _named(round_, found),
        "samples": settings.SAMPLES,
        "path": request.get_full_path(),
        "csrf": _Token(request),
        "may": lambda name: _may(request, name, "POST"),
        "may_see": lambda name: _may(request, name, "GET"),
    }
    own = context.get("city")
    with speaking(spoken() or (round_.city if round_ else shell.city() if own is None and person else own or "")):
        frame["band"] = t("out.award" if spoken() else "out.awards")
        made = engines["jinja2"].get_template(template).render({**frame, **context})
    return HttpResponse(made, status=status)


def _named(round_: Any, found: Any) -> list[dict[str, Any]]:
    """Where whoever a difference is about is named already, in a paper that went out or on a list that is public."""
    sides = (side for row in found["facts"] for side in (row["was"], row["now"]) if side)
    ids = frozenset(side["id"] for side in sides if side["id"])
    return [one for asked in shell.NAMED for one in asked(round_, ids)] if ids else []


class _Token:
    """The hidden field of a form; a page without a form sets no cookie for one."""

    def __init__(self, request: Any) -> None:
        self.request = request

    def __html__(self) -> str:
        return Markup('<input type="hidden" name="csrfmiddlewaretoken" value="{}">').format(get_token(self.request))


def kept(words: str) -> Markup:
    """A text whose days and citations are not broken across lines."""
    return Markup(_CITED.sub(r'<span class="keep">\g<0></span>', str(escape(words))))


def ref(number: int) -> str:
    """The number of a reason in a ring, as the law's words beside it bear it; plain from 51 on."""
    starts = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))
    return next((chr(code + number - low) for low, high, code in starts if low <= number <= high), f"({number})")


@cache
def asset(name: str) -> str:
    """The address of a file of `static/`, which changes with what it holds."""
    digest = sha256((settings.STATIC_ROOT / name).read_bytes()).hexdigest()[:12]
    return f"/{settings.STATIC_URL.strip('/')}/{name}?{digest}"


def _url(name: str, *arguments: Any) -> str:
    return reverse(name, args=arguments)


def _may(request: Any, name: str, method: str) -> bool:
    """Whether whoever asks may see a page, or send something to it, by its name."""
    known = _pages(get_resolver())
    return name in known and known[name].allows(request.role, method)


@cache
def _pages(resolver: Any) -> dict[str, Page]:
    return {one.name: one.callback.page for one in resolver.url_patterns if hasattr(one.callback, "page")}
