"""Letters as files: DOCX and HTML beside each other, a folder written whole or not at all, with an index."""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.shell import Shell
from desk.visible import visible
from engine.errors import UsageError

if TYPE_CHECKING:
    from explain.letter import Letter

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


def write(shell: Shell, letters: Sequence["Letter"], folder: Path, *, index: bool) -> None:
    """Write each letter as DOCX and HTML; with an index the folder is new, and either whole or not there."""
    from desk.papers import docx, html

    files: dict[str, bytes] = {}
    names: list[tuple[str, str]] = []
    for number, letter in enumerate(letters, 1):
        stem = f"letter-{number:03}" if index else f"letter-{safe(letter.paper.applicant)}"
        names.append((stem, letter.paper.applicant))
        files[f"{stem}.docx"] = docx.render(letter.paper)
        files[f"{stem}.html"] = html.render(letter.paper).encode("utf-8")
    if index:
        files[_INDEX] = _index(shell, letters, names).encode("utf-8")
        _whole(folder, files)
    else:
        _beside(folder, files)
    if shell.json:
        rows = [{"id": id, "docx": f"{stem}.docx", "html": f"{stem}.html"} for stem, id in names]
        shell.say(json.dumps({"letters": rows}, ensure_ascii=False, indent=1))
        return
    for stem, id in names:
        shell.say(
            shell.text("letters.written", id=visible(id), docx=folder / f"{stem}.docx", html=folder / f"{stem}.html")
        )
    if index:
        shell.say(shell.text("letters.index", index=folder / _INDEX, count=len(names)))


def safe(identifier: str) -> str:
    """An identifier as part of a file name: letters, digits and hyphens of ASCII, or the start of its hash."""
    from hashlib import sha256

    plain = identifier.isascii() and identifier.replace("-", "").isalnum() and len(identifier) <= 40
    return identifier if plain else sha256(identifier.encode()).hexdigest()[:12]


def _whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Fill a folder beside the target and rename it; the target may not hold anything yet."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError("folder_taken", {"found": str(folder)})
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".pingjiang-", dir=folder.parent))
        try:
            for name, data in files.items():
                (made / name).write_bytes(data)
            made.chmod(0o755)
            made.replace(folder)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    except OSError as trouble:
        raise UsageError("unwritable", {"found": str(folder), "reason": trouble.strerror or str(trouble)}) from trouble


def _beside(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, each by renaming a finished one."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            handle, path = tempfile.mkstemp(prefix=".pingjiang-", dir=folder)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(path).chmod(0o644)
            Path(path).replace(folder / name)
    except OSError as trouble:
        raise UsageError("unwritable", {"found": str(folder), "reason": trouble.strerror or str(trouble)}) from trouble


def _index(shell: Shell, letters: Sequence["Letter"], names: Sequence[tuple[str, str]]) -> str:
    """The list of the letters, for the bureau's own desk."""
    title = escape(shell.text("letters.title"))
    rows = "".join(
        f"<li>{escape(visible(id))} {escape(visible(letter.paper.addressee))}: "
        f'<a href="{stem}.docx">DOCX</a> <a href="{stem}.html">HTML</a></li>\n'
        for letter, (stem, id) in zip(letters, names, strict=True)
    )
    return (
        f'<!doctype html>\n<html lang="{shell.lang}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n<ol>\n{rows}</ol></body></html>\n"
    )
