"""What is to be noticed about a row: what is no part of its content, no record at all, or does not show."""

from __future__ import annotations

from desk.workbook import cells, words
from desk.workbook.grid import Grid, Row
from desk.workbook.layout import DOCUMENT, NUMBER, OPTIONAL, TYPE, Sheet
from desk.workbook.page import Cell
from desk.workbook.told import Told
from engine.errors import Place

_LINES = frozenset(
    {("declared_interest", "text"), ("described", "text"), ("applied_because", "text"), ("finding_by", "text")}
)
"""Texts that may run over several lines."""
_MEASURED = ("score", "sum", "number")
"""Fields whose numbers have a scale: points of a thousand, yuan."""
_HEADERS = 2
"""A row that says so many headers again is no record."""
_NAMED = 5
"""So many identifiers are named for a run of hidden rows."""


class Notices:
    """Notices things about the rows of one file, and tells them."""

    def __init__(self, told: Told) -> None:
        self.told = told

    def clean(self, grid: Grid, sheet: Sheet, at: int, key: str, cell: Cell) -> Cell:
        """A cell without what is no part of its content, which is hinted at: line breaks, placeholders, lost digits."""
        column = sheet.column(key)
        place = self.told.place(grid, at, grid.columns[key])
        asked = key in (DOCUMENT, NUMBER) or column.fields[:1] in ((("source", "document"),), (("source", "number"),))
        if asked and cells.placeholder(cell):
            self.told.hint("placeholder", place, cell)
            return None
        if cells.lost_digits(cell) and (key == NUMBER or (column.fields and set(column.fields) <= OPTIONAL)):
            self.told.hint("lost_digits", place, cell)
            return None
        if isinstance(cell, str) and "\n" in cell.strip() and not (column.fields and set(column.fields) <= _LINES):
            whole = cells.joined(cell)
            kind = column.field.kind if column.field else "text"
            if kind in ("text", "identifier") and not cell.strip().startswith('"'):
                self.told.hint("line_break", place, cell.strip(), whole)
            return whole
        return cell

    def aside(self, grid: Grid, sheet: Sheet, row: Row, filled: dict[str, Cell]) -> bool:
        """Whether a row is no record but a remark, a sum or a statement of the clerk's; such a row is told."""
        own = [row.own[at] for at in sorted(row.own)]
        if not own or not isinstance(own[0], str) or cells.literal(own[0].strip()) is not None:
            return False
        first = own[0]
        none = all(isinstance(cell, str) and words.none_said(cell) for cell in own)
        if none or (len(own) == 1 and words.none_here(first, sheet)):
            why = "statement"
        elif self._headers(grid, row):
            why = "headers"
        elif sheet.typed and words.folded(cells.shown(filled.get(TYPE))) in words.known_types(sheet.name):
            return False
        elif why := words.aside_of(first):
            pass
        elif len(own) == 1 and cells.remark(first):
            why = "note"
        else:
            return False
        at = grid.cell(row.at, min(row.own))
        self.told.left(grid, at, why, first)
        return True

    def _headers(self, grid: Grid, row: Row) -> bool:
        """Whether the row says the headers again, as on every page of a printed table."""
        assert grid.header is not None
        heads = grid.page.rows[grid.header]
        alike = sum(cell == heads.get(at) for at, cell in row.own.items())
        return alike >= _HEADERS and alike * 2 > len(row.own)

    def looks(
        self, grid: Grid, row: Row, filled: dict[str, Cell], sheet: Sheet, hidden: list[tuple[int, Cell]]
    ) -> None:
        """Note a row that does not show, is struck out, or shows another number; comments on what is read."""
        key = filled.get(sheet.columns[0].key, "")
        self._beside(grid, row, (cells.shown(key),) if key != "" else ())
        if row.at in grid.page.hidden_rows:
            hidden.append((row.at, key))
        unseen = sorted(at for at in row.own if (row.at, at) in grid.page.unseen)
        if unseen:
            ids = (cells.shown(key),) if key != "" else ()
            self.told.hint("row_hidden", self.told.place(grid, row.at, unseen[0]), row.own[unseen[0]], ids=ids)
        struck = sorted(at for at in row.own if (row.at, at) in grid.page.struck)
        if struck:
            ids = (cells.shown(key),) if key != "" else ()
            self.told.hint("struck_out", self.told.place(grid, row.at, struck[0]), row.own[struck[0]], ids=ids)

    def _beside(self, grid: Grid, row: Row, ids: tuple[str, ...]) -> None:
        """What is said of a cell beside its content: by a comment, or by how a number looks."""
        for at in sorted(set(row.own) & set(grid.columns.values())):
            place = self.told.place(grid, row.at, at)
            if told := grid.page.remarks.get((row.at, at)):
                self.told.hint("cell_remark", place, cells.joined(told), ids=ids)
            if looks := grid.page.otherwise.get((row.at, at)):
                self.told.hint("shown_otherwise", place, row.own[at], looks, ids=ids)

    def headed(self, grid: Grid, sheet: Sheet) -> None:
        """Tell of a remark behind the header of a column of numbers: it may say that they are meant otherwise."""
        assert grid.header is not None
        for column in sheet.columns:
            at = grid.columns.get(column.key, -1)
            kind = column.field.kind if column.field else ""
            if (
                at >= 0
                and kind in _MEASURED
                and (scale := words.scale_of(sheet.name, str(grid.page.rows[grid.header][at])))
            ):
                header = words.header(sheet, column, "zh")
                self.told.hint("header_scale", self.told.place(grid, grid.header, at), scale, header)

    def hidden(self, grid: Grid, sheet: Sheet, hidden: list[tuple[int, Cell]]) -> None:
        """Tell which rows that were read do not show: runs of rows as one."""
        runs: list[list[tuple[int, Cell]]] = []
        for at, key in hidden:
            if runs and runs[-1][-1][0] == at - 1:
                runs[-1].append((at, key))
            else:
                runs.append([(at, key)])
        first = grid.columns.get(sheet.columns[0].key, 0)
        for run in runs:
            cell = grid.cell(run[0][0], first)
            if len(run) > 1:
                cell = f"{cell}:{grid.cell(run[-1][0], first)}"
            ids = tuple(dict.fromkeys(cells.shown(key) for _, key in run if key != ""))
            found = "、".join(ids[:_NAMED]) + ("……" if len(ids) > _NAMED else "")
            self.told.hint("row_hidden", Place(self.told.file, sheet=grid.name, cell=cell), found or cell, ids=ids)
        rows = self.told.account(grid.name).rows
        if grid.page.hidden and rows:
            self.told.hint("row_hidden", Place(self.told.file, sheet=grid.name), grid.name)
        for column in sorted(grid.page.hidden_columns & set(grid.columns.values())):
            if grid.header is not None and any(column in grid.page.rows[at] for at in rows if at in grid.page.rows):
                header = grid.page.rows[grid.header].get(column)
                self.told.hint("row_hidden", self.told.place(grid, grid.header, column), header)

    def lasting(self, grid: Grid, sheet: Sheet, ended: bool) -> None:
        """Tell of a column of ends without a single one: certificates have one."""
        rows = self.told.account(grid.name).rows
        at = grid.columns.get(sheet.lasting, -1)
        if at >= 0 and grid.header is not None and not ended and len(rows) > 1:
            self.told.hint("column_empty", self.told.place(grid, grid.header, at), grid.page.rows[grid.header].get(at))

    def alone(self, grid: Grid, row: Row, id_: Cell) -> None:
        """A row with an identifier and nothing else."""
        first = min(row.own, default=0)
        self.told.hint("row_without_content", self.told.place(grid, row.at, first), id_, ids=(cells.shown(id_),))
        self.told.left(grid, grid.cell(row.at, first), "alone", id_)
