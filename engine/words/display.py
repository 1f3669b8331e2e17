"""Text from a case, made safe to show: nothing in a name may steer a terminal, reorder a line or break a drawing."""

import unicodedata
from functools import cache

# Controls, invisible formats such as bidirectional overrides, lone surrogates, line and paragraph separators.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_WIDE = frozenset("WF")
INVISIBLE = (0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), 0xFE0E, 0xFE0F, 0xFEFF)
"""Soft hyphens, joiners, marks of direction, variants of a symbol, byte order marks."""
_NARROW = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x3000, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F), 0x20)
    | dict.fromkeys(INVISIBLE)
)


def visible(words: str) -> str:
    """The text with every character that would not show as itself written as its code point: a newline is `\\u{a}`."""
    if words.isprintable():  # nothing of these kinds is
        return words
    return "".join(f"\\u{{{ord(sign):x}}}" if unicodedata.category(sign) in _HIDDEN else sign for sign in words)


def narrow(text: str) -> str:
    """The text in narrow signs, without space around: `Ｊ０１　` becomes `J01`."""
    return text.translate(_NARROW).strip()


def width(words: str) -> int:
    """Columns on a terminal: two for a wide character, none for a combining one."""
    return sum(map(_columns, words))


def padded(words: str, columns: int) -> str:
    """The text filled with spaces up to the columns."""
    return words + " " * (columns - width(words))


@cache
def _columns(sign: str) -> int:
    if unicodedata.combining(sign):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in _WIDE else 1
