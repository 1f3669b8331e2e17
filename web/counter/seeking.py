"""Whom the counter's table shows: found by name or number and by link, a page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from web.counter.models import Link

PAGE = 50
STATES = ("none", "open", "closed", "unshown", "stale")
"""What may be asked of a row: no link, an open one, one closed or over; nothing shown, or of an older case."""
Row = tuple[Mapping[str, Any], "Link | None", Any]
"""An applicant, its link, what is shown to it."""


@dataclass(frozen=True)
class Sought:
    """What is asked of the table; empty where nothing is."""

    q: str = ""
    state: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Sought:
        """What an address or a form asks."""
        state = sent.get("state", "")
        return cls(sent.get("q", "").strip()[:100], state if state in STATES else "")

    def but(self, **changed: str) -> str:
        """The address of the same table with something else asked."""
        asked = {"q": self.q, "state": self.state} | changed
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def among(self, rows: Sequence[Row], today: int, facts_hash: str) -> list[Row]:
        """The rows that are asked for, in their order."""
        words = self.q.casefold()
        return [
            row
            for row in rows
            if words in f"{row[0]['id']} {row[0]['name']}".casefold()
            and (not self.state or self.state in _states(row, today, facts_hash))
        ]


def _states(row: Row, today: int, facts_hash: str) -> set[str]:
    _, link, shown = row
    closed = link is not None and (bool(link.shut) or link.until < today)
    found = {"none" if link is None else "closed" if closed else "open"}
    if shown is None:
        found.add("unshown")
    elif shown.facts_hash != facts_hash:
        found.add("stale")
    return found
