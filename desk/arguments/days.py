"""Days on the command line: 2026-09-24 or 20260924; what is not given is today, by China's clock."""

from datetime import date, datetime, timedelta, timezone

import click

from engine.errors import UsageError


def day(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    """The day as yyyymmdd, None where none is given; UsageError for what is no day."""
    if value is None:
        return None
    try:
        found = date.fromisoformat(value.strip())
    except ValueError:
        raise UsageError("not_a_day", {"found": value}) from None
    return found.year * 10000 + found.month * 100 + found.day


CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China's clock, all year, wherever the machine stands: the days of the law are counted by it."""


def today(moment: datetime | None = None) -> int:
    """The day it is in China at a moment with a time zone, now where none is given; only commands ask for it."""
    return int(f"{moment.astimezone(CHINA) if moment else datetime.now(CHINA):%Y%m%d}")
