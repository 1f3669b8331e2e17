"""Letters as files: DOCX and HTML beside each other, numbered like every paper of the round."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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


def written_to(decision: "Decision", applicant: str, day: int, options: frozenset[str]) -> "Letter":
    """The letter to one applicant with its number among the papers of the whole round."""
    from desk.papers import bundle
    from explain.letter import KIND, Letters

    found = Letters(decision, [applicant])
    (made,) = bundle(decision, only=(KIND,), to=[applicant], day=day, as_of=day, options=options, letters=found)
    return found.of(applicant, day, options).printed(made.paper)


@dataclass(frozen=True)
class Posted:
    """A letter among those to all: the stem of its files, who gets it and how he is called, its two files."""

    stem: str
    id: str
    addressee: str
    docx: bytes
    html: bytes


Ask = tuple[str, str, int, str]
"""A letter to be written among those to all: the stem of its files, to whom, its day (0 for none), its number."""


def asks(decision: "Decision", day: int) -> list[Ask]:
    """The letters to all of a decision who get one, each with its number among the papers of the whole round."""
    from desk.papers import numbered
    from explain.letter import KIND, addressees

    given = numbered(decision, KIND, day)
    told = addressees(decision)
    return [(f"letter-{at:03}", id, *given[id]) for at, id in enumerate(told, 1)]


def posted(
    decision: "Decision",
    some: Sequence[Ask],
    options: frozenset[str],
    progress: Callable[[int], None] = lambda _done: None,
) -> list[Posted]:
    """Some of the letters to whoever is decided here: their reasons are found, and proved, in this process; `progress`
    is told of each.
    """
    from desk.papers import entered
    from desk.press import docx, html
    from explain.letter import Letters

    found, letters = Letters(decision, [id for _, id, _, _ in some]), []
    for stem, id, day, number in some:
        paper = replace(entered(decision.case, found.of(id, day, options).paper, number), draft=True)
        letters.append(Posted(stem, id, paper.addressee, docx.render(paper), html.render(paper).encode("utf-8")))
        progress(1)
    return letters


def write_letter(shell: Shell, written: "Letter", folder: Path) -> None:
    """Write one letter as DOCX and HTML into a folder."""
    from desk.press import docx, html

    paper = written.paper
    stem = f"letter-{safe(paper.applicant)}"
    files = {f"{stem}.docx": docx.render(paper), f"{stem}.html": html.render(paper).encode("utf-8")}
    folder.mkdir(parents=True, exist_ok=True)
    together({folder / name: data for name, data in files.items()}, force=shell.force)
    if shell.json:
        shell.say(json.dumps(written.as_dict(), ensure_ascii=False, indent=1))
    else:
        _say(shell, folder, stem, paper.applicant)


def write_letters(shell: Shell, letters: Sequence[Posted], folder: Path) -> None:
    """Write all letters with their index into a folder that is new, and either whole or not there."""
    files = {f"{one.stem}.docx": one.docx for one in letters} | {f"{one.stem}.html": one.html for one in letters}
    files[_INDEX] = _index(shell, letters).encode("utf-8")
    whole(folder, files, force=shell.force)
    if shell.json:
        rows = [{"id": one.id, "docx": f"{one.stem}.docx", "html": f"{one.stem}.html"} for one in letters]
        shell.say(json.dumps({"letters": rows}, ensure_ascii=False, indent=1))
        return
    for one in letters:
        _say(shell, folder, one.stem, one.id)
    shell.say(shell.text("letters.index", index=folder / _INDEX, count=len(letters)))


def _say(shell: Shell, folder: Path, stem: str, id: str) -> None:
    paths = {"docx": folder / f"{stem}.docx", "html": folder / f"{stem}.html"}
    shell.say(shell.text("letters.written", id=visible(id), **paths))


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


def _index(shell: Shell, letters: Sequence[Posted]) -> str:
    """The list of the letters, for the bureau's own desk."""
    title = escape(shell.text("letters.title"))
    rows = "".join(
        f"<li>{escape(visible(one.id))} {escape(visible(one.addressee))}: "
        f'<a href="{one.stem}.docx">DOCX</a> <a href="{one.stem}.html">HTML</a></li>\n'
        for one in letters
    )
    return (
        f'<!doctype html>\n<html lang="{shell.lang}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n<ol>\n{rows}</ol></body></html>\n"
    )
