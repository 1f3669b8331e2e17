"""`pingjiang what-if`: the smallest lawful changes after which an applicant qualifies."""

import json
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, day, json_option, reading_option, time_option, today
from desk.shell import Command, Option, Shell
from engine.words import visible, width, wrap

if TYPE_CHECKING:
    from engine.case import Case
    from explain.change import WhatIf


@click.command("what-if", cls=Command)
@case_argument
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=day)
@reading_option
@time_option
@json_option
@click.pass_obj
def what_if(
    shell: Shell, case: tuple[str, ...], as_of: int | None, readings: dict[str, str], time_limit: float | None
) -> None:
    """Find the smallest changes."""
    from desk.arguments import asked
    from engine.solve import Clock
    from explain.change import whatif

    loaded, id, _ = asked(shell, case, readings)
    answer = whatif.what_if(loaded, id, as_of=as_of or today(), clock=Clock.limit(time_limit))
    if shell.json:
        shell.say(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
    else:
        for line in _lines(answer, loaded, shell):
            shell.say(line)


def _lines(answer: "WhatIf", case: "Case", shell: Shell) -> Iterator[str]:
    from desk.arguments import called, ground_lines
    from engine.answers import decide
    from engine.facts import day as written
    from explain.change import LIMIT, named, sentence

    label = partial(named, decide(case, only=[answer.applicant]).outcome(answer.applicant), lang=shell.lang)
    known = {"who": called(case, answer.applicant), "day": written(answer.as_of, shell.lang)}
    if answer.status in ("eligible", "withdrawn"):
        yield shell.text(f"whatif.{answer.status}", **known)
        return
    title = "title" if answer.remedies else "nothing" if answer.incurable else "others"
    status = shell.text(f"status.{answer.status}")
    words = shell.text(f"whatif.{title}", status=status, count=len(answer.remedies), **known)
    yield from (shell.paint(line, bold=True) for line in wrap(words, shell.columns))
    for number, remedy in enumerate(answer.remedies, 1):
        yield ""
        yield shell.text("whatif.set", number=number, size=len(remedy.changes))
        for change, cures in zip(remedy.changes, remedy.cures, strict=True):
            first, *rest = wrap(visible(sentence(change, shell.lang)), shell.columns - 4)
            yield f"  · {first}"
            yield from (f"    {line}" for line in rest)
            cured = shell.text("table.and").join(f"{g.provision.citation} {label(g)}" for g in cures)
            lead = f"    {shell.text('whatif.cures')}  "
            first, *rest = wrap(cured, shell.columns - width(lead)) if cured else [""]
            told = [lead + first, *(" " * width(lead) + line for line in rest)] if cured else []
            yield from (shell.paint(line, dim=True) for line in told)
    if answer.more:
        yield shell.text("whatif.more", limit=LIMIT)
    if answer.incurable:
        yield ""
        yield shell.text("whatif.incurable")
        yield from ground_lines(answer.incurable, shell, label)
    if answer.awaited:
        yield ""
        yield shell.text("whatif.awaited")
        yield from ground_lines(answer.awaited, shell, partial(label, awaited=True))
    yield ""
    taken = "closed" if answer.closed else "late" if answer.late else "open"
    until = written(answer.until, shell.lang) if answer.until else ""
    yield from wrap(shell.text(f"whatif.{taken}", until=until), shell.columns)
