"""`pingjiang papers`: every paper that a case gives cause for, in a folder with an index."""

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desk.arguments import case_argument, force_option, json_option, limit_option, reading_option, today
from desk.files import options
from desk.files import today as signed_on
from desk.shell import Command, Option, Shell, whole
from engine.errors import UsageError
from engine.words import visible

if TYPE_CHECKING:
    from explain.letter import Paper


@click.command("papers", cls=Command)
@case_argument
@click.option("-o", "--output", cls=Option, metavar="DIR", required=True)
@click.option("--only", cls=Option, metavar="KIND", multiple=True)
@click.option("--to", "to", cls=Option, metavar="ID", multiple=True)
@click.option("--date", "date", cls=Option, metavar="DAY", callback=signed_on)
@click.option("--as-of", "as_of", cls=Option, metavar="DAY", callback=signed_on)
@click.option("--draw", "draw", cls=Option, metavar="RECORD")
@click.option("--set", "chosen", cls=Option, metavar="N", type=int)
@click.option("--remedies", is_flag=True, cls=Option)
@click.option("--final", is_flag=True, cls=Option)
@click.option("--pdf", is_flag=True, cls=Option)
@click.option("--templates", cls=Option, metavar="DIR")
@reading_option
@limit_option
@force_option
@json_option
@click.pass_obj
def papers(
    shell: Shell,
    case: tuple[str, ...],
    output: str,
    only: tuple[str, ...],
    to: tuple[str, ...],
    date: int,
    as_of: int,
    draw: str | None,
    chosen: int | None,
    remedies: bool,
    final: bool,
    pdf: bool,
    templates: str | None,
    readings: dict[str, str],
) -> None:
    """Write the papers of a round."""
    from desk.arguments import opened
    from desk.papers import KINDS, bundle
    from desk.press import rendered, stems
    from engine.answers import decide

    if unknown := [kind for kind in only if kind not in KINDS]:
        raise UsageError("paper_unknown", {"found": ", ".join(unknown), "known": ", ".join(KINDS)})
    decision = decide(opened(shell, case, readings))
    written = bundle(
        decision,
        only=only,
        to=to,
        day=date,
        as_of=as_of or date or today(),
        chosen=None if chosen is None else chosen - 1,
        record=_record(draw),
        options=options(remedies),
        final=final,
    )
    names = stems([(about, paper) for about, paper in written])
    files = rendered(list(zip(names, (paper for _, paper in written), strict=True)), pdf, templates)
    files["index.html"] = _index(shell, written, names, pdf).encode("utf-8")
    whole(Path(output), files, force=shell.force)
    if shell.json:
        rows = [
            {"file": stem, "kind": paper.kind, "about": about or None, "number": paper.number or None}
            for stem, (about, paper) in zip(names, written, strict=True)
        ]
        shell.say(json.dumps({"papers": rows, "draft": not final}, ensure_ascii=False, indent=1))
        return
    for stem, (about, paper) in zip(names, written, strict=True):
        shell.say(visible(f"{stem}  {paper.number}  {paper.title}  {about}".rstrip()))
    shell.say(shell.text("paper.list.written", number=len(written), folder=output))
    if not final:
        shell.say(shell.text("paper.list.draft"))


def _record(path: str | None) -> Any:
    """The record of a draw; UsageError where there is none."""
    if path is None:
        return None
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as trouble:
        raise UsageError("no_record", {"found": path, "reason": str(trouble)}) from trouble
    if not isinstance(record, dict) or not record.get("panels") or "record" not in record:
        raise UsageError("no_record", {"found": path, "reason": "panels"})
    return record


def _index(shell: Shell, written: "list[tuple[str, Paper]]", names: list[str], pdf: bool) -> str:
    """The list of papers, for the bureau's own desk."""
    title = escape(shell.text("paper.list.title"))
    heads = "".join(
        f"<th>{escape(shell.text(f'paper.list.{name}'))}</th>" for name in ("number", "paper", "about", "file")
    )
    formats = ("docx", "html", *(("pdf",) if pdf else ()))
    rows = "".join(
        f"<tr><td>{escape(paper.number)}</td><td>{escape(visible(paper.title))}</td>"
        f"<td>{escape(visible(paper.addressee or about))}</td><td>"
        + " ".join(f'<a href="{stem}.{form}">{form.upper()}</a>' for form in formats)
        + "</td></tr>\n"
        for stem, (about, paper) in zip(names, written, strict=True)
    )
    return (
        f'<!doctype html>\n<html lang="{shell.lang}"><head><meta charset="utf-8"><title>{title}</title>\n'
        "<style>body{font:16px/1.6 sans-serif;margin:2em}table{border-collapse:collapse}"
        "td,th{border:1px solid #999;padding:.3em .7em;text-align:left}</style></head>\n"
        f"<body><h1>{title}</h1>\n<table><tr>{heads}</tr>\n{rows}</table></body></html>\n"
    )
