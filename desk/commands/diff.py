"""`pingjiang diff`: two cases or two recorded rounds side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import json_option, reading_option, strict_option, time_option
from desk.shell import Command, Shell

if TYPE_CHECKING:
    from engine.compare import Run
    from engine.solve import Clock


@click.command("diff", cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@reading_option
@time_option
@strict_option
@json_option
@click.pass_obj
def diff(shell: Shell, old: str, new: str, readings: dict[str, str], time_limit: float | None) -> None:
    """Compare two runs."""
    from desk.text import difference_lines
    from engine.compare import difference
    from engine.solve import Clock

    clock = Clock.limit(time_limit)
    before, after = (_run(shell, word, readings, clock) for word in (old, new))
    found = difference(before, after)
    if shell.json:
        shell.say(found.json().rstrip("\n"))
        return
    for line in difference_lines(found, {**before.case.names, **after.case.names}, shell):
        shell.say(line)


def _run(shell: Shell, word: str, readings: dict[str, str], clock: "Clock") -> "Run":
    """A case decided now, or a round as it was recorded."""
    from desk.arguments import opened
    from desk.files import FACTS, RECORD, Asked, basis, load, parts, recorded
    from engine.compare import run

    path = Path(word)
    if path.name != RECORD:
        case = opened(shell, [word], readings)
        return run(case, parts(basis(case)), clock=clock)
    row = load(path)
    case = opened(shell, [str(path.parent / FACTS)], Asked.read(row["asked"]).readings)
    return recorded(path, case)
