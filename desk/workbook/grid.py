"""One sheet as a table: its row of headers found, merged cells filled."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desk.workbook import words
from desk.workbook.cells import blank
from desk.workbook.gate import Refused
from desk.workbook.page import Cell, Page

MERGED_LIMIT = 200_000
"""Cells that merged cells of one sheet fill."""
_SEARCHED = 10
"""The headers stand in one of so many first rows."""
_WIDE = 1
"""A merged cell that reaches over so many more columns and is alone in its row is a line across the table."""


class Row(NamedTuple):
    """A row under the headers: its number from 0, what stands in it, and the same with merged cells filled."""

    at: int
    own: dict[int, Cell]
    filled: dict[int, Cell]


class Grid:
    """A sheet: where each column stands, and what was noticed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.name = page.name
        self.header: int | None = None
        self.columns: dict[str, int] = {}
        self.unknown: list[tuple[int, str]] = []
        self.twice: list[tuple[int, str]] = []
        self.merged: list[str] = []

    def find_header(self, sheet: str) -> None:
        """The row that names the most columns, of the first few; at least one must be named."""
        best = 0
        for number in sorted(number for number in self.page.rows if number < _SEARCHED):
            row = self.page.rows[number].values()
            named = sum(isinstance(cell, str) and words.known_header(sheet, cell) is not None for cell in row)
            if named > best:
                best, self.header = named, number
        if self.header is None:
            return
        heads = self.page.rows[self.header]
        filled = set(_own(heads))
        for number, cells in self.page.rows.items():
            if number > self.header:
                filled.update([at for at, cell in cells.items() if at not in filled and not blank(cell)])
        for at in sorted(filled):
            header = "" if blank(heads.get(at)) else words.mark(str(heads[at]))
            column = words.known_header(sheet, header) if header else None
            if column is None:
                self.unknown.append((at, header))
            elif column.key in self.columns:
                self.twice.append((at, header))
            else:
                self.columns[column.key] = at

    def body(self) -> Iterator[Row]:
        """The rows under the headers that hold anything."""
        assert self.header is not None
        filling = self._filling()
        for at in sorted(set(self.page.rows) | set(filling)):
            if at <= self.header:
                continue
            own = _own(self.page.rows.get(at, {}))
            yield Row(
                at, own, own | {column: cell for column, cell in filling.get(at, {}).items() if column not in own}
            )

    def _filling(self) -> dict[int, dict[int, Cell]]:
        """What merged cells stand for: the first one's value in each of them, unless they are a line across."""
        found: dict[int, dict[int, Cell]] = {}
        last = max(self.page.rows, default=0)
        widest = max(self.columns.values(), default=0)
        filled = 0
        for top, left, bottom, right in self.page.merged:
            value = self.page.rows.get(top, {}).get(left)
            alone = len(_own(self.page.rows.get(top, {}))) == 1
            if blank(value) or top <= (self.header or 0) or (right - left >= _WIDE and alone):
                continue
            bottom, right = min(bottom, last), max(left, min(right, widest))
            filled += max(0, bottom - top + 1) * (right - left + 1)
            if filled > MERGED_LIMIT:
                raise Refused("workbook_area", limit=MERGED_LIMIT)
            for row in range(top, bottom + 1):
                found.setdefault(row, {}).update(dict.fromkeys(range(left, right + 1), value))
            self.merged.append(f"{self.cell(top, left)}:{self.cell(bottom, right)}")
        return found

    @staticmethod
    def cell(row: int, column: int) -> str:
        """The name of a cell, both counted from 0."""
        letters = ""
        column += 1
        while column:
            column, rest = divmod(column - 1, 26)
            letters = chr(65 + rest) + letters
        return f"{letters}{row + 1}"


def _own(row: dict[int, Cell]) -> dict[int, Cell]:
    return {at: cell for at, cell in row.items() if not blank(cell)}
