"""`pingjiang conflicts`: who has an interest in whom, through which chain, and who may not sit where."""

from collections import defaultdict
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
)
from desk.shell import Command, Option, Shell

if TYPE_CHECKING:
    from engine.panels import Conflicts, Roster


_SHOWN = 40
"""So many interests, and identifiers a line, are shown on a terminal; `--json` has all."""


@click.command("conflicts", cls=Command)
@case_argument
@pending_option
@click.option("--why", "asked", cls=Option, metavar="R@G")
@click.option("--picture", cls=Option, metavar="FILE")
@reading_option
@limit_option
@cluster_option
@force_option
@json_option
@click.pass_obj
def conflicts(
    shell: Shell,
    case: tuple[str, ...],
    pending: bool,
    asked: str | None,
    picture: str | None,
    readings: dict[str, str],
    cluster: str,
) -> None:
    """List the conflicts of interest."""
    from desk.arguments import rostered
    from engine.panels import conflicts_of

    roster = rostered(shell, case, readings, pending, cluster)
    if picture:
        from desk.files import conflict_picture
        from desk.shell import save

        save(Path(picture), conflict_picture(roster, picture, shell.lang), force=shell.force)
    if asked:
        _justified(shell, roster, asked)
        return
    found = conflicts_of(roster)
    if shell.json:
        shell.say(found.json().rstrip("\n"))
        return
    for line in _lines(roster, found, shell):
        shell.say(line)


def _justified(shell: Shell, roster: "Roster", asked: str) -> None:
    """Why a reviewer may sit in a group, or each reason why he may not: as trees or, with `--json`, as whole graphs."""
    import json

    from engine.draw import wishes
    from engine.law import statute
    from explain.graph import why_excluded, why_fit
    from explain.outline import outline
    from explain.show import document, lines

    (wish,) = wishes(roster, [asked])
    kinds = roster.kinds(wish.reviewer, wish.group)
    graphs = [why_excluded(roster, wish.reviewer, wish.group, kind) for kind in kinds]
    graphs = graphs or [why_fit(roster, wish.reviewer, wish.group)]
    if shell.json:
        shell.say(json.dumps({"why": [document(graph) for graph in graphs]}, ensure_ascii=False, indent=1))
        return
    for graph in graphs:
        shell.say("")
        for line in lines(outline(graph, False, roster.readings), shell.lang, statute(roster.case.city), shell.columns):
            shell.say(str(line))


def _lines(roster: "Roster", found: "Conflicts", shell: Shell) -> Iterator[str]:
    from desk.text import panel_heading, panel_lines
    from engine.panels import Reason, called, names, reason

    known = names(roster)
    yield from panel_heading(roster, shell)
    yield ""
    yield shell.paint(
        shell.text("panel.conflicts" if found.interests else "panel.no_conflicts", count=len(found.interests)),
        bold=True,
    )
    for tie in found.interests[:_SHOWN]:
        words = reason(Reason("interest", found.provision, tie), roster, shell.lang, known)
        yield from panel_lines(
            shell,
            shell.text(
                "panel.conflict", who=called(tie.person, known), applicant=called(tie.applicant, known), reason=words
            ),
            2,
        )
    if len(found.interests) > _SHOWN:
        yield from panel_lines(shell, shell.text("hint.more", number=len(found.interests) - _SHOWN), 2)
    together: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    for reviewer, group, kinds in found.excluded:
        together[group, kinds].append(reviewer)
    for group in roster.every_group:
        yield ""
        yield from panel_lines(
            shell,
            shell.text(
                "panel.may_sit",
                group=called(group, known),
                who=_named(sorted(roster.fit.get(group, ()))) or shell.text("panel.nobody"),
            ),
        )
        for (where, kinds), reviewers in sorted(together.items()):
            if where == group:
                words = shell.text("panel.and").join(shell.text(f"panels.reason.{kind}") for kind in kinds)
                yield from panel_lines(shell, f"{words}{shell.text('panel.colon')}{_named(reviewers)}", 2)


def _named(ids: "Sequence[str]") -> str:
    """Identifiers side by side; of many the first, and how many there are."""
    return ", ".join(ids[:_SHOWN]) + (f", … ({len(ids)})" if len(ids) > _SHOWN else "")
