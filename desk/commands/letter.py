"""`pingjiang letter`: the written reasons for one rejected applicant, proved before they are written."""

from pathlib import Path

import click

from desk.arguments import case_argument, force_option, json_option, limit_option, reading_option
from desk.files import options, show, today, write_letter, written_to
from desk.shell import Command, Option, Shell


@click.command("letter", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="DIR", default=".")
@click.option("--date", "date", cls=Option, metavar="DAY", callback=today)
@click.option("--remedies", is_flag=True, cls=Option)
@click.option("--text", "as_text", is_flag=True, cls=Option)
@reading_option
@limit_option
@force_option
@json_option
@click.pass_obj
def letter(
    shell: Shell,
    case: tuple[str, ...],
    output: str,
    date: int,
    remedies: bool,
    as_text: bool,
    readings: dict[str, str],
) -> None:
    """Write the letter to one applicant."""
    from desk.arguments import asked
    from engine.answers import decide

    loaded, id, _ = asked(shell, case, readings)
    written = written_to(decide(loaded), id, date, options(remedies))
    if as_text:
        show(shell, written.paper)
    else:
        write_letter(shell, written, Path(output))
