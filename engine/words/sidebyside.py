"""Two wordings side by side: how alike they are, and the pieces in which they part."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 (nothing in common) to 1 (the same)."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def pieces(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Both texts in pieces: what stood and what stands there, the same twice where nothing changed, one empty where
    words went or came."""
    for _, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        yield before[a:b], now[c:d]
