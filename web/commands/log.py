"""`pingjiang log`: the ledger of a desk checked and exported, without the desk running."""

import json

import click

from desk.arguments import json_option
from desk.shell import Command, Group, Option, Shell
from engine.errors import UsageError
from web.commands.serve import opened_house


@click.group("log", cls=Group)
def log() -> None:
    """Check the ledger."""


@log.command("verify", cls=Command)
@click.option("--data", cls=Option, metavar="DIR", default="desk-data")
@click.option("--database", cls=Option, metavar="URL", default="")
@click.option("--act", cls=Option, metavar="N:HASH", default="")
@json_option
@click.pass_obj
def verify(shell: Shell, data: str, database: str, act: str) -> None:
    """Check the whole chain."""
    number, colon, beginning = act.partition(":")
    if act and not (colon and number.isdecimal() and number.isascii() and beginning):
        raise UsageError("not_an_act", {"found": act})
    house = opened_house(data, database)
    if not database and not (house.data / "desk.sqlite3").exists():
        raise UsageError("no_house", {"found": data})
    house.prepare()
    from web.ledger import verified

    found = verified((int(number), beginning) if act else None)
    if shell.json:
        shell.say(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
    elif not found.faults:
        shell.say(shell.text("web.log.whole", number=found.acts, head=found.head[:16]))
    for one in found.faults if not shell.json else ():
        shell.say(shell.text(f"web.ledger.fault.{one.kind}", number=one.number))
    if found.faults:
        raise click.exceptions.Exit(2)


@log.command("export", cls=Command)
@click.option("--data", cls=Option, metavar="DIR", default="desk-data")
@click.option("--database", cls=Option, metavar="URL", default="")
@click.pass_obj
def export(shell: Shell, data: str, database: str) -> None:
    """Write every act, a line each."""
    house = opened_house(data, database)
    house.prepare()
    from web.ledger import exported

    for line in exported():
        shell.pour(line)
