"""A paper printed as PDF, and the pages of a stored PDF as pictures."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import Any

from desk.press import html, pdf
from web.drafts.plain import paper

WIDTH = 1240
"""Pixels across a page: A4 at 150 to the inch."""


def paper_printed(row: dict[str, Any], number: str, stamp: str, final: bool) -> dict[str, Any]:
    """A kept paper as PDF, with its number and what is printed at its foot; `pages` is how many it has."""
    made = replace(paper(row), number=number, stamp=stamp, draft=not final)
    data = pdf.render(made)
    return {"pdf": data, "pages": _pages(data)}


def paper_page(data: bytes, number: int) -> bytes:
    """A page of a PDF (from 1) as PNG; IndexError where it has no such page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[number - 1]
        picture = page.render(scale=WIDTH / page.get_width()).to_pil()
        out = BytesIO()
        picture.quantize(32).save(out, "PNG", optimize=True)
        return out.getvalue()
    finally:
        document.close()


def paper_html(row: dict[str, Any], number: str, stamp: str) -> str:
    """A kept paper as a page that needs nothing else, for whoever reads with a screen reader or on a phone."""
    return html.render(replace(paper(row), number=number, stamp=stamp, draft=False))


def _pages(data: bytes) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return len(document)
    finally:
        document.close()
