"""What a text orders to be made public, written from the case: the announcement, the lists on notice, a draw."""

from __future__ import annotations

import json
from typing import Any

from desk.papers import bundle
from desk.press import context
from engine.facts import OPEN
from engine.law import statute
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.questions import case, decision

LISTS = {"acceptance_notice": "acceptance", "winners_notice": "proposed_winners"}
"""The lists that are on notice for some days, by the paper that publishes them."""
KINDS = ("announcement", *LISTS)


def postings(facts: str) -> list[dict[str, Any]]:
    """Each notice the case gives cause for: as a page has it, its first and last day on file, what it lacks."""
    known = case(facts)
    made = []
    for one in bundle(decision(facts), only=KINDS, final=True):
        first, last = _days(known, one.paper.kind)
        made.append(
            {
                "kind": one.paper.kind,
                "content": context(one.paper),
                "first": first,
                "last": last,
                "held": [visible(reason) for reason in one.held]
                + ([] if first else [message("web.board.no_day", "zh")]),
                "law": statute(known.city).title,
            }
        )
    return made


def _days(known: Any, kind: str) -> tuple[int, int]:
    """The first and the last day on file (0: none; an announcement stays)."""
    if kind == "announcement":
        return min((int(row[0]) for row in known.rows("announced")), default=0), 0
    days = [(int(first), last) for list_, first, last in known.rows("notice") if list_ == LISTS[kind]]
    first, last = min(days, default=(0, 0))
    return first, 0 if last == OPEN else int(last)


def drawn(record: str) -> dict[str, Any]:
    """A draw as everybody may have it: the public copy of its record, who sits where, what can be compared.

    The record is verified first: drawn again, compared byte for byte.
    """
    from engine.record import public_text, verify

    found = verify("record.json", record.encode("utf-8"))
    draw = found.drawn
    public = public_text(draw, found.entries)
    told = json.loads(public)
    return {
        "public": public,
        "commitment": draw.frozen.commitment,
        "seed": draw.seed,
        "demo": draw.demo,
        "head": found.standing.head,
        "panels": told.get("panels", []),
        "words": {lang: message("web.board.draw_lead", lang) for lang in LANGUAGES},
    }
