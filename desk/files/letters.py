"""Letters as files: DOCX and HTML beside each other, numbered like every paper of the round."""

import json
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.shell import Shell, together, whole
from engine.errors import UsageError
from engine.words import visible

if TYPE_CHECKING:
    from engine.answers import Decision
    from explain.letter import Letter, Paper

_INDEX = "index.html"


def today(_: click.Context, __: click.Parameter, value: str | None) -> int:
    """The day of signature: 2025-10-20 or 20251020; 0, left open in the letter, where none is given."""
    if value is None:
        return 0
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise UsageError("not_a_day", {"found": value}) from None
    return day.year * 10000 + day.month * 100 + day.day


def options(remedies: bool) -> frozenset[str]:
    """The template blocks that were asked for."""
    return frozenset({"remedies"}) if remedies else frozenset()


def papers(decision: "Decision", applicants: Sequence[str], day: int, options: frozenset[str]) -> "list[Letter]":
    """The letters to these applicants, each with its number among the papers of the whole round."""
    from desk.papers import bundle
    from explain.letter import KIND, Letters

    found = Letters(decision, applicants)
    prepared = bundle(decision, only=(KIND,), to=applicants, day=day, as_of=day, options=options, letters=found)
    papers = {one.about: one.paper for one in prepared}
    return [found.of(id, day, options).printed(papers[id]) for id in applicants]


def write_letters(shell: Shell, written: "Sequence[Letter]", folder: Path, *, index: bool) -> None:
    """Write each letter as DOCX and HTML; with an index the folder is new, and either whole or not there."""
    from desk.press import docx, html

    letters = [one.paper for one in written]
    files: dict[str, bytes] = {}
    names: list[tuple[str, str]] = []
    for number, paper in enumerate(letters, 1):
        stem = f"letter-{number:03}" if index else f"letter-{safe(paper.applicant)}"
        names.append((stem, paper.applicant))
        files[f"{stem}.docx"] = docx.render(paper)
        files[f"{stem}.html"] = html.render(paper).encode("utf-8")
    if index:
        files[_INDEX] = _index(shell, letters, names).encode("utf-8")
        whole(folder, files, force=shell.force)
    else:
        folder.mkdir(parents=True, exist_ok=True)
        together({folder / name: data for name, data in files.items()}, force=shell.force)
    if shell.json and not index:
        (one,) = written
        shell.say(json.dumps(one.as_dict(), ensure_ascii=False, indent=1))
        return
    if shell.json:
        rows = [{"id": id, "docx": f"{stem}.docx", "html": f"{stem}.html"} for stem, id in names]
        shell.say(json.dumps({"letters": rows}, ensure_ascii=False, indent=1))
        return
    for stem, id in names:
        paths = {"docx": folder / f"{stem}.docx", "html": folder / f"{stem}.html"}
        shell.say(shell.text("letters.written", id=visible(id), **paths))
    if index:
        shell.say(shell.text("letters.index", index=folder / _INDEX, count=len(names)))


def show(shell: Shell, paper: "Paper") -> None:
    """A letter's words on the screen, line by line."""
    from engine.words import wrap

    for words in paper.texts():
        for line in wrap(visible(words), shell.columns) if words else ():
            shell.say(line)


def safe(identifier: str) -> str:
    """An identifier as part of a file name: letters, digits and hyphens of ASCII, or the start of its hash."""
    from hashlib import sha256

    plain = identifier.isascii() and identifier.replace("-", "").isalnum() and len(identifier) <= 40
    return identifier if plain else sha256(identifier.encode()).hexdigest()[:12]


def _index(shell: Shell, letters: "Sequence[Paper]", names: Sequence[tuple[str, str]]) -> str:
    """The list of the letters, for the bureau's own desk."""
    title = escape(shell.text("letters.title"))
    rows = "".join(
        f"<li>{escape(visible(id))} {escape(visible(paper.addressee))}: "
        f'<a href="{stem}.docx">DOCX</a> <a href="{stem}.html">HTML</a></li>\n'
        for paper, (stem, id) in zip(letters, names, strict=True)
    )
    return (
        f'<!doctype html>\n<html lang="{shell.lang}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n<ol>\n{rows}</ol></body></html>\n"
    )
