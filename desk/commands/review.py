"""`pingjiang review`: which awards must be revoked as of a day, and which bans run."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, day, json_option, reading_option, time_option, today
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Review


@click.command("review", cls=Command)
@case_argument
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=day)
@click.option("--why", cls=Option, metavar="ID")
@reading_option
@time_option
@json_option
@click.pass_obj
def review(
    shell: Shell,
    case: tuple[str, ...],
    as_of: int | None,
    why: str | None,
    readings: dict[str, str],
    time_limit: float | None,
) -> None:
    """Review the awards on file."""
    from desk.arguments import opened
    from desk.text import revocation_lines
    from engine.answers import revocation as question
    from engine.solve import Clock

    result = question.review(opened(shell, case, readings), as_of or today(), clock=Clock.limit(time_limit))
    if why is not None and not any(row[0] == why for row in result.case.rows("awarded")):
        raise UsageError("no_award", {"found": why})
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        return
    for line in revocation_lines(result, shell) if why is None else reasons(result, why, shell):
        shell.say(line)


def reasons(result: "Review", id: str, shell: Shell) -> Iterator[str]:
    """Why each award of somebody is to be revoked, or why not, ground by ground."""
    from desk.text import ground_words, tree
    from engine.law import regulation
    from engine.words import wrap
    from explain.graph import why_revoked

    awards = [(str(prize), int(round)) for who, prize, round, _ in result.case.rows("awarded") if who == id]
    for prize, round in awards:
        label = shell.text("review.award", prize=shell.text(f"prize.{prize}"), round=round)
        for ground in dict.fromkeys(str(row[0]) for row in sorted(regulation(result.city).rows("revocation", 2))):
            heading = f"{label} · {ground_words(result.city, ground, shell.lang)}"
            yield from ("", *(shell.paint(line, bold=True) for line in wrap(heading, shell.columns)))
            yield from tree(why_revoked(result, id, prize, round, ground), result.city, shell)
