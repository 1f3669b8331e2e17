"""`pingjiang facts`: case files turned from one format into another."""

from importlib import import_module
from pathlib import Path

import click

from desk.arguments import case_argument, force_option, json_option, limit_option
from desk.shell import Group, Option, Shell, save
from engine.errors import UsageError

_STDOUT = "-"
WRITERS = {".lp": "engine.case.lpfile", ".json": "engine.case.jsonfile", ".xlsx": "desk.workbook.writer"}
"""The module that writes files of a suffix: its `write(facts)` returns the text, or the bytes."""


@click.group("facts", cls=Group)
def facts() -> None:
    """Work on case files."""


@facts.command("convert")
@case_argument
@click.option("-o", "--output", required=True, cls=Option, metavar="OUT")
@click.option("--to", cls=Option, metavar="lp|json|xlsx")
@limit_option
@force_option
@json_option
@click.pass_obj
def convert(shell: Shell, case: tuple[str, ...], output: str, to: str | None) -> None:
    """Turn a case from one format into another."""
    from desk.arguments import opened

    suffix = f".{to.removeprefix('.')}" if to else Path(output).suffix.lower() if output != _STDOUT else ""
    known = ", ".join(name.removeprefix(".") for name in WRITERS)
    if not suffix and output == _STDOUT:
        raise UsageError("format_needed", {"known": known})
    if suffix not in WRITERS:
        raise UsageError("format_unknown", {"found": to or output, "known": known})
    written: str | bytes = import_module(WRITERS[suffix]).write(opened(shell, case, aside=True).facts)
    if output != _STDOUT:
        save(Path(output), written, force=shell.force)
    else:
        shell.pour(written)
