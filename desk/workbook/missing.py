"""Sheets and columns that should be there and are not, or are there under a name that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from desk.workbook import words
from desk.workbook.cells import blank
from desk.workbook.expected import Columns
from desk.workbook.grid import Grid
from desk.workbook.layout import TYPE, Column, Sheet, sheets
from desk.workbook.told import Told
from engine.case import Lack, Source
from engine.errors import Place
from engine.words import LANGUAGES

_STATEMENTS, _LINE = 100, 500
"""So many statements are looked at, of each so many characters: no case needs more."""
_ALIKE = 3
"""A sheet with so many headers of a sheet of the case is taken for a copy of it."""


class Statements:
    """What the clerk says, in some cell of the workbook, that the case has none of."""

    def __init__(self, grids: list[Grid]) -> None:
        self.found = list(islice(self._said(grids), _STATEMENTS))
        self.here = {sheet.name: where for grid in grids if (sheet := _known(grid)) and (where := _alone(grid, sheet))}

    @staticmethod
    def _said(grids: list[Grid]) -> Iterator[tuple[Grid, int, int, str]]:
        for grid in grids:
            if words.folded(grid.name) not in words.asides():
                for row, cells in grid.page.rows.items():
                    for column, cell in cells.items():
                        if isinstance(cell, str) and (told := words.none_said(cell[:_LINE])):
                            yield grid, row, column, told

    def of_sheet(self, sheet: Sheet) -> tuple[Grid, int, int] | None:
        """Where he says that there is none of what the sheet holds: of the case anywhere, of the sheet on itself."""
        names = {words.folded(words.sheet_name(sheet.name, lang)) for lang in LANGUAGES}
        for grid, row, column, told in self.found:
            if any(words.among(name, told) for name in names):
                return grid, row, column
        return self.here.get(sheet.name)

    def of_column(self, grid: Grid, sheet: Sheet, column: Column) -> bool:
        """Whether he says on its own sheet that there is no such column."""
        names = {words.folded(words.header(sheet, column, lang)) for lang in LANGUAGES}
        return any(one is grid and words.among(name, told) for one, _, _, told in self.found for name in names)


def _known(grid: Grid) -> Sheet | None:
    return words.known_sheets().get(words.folded(grid.name))


def _alone(grid: Grid, sheet: Sheet) -> tuple[Grid, int, int] | None:
    """The first cell, alone in its row, which says that the sheet has no records."""
    for at, row in sorted(grid.page.rows.items()):
        own = list(islice((column for column, cell in row.items() if not blank(cell)), 2))
        if len(own) == 1 and isinstance(cell := row[own[0]], str) and words.none_here(cell, sheet):
            return grid, at, own[0]
    return None


def columns(told: Told, grid: Grid, sheet: Sheet, wanted: Columns, said: Statements) -> bool:
    """Tell which columns are missing and which are unknown; whether the rows can be read all the same."""
    assert grid.header is not None
    unknown = dict(grid.unknown)
    needed = {*sheet.keys, *((TYPE,) if sheet.typed else ())}
    lost = [c for c in sheet.columns if c.key in needed | wanted.get(sheet.name, frozenset()) - grid.columns.keys()]
    lost = [column for column in lost if column.key not in grid.columns]
    for column in lost:
        header = words.header(sheet, column, "zh")
        near = words.near(header, list(unknown.values()), 0.5)
        at = next((place for place, found in unknown.items() if found == near), 0) if near else 0
        if column.key not in needed and said.of_column(grid, sheet, column):
            told.hint("column_missing", told.place(grid, grid.header, 0), header)
            continue
        unknown.pop(at, None) if near else None
        place = told.place(grid, grid.header, at)
        code = "workbook_column_near" if near else "workbook_column"
        # several columns may be gone from one sheet: each is told, at the row of headers
        told.problems.add(code, place, wanted=header, found=near, sheet=grid.name)
    absent = [words.header(sheet, c, "zh") for c in sheet.columns if c.key not in grid.columns and c not in lost]
    for at, header in unknown.items():
        if header:  # what stands under none is told row by row
            told.left(grid, grid.cell(grid.header, at), "column", header)
        if header and (near := words.near(header, absent, 0.7)):
            told.hint("column_missing", told.place(grid, grid.header, at), header, near)
    for at, header in grid.twice:
        told.problem("workbook_header_twice", told.place(grid, grid.header, at), found=header)
    return not needed - grid.columns.keys()


def absent(told: Told, read: dict[str, list[Grid]], unknown: list[Grid], wanted: Columns, said: Statements) -> None:
    """Tell which sheets are missing, and which of the others may be one of them under another name."""
    lost = [sheet for sheet in sheets() if sheet.name in wanted and sheet.name not in read]
    names = {sheet.name: words.sheet_name(sheet.name, "zh") for sheet in lost}
    renamed: dict[str, Grid] = {}
    for grid in unknown:
        twin = max(sheets(), key=lambda sheet, grid=grid: _alike(grid, sheet), default=None)  # type: ignore[misc]
        alike = _alike(grid, twin) if twin else 0
        near = words.near(grid.name, [names[sheet.name] for sheet in lost], 0.4)
        if twin and alike >= min(_ALIKE, len(twin.columns)):
            name = twin.name
        else:
            name = next((one for one, word in names.items() if near and word == near), "")
        if name and name not in renamed and name in names:
            renamed[name] = grid
        elif name and _filled(grid):
            place = Place(told.file, sheet=grid.name)
            told.problem("workbook_sheet_copy", place, found=grid.name, wanted=words.sheet_name(name, "zh"))
        elif _filled(grid):
            told.hint("sheet_not_read", Place(told.file, sheet=grid.name), grid.name)
    plain = []
    for sheet in lost:
        if said.of_sheet(sheet):
            continue
        if sheet.name in renamed:
            place = Place(told.file, sheet=renamed[sheet.name].name)
            problem = told.missing("workbook_sheet_near", place, wanted=names[sheet.name], found=place.sheet or "")
            told.lack(Lack(problem, _elsewhere(told.file, sheet)))
        else:
            plain.append(sheet)
    for sheet in plain:
        problem = told.missing("workbook_sheet", Place(told.file), wanted=names[sheet.name])
        told.lack(Lack(problem, _elsewhere(told.file, sheet)))


def empty(told: Told, grids: list[Grid], sheet: Sheet, said: Statements) -> None:
    """Hint at a sheet without a single row where that speaks in somebody's favour, unless the clerk says it is so."""
    if not said.of_sheet(sheet):
        name = words.sheet_name(sheet.name, "zh")
        told.hint("sheet_empty", Place(told.file, sheet=grids[0].name), name)


