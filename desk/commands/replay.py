"""`pingjiang replay`: a recorded round solved again, and what differs told."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.arguments import json_option, limit_option, strict_option
from desk.shell import Command, Shell, entry
from engine.errors import CaseError, Problem
from engine.words import visible

if TYPE_CHECKING:
    from engine.case import Case
    from engine.compare import Difference

_NAMED = 8


@click.command("replay", cls=Command)
@click.argument("recorded", required=True, metavar="RECORD")
@click.argument("case", nargs=-1, metavar="CASE")
@limit_option
@strict_option
@json_option
@click.pass_context
def replay(ctx: click.Context, recorded: str, case: tuple[str, ...]) -> None:
    """Solve a recorded round again."""
    from desk.arguments import opened
    from desk.files import FACTS, FORGED, Asked, Folder, altered, basis, different, load, moved

    shell = ctx.find_object(Shell) or Shell()
    path = Path(recorded)
    row = load(path)
    asked = Asked.read(row["asked"])
    loaded = opened(shell, case or [str(path.parent / FACTS)], asked.readings)
    changed = [*altered(row, path.parent), *moved(row, loaded, basis(loaded))]
    try:
        files = Folder(loaded, asked).files(lambda step: shell.tell(shell.text(f"round.step.{step}")))
    except CaseError as refused:
        raise CaseError([*changed, *refused.problems]) from refused
    names = different(row, files)
    same = not names and not any(problem.code in FORGED for problem in changed)
    found = None if same else _difference(path, row, loaded, files)
    if shell.json:
        rows = {"same": same, "changed": [entry(problem, shell) for problem in changed], "different": names}
        told = rows | {"diff": found.as_dict() if found else None}
        shell.say(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for line in _lines(shell, changed, names, found, loaded.names):
            shell.say(line)
        shell.say(shell.text("replay.same" if same else "replay.different", number=len(files)))
    if not same:
        ctx.exit(CaseError.exit_code)


def _difference(path: Path, row: Mapping[str, Any], case: "Case", files: Mapping[str, bytes]) -> "Difference | None":
    """The round as it was recorded beside the one that came out now; None where what was recorded is gone."""
    from desk.files import FACTS, Asked, basis, parts, recorded
    from engine.case import load
    from engine.compare import Run, difference
    from engine.errors import PingjiangError

    made = {name: json.loads(files[name]) for name in ("decision.json", "award.json", "draw.json") if name in files}
    now = Run(case, made["decision.json"], made.get("award.json"), made.get("draw.json"), parts(basis(case)))
    try:
        before = load([path.parent / FACTS], Asked.read(row["asked"]).readings)
        return difference(recorded(path, before), now)
    except PingjiangError:
        return None


def _lines(
    shell: Shell, changed: Sequence[Problem], names: Sequence[str], found: "Difference | None", who: Mapping[str, str]
) -> Iterator[str]:
    from desk.text import difference_lines

    yield from (visible(problem.line(shell.lang)) for problem in changed)
    if found:
        yield from difference_lines(found, who, shell)
    if names:
        named = ", ".join(map(visible, names[:_NAMED])) + (", …" if len(names) > _NAMED else "")
        yield shell.text("replay.differ", number=len(names), names=named)
