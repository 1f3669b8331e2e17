"""`pingjiang round`: every question of a round asked of one case, into one folder that is whole or not there."""

from pathlib import Path

import click

from desk.arguments import (
    afar,
    case_argument,
    cluster_option,
    day,
    force_option,
    json_option,
    limit_option,
    number,
    reading_option,
    today,
)
from desk.shell import Command, Option, Shell, without_hints
from engine.errors import UsageError


@click.command("round", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="DIR", required=True)
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=day)
@click.option("--date", "date", cls=Option, metavar="DAY", callback=day)
@click.option("--draw", "drawn", cls=Option, metavar="RECORD")
@click.option("--demo-seed", "demo", is_flag=True, cls=Option)
@click.option("--set", "chosen", cls=Option, metavar="N", callback=number)
@click.option("--without-graphs", "graphs", cls=Option, is_flag=True, flag_value=False, default=True)
@reading_option
@limit_option
@cluster_option
@force_option
@json_option
@click.pass_obj
def round(
    shell: Shell,
    case: tuple[str, ...],
    output: str,
    as_of: int | None,
    date: int | None,
    drawn: str | None,
    demo: bool,
    chosen: int | None,
    graphs: bool,
    readings: dict[str, str],
    cluster: str,
) -> None:
    """Run a whole round."""
    from desk.arguments import opened
    from desk.files import INDEX, RECORD, Asked, Folder, index, record, text
    from desk.shell import vacant, whole

    folder = Path(output)
    vacant(folder, force=shell.force)
    loaded = opened(shell, case, readings)
    asked = Asked(
        dict(loaded.readings),
        as_of or today(),
        date or 0,
        _record(drawn),
        demo and not drawn,
        None if chosen is None else chosen - 1,
        shell.lang,
        graphs,
    )
    with afar(cluster, loaded, readings) as others:
        made_of = Folder(loaded, asked, others)
        files = made_of.files(lambda step: shell.tell(shell.text(f"round.step.{step}")))
    made = record(loaded, asked, files)
    # The page tells hints, which depend on the files that were read: a replay does not compare it.
    files[INDEX] = index(made_of, files, shell, made["sha256"], loaded.accounts)
    words = text(record(loaded, asked, files))
    files[RECORD] = words.encode("utf-8")
    whole(folder, files, force=shell.force)
    if shell.json:
        shell.say(words.rstrip("\n"))
    else:
        shell.say(shell.text("round.written", number=len(files), folder=folder))
        shell.say(shell.text("round.open", index=folder / INDEX, record=folder / RECORD))
        shell.say(shell.text("round.hash", hash=made["sha256"]))


def _record(name: str | None) -> str:
    """The text of the record of a draw; empty where none is given."""
    if name is None:
        return ""
    try:
        return without_hints(Path(name).read_bytes()).decode("utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise UsageError("unreadable_record", {"found": name, "reason": str(trouble)}) from None
