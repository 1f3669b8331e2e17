"""`pingjiang readings`: where the text leaves room, and how it is read."""

import json
from collections.abc import Iterator

import click

from desk.arguments import json_option
from desk.shell import Command, Option, Shell
from engine.errors import UsageError
from engine.law import statutes as statute
from engine.words import hanging, wrap

_FORMATS = ("text", "json", "markdown")


@click.command("readings", cls=Command)
@click.argument("city", required=False, metavar="CITY")
@click.option("--format", "format", cls=Option, metavar="|".join(_FORMATS), default="text")
@json_option
@click.pass_obj
def readings(shell: Shell, city: str | None, format: str) -> None:
    """List the register of readings."""
    if city is not None and city not in statute.cities():
        raise UsageError("unknown_city", {"found": city, "known": ", ".join(statute.cities())})
    if format not in _FORMATS:
        raise UsageError("format_unknown", {"found": format, "known": ", ".join(_FORMATS)})
    from desk.text import entry, markdown, register, rules_of_entry

    known = register(*([city] if city else []))
    if shell.json or format == "json":
        rows = [entry(reading, where, shell.lang) for reading, where in known.values()]
        ruled = [
            {
                "key": key,
                "provisions": list(where),
                "label": shell.text(f"entry.{key}.label"),
                "rule": shell.text(f"entry.{key}.rule"),
            }
            for key, where in rules_of_entry(*([city] if city else []))
        ]
        shell.say(json.dumps({"readings": rows, "entries": ruled}, ensure_ascii=False, indent=1))
    elif format == "markdown":
        shell.say("\n".join(markdown(known)))
    else:
        shell.say("\n".join(line for pair in known.values() for line in _lines(entry(*pair, shell.lang), shell)))
        shell.say(shell.text("register.entries"))
        for key, where in rules_of_entry(*([city] if city else [])):
            for line in wrap(f"{key}  {shell.text(f'entry.{key}.label')}  [{', '.join(where)}]", shell.columns):
                shell.say(line)
            for line in wrap(shell.text(f"entry.{key}.rule"), shell.columns - 2):
                shell.say(f"  {line}")


def _lines(row: dict[str, object], shell: Shell) -> Iterator[str]:
    assert isinstance(row["choices"], dict) and isinstance(row["cities"], list)
    place = " ".join([*row["cities"], str(row["citation"] or "")]).strip()
    yield from wrap(f"{row['key']}  {row['label']}  [{place}]", shell.columns)
    default = shell.text("register.default")
    choices = [
        (f"{choice}{default if choice == row['default'] else ''}", line) for choice, line in row["choices"].items()
    ]
    yield from hanging(choices, shell.columns)
    yield from (f"  {line}" for line in wrap(str(row["reason"]), shell.columns - 2))
    yield ""
