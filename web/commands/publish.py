"""`pingjiang publish`: the board of a round as plain files."""

from pathlib import Path

import click

from desk.arguments import force_option
from desk.shell import Command, Option, Shell, vacant, whole
from engine.errors import UsageError
from web.commands.serve import opened_house


@click.command("publish", cls=Command)
@click.argument("round", metavar="ROUND")
@click.argument("folder", metavar="DIR")
@click.option("--data", cls=Option, metavar="DIR", default="desk-data")
@click.option("--database", cls=Option, metavar="URL", default="")
@force_option
@click.pass_obj
def publish(shell: Shell, round: str, folder: str, data: str, database: str) -> None:
    """Write the board of a round."""
    house = opened_house(data, database)
    if not database and not (house.data / "desk.sqlite3").exists():
        raise UsageError("no_house", {"found": data})
    vacant(Path(folder), force=shell.force)
    house.prepare()
    from web.board import copied

    files = copied(round)
    if len(files) == FIXED:
        raise UsageError("round_not_here", {"found": round})
    whole(Path(folder), files, force=shell.force)
    pages = sum(name.endswith(".html") for name in files)
    shell.say(shell.text("web.publish.done", folder=folder, pages=pages, files=len(files)))


FIXED = 3
"""The files of a board on which nothing was ever put up: its first page, the style, the hashes."""
