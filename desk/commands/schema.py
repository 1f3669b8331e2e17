"""`pingjiang schema`: the JSON Schema of a case."""

import json

import click

from desk.arguments import json_option
from desk.shell import Command, Option, Shell
from engine.errors import UsageError
from engine.law import cities


@click.command("schema", cls=Command)
@click.option("--city", cls=Option, metavar="CITY")
@json_option
@click.pass_obj
def schema(shell: Shell, city: str | None) -> None:
    """Print the JSON Schema of a JSON case."""
    from engine.facts import schema as schema_of

    if city and city not in cities():
        raise UsageError("unknown_city", {"found": city, "known": ", ".join(cities())})
    shell.say(json.dumps(schema_of(shell.lang, city or ""), ensure_ascii=False, indent=2))
