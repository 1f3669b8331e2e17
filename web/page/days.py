"""Days as people type and read them: 2025年10月20日, 2025-10-20, 10.20; and the time in China."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")
_FULL = re.compile(r"(\d{4})\s*(?:年|[-./])\s*(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?")
_BARE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})\s*(?:月|[-./])\s*(\d{1,2})\s*日?")
_WIDE = str.maketrans("０１２３４５６７８９－．／", "0123456789-./")


@dataclass(frozen=True)
class Typed:
    """What somebody typed as a day: the day (yyyymmdd) or what is wrong with it, a key of `web.day`."""

    day: int = 0
    fault: str = ""


def typed(words: str, year: int) -> Typed:
    """Read a day; one without a year is of the year given."""
    words = words.translate(_WIDE).strip()
    if found := _FULL.fullmatch(words) or _BARE.fullmatch(words):
        parts = [int(part) for part in found.groups()]
    elif found := _SHORT.fullmatch(words):
        parts = [year, *(int(part) for part in found.groups())]
    else:
        return Typed(fault="unreadable" if words else "missing")
    try:
        day = date(*parts)
    except ValueError:
        return Typed(fault="no_such_day")
    if not 1900 <= day.year <= 2100:
        return Typed(fault="out_of_range")
    return Typed(day.year * 10000 + day.month * 100 + day.day)


def written(day: int, lang: str) -> str:
    """A day (yyyymmdd) as pages write it."""
    year, month, number = day // 10000, day // 100 % 100, day % 100
    return f"{year}年{month}月{number}日" if lang == "zh" else f"{year}-{month:02}-{number:02}"


def short(value: object, year: int, lang: str) -> str:
    """A day in a list of one year: without the year where it is that one."""
    words = shown(value, lang)
    return words[5:] if words and words.startswith(str(year)) and lang == "zh" else words


def shown(value: object, lang: str) -> str:
    """A day in any form that data has it: yyyymmdd, ISO text, a date; empty for none."""
    if not value:
        return ""
    if isinstance(value, str):
        value = int(value[:10].replace("-", ""))
    if isinstance(value, date):
        value = number(value)
    return written(int(str(value)), lang)


def number(value: date) -> int:
    """A date as yyyymmdd."""
    return value.year * 10000 + value.month * 100 + value.day


def china() -> datetime:
    """Now, in China."""
    return datetime.now(CHINA)


def stamp(value: object, lang: str) -> str:
    """A moment, to the minute: 10月17日09:40 of this year, with the year of another."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime):
        return ""
    moment = moment.astimezone(CHINA)
    if lang != "zh":
        return f"{moment:%Y-%m-%d %H:%M}"
    day = f"{moment.month}月{moment.day}日{moment:%H:%M}"
    return day if moment.year == china().year else f"{moment.year}年{day}"
