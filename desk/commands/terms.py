"""`pingjiang terms`: what a case of one regulation may say, with the terms of its own tables."""

import click

from desk.shell import Command, Shell
from engine.errors import UsageError
from engine.law import cities


@click.command("terms", cls=Command)
@click.argument("city", metavar="CITY")
@click.pass_obj
def terms(shell: Shell, city: str) -> None:
    """Print the page on a regulation's vocabulary."""
    from engine.case import handbook

    if city not in cities():
        raise UsageError("unknown_city", {"found": city, "known": ", ".join(cities())})
    shell.pour(handbook.page(city))
