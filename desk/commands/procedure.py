"""`pingjiang procedure`: how a round was conducted, check by check."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from desk.command import Command, Option
from desk.options import case_argument, json_option, reading_option, time_option
from desk.shell import Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Procedure, Value


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
    from desk.opened import opened
    from engine.answers import conduct as question

    result = question.procedure(opened(shell, case, readings), time_limit)
    if why is not None:
        _known(why, shell)
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        return
    for line in lines(result, shell) if why is None else reasons(result, why, shell):
        shell.say(line)


def reasons(result: "Procedure", check: str, shell: Shell) -> Iterator[str]:
    """Why a check fails, or why it does not."""
    from desk.trees import tree
    from explain.graph import why_violated

    yield shell.paint(shell.text(f"procedure.check.{check}"), bold=True)
    yield from tree(why_violated(result, check), result.case.city, shell)


def _known(check: str, shell: Shell) -> None:
    from engine.words import catalogue

    prefix = "procedure.check."
    known = [key.removeprefix(prefix) for key in catalogue("engine", shell.lang) if key.startswith(prefix)]
    if check not in known:
        raise UsageError("no_such_check", {"found": check, "known": ", ".join(sorted(known))})


def lines(result: "Procedure", shell: Shell) -> Iterator[str]:
    """Heading, violations with what is on file and what was required, what could not be checked, readings."""
    from desk.table import in_force
    from desk.visible import visible
    from desk.wrap import wrap
    from engine.law import statute

    case = result.case
    title = statute(case.city).title
    yield shell.paint(shell.text("procedure.title", title=title, round=case.round), bold=True)
    key = "procedure.violations" if result.violations else "procedure.none"
    yield shell.paint(shell.text(key, count=len(result.violations)), "red" if result.violations else "green")
    for entry in result.violations:
        yield f"  {entry.provision.citation}  {shell.text(f'procedure.check.{entry.check}')}"
        for label, value in (("found", entry.found), ("required", entry.required)):
            words = shell.text(f"procedure.{label}", value=worded(value, shell.lang))
            yield from (f"    {line}" for line in wrap(words, shell.columns - 4))
    if result.unchecked:
        yield shell.paint(shell.text("procedure.unchecked", count=len(result.unchecked)), "yellow")
    for row in result.unchecked:
        check = shell.text(f"procedure.check.{row.check}")
        words = shell.text("procedure.missing", check=check, missing=visible(row.missing))
        yield from (f"  {line}" for line in wrap(f"{row.provision.citation}  {words}", shell.columns - 2))
    yield from in_force(case.city, result.readings, shell)


def worded(value: "Value", lang: str) -> str:
    """What was found or required: a number, a fact as a sentence, or a list of either and of categories."""
    from desk.recorded import recorded
    from desk.visible import visible
    from engine.words import has, text

    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return text("table.and", lang).join(worded(one, lang) for one in value) or "—"
    if "(" in value:
        return recorded(value, lang)
    for key in ("category", "purpose", "objection", "limb"):
        if has(f"vocabulary.choices.{key}.{value}", lang):
            return text(f"vocabulary.choices.{key}.{value}", lang)
    key = f"procedure.value.{value}"
    return text(key, lang) if has(key, lang) else visible(value)
