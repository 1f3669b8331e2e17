"""`pingjiang draw`: panels drawn by lot, a record that anybody can check, a name replaced, chances beforehand."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.arguments import (
    case_argument,
    force_option,
    json_option,
    limit_option,
    number,
    pending_option,
    reading_option,
    size_option,
)
from desk.shell import Command, Option, Shell, without_hints
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.draw import Draw, Frozen, Replacement

IMPOSSIBLE = 4


@click.command("draw", cls=Command)
@case_argument
@click.option("--seed", multiple=True, cls=Option, metavar="TEXT")
@click.option("--demo-seed", "demo", is_flag=True, cls=Option)
@size_option
@pending_option
@click.option("--verify", "checked", cls=Option, metavar="RECORD")
@click.option("--replace", "gone", multiple=True, cls=Option, metavar="R")
@click.option("--chances", cls=Option, metavar="N", callback=number)
@click.option("--record", cls=Option, metavar="FILE")
@click.option("--picture", cls=Option, metavar="FILE")
@click.option("--paper", cls=Option, metavar="FILE")
@reading_option
@limit_option
@force_option
@json_option
@click.pass_context
def draw(
    ctx: click.Context,
    case: tuple[str, ...],
    seed: tuple[str, ...],
    demo: bool,
    size: int | None,
    pending: bool,
    checked: str | None,
    gone: tuple[str, ...],
    chances: int | None,
    record: str | None,
    picture: str | None,
    paper: str | None,
    readings: dict[str, str],
) -> None:
    """Draw the panels."""
    from desk.arguments import frozen, strays
    from engine.draw import Impossible
    from engine.draw import draw as drawing

    shell = ctx.find_object(Shell) or Shell()
    more = strays(case, seed)
    files = [word for word in case if word not in more]
    sources = [*seed, *more]
    if checked:
        kept, sources, demo, gone = _verified(shell, checked, files, readings, gone)
    else:
        kept = frozen(shell, files, readings, pending, size)
    if chances is not None:
        ctx.exit(_simulated(shell, kept, chances))
    drawn = drawing(kept, _sources(sources, demo), demo=demo)
    if isinstance(drawn, Impossible):
        ctx.exit(_refused(shell, drawn))
    done = _finished(drawn, gone)
    _write(shell, drawn, done, record, picture, paper)
    if shell.json:
        from engine.draw import text

        shell.say(text(drawn, done).rstrip("\n"))
    else:
        for line in _lines(drawn, done, checked, shell):
            shell.say(line)
    if any(one.by is None for one in done):
        ctx.exit(IMPOSSIBLE)


def _verified(
    shell: Shell, record: str, files: Sequence[str], readings: dict[str, str], gone: Sequence[str]
) -> "tuple[Frozen, list[str], bool, tuple[str, ...]]":
    """Check a record; what it was drawn from, and whom it replaced before those to be replaced now."""
    from desk.arguments import opened
    from engine.case import regular
    from engine.draw import freeze, verify
    from engine.panels import roster

    try:
        data = without_hints(regular(Path(record)))
    except OSError as trouble:
        raise UsageError("unreadable_record", {"found": record, "reason": trouble.strerror or str(trouble)}) from None
    case = opened(shell, files, readings)
    found = verify(record, data, case)
    about = found["record"]
    before = tuple(f"{one['reviewer']}@{one['group']}" for one in found.get("replacements", ()))
    kept = freeze(roster(case, pending=about["pending"]), about["size"])
    return kept, list(about["seed"]), about["demo"], (*before, *gone)


def _sources(sources: Sequence[str], demo: bool) -> list[str]:
    """The seed: what was given, each source once; UsageError where there is none, or one that says nothing."""
    if not sources and not demo:
        raise UsageError("seed_missing")
    if any(not source.strip() for source in sources):
        raise UsageError("seed_empty")
    return list(dict.fromkeys(sources)) or ["demo"]


def _refused(shell: Shell, found: "object") -> int:
    from desk.text import impossible, panel_heading
    from engine.draw import Impossible, refusal
    from engine.repair import repairs

    assert isinstance(found, Impossible)
    steps = repairs(found.frozen)
    if shell.json:
        shell.say(refusal(found, [step.json() for step in steps]).rstrip("\n"))
    else:
        for line in (*panel_heading(found.frozen.roster, shell), *impossible(found.frozen, found.hall, steps, shell)):
            shell.say(line)
    return IMPOSSIBLE


def _write(
    shell: Shell,
    drawn: "Draw",
    done: "Sequence[Replacement]",
    record: str | None,
    picture: str | None,
    paper: str | None,
) -> None:
    """The files asked for, together: record, picture, paper."""
    from desk.files import drawn_paper, panel_picture
    from desk.shell import together
    from engine.draw import text

    files: dict[Path, str | bytes] = {}
    if record:
        files[Path(record)] = text(drawn, done)
    if picture:
        files[Path(picture)] = panel_picture(drawn, done, picture, shell.lang)
    if paper:
        files[Path(paper)] = drawn_paper(drawn, done, paper, shell.lang)
    together(files, force=shell.force)


def _finished(drawn: "Draw", gone: Sequence[str]) -> "tuple[Replacement, ...]":
    """Check the draw by the rules, and replace."""
    from engine.draw import faults, replace

    if found := faults(drawn):
        raise RuntimeError("the rules hold against this draw: " + " ".join(found[:5]))
    return replace(drawn, gone)


def _lines(drawn: "Draw", done: "Sequence[Replacement]", checked: str | None, shell: Shell) -> Iterator[str]:
    from desk.text import panel_heading, panel_lines, replacements, result
    from engine.draw import WANTED_BITS, bits

    yield from panel_heading(drawn.frozen.roster, shell)
    yield ""
    if drawn.demo:
        yield shell.paint(shell.text("panel.demo"), "yellow", bold=True)
    if checked:
        yield shell.paint(shell.text("panel.verified", record=checked), "green", bold=True)
    yield shell.text("panel.commitment", commitment=drawn.frozen.commitment)
    given = sum(map(bits, drawn.seed))
    for source in drawn.seed:
        yield from panel_lines(shell, shell.text("panel.seed", source=source, bits=bits(source)))
    if given < WANTED_BITS and not drawn.demo:
        yield from panel_lines(shell, shell.text("panel.few_bits", bits=given, wanted=WANTED_BITS))
    yield from panel_lines(shell, shell.text("panel.order", groups=" ".join(drawn.order)))
    yield from result(drawn, shell)
    if done:
        yield ""
        yield from replacements(done, shell)


def _simulated(shell: Shell, kept: "Frozen", number: int) -> int:
    """Print each reviewer's chance by group before the draw."""
    from desk.shell import bar
    from desk.text import impossible, panel_heading
    from engine.draw import Bench, Plan, chances, equality
    from engine.repair import repairs

    if hall := Plan.of(Bench.of(kept)).hall():
        steps = repairs(kept)
        if shell.json:
            shell.say(
                json.dumps(
                    {"chances": None, "hall": hall.json(), "repairs": [s.json() for s in steps]},
                    ensure_ascii=False,
                    indent=1,
                )
            )
        else:
            for line in impossible(kept, hall, steps, shell):
                shell.say(line)
        return IMPOSSIBLE
    with bar(shell.text("panel.simulating", count=number), number) as progress:
        found = chances(kept, number, progress)
    if shell.json:
        entry = {**found.as_dict(), "equality": equality(kept).json()}
        shell.say(json.dumps(entry, ensure_ascii=False, indent=1))
        return 0
    from desk.text import bars

    for line in (*panel_heading(kept.roster, shell), *bars(found, shell)):
        shell.say(line)
    return 0
