"""Slots: what stands for a number in a justification that is made once for many, until it is known whose it is.

A slot is a constant, which the rules have none of. In a sentence it stands as it is where the number stands in digits,
else as a token that says how it is worded: a day, a round, the time between two days. Whoever draws a justification
with slots learns nothing of the numbers but which are equal, and whether one may be a day; what words do with them
besides is done when they are filled in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import zip_longest

from clingo import Symbol, SymbolType

from engine.facts import wording
from engine.words import LANGUAGES
from explain.say import spans

OPENS = "__value_"
"""Begins a slot: `__value_c12x0d__`, a `d` last where the number may be a day."""
BEGIN, NEXT, END = "\ue010", "\ue011", "\ue012"
"""Around a token, and between its parts: how it is worded, the language, slots and numbers."""
NUMERALS, MARKS = "零〇一二三四五六七八九十百千", "\ue002\ue003"
"""Chinese figures; what stands for other words than those of numbers, which may begin with them."""
OF = re.compile(rf"{OPENS}[0-9a-z]+__")
TOKEN = re.compile(rf"{OF.pattern}|{BEGIN}[^{END}]*{END}")
_PIECE = re.compile(rf"({TOKEN.pattern}|\d+年\d+月\d+日|\d+(?:-\d+)*|[{NUMERALS}]+)")
"""What a sentence has of slots, and of what could be taken for one that is filled in."""


def slot(name: str, number: str) -> str:
    """The slot of a number (its digits); the name is of small letters and digits."""
    return f"{OPENS}{name}{'d' if len(number) == 8 and '19000101' <= number <= '21001231' else 'n'}__"


def is_slot(value: Symbol) -> bool:
    """Whether a value is a slot."""
    return value.type == SymbolType.Function and value.name.startswith(OPENS)


def is_day(name: str) -> bool:
    """Whether the number of a slot may be a day (yyyymmdd)."""
    return name.endswith("d__")


def has_slots(words: str) -> bool:
    """Whether a text has slots, as they are or in tokens."""
    return OPENS in words


def number(name: str, kind: str, lang: str) -> str:
    """A slot as `engine.facts.wording.number` words its number."""
    if kind in ("day", "open_day"):
        return _token("day", lang, name)
    return _token("round", lang, name) if kind == "round" and lang == "zh" else name


def span(first: str, last: str, lang: str) -> str:
    """The time between two days, of which one may be a slot."""
    if has_slots(first) or has_slots(last):
        return _token("span", lang, first, last)
    return spans.span(int(first), int(last), lang)


def short(first: str, last: str, asked: str, lang: str) -> str:
    """How the time between two days, if both are known, falls short of the years asked for; each may be a slot."""
    if any(map(has_slots, (first, last, asked))):
        return _token("short", lang, first or "0", last or "0", asked)
    return spans.short(int(first or 0), int(last or 0), int(asked), lang)


def _token(*parts: str) -> str:
    return BEGIN + NEXT.join(parts) + END


def filled(token: str, numbers: Mapping[str, str]) -> str:
    """A slot or a token with the numbers of the slots in it."""
    if not token.startswith(BEGIN):
        return numbers[token]
    how, lang, *given = token[1:-1].split(NEXT)
    first, *others = (int(numbers.get(one, one)) for one in given)
    if how == "span":
        return spans.span(first, others[0], lang)
    if how == "short":
        return spans.short(first, others[0], others[1], lang)
    return wording.number(first, how, lang)


def apart(one: str, other: str) -> bool:
    """Whether two sentences that differ do so whatever the numbers in their slots, other numbers in other slots.

    False where that is not known.
    """
    mine, others, closed = _difference(one, other)
    open_ = [piece for piece in (mine, others) if has_slots(piece)]
    if not open_ or not mine or not others:
        return closed
    if len(open_) == 2:
        return closed and (_one_number(mine) == _one_number(others) != "" or _asks_otherwise(mine, others))
    (piece,), literal = open_, others if open_[0] == mine else mine
    return len(literal) == 1 and not literal.isdigit() and literal not in _begins(piece)


_LIKE_NUMBERS = re.compile(rf"^[\d年月日{NUMERALS}-]*$|\d年|\d-\d")


def like_numbers(words: str) -> bool:
    """Whether numbers of sentences could be found in a text, or it in them."""
    return _LIKE_NUMBERS.search(words) is not None


def begins_like_one(words: str) -> bool:
    """Whether a text begins as what is filled into a slot may."""
    return words[:1].isdigit() or words[:1] in {first for lang in LANGUAGES for first in _short_begins(lang)}


def _begins(piece: str) -> str:
    """The characters besides figures with which the words of a slot or token may begin."""
    how, lang, *_ = piece[1:-1].split(NEXT) if piece.startswith(BEGIN) else ("", "")
    return _short_begins(lang) if how == "short" else NUMERALS + MARKS if how == "round" else ""


def _short_begins(lang: str) -> str:
    return "".join(spans.short(20200101, last, 5, lang)[0] for last in (20200102, 20241231))


def settled(one: str, other: str) -> bool:
    """Whether two sentences stand in the same order whatever the numbers in their slots."""
    mine, others, closed = _difference(one, other)
    return closed and (not mine or not others or not (has_slots(mine) or has_slots(others)))


def _difference(one: str, other: str) -> tuple[str, str, bool]:
    """What stands where two sentences first differ: a character or a piece of each, nothing at its end.

    The last says that no piece follows directly on one of two pieces, which it could go on with.
    """
    split = _PIECE.split(one), _PIECE.split(other)
    for at, (mine, others) in enumerate(zip_longest(*split, fillvalue="")):
        if mine == others:
            continue
        if at % 2:
            closed = all(all(some[at + 1 : at + 2]) or len(some) <= at + 2 for some in split)
            return mine, others, closed or not (mine and others)
        size = next(
            (place for place, pair in enumerate(zip(mine, others, strict=False)) if len({*pair}) > 1),
            min(len(mine), len(others)),
        )
        found = [
            words[size : size + 1] or "".join(split[side][at + 1 : at + 2]) for side, words in enumerate((mine, others))
        ]
        return found[0], found[1], True
    return "", "", True


def _asks_otherwise(one: str, other: str) -> bool:
    """Whether two tokens say how a time falls short of different years, which both then name."""
    mine, others = (piece[1:-1].split(NEXT) if piece.startswith(BEGIN) else [""] for piece in (one, other))
    asked = mine[-1], others[-1]
    return (
        mine[0] == others[0] == "short"
        and mine[1] == others[1]
        and asked[0] != asked[1]
        and not any(map(has_slots, asked))
    )


def _one_number(piece: str) -> str:
    """How a piece words the one number that it is, different numbers differently; nothing for another piece."""
    if not piece.startswith(BEGIN):
        return "figures"
    how, lang, *_ = piece[1:-1].split(NEXT)
    return how + lang if how in ("day", "round") else ""
