"""One sheet as a grid of cells: merged cells filled, the row of headers found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from io import BytesIO
from typing import Any

from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook

from desk.workbook import words
from desk.workbook.cells import Cell
from desk.workbook.gate import AREA_LIMIT, COLUMNS_LIMIT, PARTIAL, ROWS_LIMIT, Refused, Survey
from desk.workbook.layout import Column

_SEARCHED = 10
"""The headers stand in one of so many first rows."""


class Grid:
    """A sheet: its rows from A1 on, where each column stands, and what was noticed."""

    def __init__(self, name: str, rows: list[list[Cell]], merged: list[str]) -> None:
        self.name = name
        self.rows = rows
        self.merged = merged
        self.header: int | None = None
        self.columns: dict[str, int] = {}
        self.unknown: list[tuple[int, str]] = []
        self.twice: list[tuple[int, str]] = []

    def find_header(self, known: Mapping[str, Column]) -> None:
        """The row that names the most columns, of the first few; at least one must be named."""
        best = 0
        for number, row in enumerate(self.rows[:_SEARCHED]):
            named = sum(words.folded(words.mark(str(cell))) in known for cell in row if isinstance(cell, str))
            if named > best:
                best, self.header = named, number
        if self.header is None:
            return
        for at, cell in enumerate(self.rows[self.header]):
            header = words.mark(str(cell)) if cell is not None else ""
            column = known.get(words.folded(header))
            if column is None:
                if header or any(len(row) > at and row[at] not in (None, "") for row in self.rows[self.header + 1 :]):
                    self.unknown.append((at, header))
            elif column.key in self.columns:
                self.twice.append((at, header))
            else:
                self.columns[column.key] = at

    def body(self) -> Iterator[tuple[int, list[Cell]]]:
        """The rows under the header, each with its number."""
        assert self.header is not None
        yield from enumerate(self.rows[self.header + 1 :], self.header + 1)

    @staticmethod
    def cell(row: int, column: int) -> str:
        """The name of a cell, both counted from 0."""
        letters = ""
        column += 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{row + 1}"


def grids(data: BytesIO, seen: Survey) -> Iterator[Grid]:
    """Every sheet of a workbook that passed the gate; Refused where it cannot be read after all."""
    raw = data.getvalue()
    try:
        with CalamineWorkbook.from_filelike(data) as workbook:
            marks = _by_sheet(raw, seen) if seen.marks else {}
            for name in workbook.sheet_names:
                sheet = workbook.get_sheet_by_name(name)
                rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
                width = max(map(len, rows), default=0)
                for row in rows:
                    row.extend([None] * (width - len(row)))
                    if bool in map(type, row):
                        row[:] = [str(cell).upper() if isinstance(cell, bool) else cell for cell in row]
                for (at, column), mark in marks.get(name, []):
                    cells = _stretch(rows, at, column)[at]
                    if mark != PARTIAL:
                        cells[column] = mark
                    elif isinstance(cells[column], date):
                        cells[column] = mark + cells[column].isoformat()[:7]
                yield Grid(name, rows, list(_fill(rows, sheet.merged_cell_ranges or [])))
    except (CalamineError, ValueError, OSError):
        raise Refused("workbook_broken") from None


def _fill(rows: list[list[Any]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[str]:
    """Put the value of merged cells into each of them; the names of those that held one."""
    if sum((bottom - top + 1) * (right - left + 1) for (top, left), (bottom, right) in ranges) > AREA_LIMIT:
        raise Refused("workbook_rows", rows=len(rows), columns=len(ranges), limit=ROWS_LIMIT, across=COLUMNS_LIMIT)
    for (top, left), (bottom, right) in ranges:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] in (None, ""):
            continue
        for row in rows[top : bottom + 1]:
            for column in range(left, min(right + 1, len(row))):
                row[column] = rows[top][left]
        yield f"{Grid.cell(top, left)}:{Grid.cell(bottom, right)}"


def _stretch(rows: list[list[Any]], row: int, column: int) -> list[list[Any]]:
    """The rows, with room for a cell: the reader stops at the last one that holds something."""
    if row < len(rows) and column < len(rows[row]):
        return rows
    width = max(column + 1, max(map(len, rows), default=0))
    rows.extend([] for _ in range(row + 1 - len(rows)))
    for one in rows:
        one.extend([None] * (width - len(one)))
    return rows


_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def _position(cell: str) -> tuple[int, int]:
    """The row and the column of a cell's name, both counted from 0."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]) - 1, column - 1


def _by_sheet(data: bytes, seen: Survey) -> dict[str, list[tuple[tuple[int, int], str]]]:
    """What the survey marked, by the sheet's name instead of its part."""
    import zipfile

    with zipfile.ZipFile(BytesIO(data)) as package:
        relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
        targets = {r.get("Id"): str(r.get("Target")) for r in relations}
        book = ElementTree.fromstring(package.read("xl/workbook.xml"))
    found = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATIONS), "").lstrip("/")
            part = target if target.startswith("xl/") else f"xl/{target}"
            if part in seen.marks:
                found[str(element.get("name"))] = [(_position(cell), mark) for cell, mark in seen.marks[part]]
    return found
