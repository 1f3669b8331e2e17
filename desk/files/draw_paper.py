"""The paper of a draw as DOCX or HTML, by the file's name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desk.papers import record
from desk.press import docx, html
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.draw import Draw
    from engine.record import Entry

FORMATS = (".docx", ".html")


def drawn_paper(drawn: "Draw", done: "Sequence[Entry]", file: str, lang: str) -> str | bytes:
    """The record of a draw as a paper."""
    paper = record(drawn, done, lang=lang)
    match Path(file).suffix.lower():
        case ".docx":
            return docx.render(paper, lang=lang)
        case ".html":
            return html.render(paper, lang=lang)
        case suffix:
            raise UsageError("format_unknown", {"found": suffix or file, "known": ", ".join(FORMATS)})
