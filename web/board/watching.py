"""Watching a draw: one small page kept in memory, replaced at each step, asked for again every few seconds.

Nothing is computed when it is asked for, no table is read, no session made: as many may watch as the line carries.
The page lies in the data folder as well: another process of the house shows the same, and so does the next one.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.template import engines

from engine.words import LANGUAGES
from web.page import asset, say

EVERY = 4
"""Seconds after which the page asks again by itself."""
_PREFIX = "/watch/"
_REF = re.compile(r"[a-zA-Z0-9_-]+\Z")
_Stamp = tuple[int, int, int]
"""What tells a file from the one there was before."""


@dataclass(frozen=True)
class Held:
    """The page of one draw, ready to be sent; `stamp` is that of its file."""

    stamp: _Stamp
    body: bytes
    packed: bytes
    mark: str


_held: dict[str, Held] = {}


def show(round_ref: str, award: str, groups: list[dict[str, Any]], *, ended: bool = False) -> None:
    """Replace what is watched of a round's draw: only what has been shown in the room may be in it.

    A group is `{"name", "seats", "members": [{"name", "leader"}], "last": {"name", "verdict"} or None}`, verdict in
    words. `ended`: the page asks no more.
    """
    template = engines["jinja2"].get_template("watch.html")
    lang = LANGUAGES[0]
    told = {"award": award, "groups": groups, "every": 0 if ended else EVERY, "asset": asset}
    words = template.render({**told, "t": lambda key, /, **parameters: say(key, lang, **parameters)})
    target = _file(round_ref)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as aside:
        aside.write(words.encode("utf-8"))
    Path(aside.name).replace(target)


def gone(round_ref: str) -> None:
    """Nothing is watched of a round any more."""
    _file(round_ref).unlink(missing_ok=True)


def _file(round_ref: str) -> Path:
    data: Path = settings.DATA
    return data / "watch" / f"{round_ref}.html"


def _known(round_ref: str) -> Held | None:
    """The page of a round as it is now: read once for each time it was replaced."""
    if not _REF.match(round_ref):
        return None
    file = _file(round_ref)
    try:
        found = file.stat()
    except OSError:
        _held.pop(round_ref, None)
        return None
    stamp = (found.st_mtime_ns, found.st_ino, found.st_size)
    held = _held.get(round_ref)
    if held is None or held.stamp != stamp:
        with suppress(OSError):
            body = file.read_bytes()
            mark = f'"{sha256(body).hexdigest()[:20]}"'
            held = _held[round_ref] = Held(stamp, body, gzip.compress(body, 6, mtime=0), mark)
    return held


def ahead(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer whoever watches before anything else is done for a request."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(_PREFIX) and request.method in ("GET", "HEAD"):
            held = _known(request.path_info[len(_PREFIX) :])
            if held is not None:
                return _sent(request, held)
        return get_response(request)

    return middleware


def _sent(request: HttpRequest, held: Held) -> HttpResponse:
    if request.headers.get("If-None-Match") == held.mark:
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(held.packed, content_type="text/html; charset=utf-8")
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(held.body, content_type="text/html; charset=utf-8")
    response["ETag"] = held.mark
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Accept-Encoding"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'self'; frame-ancestors 'none'"
    response["Referrer-Policy"] = "no-referrer"
    return response


def watch(request: Any, ref: str) -> HttpResponse:  # noqa: ARG001 - every view gets them
    """Where nothing is drawn now: a page that says so."""
    from web.page import render

    return render(request, "watch_none.html", 404)
