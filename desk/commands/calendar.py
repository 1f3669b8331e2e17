"""`pingjiang calendar`: the day on which a notice has run, with the working days listed."""

from typing import TYPE_CHECKING

import click

from desk.arguments import day, json_option, number, today
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Notice

_MOST = 1000


@click.command("calendar", cls=Command)
@click.option("--publish", cls=Option, metavar="DAY", callback=day)
@click.option("--days", cls=Option, metavar="N", callback=number, default="5")
@json_option
@click.pass_obj
def calendar(shell: Shell, publish: int | None, days: int) -> None:
    """Count the working days of a notice."""
    from engine.answers import notice

    if not 0 < days <= _MOST:
        raise UsageError("days_range", {"found": days, "most": _MOST})
    found = notice(publish or today(), days)
    if shell.json:
        shell.say(found.json().rstrip("\n"))
        return
    _say(shell, found, days)


def _say(shell: Shell, found: "Notice", number: int) -> None:
    from datetime import date

    from engine.facts import day_text
    from engine.law import all_readings

    default = all_readings()["notice_first_day"].default

    def worded(value: int) -> str:
        weekday = date(value // 10000, value // 100 % 100, value % 100).weekday()
        return f"{day_text(value)} {shell.text(f'calendar.weekday.{weekday}')}"

    shell.say(shell.text("calendar.published", day=worded(found.published), number=number))
    for reading, days in sorted(found.days.items(), key=lambda pair: pair[0] != default):
        words = shell.text(f"reading.notice_first_day.{reading}")
        line = shell.text("calendar.last", reading=words, day=worded(days[-1]))
        shell.say(shell.paint(line, bold=reading == default))
        for position, one in enumerate(days, 1):
            shell.say(f"  {position:>3}  {worded(one)}")
