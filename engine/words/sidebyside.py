"""Two wordings side by side: how alike they are, which was meant by the other, the pieces in which they part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from difflib import SequenceMatcher

_SHORT = 3
"""In words of so many signs one that is wrong is a third of them and more."""
_ALIKE, _SHORT_ALIKE = 0.65, 0.5
"""How alike a word and what it misspells are at least."""
_CUT = 80
"""So many signs of a word are looked at."""


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 (nothing in common) to 1 (the same)."""
    return _matched(one, other).ratio()


def nearest(word: str, known: Collection[str]) -> str:
    """The one known word of which a word is a plausible misspelling; empty where none is, or several come as near.

    One that is half as long again says something else: 小巨人 is not 专精特新企业. A known word of more than two signs
    with which the other begins is meant too: 济源市 by 济源市玉泉街道.
    """
    asked = word[:_CUT].strip('" ').casefold()
    begun = [one for one in known if len(one) >= _SHORT and asked.startswith(one.casefold())]
    rated = sorted(
        ((likeness(asked, one.casefold()), one) for one in known if _as_long(asked, one)), key=lambda rate: -rate[0]
    )
    best = [one for alike, one in rated if alike == rated[0][0] and alike >= _least(asked, one)]
    return max(begun, key=len, default="") or (best[0] if len(best) == 1 else "")


def _as_long(one: str, other: str) -> bool:
    return 3 * abs(len(one) - len(other)) <= max(len(one), len(other))


def _least(one: str, other: str) -> float:
    return _SHORT_ALIKE if max(len(one), len(other)) <= _SHORT else _ALIKE


def pieces(before: str, now: str) -> Iterator[tuple[str, str]]:
    """Both texts in pieces: what stood and what stands there, the same twice where nothing changed, one empty where
    words went or came."""
    for _, a, b, c, d in _matched(before, now).get_opcodes():
        yield before[a:b], now[c:d]


def _matched(one: str, other: str) -> SequenceMatcher[str]:
    from difflib import SequenceMatcher  # nobody who makes no mistake waits for it

    return SequenceMatcher(None, one, other, autojunk=False)
