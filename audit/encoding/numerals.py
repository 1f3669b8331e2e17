"""The numbers in a provision's words, as constants ready to be used."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress

from engine.law import Provision, arabic, chinese

UNITS = {
    "年": "years", "届": "rounds", "个月": "months", "个?工作日": "days", "日": "days", "名": "persons",
    "人": "persons", "分(?!之)": "points", "项": "items", "万": "amount", "个": "places",
}  # fmt: skip
"""What the law counts in, as patterns, and what a constant of it is called."""
_SIGNS = "".join(map(chinese, range(1, 11)))
_COUNT = rf"\d+|[{_SIGNS}百零]+|两"
_UNIT = "|".join(f"(?P<{name}{at}>{unit})" for at, (unit, name) in enumerate(UNITS.items()))
_NUMBER = re.compile(
    rf"(?<![\d〔第（{_SIGNS}百零])(?!十分)({_COUNT})(?:\s*(?:[—–~～-]+|至|到)\s*({_COUNT}))?(?:{_UNIT})"
)

_PART = rf"\s*(?:\d{{1,2}}|[{_SIGNS}]{{1,3}})\s*"
_DATE = re.compile(rf"(?:(?:19|20)\d\d|[一二][〇○零{_SIGNS}]{{3}})\s*年(?:{_PART}月(?:{_PART}日)?)?|{_PART}月{_PART}日")
"""A day or a year of the calendar counts nothing."""


def hints(provision: Provision, words: str) -> list[str]:
    """What the words of a provision ask to be written down: its numbers, ready to be used."""
    numbers = [
        (str(found.lastgroup).rstrip("0123456789"), number)
        for found in _NUMBER.finditer(_DATE.sub("。", words))
        for number in _numbers(found[1], found[2])
    ]
    place = "_".join(str(number) for number in provision if number)
    found = list(dict.fromkeys(numbers))
    names = Counter(unit for unit, _ in found)
    return [
        f"#const {unit}_{place}{f'_{at}' if names[unit] > 1 else ''} = {number}."
        for at, (unit, number) in enumerate(found, 1)
    ]


def _numbers(*words: str | None) -> Iterator[int]:
    """The numbers that words say; what is written like none (三五年) says none that could be offered."""
    for each in filter(None, words):
        with suppress(ValueError):
            yield 2 if each == "两" else arabic(each)
