"""`pingjiang freeze`: the commitment of a draw, before any seed exists."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import (
    case_argument,
    cluster_option,
    force_option,
    json_option,
    limit_option,
    pending_option,
    reading_option,
    size_option,
)
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.draw import Frozen, Places
    from engine.record import Old
    from engine.repair import Repair

IMPOSSIBLE = 4


@click.command("freeze", cls=Command)
@case_argument
@size_option
@pending_option
@click.option("--file", "file", cls=Option, metavar="FILE")
@click.option("--replaces", multiple=True, cls=Option, metavar="FILE")
@click.option("--from", "origin", cls=Option, metavar="RECORD")
@click.option("--reviewed", multiple=True, cls=Option, metavar="ID")
@reading_option
@limit_option
@cluster_option
@force_option
@json_option
@click.pass_context
def freeze(
    ctx: click.Context,
    case: tuple[str, ...],
    size: int | None,
    pending: bool,
    file: str | None,
    replaces: tuple[str, ...],
    origin: str | None,
    reviewed: tuple[str, ...],
    readings: dict[str, str],
    cluster: str,
) -> None:
    """Freeze the case of a draw."""
    from desk.arguments import frozen, replacing, supplementary
    from desk.shell import save
    from desk.text import announcement, set_aside
    from engine.draw import frozen_text, shortage
    from engine.repair import equality, repairs

    shell = ctx.find_object(Shell) or Shell()
    if origin:
        if size or readings or cluster or not pending:
            raise UsageError("draw_option", {"found": "--size, --reading, --cluster, --without-pending"})
        kept = supplementary(origin, case, reviewed)
    else:
        kept = frozen(shell, case, readings, pending, size, cluster=cluster)
    olds = replacing(kept, replaces)
    hall = shortage(kept)
    found = repairs(kept) if hall else ()
    if file:
        save(Path(file), frozen_text(kept), force=shell.force)
    if shell.json:
        entry = {
            "commitment": kept.commitment,
            "size": kept.size,
            "groups": [{"group": group, "fit": len(kept.roster.fit[group])} for group in kept.roster.groups],
            "feasible": hall is None,
            "hall": hall.json() if hall else None,
            "repairs": [repair.json() for repair in found],
            "announcement": [*announcement(kept, shell), *set_aside(olds, shell)],
            "chances": None if kept.fixed else equality(kept).json(),
        }
        shell.say(json.dumps(entry, ensure_ascii=False, indent=1))
    else:
        for line in _lines(kept, hall, found, file, olds, shell):
            shell.say(line)
    if hall:
        ctx.exit(IMPOSSIBLE)


def _lines(
    kept: "Frozen",
    hall: "Places | None",
    found: "Sequence[Repair]",
    file: str | None,
    olds: "Sequence[Old]",
    shell: Shell,
) -> Iterator[str]:
    from desk.text import announcement, impossible, panel_heading, panel_lines, set_aside

    yield from panel_heading(kept.roster, shell)
    yield ""
    if hall:
        yield from impossible(kept, hall, found, shell)
        return
    yield from panel_lines(shell, shell.text("panel.feasible", size=kept.size, count=len(kept.roster.groups)))
    yield from panel_lines(shell, shell.text("panel.frozen_kept", file=file) if file else shell.text("panel.not_kept"))
    yield ""
    yield shell.paint(shell.text("panel.announce"), bold=True)
    for words in (*announcement(kept, shell), *set_aside(olds, shell)):
        yield from panel_lines(shell, words, 2)
