"""`pingjiang letters`: the letters to all rejected applicants, in a folder that is whole or not there."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
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
    from engine.answers import Afar, Decision, Files

SHARE = 100
"""Letters that a cluster's worker writes together: what they rest on is found, and proved, in one solve."""
LEAST, MOST = 150, 250
"""Letters that a process of this machine writes together: what is found once costs as much as fifty of them."""


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
        with bar(shell.text("letters.writing", count=len(told)), len(told), LEAST) as progress:
            written = _shared(decision, told, chosen, readings, others, progress)
    write_letters(shell, written, Path(output))


def _shared(
    decision: "Decision",
    told: "Sequence[Ask]",
    options: frozenset[str],
    readings: dict[str, str],
    others: "Afar | None",
    progress: Callable[[int], None],
) -> "list[Posted]":
    """The letters in their order, written in shares by a cluster's workers, or by the processors that there are."""
    from engine.answers import Files
    from engine.solve import Clock, crew, processors, run

    size = SHARE if others else min(MOST, max(LEAST, -(-len(told) // processors())))
    given = [(at, told[at : at + size]) for at in range(0, len(told), size)]
    with nullcontext(others[0]) if others else crew(min(len(given), processors()), here=True) as workers:
        if workers.executor is None:
            return posted(decision, told, options, progress)
        files = others[1] if others else Files.of(decision.case, readings)
        done = run(partial(_share, files, options), given, workers, Clock(), lambda one: progress(len(one[1])))
        return [one for _, some in sorted(done, key=itemgetter(0)) for one in some]


def _share(files: "Files", options: frozenset[str], given: "tuple[int, Sequence[Ask]]") -> "tuple[int, list[Posted]]":
    """Some of the letters, by the place of the first, wherever they are written."""
    from engine.answers import decide

    at, some = given
    return at, posted(decide(files.case, only=[id for _, id, _, _ in some], processes=1), some, options)
