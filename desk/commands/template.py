"""`pingjiang template`: an empty workbook for a city's round."""

from pathlib import Path

import click

from desk.arguments import force_option
from desk.shell import Command, Option, Shell, save
from engine.errors import UsageError
from engine.law import cities


@click.command("template", cls=Command)
@click.argument("city", metavar="CITY")
@click.option("-o", "--output", default="case.xlsx", cls=Option, metavar="OUT")
@force_option
@click.pass_obj
def template(shell: Shell, city: str, output: str) -> None:
    """Write the workbook that a round is filled into."""
    from desk.workbook import template as written

    if city not in cities():
        raise UsageError("unknown_city", {"found": city, "known": ", ".join(cities())})
    if Path(output).suffix.lower() != ".xlsx":
        raise UsageError("format_unknown", {"found": output, "known": "xlsx"})
    save(Path(output), written(city, shell.lang), force=shell.force)
    shell.say(shell.text("workbook.template.written", file=output))
