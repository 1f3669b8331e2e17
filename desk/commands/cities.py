"""`pingjiang cities`: whose regulations are here."""

import json

import click

from desk.arguments import json_option
from desk.shell import Command, Shell
from engine.law import statutes as statute


@click.command("cities", cls=Command)
@json_option
@click.pass_obj
def cities(shell: Shell) -> None:
    """List the cities and their regulations."""
    texts = [statute.statute(city) for city in statute.cities()]
    if shell.json:
        rows = [{"city": text.city, "title": text.title, "header": text.header} for text in texts]
        shell.say(json.dumps({"cities": rows}, ensure_ascii=False, indent=1))
        return
    for text in texts:
        shell.say(f"{text.city}  《{text.title}》")
        for name, value in text.header.items():
            shell.say(f"    {name}：{value}")
