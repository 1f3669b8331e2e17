"""Putting something on the board and taking it down: each an act; the page's hash stays."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import transaction

from web.board.models import Posting, Taken
from web.ledger import Actor, act
from web.page import china, number
from web.rounds import store


def put_up(
    by: Actor, round_ref: str, heading: str, kind: str, content: Mapping[str, Any], first: int, last: int = 0,
    files: Sequence[tuple[str, bytes]] = (), *, title: str = "", number: str = "",
) -> Posting:  # fmt: skip
    """Put a page on the board from its first to its last day (yyyymmdd; 0: it stays).

    `content` is a paper as `desk.press.context` has it, or `{"title", "blocks"}` of the same form; `files` go with it
    as they are. The page bears the SHA-256 of its own text; the act names it.
    """
    digest = fingerprint(content)
    rows = [(name, store(data), len(data)) for name, data in files]
    title = title or str(content["title"])
    with transaction.atomic():
        done = act(
            by, "board_posted", about=f"round {round_ref}",
            details={"kind": kind, "title": title, "sha256": digest, "first": first, "last": last,
                     "files": [{"name": name, "sha256": one} for name, one, _ in rows]},
        )  # fmt: skip
        return Posting.objects.create(
            ref=secrets.token_urlsafe(9), round_ref=round_ref, heading=heading, kind=kind, title=title,
            number=number or str(content.get("number", "")), body=json.dumps(dict(content), ensure_ascii=False),
            files=json.dumps(rows, ensure_ascii=False), first=first, last=last, hash=digest, at=done.at,
            act=done.number,
        )  # fmt: skip


def take_down(by: Actor, posting: Posting, reason: str) -> None:
    """Take a page off the board before its last day; its hash stays."""
    with transaction.atomic():
        if not Taken.objects.filter(posting=posting).exists():
            done = act(
                by, "board_taken", about=f"round {posting.round_ref}", reason=reason,
                details={"title": posting.title, "sha256": posting.hash},
            )  # fmt: skip
            Taken.objects.create(posting=posting, at=done.at, act=done.number)


def state(posting: Posting, day: int) -> str:
    """Where a page stands on a day: `ahead`, `up`, `over` (its days are past) or `taken`."""
    if hasattr(posting, "taken"):
        return "taken"
    if posting.first > day:
        return "ahead"
    return "over" if posting.last and posting.last < day else "up"


def shown(round_ref: str = "") -> list[tuple[Posting, str]]:
    """What has been on the board up to today, the newest first, with where it stands; of one round, or of all."""
    found = Posting.objects.select_related("taken")
    found = found.filter(round_ref=round_ref) if round_ref else found
    today = number(china().date())
    return [(one, where) for one in found if (where := state(one, today)) != "ahead"]


def text(content: Mapping[str, Any]) -> str:
    """A page's own text, line by line: what its hash is of, so that anybody can count it again."""
    return "\n".join(_lines(content)) + "\n"


def fingerprint(content: Mapping[str, Any]) -> str:
    """The SHA-256 of a page's own text."""
    return sha256(text(content).encode("utf-8")).hexdigest()


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    for name in ("office", "number", "title"):
        if content.get(name):
            yield str(content[name])
    for block in content["blocks"]:
        match block["kind"]:
            case "items":
                yield from block["entries"]
            case "quote":
                yield from filter(None, (block["source"], *block["lines"]))
            case "table":
                yield from filter(None, (block["caption"],))
                yield from ("\t".join(row) for row in (block["header"], *block["rows"]))
            case "chart":
                yield from (f"{bar['label']}\t{bar['number']}" for bar in block["bars"])
            case _:
                yield block["text"]
    yield from (str(one) for one in content.get("closing", ()))
    yield from (str(content[name]) for name in ("signature", "day") if content.get(name))
    yield from (str(one) for one in content.get("contact", ()))
