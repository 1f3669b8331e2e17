"""`pingjiang decide`: every applicant of a case decided, each ground with its provision."""

import click

from desk.arguments import case_argument, cluster_option, json_option, reading_option, time_option
from desk.shell import Command, Option, Shell


@click.command("decide", cls=Command)
@case_argument
@click.option("--only", multiple=True, cls=Option, metavar="ID")
@reading_option
@time_option
@cluster_option
@json_option
@click.pass_obj
def decide(
    shell: Shell,
    case: tuple[str, ...],
    only: tuple[str, ...],
    readings: dict[str, str],
    time_limit: float | None,
    cluster: str,
) -> None:
    """Decide the applicants of a case."""
    from desk.arguments import afar, applicants, identifiers, opened, strays
    from desk.shell import bar
    from engine.answers import eligibility
    from engine.solve import Clock
    from engine.words import no_collecting

    lost = strays(case, only)
    loaded = opened(shell, [word for word in case if word not in lost], readings)
    asked = identifiers([*only, *lost], applicants(loaded))
    total = len(asked) or len(applicants(loaded))
    clock = Clock.limit(time_limit)
    with (
        no_collecting(),
        bar(shell.text("table.deciding", count=total), total) as progress,
        afar(cluster, loaded, readings) as others,
    ):
        decision = eligibility.decide(loaded, only=asked, clock=clock, progress=progress, afar=others)
    if shell.json:
        shell.say(decision.json().rstrip("\n"))
    else:
        from desk.text import table

        for line in table(decision, shell, every=bool(asked)):
            shell.say(line)
