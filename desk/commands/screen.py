"""`pingjiang screen`: a register of enterprises beside the conditions of the text, for guidance."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import cluster_option, force_option, time_option
from desk.shell import Command, Option, Shell
from engine.errors import Stopped, UsageError

if TYPE_CHECKING:
    from desk.register import Work


_LIFE = 160
"""Parts after which a process is replaced: it begins with three seconds of its own, as long as three parts take."""


def _slice(_context: click.Context, _option: click.Parameter, told: str | None) -> tuple[int, int]:
    """Slice I of N; the whole is 1/1."""
    number, _, of = (told or "1/1").partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise click.BadParameter(str(told))
    return int(number), int(of)


@click.command("screen", cls=Command)
@click.argument(
    "source", metavar="MAPPING", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("-o", "--output", required=True, cls=Option, metavar="DIR", type=click.Path(path_type=Path))
@click.option("--map", "guess", cls=Option, is_flag=True)
@click.option("--rounds", cls=Option, type=click.IntRange(0, 5), default=0, metavar="N")
@click.option("--slice", "share", cls=Option, metavar="I/N", callback=_slice)
@click.option("--workers", cls=Option, type=click.IntRange(1, 512), metavar="N")
@cluster_option
@time_option
@force_option
@click.pass_obj
def screen(
    shell: Shell,
    source: tuple[Path, ...],
    output: Path,
    guess: bool,
    rounds: int,
    share: tuple[int, int],
    workers: int | None,
    cluster: str,
    time_limit: float | None,
) -> None:
    """Screen a register, or guess the mapping of its tables."""
    if guess:
        from desk.register import guessed
        from desk.shell import save

        save(output, guessed(source, shell).encode(), force=shell.force)
        shell.say(shell.text("screening.guess.done", file=str(output)))
        return
    if len(source) > 1:
        raise UsageError("register_one_mapping", {"found": ", ".join(map(str, source))})
    _screened(shell, source[0], output, rounds, share, workers, cluster, time_limit)


def _screened(
    shell: Shell,
    source: Path,
    output: Path,
    rounds: int,
    share: tuple[int, int],
    workers: int | None,
    cluster: str,
    time_limit: float | None,
) -> None:
    from desk.register import mapping_of, same, sliced, taken, work_on
    from desk.shell import bar, vacant
    from engine.solve import Clock, crew, processors, run

    clock, register, folder = Clock.limit(time_limit), mapping_of(source), output / "snapshot"
    if not same(register, folder):
        vacant(output, force=shell.force)
    snapshot = taken(register, folder)
    for name, count in snapshot.stray.items():
        shell.say(shell.text("screening.stray", kind=shell.text(f"vocabulary.{name}.label"), count=count))
    work = work_on(source.absolute(), output.absolute(), rounds, shell.lang).swept()
    missing = list(sliced(work.missing(), *share))
    number = min(workers or processors(), max(1, len(missing)))
    try:
        with (
            bar(shell.text("screening.screening", count=snapshot.total), snapshot.total) as progress,
            crew(number, cluster, len(missing), _LIFE) as all_hands,
        ):
            progress(snapshot.total - sum(snapshot.size(index) for index in missing))
            list(run(partial(_part, work), missing, all_hands, clock, progress))
    except (Stopped, KeyboardInterrupt) as why:
        if isinstance(why, Stopped) and clock.left() != 0:
            shell.say(_so_far(shell, work, share))
            raise
        raise Stopped("stopped.parts_kept", {"so_far": _so_far(shell, work, share)}) from None
    if work.missing():
        shell.say(_so_far(shell, work, share))
    else:
        _finish(shell, work, output)
    shell.say(shell.text("screening.nature"))


def _so_far(shell: Shell, work: "Work", share: tuple[int, int]) -> str:
    """How far the parts are, and whose turn the others are."""
    from desk.register import sliced
    from engine.solve import spans

    left, parts = work.missing(), work.snapshot.parts
    key = "so_far" if list(sliced(left, *share)) else "slice_done"
    told = {"done": parts - len(left), "parts": parts, "left": spans(left), "share": "/".join(map(str, share))}
    return shell.text(f"screening.{key}", **told)


def _part(work: "Work", index: int) -> int:
    """One part, wherever it is computed."""
    from desk.register import screen_part

    return screen_part(work, index)


def _finish(shell: Shell, work: "Work", output: Path) -> None:
    """The tables and the page, where all parts are there."""
    from desk.register import book, counted, pictures, report, steps, table
    from desk.shell import renew

    tally = counted(work)
    table(work, output / "screening.csv")
    renew(output / "steps.csv", steps(tally, shell).encode("utf-8-sig"))
    renew(output / "report.xlsx", book(tally, work.every, shell))
    for name, drawn in pictures(tally, work.every, shell).items():
        renew(output / f"{name}.svg", drawn.encode())
    renew(output / "report.html", report(tally, work.every, shell).encode())
    shell.say(shell.text("screening.done", count=work.snapshot.total, file=str(output / "report.html")))
