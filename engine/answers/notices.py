"""A notice of so many working days (公示): the day on which it has run, under both readings of the first day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.errors import PingjiangError, Place, Problem
from engine.facts import day_text
from engine.law import calendar
from engine.words import dumps

READINGS = ("excluded", "included")
"""How `notice_first_day` may be read: the day of publication is not counted, or counts if it is a working day."""


@dataclass(frozen=True)
class Notice:
    """A notice published on a day: under each reading the working days that count; the last is the notice's last."""

    published: int
    days: dict[str, tuple[int, ...]]

    def json(self) -> str:
        """The days as JSON text."""
        rows: dict[str, Any] = {
            reading: {"last": day_text(days[-1]), "days": [day_text(day) for day in days]}
            for reading, days in self.days.items()
        }
        return dumps({"publish": day_text(self.published), **rows})


class NoCalendar(PingjiangError):
    """A working day would have to be counted in a year whose holiday notice is not out."""


def notice(published: int, number: int) -> Notice:
    """The working days of a notice of `number` (at least 1) working days; NoCalendar where a year has no notice yet."""
    return Notice(published, {reading: _days(published, number, reading) for reading in READINGS})


def _days(published: int, number: int, reading: str) -> tuple[int, ...]:
    known = calendar()
    if published not in known:
        raise _no_calendar(published // 10000)
    working = [
        day
        for day, entry in known.items()
        if entry.working and (day > published or (day == published and reading == "included"))
    ]
    if len(working) < number:
        raise _no_calendar(max(known) // 10000 + 1)
    return tuple(sorted(working)[:number])


def _no_calendar(year: int) -> NoCalendar:
    last = max(calendar()) // 10000
    return NoCalendar([Problem("calendar_missing", {"year": year, "last": last}, Place())])
