"""`pingjiang check`: is the case in order, and where not; a workbook comes back with its bad cells marked."""

import json
from pathlib import Path

import click

from desk.arguments import account_of, case_argument, force_option, heed, json_option, limit_option, lost_words, named
from desk.shell import Command, Option, Shell, save
from engine.errors import CaseError, Problem, UsageError


@click.command("check", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="MARKED")
@limit_option
@force_option
@json_option
@click.pass_obj
def check(shell: Shell, case: tuple[str, ...], output: str | None) -> None:
    """Read a case and tell everything that is wrong with it."""
    from engine.case import load

    names = named(shell, case)
    books = [name for name in names if name.lower().endswith(".xlsx")]
    if output is not None and len(books) != 1:
        raise UsageError("check_output", {"number": len(books)})
    if output is not None and Path(output).suffix.lower() != ".xlsx":
        raise UsageError("format_unknown", {"found": output, "known": "xlsx"})
    refused: CaseError | None = None
    try:
        found = load(names)
    except CaseError as error:
        refused = error
    accounts = refused.accounts if refused else found.accounts
    account_of(shell, accounts)
    if output is not None:
        _mark(shell, Path(books[0]), Path(output), refused.problems if refused else ())
    if refused is not None:
        raise refused
    heed(shell, found)
    if shell.json:
        rows = [account.as_dict() for account in accounts]
        shell.say(json.dumps({"problems": [], "read": rows}, ensure_ascii=False, indent=1))
    else:
        shell.say(shell.text("workbook.check.sound", number=len(found.rows("applicant")), facts=len(found.facts)))


def _mark(shell: Shell, source: Path, target: Path, problems: tuple[Problem, ...]) -> None:
    from desk.workbook import Refused, marked, plain

    own = [plain(one, shell.lang) for one in problems if one.place.file == str(source) and one.place.cell]
    try:
        data, lost = marked(source.read_bytes(), own, shell.lang)
    except (Refused, OSError):
        return  # the problems say why it cannot be opened
    save(target, data, force=shell.force)
    shell.tell(shell.text("workbook.check.marked", file=target, number=len(own)))
    if lost:
        shell.tell(shell.text("workbook.check.lost", kinds=lost_words(lost, shell)))
