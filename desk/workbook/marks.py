"""A workbook given back with its bad cells marked: a red ground and a comment each, nothing else changed.

Marks of an earlier check are taken away first, so that a corrected workbook comes back clean.
"""

from __future__ import annotations

import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from desk.workbook import book, drawings
from engine.errors import Problem
from engine.words import text

_AUTHOR = "pingjiang"
_RED = "FFFFC7CE"
_OWN = "\n\n" + "※ "
"""What stands between a cell's own comment and ours."""


def marked(data: bytes, problems: Iterable[Problem], lang: str = "zh") -> tuple[bytes, tuple[str, ...]]:
    """The workbook with a mark on each cell that a problem names, and what of it could not be kept.

    Pictures, charts and shapes stay. What could not be kept are kinds of parts (`pivottable`, `slicer` …), by the names
    that relations give them; Refused where the workbook may not be opened.
    """
    if book.read(data).strict:
        data = drawings.transitional(data)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        opened = load_workbook(BytesIO(data), rich_text=True)
    for sheet in opened.worksheets:
        sheet._images, sheet._charts = [], []  # the originals are carried over
        _clean(sheet)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        sheet_name, cell = problem.place.sheet, problem.place.cell
        if sheet_name in opened.sheetnames and sheet_name and cell:
            found[sheet_name, cell].append(problem.sentence(lang))
    for (sheet, cell), sentences in found.items():
        _mark(opened[sheet], cell, "\n".join(dict.fromkeys(sentences)), lang)
    out = BytesIO()
    opened.save(out)
    whole, lost = drawings.carried(data, out.getvalue())
    return whole, tuple(sorted({*lost, *_unsupported(warned)}))


def _unsupported(warned: Iterable[warnings.WarningMessage]) -> Iterator[str]:
    """What openpyxl says that it drops: extensions such as sparklines, conditional formats of later versions."""
    for one in warned:
        words = str(one.message)
        if "is not supported and will be removed" in words:
            yield words.partition(" extension")[0].lower()


def _mark(sheet: Any, name: str, words: str, lang: str) -> None:
    cell = _shown_cell(sheet, name.partition(":")[0])
    before = str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""
    own = cell.comment.text + _OWN if cell.comment else ""
    lead = text("workbook.check.mark", lang)
    cell.comment = Comment(f"{own}{lead}{words}", f"{_AUTHOR} {before}".strip(), width=320, height=120)
    cell.fill = PatternFill("solid", fgColor=_RED)


def _clean(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is None or not str(comment.author or "").startswith(_AUTHOR):
                continue
            own, separator, _ = comment.text.rpartition(_OWN)
            before = str(comment.author).removeprefix(_AUTHOR).strip()
            cell.comment = Comment(own, "") if separator else None
            cell.fill = PatternFill("solid", fgColor=before) if before else PatternFill()


def _shown_cell(sheet: Any, name: str) -> Any:
    """The cell itself, or the first of the merged cells it belongs to."""
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[name]
