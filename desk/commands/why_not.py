"""`pingjiang why-not`: what stands in the way of an atom; by default of being accepted."""

import json
from collections.abc import Iterator

import click

from desk.arguments import case_argument, force_option, json_option, limit_option, reading_option
from desk.files import deliver, format_option, full_option, output_option, written
from desk.shell import Command, Option, Shell
from engine.errors import UsageError


@click.command("why-not", cls=Command)
@case_argument
@click.option("--all", "every", is_flag=True, cls=Option)
@format_option
@output_option
@full_option
@reading_option
@limit_option
@force_option
@json_option
@click.pass_obj
def why_not(
    shell: Shell,
    case: tuple[str, ...],
    every: bool,
    form: str | None,
    output: str | None,
    full: bool,
    readings: dict[str, str],
) -> None:
    """Justify that an atom is false; by default that an applicant is not accepted."""
    if not every:
        written(shell, case, readings, lambda _status: "eligible", form, output, full)
    elif not shell.json:
        raise UsageError("all_needs_json")
    else:
        deliver(shell, "".join(_all(shell, case, readings)), output)


def _all(shell: Shell, words: tuple[str, ...], readings: dict[str, str]) -> Iterator[str]:
    """Everybody who is not accepted, an applicant a line, justified in one solve."""
    from desk.arguments import opened
    from engine.answers import decide
    from explain.graph import grounds
    from explain.show import causes

    decision = decide(opened(shell, words, readings))
    head = {"city": decision.case.place, "round": decision.round, "deadline": decision.as_dict()["deadline"]}
    head |= {"readings": dict(decision.readings)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "applicants": ['
    before = "\n"
    for outcome, known, graph in grounds(decision):
        row = {"id": outcome.id, "name": outcome.name, "status": outcome.status, **causes(known, graph)}
        yield before + json.dumps(row, ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"
