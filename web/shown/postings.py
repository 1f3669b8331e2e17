"""What a text orders to be made public, written from the case: the announcement, the lists on notice, a draw."""

from __future__ import annotations

from typing import Any

from desk.papers import bundle
from desk.press import context
from engine.facts import OPEN
from engine.law import statute
from engine.words import text as message
from engine.words import visible
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
