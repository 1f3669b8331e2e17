"""A paper printed as PDF, and the pages of a stored PDF as pictures."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

from desk.press import docx, html, pdf
from web.drafts.plain import paper

WIDTH = 1240
"""Pixels across a page: A4 at 150 to the inch."""
_SLIP = """#let it = json("slip.json")
#set document(title: it.title, author: (), date: none)
#set page(paper: "a4", margin: (top: 37mm, left: 28mm, right: 26mm, bottom: 35mm))
#set text(font: ("FandolFang R", "FangSong", "Noto Serif CJK SC", "Source Han Serif SC"), size: 14pt, lang: "zh")
#set par(leading: 10pt, spacing: 14pt, justify: true)
#text(font: ("FandolHei", "SimHei", "Noto Sans CJK SC"), size: 18pt, it.title)
#par(it.lead)
#image("slip.svg", width: 45mm)
#par(text(font: ("DejaVu Sans Mono", "Noto Sans Mono"), size: 10.5pt, it.address))
#for line in it.lines { par(line) }
"""


def paper_printed(row: dict[str, Any], number: str, stamp: str, final: bool) -> dict[str, Any]:
    """A kept paper as PDF, with its number and what is printed at its foot; `pages` is how many it has."""
    made = replace(paper(row), number=number, stamp=stamp, draft=not final)
    data = pdf.render(made)
    return {"pdf": data, "pages": _pages(data)}


def paper_to_send(data: bytes, words: Mapping[str, Any], picture: str) -> bytes:
    """A stored PDF, untouched, and behind it one page of words with a picture (SVG): the copy that is sent.

    `words` are `title`, `lead`, `address` and `lines`, plain text.
    """
    import pypdfium2

    typst = import_module("typst")
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "slip.json").write_text(json.dumps(dict(words), ensure_ascii=False), encoding="utf-8")
        (folder / "slip.svg").write_text(picture, encoding="utf-8")
        (folder / "slip.typ").write_text(_SLIP, encoding="utf-8")
        made = typst.compile(folder / "slip.typ", root=folder, font_paths=[str(one) for one in pdf.fonts()])
    whole, page = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument(made)
    try:
        whole.import_pages(page)
        out = BytesIO()
        whole.save(out)
        return out.getvalue()
    finally:
        page.close()
        whole.close()


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


def paper_word(row: dict[str, Any], number: str, stamp: str) -> bytes:
    """A kept paper as a Word file, with its number and what is printed at its foot."""
    return docx.render(replace(paper(row), number=number, stamp=stamp, draft=False))


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
