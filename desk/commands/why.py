"""`pingjiang why`: what an outcome, or any atom, rests on."""

import click

from desk.arguments import case_argument, day, force_option, json_option, limit_option, reading_option
from desk.files import format_option, full_option, output_option, written
from desk.shell import Command, Option, Shell


@click.command("why", cls=Command)
@case_argument
@format_option
@output_option
@full_option
@click.option("--set", "number", cls=Option, metavar="N", type=int)
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=day)
@reading_option
@limit_option
@force_option
@json_option
@click.pass_obj
def why(
    shell: Shell,
    case: tuple[str, ...],
    form: str | None,
    output: str | None,
    full: bool,
    number: int | None,
    as_of: int | None,
    readings: dict[str, str],
) -> None:
    """Justify an atom; by default the outcome."""
    written(shell, case, readings, lambda status: status, form, output, full, number, as_of or 0)
