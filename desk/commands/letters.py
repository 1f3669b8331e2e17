"""`pingjiang letters`: the letters to all rejected applicants, in a folder that is whole or not there."""

from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, cluster_option, force_option, json_option, limit_option, reading_option
from desk.files import options, posted, today, write_letters
from desk.shell import Command, Option, Shell, bar, vacant

if TYPE_CHECKING:
    from desk.files import Ask, Posted
    from engine.answers import Files
    from engine.case import Case

SHARE = 100
"""Letters that a cluster's worker writes together: what they rest on is found, and proved, in one solve."""


@click.command("letters", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="DIR", required=True)
@click.option("--date", "date", cls=Option, metavar="DAY", callback=today)
@click.option("--remedies", is_flag=True, cls=Option)
@reading_option
@limit_option
@cluster_option
@force_option
@json_option
@click.pass_obj
def letters(
    shell: Shell,
    case: tuple[str, ...],
    output: str,
    date: int,
    remedies: bool,
    readings: dict[str, str],
    cluster: str,
) -> None:
    """Write all letters."""
    from desk.arguments import afar, opened
    from desk.files import asks
    from engine.answers import Files, decide
    from engine.solve import crew, run

    vacant(Path(output), force=shell.force)
    loaded = opened(shell, case, readings)
    with afar(cluster, loaded, readings) as others:
        told = asks(decide(loaded, afar=others), date)
    chosen = options(remedies)
    size = SHARE if cluster else max(1, len(told))
    given = [(at, told[at : at + size]) for at in range(0, len(told), size)]
    with bar(shell.text("letters.writing", count=len(told)), len(told)) as progress, crew(cluster=cluster) as workers:
        work = partial(_share, Files.of(loaded, readings) if cluster else loaded, chosen)
        shares = sorted(run(work, given, workers, progress=lambda done: progress(len(done[1]))), key=itemgetter(0))
    write_letters(shell, [one for _, some in shares for one in some], Path(output))


def _share(case: "Case | Files", options: frozenset[str], given: "tuple[int, list[Ask]]") -> "tuple[int, list[Posted]]":
    """Some of the letters, by the place of the first, wherever they are written."""
    from engine.answers import Files

    at, some = given
    return at, posted(case.case if isinstance(case, Files) else case, some, options)
