"""`pingjiang procedure`: how a round was conducted, check by check."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, json_option, reading_option, time_option
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Procedure


@click.command("procedure", cls=Command)
@case_argument
@click.option("--why", cls=Option, metavar="CHECK")
@reading_option
@time_option
@json_option
@click.pass_obj
def procedure(
    shell: Shell, case: tuple[str, ...], why: str | None, readings: dict[str, str], time_limit: float | None
) -> None:
    """Check the conduct of a round."""
    from desk.arguments import opened
    from desk.text import conduct_lines
    from engine.answers import conduct as question
    from engine.solve import Clock

    result = question.procedure(opened(shell, case, readings), clock=Clock.limit(time_limit))
    if why is not None:
        _known(why, shell)
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        return
    for line in conduct_lines(result, shell) if why is None else reasons(result, why, shell):
        shell.say(line)


def reasons(result: "Procedure", check: str, shell: Shell) -> Iterator[str]:
    """Why a check fails, or why it does not."""
    from desk.text import tree
    from explain.graph import why_violated

    yield shell.paint(shell.text(f"procedure.check.{check}"), bold=True)
    yield from tree(why_violated(result, check), result.case.city, shell)


def _known(check: str, shell: Shell) -> None:
    from engine.words import catalogue

    prefix = "procedure.check."
    known = [key.removeprefix(prefix) for key in catalogue("engine", shell.lang) if key.startswith(prefix)]
    if check not in known:
        raise UsageError("no_such_check", {"found": check, "known": ", ".join(sorted(known))})
