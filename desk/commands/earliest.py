"""`pingjiang earliest`: the first day from which an applicant would qualify if nothing else changed."""

import json
from collections.abc import Iterator
from itertools import groupby
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
    from engine.solve import Clock
    from explain.change import firstday as search

    loaded, id, _ = asked(shell, case, readings)
    answer = search.earliest(loaded, id, clock=Clock.limit(time_limit))
    if shell.json:
        shell.say(json.dumps(answer.as_dict(), ensure_ascii=False, indent=1))
    else:
        for line in _lines(answer, loaded, shell):
            shell.say(line)


def _lines(answer: "Earliest", case: "Case", shell: Shell) -> Iterator[str]:
    from desk.arguments import ground_lines, key_label, name
    from engine.answers import decide
    from engine.facts import day, sentence
    from engine.law import chinese, stated

    missing = decide(case, only=[answer.applicant]).outcome(answer.applicant).open
    known = {"id": visible(answer.applicant), "name": name(case, answer.applicant)}
    until = day(answer.horizon, shell.lang)
    kind = "day" if answer.day else "late" if answer.late else "none"
    kind = answer.status if answer.status in ("eligible", "withdrawn") else kind
    words = shell.text(f"earliest.{kind}", day=day(answer.day or 0, shell.lang), until=until, **known)
    yield from (shell.paint(line, bold=True) for line in wrap(words, shell.columns))
    if kind in ("eligible", "withdrawn"):
        return
    yield ""
    yield shell.text("earliest.ends")
    for end in answer.ends:
        how = "never" if end.never else "day" if end.day else "round" if end.round else "open"
        round = chinese(end.round) if end.round and shell.lang == "zh" else end.round
        ends = shell.text(f"earliest.end.{how}", day=day(end.day or 0, shell.lang), number=round)
        label = f"{end.ground.provision.citation} {key_label(end.ground.key, shell, end.ground in missing)}"
        first, *rest = wrap(shell.text("earliest.ground", ground=label, ends=ends), shell.columns - 2)
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)
    if answer.never:
        yield ""
        yield shell.text("earliest.together")
        yield from ground_lines(answer.never, shell, missing=missing)
    if answer.assumptions:
        yield ""
        yield from wrap(shell.text("earliest.assumed"), shell.columns)
    names = {answer.applicant: known["name"] or known["id"]}
    for why, several in groupby(answer.assumptions, key=lambda one: one.why):
        yield "  " + shell.text(f"earliest.why.{why}")
        yield from (f"    {visible(sentence(one.fact, shell.lang, names))}" for one in several)
    cycle = "cycle" if stated(case.city, r"cycle\({P},") else "no_cycle"
    yield from wrap(shell.text(f"earliest.{cycle}"), shell.columns)
