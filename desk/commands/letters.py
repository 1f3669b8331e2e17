"""`pingjiang letters`: the letters to all rejected applicants, in a folder that is whole or not there."""

from pathlib import Path

import click

from desk.arguments import case_argument, force_option, json_option, limit_option, reading_option
from desk.files import options, papers, today, write_letters
from desk.shell import Command, Option, Shell, vacant


@click.command("letters", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="DIR", required=True)
@click.option("--date", "date", cls=Option, metavar="DAY", callback=today)
@click.option("--remedies", is_flag=True, cls=Option)
@reading_option
@limit_option
@force_option
@json_option
@click.pass_obj
def letters(
    shell: Shell, case: tuple[str, ...], output: str, date: int, remedies: bool, readings: dict[str, str]
) -> None:
    """Write all letters."""
    from desk.arguments import opened
    from engine.answers import decide
    from explain.letter import addressees

    vacant(Path(output), force=shell.force)
    decision = decide(opened(shell, case, readings))
    told = addressees(decision)
    write_letters(shell, papers(decision, told, date, options(remedies)), Path(output), index=True)
