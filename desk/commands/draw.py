"""`pingjiang draw`: panels by lot from a frozen file, a record that anybody can check, what comes after the draw."""

import json
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.arguments import (
    day,
    force_option,
    json_option,
    limit_option,
    number,
    pending_option,
    reading_option,
    size_option,
    strict_option,
)
from desk.shell import Command, Option, Shell, without_hints
from engine.errors import CaseError, UsageError

if TYPE_CHECKING:
    from engine.draw import Claim, Draw, Frozen, Impossible
    from engine.record import Entry, Verified

IMPOSSIBLE = 4
_DRAWS = {"case", "seed", "demo", "size", "pending", "chances", "record", "picture", "paper", "brief", "readings",
          "published", "published_on", "published_as", "cancelled", "public"}  # fmt: skip
_ALWAYS = {"lang", "json", "strict_hints", "force", "time_limit"}
_CHECKS = {"checked", "commitment", "seed", "head"}
"""What goes with `--verify`; anything else beside it would be believed and not be so."""


@click.command("draw", cls=Command)
@click.argument("case", nargs=-1, metavar="CASE")
@click.option("--seed", multiple=True, cls=Option, metavar="TEXT")
@click.option("--demo-seed", "demo", is_flag=True, cls=Option)
@size_option
@pending_option
@click.option("--verify", "checked", cls=Option, metavar="RECORD")
@click.option("--verify-page", "page", cls=Option, metavar="FILE")
@click.option("--commitment", cls=Option, metavar="C")
@click.option("--head", cls=Option, metavar="H")
@click.option("--from", "origin", cls=Option, metavar="RECORD")
@click.option("--because", cls=Option, metavar="TEXT")
@click.option("--on", "on", cls=Option, metavar="DAY", callback=day)
@click.option("--document", cls=Option, metavar="TEXT")
@click.option("--unavailable", multiple=True, cls=Option, metavar="R")
@click.option("--asked", multiple=True, cls=Option, metavar="R=yes|no")
@click.option("--fewer", multiple=True, cls=Option, metavar="G=N")
@click.option("--reopen", is_flag=True, cls=Option)
@click.option("--published", cls=Option, metavar="PLACE")
@click.option("--published-on", "published_on", cls=Option, metavar="DAY", callback=day)
@click.option("--published-as", "published_as", cls=Option, metavar="NUMBER")
@click.option("--cancelled", multiple=True, cls=Option, metavar="N=DOCUMENT")
@click.option("--public", cls=Option, metavar="FILE")
@click.option("--facts", "later", multiple=True, cls=Option, metavar="FILE")
@click.option("--chances", cls=Option, metavar="N", callback=number)
@click.option("--record", cls=Option, metavar="FILE")
@click.option("--picture", cls=Option, metavar="FILE")
@click.option("--paper", cls=Option, metavar="FILE")
@click.option("--brief", is_flag=True, cls=Option)
@reading_option
@strict_option
@limit_option
@force_option
@json_option
@click.pass_context
def draw(ctx: click.Context, /, **given: Any) -> None:
    """Draw the panels, check a record, or add to one what became known."""
    shell = ctx.find_object(Shell) or Shell()
    if given["page"]:
        ctx.exit(_page(ctx, shell, given["page"]))
    if given["checked"]:
        ctx.exit(_verify(ctx, shell, given))
    if given["origin"]:
        ctx.exit(_after(ctx, shell, given))
    from desk.arguments import told
    from engine.draw import DEMO, Claim, Impossible, events, seed
    from engine.draw import draw as drawing
    from engine.record import heeded

    _only(ctx, _DRAWS)
    kept = _kept(shell, given)
    if given["chances"] is not None:
        ctx.exit(_simulated(shell, kept, given["chances"]))
    words = DEMO if given["demo"] else seed(events(kept.roster.case), given["seed"])
    said = told(given)
    if problems := heeded(kept, words, said):
        raise CaseError(problems)
    drawn = drawing(kept, words, said)
    if isinstance(drawn, Impossible):
        ctx.exit(_refused(shell, drawn))
    ctx.exit(_finished(shell, drawn, (), (Claim.of(drawn),), given))


