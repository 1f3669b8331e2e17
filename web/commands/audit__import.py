"""`pingjiang audit import`: a table of the command line taken into the desk, to the byte, as an act."""

from pathlib import Path

import click

from desk.shell import Command, Option, Shell
from engine.errors import CaseError, Place, Problem, UsageError
from web.commands.audit__export import ROUNDS
from web.commands.serve import opened_house


@click.command("import", cls=Command)
@click.argument("city", metavar="CITY")
@click.argument("table", metavar="FILE")
@click.option("--for", "asked", cls=Option, type=click.Choice(ROUNDS), metavar="QUESTION")
@click.option("--data", cls=Option, metavar="DIR", default="desk-data")
@click.option("--database", cls=Option, metavar="URL", default="")
@click.pass_obj
def import_(shell: Shell, city: str, table: str, asked: str | None, data: str, database: str) -> None:
    """Take a table of a city's cases in."""
    try:
        text = Path(table).read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise UsageError("unreadable_record", {"found": table, "reason": str(trouble)}) from None
    house = opened_house(data, database)
    if not database and not (house.data / "desk.sqlite3").exists():
        raise UsageError("no_house", {"found": data})
    house.prepare()
    from web.bench import current, put_in, regulations
    from web.ledger import HOUSE
    from web.work import ask

    files = {one.city: one.files for one in regulations()}
    if city not in files:
        raise UsageError("unknown_city", {"found": city, "known": ", ".join(files)})
    found = ask("bench_taken", city, text, files[city], asked or "")
    if found["problems"]:
        raise CaseError([Problem("no_table", {"found": found["problems"][0]["words"][shell.lang]}, Place(table))])
    before = current(f"{asked}_{city}" if asked else city)
    put_in(HOUSE, city, before, text, "cases_imported", {"cases": found["cases"]}, question=asked or "")
    shell.say(shell.text("web.audit.imported", number=found["cases"]))
