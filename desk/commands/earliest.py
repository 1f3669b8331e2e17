"""`pingjiang earliest`: the first day from which an applicant would qualify if nothing else changed."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, json_option, reading_option, time_option
from desk.shell import Command, Shell
from engine.words import visible, wrap

if TYPE_CHECKING:
    from engine.case import Case
    from explain.change import Earliest


@click.command("earliest", cls=Command)
@case_argument
@reading_option
@time_option
@json_option
@click.pass_obj
def earliest(shell: Shell, case: tuple[str, ...], readings: dict[str, str], time_limit: float | None) -> None:
    """Find the earliest day."""
    from desk.arguments import asked
    from explain.change import firstday as search

    loaded, id, _ = asked(shell, case, readings)
    answer = search.earliest(loaded, id, time_limit)
    if shell.json:
        shell.say(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
    else:
        for line in _lines(answer, loaded, shell):
            shell.say(line)


def _lines(answer: "Earliest", case: "Case", shell: Shell) -> Iterator[str]:
    from desk.arguments import ground_lines, name
    from engine.facts import day, sentence

    known = {"id": visible(answer.applicant), "name": name(case, answer.applicant)}
    until = day(answer.horizon, shell.lang)
    kind = "eligible" if answer.status == "eligible" else "day" if answer.day else "none"
    words = shell.text(f"earliest.{kind}", day=day(answer.day or 0, shell.lang), until=until, **known)
    yield from (shell.paint(line, bold=True) for line in wrap(words, shell.columns))
    if answer.binding:
        yield shell.text("earliest.binding" if answer.day else "earliest.always")
        yield from ground_lines(answer.binding, shell)
    for ground, number in answer.rounds:
        yield "  " + shell.text("earliest.round", citation=ground.provision.citation, number=number)
    if answer.status == "eligible":
        return
    yield from wrap(shell.text("earliest.assumed" if answer.assumed else "earliest.assumed_none"), shell.columns)
    names = {answer.applicant: known["name"] or known["id"]}
    yield from (f"  {visible(sentence(fact, shell.lang, names))}" for fact in answer.assumed)
