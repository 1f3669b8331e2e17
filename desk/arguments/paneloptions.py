"""Options that the commands about panels share."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from desk.arguments.opening import afar, opened
from desk.shell import Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.draw import Frozen
    from engine.panels import Roster

pending_option = click.option("--without-pending", "pending", cls=Option, is_flag=True, flag_value=False, default=True)


def number(_: click.Context, param: click.Parameter, value: str | None) -> int | None:
    """A whole number; UsageError for anything else."""
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 7):
        raise UsageError("not_a_number", {"found": value, "name": param.opts[0]})
    return int(value)


size_option = click.option("--size", cls=Option, metavar="N", callback=number)


def rostered(
    shell: Shell, words: Sequence[str], readings: Mapping[str, str], pending: bool, cluster: str = ""
) -> "Roster":
    """The roster of the case in these files, its applicants decided here or by a cluster's workers."""
    from engine.panels import roster

    case = opened(shell, words, readings)
    with afar(cluster, case, readings) as others:
        return roster(case, pending=pending, afar=others)


def frozen(
    shell: Shell,
    words: Sequence[str],
    readings: Mapping[str, str],
    pending: bool,
    size: int | None,
    key: str | None = None,
    cluster: str = "",
) -> "Frozen":
    """The frozen roster of the case in these files; `key` in hex, drawn at random where none is given."""
    from engine.draw import freeze

    return freeze(rostered(shell, words, readings, pending, cluster), size, key)
