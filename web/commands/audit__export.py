"""`pingjiang audit export`: what was said of a city's cases on the desk, as the command line's own table."""

from pathlib import Path

import click

from desk.arguments import force_option
from desk.shell import Command, Option, Shell, save
from engine.errors import UsageError
from web.commands.serve import opened_house

ROUNDS = ("award", "panels", "procedure", "review")
"""The questions whose cases stand in tables of their own."""


@click.command("export", cls=Command)
@click.argument("city", metavar="CITY")
@click.option("--for", "asked", cls=Option, type=click.Choice(ROUNDS), metavar="QUESTION")
@click.option("--data", cls=Option, metavar="DIR", default="desk-data")
@click.option("--database", cls=Option, metavar="URL", default="")
@click.option("--into", cls=Option, metavar="FILE")
@force_option
@click.pass_obj
def export(shell: Shell, city: str, asked: str | None, data: str, database: str, into: str | None) -> None:
    """Write the table of a city's cases."""
    house = opened_house(data, database)
    if not database and not (house.data / "desk.sqlite3").exists():
        raise UsageError("no_house", {"found": data})
    house.prepare()
    from web.bench import current, regulations

    known = [one.city for one in regulations()]
    if city not in known:
        raise UsageError("unknown_city", {"found": city, "known": ", ".join(known)})
    key = f"{asked}_{city}" if asked else city
    file = Path(into or f"{key}_audit.toml")
    save(file, current(key), force=shell.force)
    shell.say(shell.text("web.audit.exported", file=file))
