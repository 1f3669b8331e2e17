"""Which word was meant by one that is misspelt."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection

_SHORT = 4
"""Words under so many signs say another thing as soon as one of these is another."""
_LETTERS = [one.encode("gb2312") for one in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"]
"""The first of the common signs under each letter of pinyin: GB 2312 has them in that order, up to 座."""
_LAST = "座".encode("gb2312")


def nearest(word: str, known: Collection[str]) -> str:
    """The one known word of which a word is a plausible misspelling; empty where there is none, or are several.

    A sign in four may be wrong, lacking, too many, or two may have changed places. A short word must sound alike: as
    long, its other sign under the same letter of pinyin (法仁 for 法人, not 乡级 for 省级).
    """
    asked = word[:80].strip('" ').casefold()
    rated = sorted((_apart(asked, one.casefold()), one) for one in known if 4 * abs(len(one) - len(asked)) <= len(one))
    if not rated or [far for far, _ in rated[:2]].count(rated[0][0]) > 1:
        return ""
    far, found = rated[0]
    longer = max(len(asked), len(found))
    plausible = far <= longer // _SHORT if longer >= _SHORT else _sounds(asked, found.casefold())
    return found if plausible else ""


def _apart(one: str, other: str) -> int:
    """In how many signs two words part: another, one more, one less, two that changed places (optimal alignment)."""
    before: list[int] = []
    last: list[int] = [*range(len(other) + 1)]
    for at, sign in enumerate(one, 1):
        row = [at]
        for there, against in enumerate(other, 1):
            best = min(row[-1] + 1, last[there] + 1, last[there - 1] + int(sign != against))
            if before and there > 1 and sign == other[there - 2] and one[at - 2] == against:
                best = min(best, before[there - 2] + 1)
            row.append(best)
        before, last = last, row
    return last[-1]


def _sounds(one: str, other: str) -> bool:
    """Whether two short words are alike by sound: as long, with one sign another one of the same letter of pinyin."""
    parted = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and len(parted) < 2 and all(0 < _letter(a) == _letter(b) for a, b in parted)


def _letter(sign: str) -> int:
    """The number of a sign's letter of pinyin; 0 for a sign that is not among the common ones."""
    code = sign.encode("gb2312", "replace")
    return bisect(_LETTERS, code) if code <= _LAST else 0
