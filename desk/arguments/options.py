"""The parameters that several commands share: the case, its readings, the time, and JSON."""

import click

from desk.shell import Shell, shared
from engine.errors import UsageError

strict_option = shared("--strict-hints", is_flag=True, expose_value=False)
"""Read off by the shell itself (`Shell.strict`)."""


def case_argument(command: click.decorators.FC) -> click.decorators.FC:
    """Decorate with the files of a case, and with what goes for every command that reads one."""
    return click.argument("case", nargs=-1, required=True, metavar="CASE")(strict_option(command))


json_option = shared("--json", is_flag=True, expose_value=False)
"""Read off by the shell itself (`Shell.json`): an error before the command runs is JSON too."""


def _readings(_: click.Context, __: click.Parameter, pairs: tuple[str, ...]) -> dict[str, str]:
    for pair in pairs:
        key, equals, choice = pair.partition("=")
        if not (key.strip() and equals and choice.strip()):
            raise UsageError("not_a_reading", {"found": pair})
    return {key.strip(): choice.strip() for key, _, choice in (pair.partition("=") for pair in pairs)}


def _seconds(ctx: click.Context, _: click.Parameter, value: str | None) -> float | None:
    try:
        seconds = float("inf" if value is None else value)
    except ValueError:
        seconds = 0.0
    if not seconds > 0:
        raise UsageError("not_seconds", {"found": str(value)})
    if value is None:
        return None
    if shell := ctx.find_object(Shell):
        shell.limit(seconds)
    return seconds


reading_option = shared("--reading", "readings", multiple=True, metavar="KEY=CHOICE", callback=_readings)
time_option = shared("--time-limit", metavar="S", callback=_seconds)
limit_option = shared("--time-limit", metavar="S", callback=_seconds, expose_value=False)
"""The same for commands whose question takes no clock: the shell keeps the time alone."""
cluster_option = shared("--cluster", default="", metavar="tcp://…")
force_option = shared("--force", is_flag=True, expose_value=False)
"""Read off by the shell itself (`Shell.force`)."""
