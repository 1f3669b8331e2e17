"""`pingjiang replay`: a recorded round solved again, and what differs named."""

import json
from pathlib import Path

import click

from desk.arguments import json_option, limit_option, strict_option
from desk.shell import Command, Shell, entry
from engine.errors import CaseError


@click.command("replay", cls=Command)
@click.argument("recorded", required=True, metavar="RECORD")
@click.argument("case", nargs=-1, metavar="CASE")
@strict_option
@limit_option
@json_option
@click.pass_context
def replay(ctx: click.Context, recorded: str, case: tuple[str, ...]) -> None:
    """Solve a recorded round again."""
    from desk.arguments import opened
    from desk.files import FACTS, Asked, accounts, altered, basis, different, index, load, moved, run

    shell = ctx.find_object(Shell) or Shell()
    path = Path(recorded)
    row = load(path)
    asked = Asked.read(row["asked"])
    loaded = opened(shell, case or [str(path.parent / FACTS)], asked.readings)
    changed = [*altered(row, path.parent), *moved(row, basis(loaded))]
    try:
        files = run(loaded, asked, lambda step: shell.tell(shell.text(f"round.step.{step}")))
    except CaseError as refused:
        raise CaseError([*changed, *refused.problems]) from refused
    files["index.html"] = index(loaded, files, Shell(asked.lang), accounts(row))
    otherwise = list(different(row, files))
    same = not otherwise and not any(problem.code in ("replay_altered", "replay_missing") for problem in changed)
    if shell.json:
        rows = {
            "same": same,
            "changed": [entry(problem, shell) for problem in changed],
            "different": [str(problem.parameters["name"]) for problem in otherwise],
        }
        shell.say(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for problem in [*changed, *otherwise]:
            shell.say(problem.line(shell.lang))
        shell.say(shell.text("replay.same" if same else "replay.different", number=len(files)))
    if not same:
        ctx.exit(CaseError.exit_code)
