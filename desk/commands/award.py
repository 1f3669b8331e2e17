"""`pingjiang award`: the lawful award sets, what each winner gets, why the others have nothing; a choice checked."""

from typing import TYPE_CHECKING

import click

from desk.arguments import case_argument, json_option, number, reading_option, time_option
from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.case import Case


@click.command("award", cls=Command)
@case_argument
@click.option("--all", "everything", cls=Option, is_flag=True)
@click.option("--limit", cls=Option, metavar="N", callback=number)
@click.option("--check", "checks", cls=Option, multiple=True, metavar="PRIZE=ID,…")
@click.option("--why", cls=Option, metavar="ID")
@click.option("--tree", cls=Option, is_flag=True)
@click.option("--standing", "standing_of", cls=Option, metavar="ID")
@reading_option
@time_option
@json_option
@click.pass_obj
def award(
    shell: Shell,
    case: tuple[str, ...],
    everything: bool,
    limit: int | None,
    checks: tuple[str, ...],
    why: str | None,
    tree: bool,
    standing_of: str | None,
    readings: dict[str, str],
    time_limit: float | None,
) -> None:
    """Find the award sets of a round."""
    from desk.arguments import opened

    loaded = opened(shell, case, readings)
    if checks:
        _check(shell, loaded, checks, time_limit)
    elif standing_of is not None:
        _standing(shell, loaded, standing_of)
    elif everything and not shell.json:
        _stream(shell, loaded, limit, time_limit)
    else:
        _sets(shell, loaded, not everything, limit, why, time_limit)
        if tree and why is not None and not shell.json:
            _trees(shell, loaded, why)


def _sets(
    shell: Shell, case: "Case", fullest: bool, limit: int | None, why: str | None, time_limit: float | None
) -> None:
    from engine.award import answer as question
    from engine.solve import Clock

    result = question.award(case, fullest=fullest, limit=limit, clock=Clock.limit(time_limit))
    if why is not None:
        _candidate(result.who.candidates, why)
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        if limit is None and result.count > len(result.sets):
            shell.tell(shell.text("award.listed", listed=len(result.sets), count=result.count))
        return
    from desk.text import award as award_text

    names = _names(case)
    if why is None:
        rows = award_text.award_lines(result, names, shell, limit)
    else:
        from engine.award import need

        rows = award_text.why(result, why, need(result, why), names, shell, limit)
    for line in rows:
        shell.say(line)


def _trees(shell: Shell, case: "Case", id: str) -> None:
    """Why a candidate has its prize in the first of the fullest sets, or why it has none of them."""
    from desk.text import tree
    from engine.award import award as ask
    from explain.graph import why_denied

    result = ask(case, limit=1)
    winners = result.sets[0].winners
    for prize in [prize for prize, ids in winners.items() if id in ids] or winners:
        shell.say("")
        for line in tree(why_denied(result, id, prize), case.city, shell):
            shell.say(line)


def _stream(shell: Shell, case: "Case", limit: int | None, time_limit: float | None) -> None:
    """Each lawful set on a line of its own, as it is found; their number last."""
    from itertools import islice

    from engine.award import Sets, candidates, each_set
    from engine.solve import Clock
    from engine.words import visible

    for one in islice(each_set(case, clock=Clock.limit(time_limit)), limit):
        shell.say(
            "  ".join(
                f"{shell.text(f'prize.{prize}')}: {', '.join(map(visible, ids)) or '—'}"
                for prize, ids in one.winners.items()
            )
        )
    shell.tell(shell.text("award.lawful", count=Sets(candidates(case), fullest=False).count()))


def _check(shell: Shell, case: "Case", checks: tuple[str, ...], time_limit: float | None) -> None:
    from desk.arguments import choice
    from engine.award import check
    from engine.solve import Clock

    result = check(case, choice(checks, case), clock=Clock.limit(time_limit))
    if shell.json:
        shell.say(result.json().rstrip("\n"))
        return
    from desk.text import verdict

    for line in verdict(result, case, shell):
        shell.say(line)


def _standing(shell: Shell, case: "Case", id: str) -> None:
    """What an applicant may be told: its own score and rank and the cut-off of each prize."""
    import json

    from engine.award import award as ask
    from engine.award import standing
    from engine.words import number, shown

    result = ask(case, limit=1)
    _candidate(result.who.candidates, id)
    own = standing(result, id)
    if shell.json:
        row = {
            "id": id,
            "score": number(own.score),
            "rank": own.rank,
            "candidates": own.candidates,
            "cut_off": {prize: number(score) for prize, score in own.cut_off.items()},
        }
        shell.say(json.dumps(row, ensure_ascii=False, indent=1))
        return
    shell.say(shell.text("award.standing", score=shown(own.score), rank=own.rank, count=own.candidates))
    for prize, score in own.cut_off.items():
        shell.say(shell.text("award.cut_off", prize=shell.text(f"prize.{prize}"), score=shown(score)))


def _candidate(known: object, id: str) -> None:
    if id not in known:  # type: ignore[operator]
        raise UsageError("no_candidate", {"found": id})


def _names(case: "Case") -> dict[str, str]:
    return case.names
