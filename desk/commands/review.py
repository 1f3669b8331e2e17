"""`pingjiang review`: which awards must be revoked as of a day, and which bans run."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from desk.command import Command, Option
from desk.days import day, today
from desk.options import case_argument, json_option, reading_option, time_option
from desk.shell import Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Review, Revocation


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
    from desk.opened import opened
    from engine.answers import revocation as question

    result = question.review(opened(shell, case, readings), as_of or today(), time_limit)
    if why is not None and not any(row[0] == why for row in result.case.rows("awarded")):
        raise UsageError("no_award", {"found": why})
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        return
    for line in lines(result, shell) if why is None else reasons(result, why, shell):
        shell.say(line)


def reasons(result: "Review", id: str, shell: Shell) -> Iterator[str]:
    """Why each award of somebody is to be revoked, or why not, ground by ground."""
    from desk.trees import tree
    from explain.graph import why_revoked

    awards = [(str(prize), int(round)) for who, prize, round, _ in result.case.rows("awarded") if who == id]
    for prize, round in awards:
        label = shell.text("review.award", prize=shell.text(f"prize.{prize}"), round=round)
        for ground in ("conduct", "fraud"):
            heading = f"{label} · {shell.text(f'review.ground.{ground}')}"
            yield from ("", shell.paint(heading, bold=True))
            yield from tree(why_revoked(result, id, prize, round, ground), result.city, shell)


def lines(result: "Review", shell: Shell) -> Iterator[str]:
    """Heading, revocations, bans, readings."""
    from desk.table import in_force
    from desk.visible import visible
    from engine.facts import day as worded
    from engine.law import statute

    names = {str(id): str(name) for id, name in result.case.rows("name")}
    title, on = statute(result.city).title, worded(result.as_of, shell.lang)
    yield shell.paint(shell.text("review.title", title=title, day=on), bold=True)
    yield shell.text("review.revocations" if result.revocations else "review.none", count=len(result.revocations))
    for entry in result.revocations:
        yield from _revocation(entry, result, names, shell)
    yield shell.text("review.bans" if result.bans else "review.no_bans", count=len(result.bans))
    for ban in result.bans:
        until = worded(ban.until, shell.lang)
        who = f"{visible(ban.id)}  {visible(names.get(ban.id, ''))}"
        yield f"  {who}  {shell.text('review.until', day=until)}  {ban.provision.citation}"
    yield from in_force(result.city, result.readings, shell)


def _revocation(entry: "Revocation", result: "Review", names: dict[str, str], shell: Shell) -> Iterator[str]:
    from desk.recorded import recorded
    from desk.visible import visible
    from desk.wrap import wrap

    prize = shell.text("review.award", prize=shell.text(f"prize.{entry.prize}"), round=entry.round)
    yield f"  {visible(entry.id)}  {visible(names.get(entry.id, ''))}  {prize}"
    ground = shell.paint(shell.text(f"review.ground.{entry.ground}"), "red")
    yield f"    {entry.provision.citation}  {ground}"
    for event in entry.events:
        yield from (f"      {line}" for line in wrap(recorded(event, shell.lang), shell.columns - 6))
    remedies = shell.text("table.and").join(shell.text(f"review.remedy.{remedy}") for remedy in entry.remedies)
    yield f"      {shell.text('review.remedies', remedies=remedies)}"
    if entry.ban_years:
        yield f"      {shell.text('review.ban_years', years=entry.ban_years)}"
    if proposer := result.proposers.get(entry.provision):
        yield f"      {shell.text(f'review.proposer.{proposer}')}"
