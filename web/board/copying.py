"""The board of a round as plain files: any web server carries them, no script is needed, every link is relative."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from web.board.posting import shown, text
from web.board.public import Ways, listed, page_of
from web.rounds import stored


def copied(round_ref: str) -> dict[str, bytes]:
    """Every file by its name: the first page, each page with its text and files, the style, the hashes of all."""
    request: Any = HttpRequest()
    request.method, request.lang, request.role = "GET", "zh", ""
    request.user = _Nobody()
    ways = Ways(static=True)
    rows = shown(round_ref)
    found = {"index.html": listed(request, ways, round_ref).content}
    for one, where in rows:
        found[ways.page(one)] = page_of(request, ways, one).content
        if where == "up":
            found[ways.text(one)] = text(json.loads(one.body)).encode("utf-8")
            for at, (_, digest, _) in enumerate(json.loads(one.files)):
                found[ways.file(one, at)] = stored(digest)
    found["desk.css"] = (settings.STATIC_ROOT / "desk.css").read_bytes()
    hashes = "".join(f"{sha256(data).hexdigest()}  {name}\n" for name, data in sorted(found.items()))
    return {**found, "SHA256SUMS": hashes.encode("ascii")}


class _Nobody:
    """Whoever reads plain files: nobody the house knows."""

    is_authenticated = False
