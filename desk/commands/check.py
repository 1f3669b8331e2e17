"""`pingjiang check`: is the case in order, and where not; a workbook comes back with its bad cells marked."""

import json
from pathlib import Path

import click

from desk.arguments import case_argument, files, force_option, heed, json_option, limit_option
from desk.shell import Command, Option, Shell, save
from desk.shell import problems as told
from engine.errors import CaseError, Problem, Problems, UsageError
from engine.words import visible


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

    names = files(case)
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
    remarks = [remark for name in books for remark in _remarks(name)]
    if output is not None:
        _mark(shell, Path(books[0]), Path(output), refused.problems if refused else ())
    if remarks and not shell.json:
        shell.tell(shell.text("workbook.remark.title"))
        for remark in remarks:
            shell.tell(visible(f"  {remark.line(shell.lang)}"))
    if refused is not None:
        raise refused
    heed(shell, found)
    if shell.json:
        rows = [told.entry(remark, shell) for remark in remarks]
        shell.say(json.dumps({"problems": [], "remarks": rows}, ensure_ascii=False, indent=1))
    else:
        shell.say(shell.text("workbook.check.sound", number=len(found.rows("applicant")), facts=len(found.facts)))


def _remarks(name: str) -> list[Problem]:
    """What a workbook holds that is not read."""
    from desk.workbook import Reading

    reading = Reading(name, Problems())
    if Path(name).is_file():
        reading.read(Path(name).read_bytes())
    return reading.remarks


def _mark(shell: Shell, source: Path, target: Path, problems: tuple[Problem, ...]) -> None:
    from desk.workbook import Refused, marked, plain

    own = [plain(one, shell.lang) for one in problems if one.place.file == str(source) and one.place.cell]
    try:
        save(target, marked(source.read_bytes(), own, shell.lang), force=shell.force)
    except (Refused, OSError):
        return  # the problems say why it cannot be opened
    shell.tell(shell.text("workbook.check.marked", file=target, number=len(own)))
