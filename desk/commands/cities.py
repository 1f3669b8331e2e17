"""`pingjiang cities`: whose regulations are here."""

import json

import click

from desk.arguments import json_option
from desk.shell import Command, Shell
from engine.facts import day_text
from engine.law import in_force, several
from engine.law import statutes as statute


@click.command("cities", cls=Command)
@json_option
@click.pass_obj
def cities(shell: Shell) -> None:
    """List the cities and their regulations."""
    texts = [statute.statute(city) for city in statute.cities()]
    if shell.json:
        rows = [{"city": text.city, "title": text.title, "header": text.header, **_texts(text.city)} for text in texts]
        shell.say(json.dumps({"cities": rows}, ensure_ascii=False, indent=1))
        return
    for text in texts:
        shell.say(f"{text.city}  《{text.title}》")
        for name, value in text.header.items():
            shell.say(f"    {name}：{value}")
        for row in _texts(text.city).get("texts", ()):
            shell.say(f"    {row['text']}  {row['in_force']}")


def _texts(city: str) -> dict[str, list[dict[str, str]]]:
    """The texts of a city that has several, each with the day from which it is in force; nothing of any other."""
    found = in_force(city, {}) if several(city) else ()
    return {"texts": [{"text": one.text, "in_force": day_text(one.first)} for one in found]} if found else {}
