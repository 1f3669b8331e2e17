"""`pingjiang decide`: every applicant of a case decided, each ground with its provision."""

import click

from desk.command import Command, Option
from desk.options import case_argument, json_option, reading_option, time_option
from desk.shell import Shell


@click.command("decide", cls=Command)
@case_argument
@click.option("--only", multiple=True, cls=Option, metavar="ID")
@reading_option
@time_option
@json_option
@click.pass_obj
def decide(
    shell: Shell, case: tuple[str, ...], only: tuple[str, ...], readings: dict[str, str], time_limit: float | None
) -> None:
    """Decide the applicants of a case."""
    import engine
    from desk.asked import files_and_strays, identifiers
    from desk.waiting import bar, spinner

    files, strays = files_and_strays(case, only)
    with spinner(shell.text("table.reading")):
        loaded = engine.load(files, readings)
    applicants = {str(fact.arguments[0]) for fact in loaded.facts if fact.predicate == "applicant"}
    asked = identifiers([*only, *strays], applicants)
    total = len(asked) or len(applicants)
    with bar(shell.text("table.deciding", count=total), total) as progress:
        decision = engine.decide(loaded, only=asked, time_limit=time_limit, progress=progress)
    if shell.json:
        shell.say(decision.json().rstrip("\n"))
    else:
        from desk.table import table

        shell.show(*table(decision, shell))
