"""`pingjiang panels`: every valid set of panels of a small case; a choice made by hand, completed."""

import click

from desk.arguments import (
    case_argument,
    cluster_option,
    json_option,
    number,
    pending_option,
    reading_option,
    size_option,
    time_option,
)
from desk.shell import Command, Option, Shell

IMPOSSIBLE = 4
_SHOWN = 5


@click.command("panels", cls=Command)
@case_argument
@click.option("--all", "everything", is_flag=True, cls=Option)
@click.option("--limit", cls=Option, metavar="N", callback=number)
@click.option("--with", "wanted", multiple=True, cls=Option, metavar="R@G")
@click.option("--without", "unwanted", multiple=True, cls=Option, metavar="R@G")
@size_option
@pending_option
@time_option
@cluster_option
@reading_option
@json_option
@click.pass_context
def panels(
    ctx: click.Context,
    case: tuple[str, ...],
    everything: bool,
    limit: int | None,
    wanted: tuple[str, ...],
    unwanted: tuple[str, ...],
    size: int | None,
    pending: bool,
    time_limit: float | None,
    cluster: str,
    readings: dict[str, str],
) -> None:
    """List the valid sets of panels."""
    from desk.arguments import frozen
    from desk.text import impossible, panel_heading, panel_lines
    from engine.draw import against, shortage, wishes
    from engine.draw import panels as enumerate_panels
    from engine.panels import names, reason
    from engine.repair import repairs
    from engine.solve import Clock

    shell = ctx.find_object(Shell) or Shell()
    kept = frozen(shell, case, readings, pending, size, cluster=cluster)
    roster = kept.roster
    chosen, left = wishes(roster, wanted), wishes(roster, unwanted)
    forbidden = against(roster, chosen)
    hall = shortage(kept)
    if hall and not shell.json:
        for line in (*panel_heading(roster, shell), *impossible(kept, hall, repairs(kept), shell)):
            shell.say(line)
        ctx.exit(IMPOSSIBLE)
    shown = limit if limit is not None else None if everything else _SHOWN if not (wanted or unwanted) else 1
    found = enumerate_panels(kept, chosen, left, limit=shown, clock=Clock.limit(time_limit))
    if shell.json:
        shell.say(found.json().rstrip("\n"))
    else:
        known = names(roster)
        for line in panel_heading(roster, shell):
            shell.say(line)
        for wish, reasons in forbidden:
            against_it = shell.text("panel.and").join(reason(one, roster, shell.lang, known) for one in reasons)
            for line in panel_lines(
                shell, shell.text("panel.forbidden", who=wish.reviewer, group=wish.group, reason=against_it)
            ):
                shell.say(line)
        shell.say(shell.paint(shell.text("panel.count", count=found.count, shown=len(found.sets)), bold=True))
        for one in found.sets:
            words = [
                f"{panel['group']}{shell.text('panel.colon')}"
                + " ".join(f"{member['id']}{'*' if member['leader'] else ''}" for member in panel["members"])
                for panel in found.panels(one)
            ]
            for line in panel_lines(shell, "  ".join(words), 2):
                shell.say(line)
    if not found.count:
        ctx.exit(IMPOSSIBLE)
