"""`pingjiang freeze`: the commitment of a draw, before any seed exists."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import (
    case_argument,
    force_option,
    json_option,
    limit_option,
    pending_option,
    reading_option,
    size_option,
)
from desk.shell import Command, Option, Shell

if TYPE_CHECKING:
    from engine.draw import Frozen, Places
    from engine.repair import Repair

IMPOSSIBLE = 4


@click.command("freeze", cls=Command)
@case_argument
@size_option
@pending_option
@click.option("--file", "file", cls=Option, metavar="FILE")
@reading_option
@limit_option
@force_option
@json_option
@click.pass_context
def freeze(
    ctx: click.Context,
    case: tuple[str, ...],
    size: int | None,
    pending: bool,
    file: str | None,
    readings: dict[str, str],
) -> None:
    """Freeze the case of a draw."""
    from desk.arguments import frozen
    from desk.shell import save
    from engine.draw import Bench, Plan, equality
    from engine.repair import repairs

    shell = ctx.find_object(Shell) or Shell()
    kept = frozen(shell, case, readings, pending, size)
    hall = Plan.of(Bench.of(kept)).hall()
    found = repairs(kept) if hall else []
    if file:
        save(Path(file), kept.file, force=shell.force)
    if shell.json:
        entry = {
            "commitment": kept.commitment,
            "size": kept.size,
            "groups": [{"group": group, "fit": len(kept.roster.fit[group])} for group in kept.roster.groups],
            "feasible": hall is None,
            "hall": hall.json() if hall else None,
            "repairs": [repair.json() for repair in found],
            "chances": equality(kept).json(),
        }
        shell.say(json.dumps(entry, ensure_ascii=False, indent=1))
    else:
        for line in _lines(kept, hall, found, shell):
            shell.say(line)
    if hall:
        ctx.exit(IMPOSSIBLE)


def _lines(kept: "Frozen", hall: "Places | None", found: "list[Repair]", shell: Shell) -> Iterator[str]:
    from desk.text import impossible, panel_heading, panel_lines
    from engine.draw import equality

    yield from panel_heading(kept.roster, shell)
    yield ""
    yield shell.paint(shell.text("panel.commitment", commitment=kept.commitment), bold=True)
    yield from panel_lines(shell, shell.text("panel.published"))
    if hall:
        yield from impossible(kept, hall, found, shell)
        return
    chance = equality(kept)
    key = "panel.equal" if chance.holds else "panel.unequal"
    yield from panel_lines(shell, shell.text("panel.feasible", size=kept.size, count=len(kept.roster.groups)))
    yield from panel_lines(
        shell,
        shell.text(key, figure=chance.figure, who=chance.reviewer or "", load=chance.load, over=", ".join(chance.over)),
    )
