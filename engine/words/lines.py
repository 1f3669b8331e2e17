"""Lines of mixed Chinese and English, broken where either may be broken."""

import re
from collections.abc import Iterator

from engine.words.display import width

# A wide sign, U+2E80 to U+FFEF, is a word of its own; what may not begin or end a line stays with its neighbour. It is
# said by those that are not wide: Python goes through the signs of a range one by one, and these are far fewer.
_OPENING = "（《「『【“‘"
_CLOSING = "、。，；：！？）》」』】”’…—"
_NARROW = r"\0-\u2e7f\ufff0-\U0010ffff"
_WORD = re.compile(rf"\s+|[{_OPENING}]*(?:[^{_NARROW}]|(?:(?![\s{_OPENING}])[{_NARROW}])+)[{_CLOSING}]*|[{_OPENING}]+")


def wrap(words: str, columns: int) -> list[str]:
    """The lines of a paragraph, none wider than the columns unless a single word is."""
    lines, taken = [""], 0
    for piece in _WORD.findall(words.strip()):
        if piece.isspace():
            piece = " " if lines[-1] else ""
        wide = width(piece)
        if piece != " " and lines[-1].strip() and taken + wide > columns:
            lines.append(piece)
            taken = wide
        else:
            lines[-1] += piece
            taken += wide
    return [line.rstrip() for line in lines]


def cut(words: str, columns: int) -> list[str]:
    """As `wrap`, a word that is wider than the columns broken too: no line is wider."""
    return [piece for line in wrap(words, columns) for piece in _pieces(line, max(columns, 2))]


def _pieces(line: str, columns: int) -> Iterator[str]:
    piece = ""
    for sign in line:
        if width(piece + sign) > columns:
            yield piece
            piece = ""
        piece += sign
    yield piece


def hanging(left: list[tuple[str, str]], columns: int) -> Iterator[str]:
    """Two columns, the second wrapped beside the first."""
    indent = min(max((width(term) for term, _ in left), default=0) + 4, 34)
    for term, words in left:
        first, *rest = wrap(words, columns - indent)
        lead = f"  {term}"
        if width(lead) + 2 > indent:
            yield lead
            lead = ""
        yield lead + " " * (indent - width(lead)) + first
        yield from (" " * indent + line for line in rest)
