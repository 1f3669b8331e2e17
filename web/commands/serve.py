"""`pingjiang serve`: the desk in the browser."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.shell import Command, Option, Shell
from engine.errors import UsageError

if TYPE_CHECKING:
    from web.start import House

_NEEDED = ("django", "axes", "csp", "waitress", "whitenoise", "pebble", "argon2", "django_tasks_db")


@click.command("serve", cls=Command)
@click.option("--data", cls=Option, metavar="DIR", default="desk-data")
@click.option("--database", cls=Option, metavar="URL", default="")
@click.option("--host", cls=Option, metavar="ADDRESS", default="127.0.0.1")
@click.option("--port", cls=Option, metavar="N", type=click.IntRange(0, 65535), default=8765)
@click.option("--behind-https", "behind_https", cls=Option, metavar="NAME", default="")
@click.option("--workers", cls=Option, metavar="N", type=click.IntRange(0, 64), default=0)
@click.option("--samples", is_flag=True, cls=Option)
@click.option("--backup", cls=Option, metavar="FILE", default="")
@click.option("--restore", cls=Option, metavar="FILE", default="")
@click.pass_obj
def serve(
    shell: Shell, data: str, database: str, host: str, port: int, behind_https: str, workers: int, samples: bool,
    backup: str, restore: str,
) -> None:  # fmt: skip
    """Serve the desk to browsers."""
    house = opened_house(data, database, behind_https, samples)
    if backup or restore:
        _kept(shell, house, backup, restore)
        return
    if host not in ("127.0.0.1", "localhost") or (samples and behind_https):
        raise UsageError("serve_address" if not samples else "serve_samples", {"found": host})
    from engine.law import stems, vouched
    from web import start

    for text in stems():
        vouched(text)  # a desk on such a text would end in a fault on every page of its rounds
    house.prepare()
    house.migrate()
    if samples:
        start.samples()
    elif (first := start.first_password()) is not None:
        shell.say(shell.text("web.serve.first", name=first[0], password=first[1]))

    def opened(address: str) -> None:
        shell.say(shell.text("web.serve.samples" if samples else "web.serve.opened", address=address))
        sys.stdout.flush()  # whoever reads it from a pipe or a log must not wait until the end

    start.run(house, port, workers, opened)


def _kept(shell: Shell, house: "House", backup: str, restore: str) -> None:
    """Write the house into a file, or make it of one, and end."""
    from web import backup as keeping

    if backup and restore:
        raise UsageError("backup_or_restore", {})
    if backup:
        about = keeping.backup(house, Path(backup))
        shell.say(shell.text("web.serve.saved", file=backup, number=about["documents"], act=about["act"]))
        return
    about = keeping.restore(house, Path(restore))
    from web.ledger import verified

    found = verified((about["act"], about["hash"]))
    shell.say(shell.text("web.serve.restored", data=house.data, number=about["documents"], act=about["act"]))
    for one in found.faults:
        shell.say(shell.text(f"web.ledger.fault.{one.kind}", number=one.number))
    if found.faults:
        raise click.exceptions.Exit(2)


def opened_house(data: str, database: str, behind_https: str = "", samples: bool = False) -> "House":
    """The house named on the command line; UsageError where the extra is not installed."""
    if missing := [name for name in _NEEDED if find_spec(name) is None]:
        raise UsageError("desk_missing", {"missing": ", ".join(missing)})
    from web.start import House

    return House(Path(data), database, behind_https, samples)
