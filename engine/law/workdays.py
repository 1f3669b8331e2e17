"""Working days by the State Council's holiday notices (节假日安排), 调休 included.

`rules/calendar.lp` is the table that clingo and Python both read. `python -m engine.law.workdays` writes it from
`chinesecalendar`, which knows the years whose notice is out and refuses later ones; a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from engine.law.statutes import RULES

FILE = RULES / "calendar.lp"
_SATURDAY = 5


class Entry(NamedTuple):
    """A day's row: the working days from the calendar's start up to and including it; is it one (1 or 0)."""

    number: int
    working: int


@cache
def calendar() -> dict[int, Entry]:
    """Each day (yyyymmdd) of the years whose holiday notice is out."""
    rows = re.findall(r"^calendar_day\((\d+), (\d+), ([01])\)\.$", FILE.read_text("utf-8"), re.M)
    return {int(day): Entry(int(number), int(working)) for day, number, working in rows}


def first_day() -> int:
    """The first day (yyyymmdd) of the years whose holiday notice is out."""
    return min(calendar())


@cache
def eve(day: int) -> int:
    """The day before a day (yyyymmdd)."""
    before = date(day // 10000, day // 100 % 100, day % 100) - timedelta(days=1)
    return int(f"{before:%Y%m%d}")


def last_day() -> int:
    """The last day (yyyymmdd) of the years whose holiday notice is out."""
    return max(calendar())


def render() -> str:
    """The text of `rules/calendar.lp`, worked out anew from `chinesecalendar`."""
    from chinese_calendar.constants import holidays

    first, last = min(holidays).year, max(holidays).year
    lines = [
        f"%% calendar.lp: the working days of {first} to {last}, written by `python -m engine.law.workdays`.\n",
        "%%\n",
        f"%% Output: calendar_day(Day, Number, Working): Number working days from {first}-01-01 up to and\n",
        "%%         including Day; Working is 1 on a working day, 0 on another. A year whose holiday notice\n",
        "%%         is not out is not here; calendar_start(Day), calendar_end(Day): the first, the last day that is.\n",
        f"calendar_start({first}0101).\n",
        f"calendar_end({last}1231).\n",
        *_rows(first, last),
    ]
    return "".join(lines)


def differing() -> list[int]:
    """The days (yyyymmdd) of which `rules/calendar.lp` says something else than the library knows now."""
    rows = re.findall(r"^calendar_day\((\d+), (\d+), ([01])\)\.$", render(), re.M)
    known = {int(day): Entry(int(number), int(working)) for day, number, working in rows}
    return sorted(day for day in known.keys() | calendar().keys() if known.get(day) != calendar().get(day))


def _rows(first: int, last: int) -> Iterator[str]:
    from chinese_calendar.constants import holidays, workdays

    day, number = date(first, 1, 1), 0
    while day.year <= last:
        working = int(day in workdays or (day.weekday() < _SATURDAY and day not in holidays))
        number += working
        yield f"calendar_day({day:%Y%m%d}, {number}, {working}).\n"
        day += timedelta(days=1)


if __name__ == "__main__":
    FILE.write_text(render(), "utf-8")
