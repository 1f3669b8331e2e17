"""What a row says: for each fact its cells, where the row says it and its sheet has every column for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from desk.workbook import cells, words
from desk.workbook.expected import Columns
from desk.workbook.grid import Grid
from desk.workbook.layout import DOCUMENT, NUMBER, OPTIONAL, TYPE, Binding, Sheet
from desk.workbook.missing import Statements
from desk.workbook.page import UNVALUED, Cell
from desk.workbook.told import Told
from engine.facts import PREDICATES, Predicate, label


class Sayings:
    """What the rows of one workbook say; `salvage` is called with each predicate that a lost column takes away."""

    def __init__(self, told: Told, wanted: Columns, said: Statements, salvage: Callable[[Predicate], object]) -> None:
        self.told = told
        self.wanted = wanted
        self.said = said
        self.salvage = salvage

    def of_row(
        self, grid: Grid, sheet: Sheet, at: int, filled: dict[str, Cell]
    ) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """The numbers of the bindings that hold for a row, each with its cells."""
        return (self._typed if sheet.typed else self._wide)(grid, sheet, at, filled)

    def _typed(
        self, grid: Grid, sheet: Sheet, at: int, filled: dict[str, Cell]
    ) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """What a row of a sheet of many kinds of record says."""
        kinds = words.known_types(sheet.name)
        if TYPE not in filled:
            if not set(filled) <= {sheet.columns[0].key}:
                self.told.at("cell_missing", grid, sheet, at, TYPE)
            return
        kind = kinds.get(words.folded(cells.shown(filled[TYPE])))
        if kind is None:
            known = [label(binding.predicate, "zh") for binding in sheet.bindings]
            flaw = cells.unknown(cells.shown(filled[TYPE]), known)
            code = "cell_error" if cells.unread(filled[TYPE]) else flaw.code
            self.told.at(code, grid, sheet, at, TYPE, found=cells.shown(filled[TYPE]), **flaw.parameters)
            return
        index = next(i for i, binding in enumerate(sheet.bindings) if binding.predicate == kind)
        binding = sheet.bindings[index]
        for key in filled.keys() - set(binding.columns) - {TYPE, DOCUMENT, NUMBER}:
            self.told.at("cell_unused", grid, sheet, at, key, found=cells.shown(filled[key]), kind=label(kind, "zh"))
        if self._whole(grid, sheet, binding):
            yield index, tuple(filled.get(column) for column in binding.columns)

    def _wide(
        self, grid: Grid, sheet: Sheet, at: int, filled: dict[str, Cell]
    ) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """What a row of one key and many columns says."""
        lost = {key: "cell_missing" for key in sheet.keys if key not in filled}
        for key in sheet.keys:
            if cells.unread(filled.get(key)):
                lost[key] = "cell_formula" if filled[key] == UNVALUED else "cell_error"
        for key, code in lost.items():
            self.told.at(code, grid, sheet, at, key, found=cells.shown(filled.get(key)))
        if lost:
            return
        for index, (binding, values) in enumerate(sheet.valued):
            if binding.flag:
                said = binding.flag in filled and self._ticked(grid, sheet, at, binding.flag, filled[binding.flag])
            else:
                said = binding.always or any(column in filled for column in values)
            if said and (not sheet.typed or TYPE in filled) and self._whole(grid, sheet, binding):
                yield index, tuple(binding.fixed.get(i, filled.get(column)) for i, column in enumerate(binding.columns))

    def _whole(self, grid: Grid, sheet: Sheet, binding: Binding) -> bool:
        """Whether the sheet has every column that a fact needs: a column that is not there is no empty cell."""
        fields = PREDICATES[binding.predicate].fields
        lost = [
            column
            for column, field in zip(binding.columns, fields, strict=True)
            if column and column not in grid.columns and (binding.predicate, field.name) not in OPTIONAL
        ]
        for key in lost:
            if grid.header is not None and key not in self.wanted.get(sheet.name, ()):
                place = self.told.place(grid, grid.header, 0)
                header = words.header(sheet, sheet.column(key), "zh")
                code = "workbook_column"
                if (code + header, place) not in self.told.once:
                    self.told.once.add((code + header, place))
                    self.told.problems.add(code, place, wanted=header, found="", sheet=grid.name)
            elif self.said.of_column(grid, sheet, sheet.column(key)):
                self.told.at("workbook_column_needed", grid, sheet, grid.header or 0, key, sheet=grid.name)
        if lost:
            self.salvage(PREDICATES[binding.predicate])
        return not lost

    def _ticked(self, grid: Grid, sheet: Sheet, at: int, key: str, raw: Cell) -> bool:
        said = words.folded(cells.shown(raw))
        ticked = words.spellings("yes") | words.spellings("ticked")
        if cells.unread(raw):
            code = "cell_formula" if raw == UNVALUED else "cell_error"
            self.told.at(code, grid, sheet, at, key, found=cells.shown(raw))
        elif said not in ticked and said not in words.spellings("no") | words.spellings("unticked"):
            self.told.at("cell_flag", grid, sheet, at, key, found=cells.shown(raw))
        return said in ticked
