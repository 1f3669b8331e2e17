"""`pingjiang agenda`: what is to be done in a round as of a day."""

import click

from desk.arguments import case_argument, day, json_option, reading_option, time_option, today
from desk.shell import Command, Option, Shell


@click.command("agenda", cls=Command)
@case_argument
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=day)
@reading_option
@time_option
@json_option
@click.pass_obj
def agenda(
    shell: Shell, case: tuple[str, ...], as_of: int | None, readings: dict[str, str], time_limit: float | None
) -> None:
    """List what is to be done."""
    from desk.arguments import opened
    from desk.text import agenda_lines
    from engine.answers import agenda as question
    from engine.solve import Clock

    found = question(opened(shell, case, readings), as_of or today(), clock=Clock.limit(time_limit))
    if shell.json:
        shell.say(found.json().rstrip("\n"))
        return
    for line in agenda_lines(found, shell):
        shell.say(line)
