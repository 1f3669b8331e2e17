"""The paper of a draw, written as DOCX or HTML by the file's name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desk.papers import record
from desk.press import docx, html
from desk.shell import save
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.draw import Draw, Replacement

FORMATS = (".docx", ".html")


def save_paper(drawn: "Draw", done: "Sequence[Replacement]", file: str, lang: str) -> None:
    """Write the record of a draw as a paper."""
    paper = record(drawn, done, lang=lang)
    match Path(file).suffix.lower():
        case ".docx":
            save(Path(file), docx.render(paper, lang=lang))
        case ".html":
            save(Path(file), html.render(paper, lang=lang))
        case suffix:
            raise UsageError("format_unknown", {"found": suffix or file, "known": ", ".join(FORMATS)})
