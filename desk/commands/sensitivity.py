"""`pingjiang sensitivity`: which outcomes differ under which readings."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, json_option, limit_option, reading_option
from desk.shell import Command, Shell
from engine.words import cut, visible, wrap

if TYPE_CHECKING:
    from engine.answers import Outcome
    from explain.change import Turn


_SHOWN, _NAMED = 20, 12
"""More outcomes than so many that one reading changes are summarized; so many identifiers are named."""


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
    pairs = list(zip(turn.before, turn.after, strict=True))
    if len(pairs) > _SHOWN:
        yield from _summary(pairs, shell)
    else:
        for before, after in pairs:
            yield from _outcome(before, after, shell)
    yield ""


def _summary(pairs: "Sequence[tuple[Outcome, Outcome]]", shell: Shell) -> Iterator[str]:
    """How many outcomes change into which others, the first of them named."""
    found: dict[tuple[str, str], list[str]] = {}
    for before, after in pairs:
        found.setdefault((before.status, after.status), []).append(visible(after.id))
    for (was, now), ids in sorted(found.items(), key=lambda one: (one[0][0] == one[0][1], one[0])):
        named = shell.text("table.and").join(ids[:_NAMED])
        named = shell.text("sensitivity.more", ids=named) if len(ids) > _NAMED else named
        words = {"before": shell.text(f"status.{was}"), "after": shell.text(f"status.{now}")}
        told = shell.text(f"sensitivity.many{'_same' if was == now else ''}", number=len(ids), ids=named, **words)
        first, *rest = wrap(told, shell.columns - 4)
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)


def _outcome(before: "Outcome", after: "Outcome", shell: Shell) -> Iterator[str]:
    from desk.arguments import ground_lines
    from explain.change import named

    was, now = before.grounds, after.grounds
    key = "outcome" if before.status != after.status else "grounds" if was != now else "facts"
    told = {"before": shell.text(f"status.{before.status}"), "after": shell.text(f"status.{after.status}")}
    words = shell.text(f"sensitivity.{key}", id=visible(after.id), name=visible(after.name or ""), **told)
    yield from (f"  {line}" for line in cut(words, shell.columns - 2))
    for title, grounds, outcome in (("gone", was - now, before), ("new", now - was, after)):
        if grounds:
            yield f"    {shell.text(f'sensitivity.{title}')}"
            yield from ground_lines(sorted(grounds), shell, partial(named, outcome, lang=shell.lang), 6)
