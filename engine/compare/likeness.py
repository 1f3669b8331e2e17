"""When two identifiers or names are probably meant to be the same."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator


def folded(words: str) -> str:
    """The text without case, width, blanks and invisible signs: `Ｊ０１ ` and `j01` fold to the same."""
    return unicodedata.normalize("NFKC", words).translate(_SEEN).casefold()


class _Seen(dict[int, int | None]):
    """Signs by their number: each itself, a blank and one that nobody sees none."""

    def __missing__(self, number: int) -> int | None:
        sign = chr(number)
        kept = self[number] = None if sign.isspace() or unicodedata.category(sign) == "Cf" else number
        return kept


_SEEN = _Seen()


class Neighbours:
    """Known identifiers, found by one that differs in a single character: one more, one less, another one.

    Two texts differ so exactly if some text with one character dropped, or themselves, they have in common, at the same
    place; an index of what each known one becomes without one of its characters finds them without comparing all.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._by_piece: dict[str, set[str]] = defaultdict(set)
        for one in known:
            for piece in {one, *_dropped(one)}:
                self._by_piece[piece].add(one)

    def of(self, word: str) -> tuple[str, ...]:
        """The known ones within one character of the word, sorted; without the word itself."""
        found = {one for piece in (word, *_dropped(word)) for one in self._by_piece.get(piece, ())}
        return tuple(sorted(one for one in found if one != word and _one_apart(one, word)))


def _dropped(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _one_apart(a: str, b: str) -> bool:
    if len(a) == len(b):
        return sum(x != y for x, y in zip(a, b, strict=True)) == 1
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and short in set(_dropped(long))
