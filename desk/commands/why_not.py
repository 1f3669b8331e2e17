"""`pingjiang why-not`: what stands in the way of an atom; by default of being accepted."""

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, cluster_option, force_option, json_option, limit_option, reading_option
from desk.files import deliver, format_option, full_option, output_option, written
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.answers import Files
    from engine.case import Case
    from explain.show import Rows

LEAST = 100
"""Applicants in a share at least, where processes of this machine share: explaining takes longer than deciding."""


@click.command("why-not", cls=Command)
@case_argument
@click.option("--all", "every", is_flag=True, cls=Option)
@format_option
@output_option
@full_option
@reading_option
@limit_option
@cluster_option
@force_option
@json_option
@click.pass_obj
def why_not(
    shell: Shell,
    case: tuple[str, ...],
    every: bool,
    form: str | None,
    output: str | None,
    full: bool,
    readings: dict[str, str],
    cluster: str,
) -> None:
    """Justify that an atom is false; by default that an applicant is not accepted."""
    if not every:
        written(shell, case, readings, lambda _status: "eligible", form, output, full)
    elif not shell.json:
        raise UsageError("all_needs_json")
    else:
        deliver(shell, "".join(_all(shell, case, readings, cluster)), output)


def _all(shell: Shell, words: tuple[str, ...], readings: dict[str, str], cluster: str) -> Iterator[str]:
    """Everybody who is not accepted, an applicant a line, justified in one solve for each share of a cohort."""
    from desk.arguments import opened
    from engine.answers import Files, cohort, shares
    from engine.facts import day_text
    from engine.solve import SIZE, Clock, crew, processors, readings_in_force, run

    case = opened(shell, words, readings)
    asked = cohort(case)
    hands = processors()
    rounds = -(-len(asked) // (SIZE * hands))  # as many shares for each, so that none waits for the others' last
    size = SIZE if cluster else max(LEAST, -(-len(asked) // (rounds * hands)) if asked else 0)
    given = [*enumerate(shares(asked, size))]
    with crew(min(len(given), hands) if not cluster else 1, cluster, here=True) as workers:
        if workers.executor is None:
            told = [_share(case, ids) for _, ids in given]
        else:
            files = Files.of(case, readings)
            told = [rows for _, rows in sorted(run(partial(_elsewhere, files), given, workers, Clock()))]
    head = {"city": case.place, "round": case.round, "deadline": day_text(case.deadline)}
    head |= {"readings": readings_in_force(case.city, case.readings)}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "applicants": ['
    yield ",".join(f"\n{row}" for rows in told for row in rows)
    yield "\n]}\n"


def _elsewhere(files: "Files", given: tuple[int, tuple[str, ...]]) -> tuple[int, list[str]]:
    """A share of the cohort, by its place, wherever this is asked."""
    at, ids = given
    return at, _share(files.case, ids)


def _share(case: "Case", ids: Sequence[str]) -> list[str]:
    """Whoever among some applicants is not accepted, as JSON, a row each."""
    from engine.answers import decide
    from engine.words import no_collecting
    from explain.graph import reasons

    rows = _rows()
    with no_collecting():  # what is written goes with its applicant: nothing in it leads round
        return [rows.row(found) for found in reasons(decide(case, only=ids, processes=1))]


@cache
def _rows() -> "Rows":
    """What writes the rows of every share that this process does."""
    from explain.show import Rows

    return Rows()
