"""`pingjiang sensitivity`: which outcomes differ under which readings."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, json_option, limit_option, reading_option
from desk.shell import Command, Shell
from engine.words import cut, visible, wrap

if TYPE_CHECKING:
    from engine.answers import Outcome
    from explain.change import Turn


@click.command("sensitivity", cls=Command)
@case_argument
@reading_option
@limit_option
@json_option
@click.pass_obj
def sensitivity(shell: Shell, case: tuple[str, ...], readings: dict[str, str]) -> None:
    """Turn each reading to each other choice."""
    from desk.arguments import opened
    from explain.change import readings as turning

    turns = turning.sensitivity(opened(shell, case, readings))
    if shell.json:
        shell.say(json.dumps({"turns": [turn.as_dict() for turn in turns]}, ensure_ascii=False, indent=1))
        return
    for turn in turns:
        for line in _lines(turn, shell):
            shell.say(line)
    quiet = [f"{turn.key}={turn.choice}" for turn in turns if not (turn.after or turn.refused)]
    if len(quiet) == len(turns):
        shell.say(shell.text("sensitivity.none"))
    shell.say(shell.text("sensitivity.same"))
    for line in wrap(" ".join(quiet), shell.columns - 2):
        shell.say(shell.paint(f"  {line}", dim=True))


def _lines(turn: "Turn", shell: Shell) -> Iterator[str]:
    if not (turn.after or turn.refused):
        return
    label = shell.text(f"reading.{turn.key}.{turn.choice}")
    words = shell.text("sensitivity.turn", key=turn.key, choice=turn.choice, label=label)
    yield from (shell.paint(line, bold=True) for line in wrap(words, shell.columns))
    if turn.refused:
        yield f"  {shell.text('sensitivity.refused')}"
    for before, after in zip(turn.before, turn.after, strict=True):
        yield from _outcome(before, after, shell)
    yield ""


def _outcome(before: "Outcome", after: "Outcome", shell: Shell) -> Iterator[str]:
    from desk.arguments import ground_lines

    key = "grounds" if before.status == after.status else "outcome"
    told = {"before": shell.text(f"status.{before.status}"), "after": shell.text(f"status.{after.status}")}
    words = shell.text(f"sensitivity.{key}", id=visible(after.id), name=visible(after.name or ""), **told)
    yield from (f"  {line}" for line in cut(words, shell.columns - 2))
    was, now = before.grounds, after.grounds
    for title, grounds in (("gone", was - now), ("new", now - was)):
        if grounds:
            yield f"    {shell.text(f'sensitivity.{title}')}"
            yield from ground_lines(sorted(grounds), shell, indent=6)