def _page(ctx: click.Context, shell: Shell, file: str) -> int:
    """Write the page on which anybody checks a record."""
    from desk.files import verify_page
    from desk.shell import save

    _only(ctx, {"page"})
    words = verify_page(shell.lang)
    save(Path(file), words, force=shell.force)
    digest = sha256(words.encode("utf-8")).hexdigest()
    if shell.json:
        shell.say(json.dumps({"file": file, "sha256": digest}, ensure_ascii=False, indent=1))
    else:
        shell.say(shell.text("panel.page", file=file))
        shell.say(f"SHA-256 {digest}")
    return 0


def _only(ctx: click.Context, allowed: set[str]) -> None:
    """UsageError that names every option given that does not go with what is done."""
    ours = {param.name: param.opts[-1] for param in ctx.command.params}
    wrong = [
        ours[name]
        for name in ctx.params
        if name not in allowed and ctx.get_parameter_source(name) == click.core.ParameterSource.COMMANDLINE
    ]
    if wrong:
        raise UsageError("draw_option", {"found": ", ".join(sorted(wrong))})


def _kept(shell: Shell, given: dict[str, Any]) -> "Frozen":
    """The frozen file given; for trying out and for chances the case frozen on the spot."""
    from desk.arguments import frozen
    from engine.draw import DEMO_KEY, thawed

    if not given["case"]:
        raise UsageError("draw_nothing")
    if len(given["case"]) == 1 and (path := Path(given["case"][0])).suffix == ".json" and path.is_file():
        data = path.read_bytes()
        if b'"frozen"' in data:
            return thawed(str(path), data)
    if not given["demo"] and given["chances"] is None:
        raise UsageError("draw_not_frozen")
    return frozen(shell, given["case"], given["readings"], given["pending"], given["size"], DEMO_KEY)


def _bytes(name: str) -> bytes:
    from engine.case import regular

    try:
        return without_hints(regular(Path(name)))
    except OSError as trouble:
        raise UsageError("unreadable_record", {"found": name, "reason": trouble.strerror or str(trouble)}) from None


def _checked(name: str, given: dict[str, Any]) -> "Verified":
    from engine.record import verify

    found = verify(name, _bytes(name), commitment=given["commitment"], numbers=given["seed"], head=given["head"])
    if found.public and given["origin"]:
        raise UsageError("draw_public", {"found": name})
    return found


def _verify(ctx: click.Context, shell: Shell, given: dict[str, Any]) -> int:
    """Draw again, compare, and say what was not given to compare with."""
    _only(ctx, _CHECKS)
    found = _checked(given["checked"], given)
    if shell.json:
        entry = {
            "verified": True, "commitment": found.drawn.frozen.commitment, "seed": found.drawn.seed,
            "demo": found.drawn.demo, "head": found.standing.head, "not_given": list(found.not_given),
        }  # fmt: skip
        shell.say(json.dumps(entry, ensure_ascii=False, indent=1))
        return 0
    from desk.text import verified

    for line in verified(found, given["checked"], shell):
        shell.say(line)
    return 0


def _after(ctx: click.Context, shell: Shell, given: dict[str, Any]) -> int:
    """Add what became known to a verified record."""
    _only(ctx, {"origin", "because", "on", "document", "unavailable", "later", "record", "picture", "paper", "brief",
                "commitment", "seed", "head", "asked", "fewer", "reopen", "public"})  # fmt: skip
    news = ("unavailable", "later", "asked", "fewer", "reopen")
    if not any(given[name] for name in (*news, "because", "on", "document")) and _wanted(given):
        found = _checked(given["origin"], given)
        return _finished(shell, found.drawn, found.entries, found.standing.claims, given)
    missing = [f"--{name}" for name in ("because", "on", "document") if not given[name]]
    if missing:
        raise UsageError("draw_missing", {"found": ", ".join(missing)})
    if not any(given[name] for name in news):
        raise UsageError("draw_no_news")
    from desk.arguments import later

    found = _checked(given["origin"], given)
    entry = found.standing.add(later(found, given))
    return _finished(shell, found.drawn, (*found.entries, entry), found.standing.claims, given)