def contradicted(told: Told, sheet: Sheet, said: Statements, here: bool) -> None:
    """Tell where the clerk says that there is none of what there is, on this sheet or in another file of the case."""
    if where := said.of_sheet(sheet):
        there, row, column = where
        place = told.place(there, row, column)
        name = words.sheet_name(sheet.name, "zh")
        if here:
            told.problem("workbook_some", place, sheet=name)
        elif where != said.here.get(sheet.name):
            problem = told.missing("workbook_some_elsewhere", place, sheet=name)
            predicates = {binding.predicate for binding in sheet.bindings if sheet.typed}
            told.lack(Lack(problem, lambda files: not any(file.rows.get(one) for file in files for one in predicates)))


def _filled(grid: Grid) -> bool:
    return any(cell not in (None, "") for row in grid.page.rows.values() for cell in row.values())


def _alike(grid: Grid, sheet: Sheet) -> int:
    """How many columns of a sheet one row of an unknown one names."""
    rows = [grid.page.rows[at] for at in sorted(grid.page.rows)[:10]]
    return max(
        (
            sum(isinstance(c, str) and words.known_header(sheet.name, c) is not None for c in row.values())
            for row in rows
        ),
        default=0,
    )


def _elsewhere(file: str, sheet: Sheet) -> Callable[[Sequence[Source]], bool]:
    """Whether another file of the case says what would stand on the sheet, or has the sheet."""
    predicates = {binding.predicate for binding in sheet.bindings}
    names = set(_names(sheet))

    def there(files: Sequence[Source]) -> bool:
        others = [source for source in files if source.name != file]
        return any(
            predicates & source.rows.keys() or any(words.folded(one.sheet) in names for one in source.accounts)
            for source in others
        )

    return there


def _names(sheet: Sheet) -> Iterator[str]:
    return (words.folded(words.sheet_name(sheet.name, lang)) for lang in LANGUAGES)
