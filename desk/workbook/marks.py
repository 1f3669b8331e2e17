"""A workbook given back with its bad cells marked: a red ground and a comment each, nothing else changed.

Marks of an earlier check are taken away first, so that a corrected workbook comes back clean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from desk.workbook.copies import Copy
from desk.workbook.remarks import AUTHOR, OWN
from engine.case import Mend
from engine.errors import Place, Problem
from engine.words import text

_RED, _YELLOW = "FFFFC7CE", "FFFFF2CC"


def marked(
    data: bytes, problems: Iterable[Problem], lang: str = "zh", mended: Iterable[tuple[Place, Mend]] = ()
) -> tuple[bytes, tuple[str, ...]]:
    """The workbook with a mark on each cell that a problem names, and what of it could not be kept (`Copy.bytes`).

    What was `mended` (`Source.mended`) says what it was read as, and says it with a note of what it was.
    Refused where the workbook may not be opened.
    """
    copy = Copy(data)
    for sheet in copy.book.worksheets:
        _clean(sheet)
    notes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for place, mend in (mends := list(mended)):
        _write(copy.book, place, mend)
    for place, mend in mends:
        note = text(f"workbook.mended.{mend.kind}", lang, found=mend.found, wanted=mend.wanted, cell=mend.cell)
        notes[place.sheet or "", place.cell or "A1"].append(text("workbook.mended.mark", lang) + note)
    fine = set(notes)
    for problem in problems:
        sheet_name, cell = problem.place.sheet, problem.place.cell
        if sheet_name in copy.book.sheetnames and sheet_name and cell:
            fine.discard((sheet_name, cell))
            lead = "" if notes[sheet_name, cell] else text("workbook.check.mark", lang)
            notes[sheet_name, cell].append(lead + problem.sentence(lang))
    for (sheet, cell), sentences in notes.items():
        ground = _YELLOW if (sheet, cell) in fine else _RED
        _mark(copy.book[sheet], cell, "\n".join(dict.fromkeys(sentences)), ground)
    return copy.bytes()


def _write(book: Any, place: Place, mend: Mend) -> None:
    """Write into the workbook what a mend says; where a sheet gets another name, formulas follow it."""
    if mend.kind.startswith("leave"):
        return
    if mend.kind != "sheet":
        _shown_cell(book[place.sheet], place.cell or "").value = mend.wanted
        return
    book[mend.found].title = mend.wanted
    names = re.compile(rf"(?:'{re.escape(mend.found)}'|(?<![\w'\]]){re.escape(mend.found)})!")
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f" and isinstance(cell.value, str):
                    cell.value = names.sub(f"'{mend.wanted}'!", cell.value)


def _mark(sheet: Any, name: str, words: str, ground: str) -> None:
    cell = _shown_cell(sheet, name.partition(":")[0])
    before = str(cell.fill.fgColor.rgb) if cell.fill.fill_type == "solid" else ""
    own = cell.comment.text + OWN if cell.comment else ""
    cell.comment = Comment(f"{own}{words}", f"{AUTHOR} {before}".strip(), width=320, height=120)
    cell.fill = PatternFill("solid", fgColor=ground)


def _clean(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell in row:
            comment = cell.comment
            if comment is None or not str(comment.author or "").startswith(AUTHOR):
                continue
            own, separator, _ = comment.text.rpartition(OWN)
            before = str(comment.author).removeprefix(AUTHOR).strip()
            cell.comment = Comment(own, "") if separator else None
            cell.fill = PatternFill("solid", fgColor=before) if before else PatternFill()


def _shown_cell(sheet: Any, name: str) -> Any:
    """The cell itself, or the first of the merged cells it belongs to."""
    for merged in sheet.merged_cells.ranges:
        if name in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet[name]