def _wanted(given: dict[str, Any]) -> bool:
    """Whether a file is asked for that a record can be made into."""
    return any(given[name] for name in ("record", "picture", "paper", "public"))


def _refused(shell: Shell, found: "Impossible") -> int:
    from desk.text import impossible, panel_heading
    from engine.record import refusal
    from engine.repair import repairs

    steps = repairs(found.frozen)
    if shell.json:
        shell.say(refusal(found, [step.json() for step in steps]).rstrip("\n"))
    else:
        for line in (*panel_heading(found.frozen.roster, shell), *impossible(found.frozen, found.hall, steps, shell)):
            shell.say(line)
    return IMPOSSIBLE


def _finished(
    shell: Shell, drawn: "Draw", entries: "Sequence[Entry]", claims: "Sequence[Claim]", given: dict[str, Any]
) -> int:
    """Check draw and entries by the rules, write what was asked for, and print it for a person or a program."""
    from engine.draw import faults
    from engine.record import text

    if found := [fault for claim in claims for fault in faults(claim)]:
        raise RuntimeError("the rules hold against this draw: " + " ".join(found[:5]))
    words = text(drawn, entries)
    _write(shell, drawn, entries, words, given)
    if shell.json:
        shell.say(words.rstrip("\n"))
    else:
        for line in _lines(drawn, entries, shell, given["brief"]):
            shell.say(line)
    return IMPOSSIBLE if entries and entries[-1].hall else 0


def _write(shell: Shell, drawn: "Draw", entries: "Sequence[Entry]", words: str, given: dict[str, Any]) -> None:
    """The record, the picture and the paper, together: all of them or none."""
    from desk.shell import together

    files: dict[Path, str | bytes] = {Path(given["record"]): words} if given["record"] else {}
    if given["picture"]:
        from desk.files import panel_picture

        files[Path(given["picture"])] = panel_picture(drawn, entries, given["picture"], shell.lang)
    if given["public"]:
        from engine.record import public_text

        files[Path(given["public"])] = public_text(drawn, entries)
    if given["paper"]:
        from desk.files import drawn_paper

        files[Path(given["paper"])] = drawn_paper(drawn, entries, given["paper"], shell.lang)
    together(files, force=shell.force)


def _lines(drawn: "Draw", entries: "Sequence[Entry]", shell: Shell, brief: bool) -> Iterator[str]:
    from desk.text import afterwards, now, panel_heading, panel_lines, result, seed_lines

    yield from panel_heading(drawn.frozen.roster, shell)
    yield ""
    yield from seed_lines(drawn, shell)
    yield from panel_lines(shell, shell.text("panel.order", groups=" ".join(drawn.order)))
    if not (entries and brief):
        yield from result(drawn, shell, brief)
    for entry in entries:
        yield ""
        yield from afterwards(entry, drawn.frozen.roster, shell)
    if entries:
        yield from now(entries[-1], drawn.frozen.roster, shell)


def _simulated(shell: Shell, kept: "Frozen", number: int) -> int:
    """Print each reviewer's chance by group before the draw."""
    from desk.shell import bar
    from desk.text import bars, impossible, panel_heading
    from engine.draw import shortage
    from engine.repair import chances, equality, repairs

    if hall := shortage(kept):
        steps = repairs(kept)
        if shell.json:
            entry = {"chances": None, "hall": hall.json(), "repairs": [step.json() for step in steps]}
            shell.say(json.dumps(entry, ensure_ascii=False, indent=1))
        else:
            for line in impossible(kept, hall, steps, shell):
                shell.say(line)
        return IMPOSSIBLE
    with bar(shell.text("panel.simulating", count=number), number) as progress:
        found = chances(kept, number, progress)
    if shell.json:
        shell.say(json.dumps({**found.as_dict(), "equality": equality(kept).json()}, ensure_ascii=False, indent=1))
        return 0
    for line in (*panel_heading(kept.roster, shell), *bars(found, shell)):
        shell.say(line)
    return 0
