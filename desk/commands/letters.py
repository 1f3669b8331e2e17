"""`pingjiang letters`: the letters to all rejected applicants, in a folder that is whole or not there."""

from collections.abc import Sequence
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
    from engine.answers import Afar, Files

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
    from engine.answers import decide

    vacant(Path(output), force=shell.force)
    loaded, chosen = opened(shell, case, readings), options(remedies)
    with afar(cluster, loaded, readings) as others:
        decision = decide(loaded, afar=others)
        told = asks(decision, date)
        written = _elsewhere(shell, others, told, chosen) if others else posted(decision, told, chosen)
    write_letters(shell, written, Path(output))


def _elsewhere(shell: Shell, others: "Afar", told: "Sequence[Ask]", chosen: frozenset[str]) -> "list[Posted]":
    """The letters in their order, written by the workers of a cluster."""
    from engine.solve import run

    workers, files = others
    given = [(at, told[at : at + SHARE]) for at in range(0, len(told), SHARE)]
    with bar(shell.text("letters.writing", count=len(told)), len(told)) as progress:
        done = run(partial(_share, files, chosen), given, workers, progress=lambda one: progress(len(one[1])))
        return [one for _, some in sorted(done, key=itemgetter(0)) for one in some]


def _share(files: "Files", options: frozenset[str], given: "tuple[int, Sequence[Ask]]") -> "tuple[int, list[Posted]]":
    """Some of the letters, by the place of the first, wherever they are written."""
    from engine.answers import decide

    at, some = given
    return at, posted(decide(files.case, only=[id for _, id, _, _ in some], processes=1), some, options)
