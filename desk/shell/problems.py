"""Errors as a person and as a program reads them: one problem a line, or one JSON object."""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

import click

from desk.shell.shell import Shell
from engine.errors import Problem, UsageError
from engine.words import visible


def report(problems: Iterable[Problem], shell: Shell) -> None:
    """All problems on standard error, one a line behind its place, and with `--json` as JSON on standard output too."""
    problems = tuple(_in_office_words(problem, shell.lang) for problem in problems)
    for problem in problems:
        shell.tell(visible(problem.line(shell.lang)))
    if shell.json:
        rows = [entry(problem, shell) for problem in problems]
        with suppress(UsageError):  # standard output takes nothing: standard error has it
            shell.say(json.dumps({"problems": rows}, ensure_ascii=False, indent=1))


def _in_office_words(problem: Problem, lang: str) -> Problem:
    if problem.code == "strict_hint":
        told = {name: value for name, value in problem.parameters.items() if not name.startswith("words_")}
        return replace(problem, parameters=told | {"words": problem.parameters[f"words_{lang}"]})
    if problem.place.sheet is None:
        return problem
    from desk.workbook import plain

    return plain(problem, lang)


def entry(problem: Problem, shell: Shell) -> dict[str, object]:
    """A problem for a program: its place (null where it has none), code, parameters, and the sentence."""
    return {
        "file": problem.place.file or None,
        "line": problem.place.line,
        "path": problem.place.path,
        "sheet": problem.place.sheet,
        "cell": problem.place.cell,
        "code": problem.code,
        "parameters": dict(problem.parameters),
        "message": problem.sentence(shell.lang),
    }


def usage(error: click.ClickException) -> Problem:
    """What click found wrong with the command line, in our words."""
    match error:
        case click.NoSuchOption(option_name=found, possibilities=[*near]) if near:
            return Problem("no_such_option_near", {"found": found, "near": ", ".join(near)})
        case click.NoSuchOption(option_name=found):
            return Problem("no_such_option", {"found": found})
        case click.MissingParameter(param=click.Argument(metavar=str(name))):
            return Problem("missing_argument", {"name": name})
        case click.MissingParameter(param=click.Option(opts=names)):
            return Problem("missing_argument", {"name": ", ".join(names)})
        case click.BadOptionUsage(option_name=name):
            return Problem("bad_option", {"name": name, "found": error.format_message()})
        case _:
            return Problem("bad_usage", {"found": error.format_message()})
