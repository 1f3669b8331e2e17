"""The list of papers, by kind: number, addressee, day, what each still lacks; for its own page and the first page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from desk.press import FORMS, called
from desk.shell import Shell
from engine.facts import day as day_words
from engine.words import visible

if TYPE_CHECKING:
    from desk.papers import Prepared
    from engine.answers import Decision

PAGES = Path(__file__).with_name("pages")


@cache
def environment() -> Environment:
    """The pages of a folder: escaped, and a name that is misspelt is an error."""
    return Environment(
        loader=FileSystemLoader(PAGES), autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )


def paper_row(stem: str, one: Prepared) -> dict[str, Any]:
    """A paper of the list as data."""
    paper = one.paper
    return {
        "file": stem,
        "kind": paper.kind,
        "about": one.about,
        "to": paper.addressee,
        "title": paper.title,
        "number": paper.number,
        "day": paper.day,
        "draft": paper.draft,
        "held": list(one.held),
    }


def listed(
    rows: Sequence[dict[str, Any]],
    shell: Shell,
    folder: str = "",
    pdf: bool = False,
    hints: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> list[dict[str, Any]]:
    """The papers by kind, as the page shows them; `hints` are what may be a slip, by whom it is about."""
    formats = ("docx", "html", *(("pdf",) if pdf else ()))
    return [
        {
            "kind": called(kind, str(same[0]["title"]), shell.lang),
            "papers": [
                {
                    "number": visible(row["number"]),
                    "to": visible(row["title"] if FORMS[kind] == "petition" else row["to"] or row["title"]),
                    "day": day_words(row["day"], shell.lang) if row["day"] else "",
                    "check": [visible(hint) for hint in hints.get(row["about"] or "", ())],
                    "held": [visible(reason) for reason in row["held"]],
                    "counted": shell.text("paper.list.lacks_number", number=len(row["held"])),
                    "draft": row["draft"],
                    "files": [{"name": form.upper(), "path": f"{folder}{row['file']}.{form}"} for form in formats],
                }
                for row in same
            ],
        }
        for kind, same in ((kind, list(found)) for kind, found in groupby(rows, key=lambda row: row["kind"]))
    ]


def words(shell: Shell) -> dict[str, str]:
    """The headings that both pages share."""
    keys = ("title", "check", "file", "paper", "about", "day", "number", "lacks", "draft_mark", "final_mark")
    return {key: shell.text(f"paper.list.{key}") for key in keys}


def paper_index(
    shell: Shell,
    decision: Decision,
    written: Sequence[tuple[str, Prepared]],
    held: Sequence[Prepared],
    pdf: bool = False,
) -> str:
    """The page of a folder of papers: what may be a slip, what was written, what could not be made final and why."""
    from desk.arguments import to_check
    from desk.papers import ground
    from engine.law import statute

    told, hints = to_check(shell)
    rows = [paper_row(stem, one) for stem, one in written]
    there = {id(one) for _, one in written}
    kept = [paper_row("", one) for one in held if id(one) not in there]
    for row in kept:
        row["kind"] = called(row["kind"], row["title"], shell.lang)
    return (
        environment()
        .get_template("papers.html")
        .render(
            lang="zh-CN" if shell.lang == "zh" else shell.lang,
            title=shell.text("paper.list.title"),
            law=statute(decision.city).title,
            round=shell.text("round.number", round=ground.number_words(decision.round, shell.lang)),
            words=words(shell),
            groups=listed(rows, shell, pdf=pdf, hints=hints),
            hints=[visible(hint) for hint in told],
            hints_title=shell.text("round.page.hints"),
            kept=kept,
            kept_title=shell.text("paper.list.held_title"),
        )
    )
