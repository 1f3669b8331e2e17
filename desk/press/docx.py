"""A paper as DOCX: the content filled into a template that staff may edit in Word."""

from __future__ import annotations

import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from desk.press.contexts import context
from explain.letter import Paper

TEMPLATES = Path(__file__).with_name("templates")
TEXT_WIDTH = 156
"""The width of the text area in mm (GB/T 9704-2012)."""
_CHART = (46, 92, 18)
"""The shares of a chart's columns: label, bar, number."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(paper: Paper, templates: Path = TEMPLATES, lang: str = "zh") -> bytes:
    """The paper as a Word file, filled into `<kind>.docx` of the templates."""
    filled = DocxTemplate(templates / f"{paper.kind}.docx")
    words = context(paper, lang)
    filled.render(words, jinja_env=_environment(), autoescape=True)
    _widths(filled.docx, words)
    out = BytesIO()
    filled.save(out)
    return repacked(out.getvalue())


@cache
def _environment() -> SandboxedEnvironment:
    """Templates come from people: they may show and choose, and do nothing else."""
    return SandboxedEnvironment(autoescape=True)


def _widths(document: Any, words: dict[str, Any]) -> None:
    """Give the columns of each table their shares; a table is known by its first row."""
    asked = {tuple(b["header"]): b["widths"] for b in words["blocks"] if b["kind"] == "table"}
    for block in words["blocks"]:
        if block["kind"] == "chart" and block["bars"]:
            bar = block["bars"][0]
            asked[bar["label"], bar["bar"], str(bar["number"])] = list(_CHART)
    for table in document.tables:
        shares = asked.get(tuple(cell.text for cell in table.rows[0].cells)) if table.rows else None
        if shares is None or len(shares) != len(table.columns):
            continue
        table.autofit = False
        for column, share in zip(table.columns, shares, strict=True):
            width = Mm(TEXT_WIDTH * share / sum(shares))
            column.width = width
            for cell in column.cells:
                cell.width = width


def repacked(data: bytes) -> bytes:
    """The same package with its parts dated alike: the same paper gives the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in package.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(part, package.read(name))
    return out.getvalue()
