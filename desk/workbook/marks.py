"""A workbook given back with its bad cells marked: a red ground and a comment each, nothing else changed.

Marks of an earlier check are taken away first, so that a corrected workbook comes back clean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from desk.workbook.copies import Copy
from engine.errors import Problem
from engine.words import text

_AUTHOR = "pingjiang"
_RED = "FFFFC7CE"
_OWN = "\n\n" + "※ "
"""What stands between a cell's own comment and ours."""


def marked(data: bytes, problems: Iterable[Problem], lang: str = "zh") -> tuple[bytes, tuple[str, ...]]:
    """The workbook with a mark on each cell that a problem names, and what of it could not be kept (`Copy.bytes`).

    Refused where the workbook may not be opened.
    """
    copy = Copy(data)
    for sheet in copy.book.worksheets:
        _clean(sheet)
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for problem in problems:
        sheet_name, cell = problem.place.sheet, problem.place.cell
        if sheet_name in copy.book.sheetnames and sheet_name and cell:
            found[sheet_name, cell].append(problem.sentence(lang))
    for (sheet, cell), sentences in found.items():
        _mark(copy.book[sheet], cell, "\n".join(dict.fromkeys(sentences)), lang)
    return copy.bytes()


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
