"""`pingjiang screen`: a register of enterprises beside the conditions of the text, for guidance."""

from pathlib import Path

import click

from desk.arguments import force_option, time_option
from desk.shell import Command, Option, Shell


@click.command("screen", cls=Command)
@click.argument("source", metavar="MAPPING", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, cls=Option, metavar="DIR", type=click.Path(path_type=Path))
@time_option
@force_option
@click.pass_obj
def screen(shell: Shell, source: Path, output: Path, time_limit: float | None) -> None:
    """Screen a register."""
    from desk.register import case_of, mapping_of, screened
    from desk.shell import bar, vacant, whole
    from engine.answers import eligibility
    from engine.solve import Clock

    vacant(output, force=shell.force)
    case = case_of(mapping_of(source))
    total = len(case.rows("applicant"))
    with bar(shell.text("screening.screening", count=total), total) as progress:
        decision = eligibility.decide(case, clock=Clock.limit(time_limit), progress=progress)
    table = screened(decision, shell).encode("utf-8-sig")
    whole(output, {"screening.csv": table}, force=shell.force)
    shell.say(shell.text("screening.done", count=total, file=str(output / "screening.csv")))
    shell.say(shell.text("screening.nature"))
