"""`pingjiang schema`: the JSON Schema of a case."""

import json

import click

from desk.arguments import json_option
from desk.shell import Command, Shell


@click.command("schema", cls=Command)
@json_option
@click.pass_obj
def schema(shell: Shell) -> None:
    """Print the JSON Schema of a JSON case."""
    from engine.facts import schema as schema_of

    shell.say(json.dumps(schema_of(shell.lang), ensure_ascii=False, indent=2))
