"""`pingjiang watch`: what becomes due between two days, as a table and as a calendar file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, day, force_option, json_option, reading_option, time_option, today
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Watch
    from engine.case import Case

_YEARS_AHEAD = 20000
MANY = 60
"""More than so many are counted on a terminal; `--json` and the calendar file have all."""


@click.command("watch", cls=Command)
@case_argument
@click.option("--from", "first", cls=Option, metavar="DAY", callback=day)
@click.option("--to", "last", cls=Option, metavar="DAY", callback=day)
@click.option("--ics", cls=Option, metavar="FILE")
@reading_option
@time_option
@force_option
@json_option
@click.pass_obj
def watch(
    shell: Shell,
    case: tuple[str, ...],
    first: int | None,
    last: int | None,
    ics: str | None,
    readings: dict[str, str],
    time_limit: float | None,
) -> None:
    """List what becomes due."""
    from desk.arguments import opened
    from engine.answers import dues as question
    from engine.solve import Clock

    first = first or today()
    last = last or first + _YEARS_AHEAD
    if last < first:
        raise UsageError("days_reversed", {"first": first, "last": last})
    loaded = opened(shell, case, readings)
    result = question.watch(loaded, first, last, clock=Clock.limit(time_limit))
    if ics:
        from desk.files import calendar
        from desk.shell import save
        from desk.text import falls_due

        listed = [(entry, falls_due(entry, loaded, shell.lang)) for entry in result.due]
        save(Path(ics), calendar(result, listed), force=shell.force)
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        return
    for line in lines(result, loaded, shell):
        shell.say(line)


def lines(result: "Watch", case: "Case", shell: Shell) -> Iterator[str]:
    """A line for each thing that becomes due, by day."""
    from desk.text import falls_due
    from engine.facts import day_text
    from engine.words import cut, padded, visible

    days = {"first": day_text(result.first), "last": day_text(result.last)}
    yield shell.paint(shell.text("watch.title" if result.due else "watch.nothing", **days), bold=True)
    for entry in result.due[:MANY]:
        when = day_text(entry.day) if entry.day else shell.text("watch.round", round=entry.first_round)
        first, *rest = cut(f"{visible(entry.id)}  {falls_due(entry, case, shell.lang)}", shell.columns - 18)
        yield f"  {padded(when, 12)}  {first}"
        yield from (f"{' ' * 18}{line}" for line in rest)
    if len(result.due) > MANY:
        yield "  " + shell.text("hint.more", number=len(result.due) - MANY)
