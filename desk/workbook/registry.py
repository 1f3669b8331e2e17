"""Document numbers written back into the workbook they were given for: rows under its list of numbers, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desk.workbook import cells, words
from desk.workbook.copies import Copy
from desk.workbook.grid import Grid
from desk.workbook.layout import sheets
from engine.facts import PREDICATES

_SHEET = "numbers"
_KEYS = ("paper", "about", "number")


def registered(data: bytes, given: Iterable[tuple[str, str, str]], lang: str = "zh") -> tuple[bytes, tuple[str, ...]]:
    """The workbook with a row for each number given (paper, about, number), and what could not be kept (`Copy.bytes`).

    Refused where the workbook may not be opened.
    """
    copy = Copy(data)
    page, at, row = _below(copy, lang)
    for number, fact in enumerate(given, row):
        for key, field, held in zip(_KEYS, PREDICATES["document_number"].fields, fact, strict=True):
            if held:
                page.cell(number + 1, at[key] + 1, cells.put(field, held, lang))
    return copy.bytes()


def _below(copy: Copy, lang: str) -> tuple[Any, dict[str, int], int]:
    """The sheet of numbers, its columns, and its first free row, counted from 0; a new sheet where there is none."""
    for found in copy.pages:
        sheet = words.known_sheets().get(words.folded(found.name))
        if sheet is not None and sheet.name == _SHEET:
            grid = Grid(found)
            grid.find_header(_SHEET)
            if grid.header is not None and grid.columns.keys() >= set(_KEYS):
                return copy.book[found.name], grid.columns, max([grid.header, *(row.at for row in grid.body())]) + 1
    page = copy.book.create_sheet(words.sheet_name(_SHEET, lang))
    own = next(sheet for sheet in sheets() if sheet.name == _SHEET)
    for at, column in enumerate(own.columns):
        page.cell(1, at + 1, words.header(own, column, lang))
    return page, {column.key: at for at, column in enumerate(own.columns)}, 1
