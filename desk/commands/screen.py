"""`pingjiang screen`: a register of enterprises beside the conditions of the text, for guidance."""

from pathlib import Path

import click

from desk.arguments import force_option, time_option
from desk.shell import Command, Option, Shell
from engine.errors import UsageError


@click.command("screen", cls=Command)
@click.argument(
    "source", metavar="MAPPING", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("-o", "--output", required=True, cls=Option, metavar="DIR", type=click.Path(path_type=Path))
@click.option("--map", "guess", cls=Option, is_flag=True)
@click.option("--rounds", cls=Option, type=click.IntRange(0, 5), default=0, metavar="N")
@time_option
@force_option
@click.pass_obj
def screen(
    shell: Shell, source: tuple[Path, ...], output: Path, guess: bool, rounds: int, time_limit: float | None
) -> None:
    """Screen a register, or guess the mapping of its tables."""
    from desk.register import guessed
    from desk.shell import save

    if guess:
        save(output, guessed(source, shell).encode(), force=shell.force)
        shell.say(shell.text("screening.guess.done", file=str(output)))
        return
    if len(source) > 1:
        raise UsageError("register_one_mapping", {"found": ", ".join(map(str, source))})
    _screened(shell, source[0], output, rounds, time_limit)


def _screened(shell: Shell, source: Path, output: Path, rounds: int, time_limit: float | None) -> None:
    from desk.register import at_round, case_of, deadlines, listed, mapping_of, report, screened, standings, steps
    from desk.shell import bar, vacant, whole
    from engine.answers import eligibility
    from engine.solve import Clock

    vacant(output, force=shell.force)
    mapped, clock = mapping_of(source), Clock.limit(time_limit)
    case, about, above = case_of(mapped), listed(mapped.about), listed(mapped.above)
    total = len(case.rows("applicant"))
    every = [mapped.round, *deadlines(mapped.round, rounds)]
    with bar(shell.text("screening.screening", count=total), total * len(every)) as progress:
        cases = [case, *(at_round(case, later) for later in every[1:])]
        decisions = [eligibility.decide(one, clock=clock, progress=progress) for one in cases]
    found = list(standings(decisions[0], decisions[1:], mapped.entries, above))
    files = {
        "screening.csv": screened(found, every, about, shell).encode("utf-8-sig"),
        "steps.csv": steps(found, about, shell).encode("utf-8-sig"),
        "report.html": report(found, every, about, shell).encode(),
    }
    whole(output, files, force=shell.force)
    shell.say(shell.text("screening.done", count=total, file=str(output / "report.html")))
    shell.say(shell.text("screening.nature"))
