"""`pingjiang where`: which message, rule or provision says something, for whoever wants to check or change it."""

import json

import click

from desk.arguments import json_option
from desk.shell import Command, Shell
from engine.errors import UsageError

LEAST = 2


@click.command("where", cls=Command)
@click.argument("words", metavar="TEXT")
@json_option
@click.pass_obj
def where(shell: Shell, words: str) -> None:
    """Find where a sentence comes from."""
    from engine.law import origins
    from engine.words import visible, wrap

    if len(words.strip()) < LEAST:
        raise UsageError("where_short", {"found": words, "least": LEAST})
    found = list(origins(words.strip()))
    if not found:
        raise UsageError("where_nothing", {"found": words})
    if shell.json:
        shell.say(json.dumps({"places": [one._asdict() for one in found]}, ensure_ascii=False, indent=1))
        return
    for one in found:
        shell.say(shell.paint(f"{one.file}:{one.line}  {one.key}".rstrip(), bold=True))
        for line in wrap(visible(one.words), shell.columns - 4):
            shell.say(f"    {line}")
