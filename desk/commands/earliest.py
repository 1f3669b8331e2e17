"""`pingjiang earliest`: the first day from which an applicant would qualify if nothing else changed."""

import json
from collections.abc import Iterator
from functools import partial
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
    from desk.arguments import called, ground_lines, name
    from engine.answers import decide
    from engine.facts import day, sentence
    from engine.law import Provision, chinese, regulation
    from explain.change import named

    outcome = decide(case, only=[answer.applicant]).outcome(answer.applicant)
    label = partial(named, outcome, lang=shell.lang)
    known = {"who": called(case, answer.applicant)}
    until = day(answer.horizon, shell.lang)

    def numbered(round: int) -> str:
        return chinese(round) if shell.lang == "zh" else str(round)

    told = {"day": day(answer.day or 0, shell.lang), "until": until, "number": numbered(answer.round or 0)}
    words = shell.text("earliest.told", when=shell.text(f"earliest.when.{answer.kind}", **told), **known)
    yield from (shell.paint(line, bold=True) for line in wrap(words, shell.columns))
    if answer.status in ("eligible", "withdrawn"):
        return
    yield ""
    yield shell.text("earliest.ends")
    for end in answer.ends:
        how = "never" if end.never else "day" if end.day else "round" if end.round else "open"
        ends = shell.text(f"earliest.end.{how}", day=day(end.day or 0, shell.lang), number=numbered(end.round or 0))
        ground = f"{end.ground.provision.citation} {label(end.ground)}"
        first, *rest = wrap(shell.text("earliest.ground", ground=ground, ends=ends), shell.columns - 2)
        yield f"  {first}"
        yield from (f"    {line}" for line in rest)
    if answer.never:
        yield ""
        yield shell.text("earliest.together")
        yield from ground_lines(answer.never, shell, label)
    if answer.assumptions:
        yield ""
        yield from wrap(shell.text("earliest.assumed"), shell.columns)
    names = {answer.applicant: name(case, answer.applicant) or visible(answer.applicant)}
    for why, several in groupby(answer.assumptions, key=lambda one: one.why):
        yield "  " + shell.text(f"earliest.why.{why}")
        yield from (f"    {visible(sentence(one.fact, shell.lang, names))}" for one in several)
    cycle = next(iter(regulation(case.city).rows("cycle", 2)), None)
    if cycle is None:
        words = shell.text("earliest.no_cycle")
    else:
        words = shell.text("earliest.cycle", citation=Provision.parse(str(cycle[0])).citation, years=cycle[1])
    yield from wrap(words, shell.columns)
