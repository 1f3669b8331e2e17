"""The numbers in a provision's words, as constants ready to be used."""

from __future__ import annotations

import re
from collections import Counter

from engine.law import Provision, arabic, chinese

UNITS = {
    "年": "years", "届": "rounds", "工作日": "days", "日": "days", "名": "persons", "人": "persons",
    "分": "points", "项": "items", "万": "amount", "个": "places",
}  # fmt: skip
"""What the law counts in, and what a constant of it is called."""
_SIGNS = "".join(map(chinese, range(1, 11)))
_NUMBER = re.compile(rf"(?<![\d〔第（])(\d+|[{_SIGNS}]+|两)(?=(?:[—–-]\d+)?(?:个(?=工作日))?({'|'.join(UNITS)}))")


_DATE = re.compile(r"(?:19|20)\d\d年(?:\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月\d{1,2}日")
"""A day or a year of the calendar counts nothing."""


def hints(provision: Provision, words: str) -> list[str]:
    """What the words of a provision ask to be written down: its numbers, ready to be used."""
    numbers = [(UNITS[found[2]], _number(found[1])) for found in _NUMBER.finditer(_DATE.sub("", words))]
    place = "_".join(str(number) for number in provision if number)
    found = list(dict.fromkeys(numbers))
    names = Counter(unit for unit, _ in found)
    return [
        f"#const {unit}_{place}{f'_{at}' if names[unit] > 1 else ''} = {number}."
        for at, (unit, number) in enumerate(found, 1)
    ]


def _number(words: str) -> int:
    return 2 if words == "两" else arabic(words)
