"""`pingjiang facts`: case files turned from one format into another."""

import os
import tempfile
from importlib import import_module
from pathlib import Path

import click

from desk.command import Group, Option
from desk.options import case_argument, json_option
from desk.shell import Shell
from engine.errors import UsageError

_STDOUT = "-"
WRITERS = {".lp": "engine.lpfile", ".json": "engine.jsonfile"}
"""The module that writes files of a suffix: its `write(facts)` returns the text."""


@click.group("facts", cls=Group)
def facts() -> None:
    """Work on case files."""


@facts.command("convert")
@case_argument
@click.option("-o", "--output", required=True, cls=Option, metavar="OUT")
@click.option("--to", cls=Option, metavar="lp|json")
@json_option
@click.pass_obj
def convert(shell: Shell, case: tuple[str, ...], output: str, to: str | None) -> None:
    """Turn a case from one format into another."""
    from desk.opened import opened

    suffix = f".{to.removeprefix('.')}" if to else Path(output).suffix.lower() if output != _STDOUT else ""
    known = ", ".join(name.removeprefix(".") for name in WRITERS)
    if not suffix and output == _STDOUT:
        raise UsageError("format_needed", {"known": known})
    if suffix not in WRITERS:
        raise UsageError("format_unknown", {"found": to or output, "known": known})
    written: str = import_module(WRITERS[suffix]).write(opened(shell, case).facts)
    if output == _STDOUT:
        shell.say(written.rstrip("\n"))
        return
    try:
        replace(Path(output), written)
    except OSError as trouble:
        raise UsageError("unwritable", {"found": output, "reason": trouble.strerror or str(trouble)}) from trouble


def replace(target: Path, words: str) -> None:
    """Write a file beside the target and rename it: the target is either the whole new file or the old one."""
    handle, name = tempfile.mkstemp(prefix=".pingjiang-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(words)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
