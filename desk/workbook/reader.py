"""A workbook's sheets to the rows of facts that they say, each problem with its sheet and cell."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from desk.workbook import cells, words
from desk.workbook.cells import Cell
from desk.workbook.gate import Refused, survey
from desk.workbook.grid import Grid, grids
from desk.workbook.layout import DOCUMENT, NUMBER, TYPE, Binding, Sheet, sheets
from engine.case import Memos, Source
from engine.errors import Place, Problem, Problems
from engine.facts import PREDICATES, Fact, Flaw, label, text

BINARY = True
_OPTIONAL = frozenset(
    {
        ("source", "number"),
        ("document_number", "about"),
        ("office", "person"),
        ("office", "telephone"),
        *((name, "about") for name in ("document_day", "signer", "sent", "received")),
    }
)
"""Texts that may be left empty."""


def read(name: str, data: bytes, problems: Problems) -> Source | None:
    """The facts of a workbook's bytes; None where it cannot be opened at all."""
    return Reading(name, problems).read(data)


class Reading:
    """One workbook being read; `remarks` are what was found and did no harm."""

    def __init__(self, name: str, problems: Problems) -> None:
        self.name = name
        self.problems = problems
        self.remarks: list[Problem] = []
        self.source = Source(name, self._locate)
        self.memos = Memos(cells.value)
        self.grids: list[Grid] = []
        self.waiting: dict[tuple[int, int], tuple[list[tuple[Any, ...]], array[int]]] = {}
        self.evidence: dict[int, tuple[Cell, Cell]] = {}
        self.told: set[tuple[str, Place]] = set()

    def read(self, data: bytes) -> Source | None:
        """Read all sheets that hold facts."""
        try:
            seen = survey(data)
            self.grids = list(grids(BytesIO(data), seen))
        except Refused as refused:
            self.problems.add(refused.code, Place(self.name), **refused.parameters)
            return None
        known = 0
        for number, grid in enumerate(self.grids):
            sheet = words.known_sheets().get(words.folded(grid.name))
            if sheet is None:
                if words.folded(grid.name) not in words.asides():
                    self._remark("remark_sheet", Place(self.name), sheet=grid.name)
                continue
            known += 1
            if self._headed(grid, sheet):
                self._rows(number, grid, sheet)
        if not known:
            expected = "、".join(words.sheet_name(sheet.name, "zh") for sheet in sheets())
            self.problems.add("workbook_no_sheets", Place(self.name), choices=expected)
        self._take()
        return self.source

    # What stands where ----------------------------------------------------------------------------

    def _headed(self, grid: Grid, sheet: Sheet) -> bool:
        """Find the row of headers and the column of each; whether the sheet can be read."""
        grid.find_header(words.known_headers(sheet.name))
        if grid.header is None:
            if any(not cells.blank(cell) for row in grid.rows for cell in row):
                wanted = "、".join(words.header(sheet, column, "zh") for column in sheet.columns[:4])
                self.problems.add("workbook_headers", Place(self.name, sheet=grid.name, cell="A1"), wanted=wanted)
            return False
        for at, header in grid.unknown:
            place = Place(self.name, sheet=grid.name, cell=grid.cell(grid.header, at))
            self._remark("remark_column", place, found=header)
        for at, header in grid.twice:
            place = Place(self.name, sheet=grid.name, cell=grid.cell(grid.header, at))
            self.problems.add("workbook_header_twice", place, found=header)
        for cell in grid.merged:
            self._remark("remark_merged", Place(self.name, sheet=grid.name, cell=cell))
        needed = [*sheet.keys, *((TYPE,) if sheet.typed else ())]
        lost = [key for key in needed if key not in grid.columns]
        for key in lost:
            place = Place(self.name, sheet=grid.name, cell=grid.cell(grid.header, 0))
            self.problems.add("workbook_column", place, wanted=words.header(sheet, sheet.column(key), "zh"))
        return not lost

    def _rows(self, number: int, grid: Grid, sheet: Sheet) -> None:
        document, code = grid.columns.get(DOCUMENT), grid.columns.get(NUMBER)
        for at, row in grid.body():
            filled = {key: row[column] for key, column in grid.columns.items() if not cells.blank(row[column])}
            if not filled or (sheet.keys and not filled.keys() - set(sheet.keys) and not _declaring(sheet)):
                continue
            line = number << 24 | at
            says = self._typed(grid, sheet, at, filled) if sheet.typed else self._wide(grid, sheet, at, filled)
            said = False
            for index, raw in says:
                rows, positions = self.waiting.setdefault((number, index), ([], array("Q")))
                rows.append(raw)
                positions.append(line << 8 | index)
                said = said or sheet.bindings[index].predicate in sheet.evidence
            if sheet.evidence and (DOCUMENT in filled or NUMBER in filled):
                if DOCUMENT not in filled and document is not None:
                    self._add("cell_missing", grid, sheet, at, DOCUMENT)
                elif said:
                    raw_code = row[code] if code is not None else None
                    self.evidence[line] = (filled.get(DOCUMENT), raw_code)

    def _typed(
        self, grid: Grid, sheet: Sheet, at: int, filled: dict[str, Cell]
    ) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """What a row of a sheet of many kinds of record says."""
        kinds = words.known_types(sheet.name)
        if TYPE not in filled:
            self._add("cell_missing", grid, sheet, at, TYPE)
            return
        kind = kinds.get(words.folded(cells.shown(filled[TYPE])))
        if kind is None:
            known = [label(binding.predicate, "zh") for binding in sheet.bindings]
            flaw = cells.unknown(cells.shown(filled[TYPE]), known)
            self._add(flaw.code, grid, sheet, at, TYPE, found=cells.shown(filled[TYPE]), **flaw.parameters)
            return
        index = next(i for i, binding in enumerate(sheet.bindings) if binding.predicate == kind)
        binding = sheet.bindings[index]
        for key in filled.keys() - set(binding.columns) - {TYPE, DOCUMENT, NUMBER}:
            self._add("cell_unused", grid, sheet, at, key, found=cells.shown(filled[key]), kind=label(kind, "zh"))
        yield index, tuple(filled.get(column) for column in binding.columns)

    def _wide(
        self, grid: Grid, sheet: Sheet, at: int, filled: dict[str, Cell]
    ) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """What a row of one key and many columns says."""
        lost = [key for key in sheet.keys if key not in filled]
        for key in lost:
            self._add("cell_missing", grid, sheet, at, key)
        if lost:
            return
        for index, binding in enumerate(sheet.bindings):
            if binding.flag:
                said = binding.flag in filled and self._ticked(grid, sheet, at, binding.flag, filled[binding.flag])
            else:
                values = binding.values(sheet.keys)
                said = binding.always or any(column in filled for column in values)
            if said:
                yield index, tuple(binding.fixed.get(i, filled.get(column)) for i, column in enumerate(binding.columns))

    def _ticked(self, grid: Grid, sheet: Sheet, at: int, key: str, raw: Cell) -> bool:
        said = words.folded(cells.shown(raw))
        if said not in words.YES and said not in words.NO:
            self._add("cell_flag", grid, sheet, at, key, found=cells.shown(raw))
        return said in words.YES

    # From cells to facts --------------------------------------------------------------------------

    def _take(self) -> None:
        """Check all rows, kind by kind, and then what they rest on."""
        for (number, index), (raws, positions) in self.waiting.items():
            sheet = self._sheet(number)
            binding = sheet.bindings[index]
            self.source.take(
                PREDICATES[binding.predicate],
                self._meant(binding, raws),
                positions,
                self.memos,
                self._refuse,
            )
        self._rest()

    def _meant(self, binding: Binding, raws: list[tuple[Any, ...]]) -> Sequence[tuple[Any, ...]]:
        """Rows whose cells must be seen together: a reading's choice, texts that may be empty."""
        fields = PREDICATES[binding.predicate].fields
        optional = [i for i, field in enumerate(fields) if (binding.predicate, field.name) in _OPTIONAL]
        if optional:
            raws = [
                tuple('""' if i in optional and cells.blank(cell) else cell for i, cell in enumerate(raw))
                for raw in raws
            ]
        if binding.predicate == "reading":
            return [(raw[0], _reading_choice(raw[0], raw[1])) for raw in raws]
        return raws

    def _rest(self) -> None:
        """Add the source of every fact that a row with evidence says."""
        document, number = PREDICATES["source"].fields[1:]
        raws: list[tuple[Any, ...]] = []
        positions = array("Q")
        for name, rows in list(self.source.rows.items()):
            for row, position in zip(rows, self.source.positions[name], strict=True):
                cited = self.evidence.get(position >> 8)
                if cited and name in self._sheet(position >> 32).evidence:
                    values = (
                        cells.value(document, cited[0]),
                        "" if cells.blank(cited[1]) else cells.value(number, cited[1]),
                    )
                    flawed = [key for key, v in zip((DOCUMENT, NUMBER), values, strict=True) if isinstance(v, Flaw)]
                    for key in flawed:
                        grid, sheet, _, at = self._at(position)
                        self._add("cell_value", grid, sheet, at, key, found="")
                    if not flawed:
                        raws.append((text(Fact(name, row)), *values))
                        positions.append(position)
        self.source.rows.setdefault("source", []).extend(raws)
        self.source.positions.setdefault("source", array("Q")).extend(positions)
        if not self.source.rows["source"]:
            del self.source.rows["source"], self.source.positions["source"]

    def _refuse(self, raw: Sequence[Any], position: int, flaws: dict[int, Flaw]) -> None:
        grid, sheet, binding, at = self._at(position)
        for index, flaw in flaws.items():
            told = {name: told for name, told in flaw.parameters.items() if name not in ("found", "field")}
            self._add(flaw.code, grid, sheet, at, binding.columns[index], found=cells.shown(raw[index]), **told)

    # Places ---------------------------------------------------------------------------------------

    def _sheet(self, number: int) -> Sheet:
        return words.known_sheets()[words.folded(self.grids[number].name)]

    def _at(self, position: int) -> tuple[Grid, Sheet, Binding, int]:
        grid, sheet = self.grids[position >> 32], self._sheet(position >> 32)
        return grid, sheet, sheet.bindings[position & 0xFF], position >> 8 & 0xFFFFFF

    def _locate(self, predicate: str, position: int) -> Place:
        """The cell that says a fact: in a wide sheet its value, in a long one its first column."""
        grid, sheet, binding, at = self._at(position)
        if predicate == "source" and binding.predicate != "source":
            key = DOCUMENT
        elif sheet.keys:
            key = binding.flag or (*sheet.keys[:1], *binding.values(sheet.keys))[-1]
        else:
            key = binding.columns[0] if binding.columns else sheet.columns[0].key
        return Place(self.name, sheet=grid.name, cell=grid.cell(at, grid.columns.get(key, 0)))

    def _add(self, code: str, grid: Grid, sheet: Sheet, at: int, key: str, **parameters: str | int) -> None:
        place = Place(self.name, sheet=grid.name, cell=grid.cell(at, grid.columns.get(key, 0)))
        if (code, place) in self.told:
            return  # one cell speaks for several facts
        self.told.add((code, place))
        header = grid.rows[grid.header][grid.columns[key]] if grid.header is not None and key in grid.columns else None
        label = words.mark(str(header)) if header else words.header(sheet, sheet.column(key), "zh")
        self.problems.add(code, place, **{"label": label, **parameters})

    def _remark(self, code: str, place: Place, **parameters: str | int) -> None:
        self.remarks.append(Problem(code, parameters, place))


def _declaring(sheet: Sheet) -> bool:
    return any(binding.always for binding in sheet.bindings)


def _reading_choice(key: Cell, choice: Cell) -> Cell:
    found = words.known_readings().get(words.folded(cells.shown(key)))
    if found is None or cells.blank(choice):
        return choice
    return words.known_reading_choices(found).get(words.folded(cells.shown(choice)), choice)
