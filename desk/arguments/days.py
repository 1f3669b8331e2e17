"""Days on the command line: 2026-09-24 or 20260924."""

from datetime import date

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


def today() -> int:
    """Today; only commands ask for it."""
    return int(f"{date.today():%Y%m%d}")
