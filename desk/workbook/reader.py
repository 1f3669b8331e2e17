"""A workbook's sheets to the rows of facts that they say, each problem with its sheet and cell."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import Any

from desk.workbook import book, cells, missing, words
from desk.workbook.expected import expected, round_of
from desk.workbook.gate import Refused
from desk.workbook.grid import Grid, Row
from desk.workbook.layout import DOCUMENT, NUMBER, OPTIONAL, Binding, Sheet, sheets
from desk.workbook.mends import mended
from desk.workbook.missing import Statements
from desk.workbook.notices import Notices
from desk.workbook.page import Cell
from desk.workbook.sayings import Sayings
from desk.workbook.told import Told
from engine.case import Lack, Memos, Mend, Source
from engine.errors import Place, Problems
from engine.facts import PREDICATES, Fact, Flaw, text
from engine.words import narrow, speak_of, spoken

BINARY = True
MENDED = True
_LARGE = 100_000
"""Cells from which on the rows are not read where headers are missing or a sheet stands there twice."""


def read(name: str, data: bytes, problems: Problems, mends: Sequence[Mend] = ()) -> Source | None:
    """The facts of a workbook's bytes; None where it cannot be opened at all.

    `mends` are read as they say, and told in `Source.mended` with their places.
    """
    return _Reading(name, problems, mends).read(data)


class _Reading:
    """One workbook being read."""

    def __init__(self, name: str, problems: Problems, mends: Sequence[Mend] = ()) -> None:
        self.name = name
        self.mends = mends
        self.called = {mend.found: mend for mend in mends if mend.kind == "name"}
        self.told = Told(name, problems)
        self.notices = Notices(self.told)
        self.source = Source(name, self._locate)
        self.memos = Memos(cells.value)
        self.grids: list[Grid] = []
        self.waiting: dict[tuple[int, int], tuple[list[tuple[Any, ...]], array[int]]] = {}
        self.evidence: dict[int, tuple[Cell, Cell]] = {}
        self.filled: set[str] = set()
        """Sheets, by the names they bear in the workbook, with rows that are meant as records."""

    def read(self, data: bytes) -> Source | None:
        """Read all sheets that hold facts."""
        try:
            pages = list(book.read(data).pages)
            if not spoken():
                speak_of(round_of(pages))
            self.source.mended += mended(pages, self.mends, self.name)
            self.grids = [Grid(page) for page in pages]
            self._sheets()
            self._take()
        except Refused as refused:
            self.told.problems.add(refused.code, Place(self.name), **refused.parameters)
            return None
        self.source.hints += self.told.hints
        self.source.accounts += self.told.accounts()
        self.source.lacks += self.told.lacks
        return self.source

    # What stands where ----------------------------------------------------------------------------

    def _sheets(self) -> None:
        self.wanted = expected(grid.page for grid in self.grids)
        self.said = Statements(self.grids)
        self.sayings = Sayings(self.told, self.wanted, self.said, self.source.salvage)
        known: dict[str, list[Grid]] = {}
        read: dict[int, Sheet] = {}
        unknown: list[Grid] = []
        for number, grid in enumerate(self.grids):
            account = self.told.account(grid.name)
            sheet = words.known_sheets().get(words.folded(grid.name))
            if sheet is None:
                account.read = False
                if words.folded(grid.name) not in words.asides():
                    unknown.append(grid)
                continue
            if self._headed(grid, sheet):
                known.setdefault(sheet.name, []).append(grid)
                account.columns = len(grid.columns)
                account.free = tuple(words.header(sheet, c, "zh") for c in sheet.columns if c.key not in grid.columns)
                read[number] = sheet
            else:
                account.read = False
                if grid.header is not None or any(_said_something(row, sheet) for row in grid.page.rows.values()):
                    known.setdefault(sheet.name, []).append(grid)  # its problem is told
        if not known:
            expected_ = "、".join(words.sheet_name(sheet.name, "zh") for sheet in sheets())
            self.told.problem("workbook_no_sheets", Place(self.name), choices=expected_)
            return
        missing.absent(self.told, known, unknown, self.wanted, self.said)
        free = tuple(words.sheet_name(sheet.name, "zh") for sheet in sheets() if sheet.name not in known)
        for grid in unknown:
            self.told.account(grid.name).free = free
        size = sum(len(row) for grid in self.grids for row in grid.page.rows.values())
        if size > _LARGE and self.told.problems.count(self.name):
            raise Refused("workbook_rows_unread", number=size)
        for number, sheet in read.items():
            self._rows(number, self.grids[number], sheet)
        for sheet in sheets():
            filled = any(grid.name in self.filled for grid in known.get(sheet.name, ()))
            missing.contradicted(self.told, sheet, self.said, filled)
            if sheet in read.values() and not filled and self._declares(sheet.judged):
                missing.empty(self.told, known[sheet.name], sheet, self.said)

    def _declares(self, predicate: str) -> bool:
        """Whether the workbook declares anybody by that predicate."""
        return any(self._sheet(number).bindings[index].predicate == predicate for number, index in self.waiting)

    def _headed(self, grid: Grid, sheet: Sheet) -> bool:
        """Find the row of headers and the column of each; whether the sheet can be read."""
        grid.find_header(sheet.name)
        if grid.header is None:
            if any(_said_something(row, sheet) for row in grid.page.rows.values()):
                wanted = "、".join(words.header(sheet, column, "zh") for column in sheet.columns[:4])
                self.told.problem("workbook_headers", Place(self.name, sheet=grid.name, cell="A1"), wanted=wanted)
            return False
        return missing.columns(self.told, grid, sheet, self.wanted, self.said)

    # From rows to what they say -------------------------------------------------------------------

    def _rows(self, number: int, grid: Grid, sheet: Sheet) -> None:
        by_column = {column: key for key, column in grid.columns.items()}
        nameless = {at for at, header in grid.unknown if not header}
        declared: dict[Cell, int] = {}
        hidden: list[tuple[int, Cell]] = []
        ended = False
        for row in grid.body():
            filled = {by_column[at]: self.notices.clean(grid, sheet, row.at, by_column[at], cell)
                      for at, cell in row.filled.items() if at in by_column}  # fmt: skip
            filled = {key: cell for key, cell in filled.items() if not cells.blank(cell)}
            if self.called:
                self._numbered(grid, sheet, row, filled)
            if self.notices.aside(grid, sheet, row, filled):
                continue
            beside = next((at for at in sorted(row.own) if at in nameless), None)
            if beside is not None:
                self.told.left(grid, grid.cell(row.at, beside), "outside", row.own[beside])
            if not filled:
                continue
            self.filled.add(grid.name)
            self.notices.looks(grid, row, filled, sheet, hidden)
            said = self._says(number, grid, sheet, row, filled)
            if said:
                self.told.account(grid.name).rows.add(row.at)
                ended = ended or sheet.lasting in filled
            if sheet.own and sheet.keys and sheet.keys[0] in filled and not cells.unread(filled[sheet.keys[0]]):
                declares = any(sheet.bindings[index].predicate in sheet.own for index in said)
                key = cells.shown(filled[sheet.keys[0]])
                if declares:
                    declared[key] = -1
                elif declared.get(key, row.at) >= 0:
                    declared.setdefault(key, row.at)
        account = self.told.account(grid.name)
        if account.rows:
            self.notices.headed(grid, sheet)
        account.read = bool(account.rows) or grid.name not in self.filled
        self._undeclared(grid, sheet, {key: at for key, at in declared.items() if at >= 0})
        self.notices.hidden(grid, sheet, hidden)
        self.notices.lasting(grid, sheet, ended)
        for merged in grid.merged:
            self.told.left(grid, merged, "merged", "")

    def _numbered(self, grid: Grid, sheet: Sheet, row: Row, filled: dict[str, Cell]) -> None:
        """Put an identifier where a mend says that a name is meant as one."""
        for key, cell in filled.items():
            field = sheet.column(key).field
            mend = self.called.get(narrow(cell)) if isinstance(cell, str) else None
            if mend is not None and field is not None and field.kind == "identifier":
                filled[key] = mend.wanted
                self.source.mended.append((self.told.place(grid, row.at, grid.columns[key]), mend))

    def _says(self, number: int, grid: Grid, sheet: Sheet, row: Row, filled: dict[str, Cell]) -> set[int]:
        """Take in what a row says; the numbers of its bindings."""
        line = number << 24 | row.at
        said: set[int] = set()
        for index, raw in self.sayings.of_row(grid, sheet, row.at, filled):
            said.add(index)
            rows, positions = self.waiting.setdefault((number, index), ([], array("Q")))
            rows.append(raw)
            positions.append(line << 8 | index)
        if not said and set(filled) <= {*sheet.keys, *_who(sheet)} and set(filled) & {sheet.columns[0].key}:
            self.notices.alone(grid, row, filled[sheet.columns[0].key])
        if sheet.keys and len(said) == 1 and set(filled) <= set(sheet.keys) and not self._kind_asked(sheet):
            self.notices.alone(grid, row, filled[sheet.keys[0]])
        rests = any(sheet.bindings[index].predicate in sheet.evidence for index in said)
        if sheet.evidence and (DOCUMENT in filled or NUMBER in filled):
            if DOCUMENT not in filled and DOCUMENT in grid.columns:
                self.told.at("cell_missing", grid, sheet, row.at, DOCUMENT)
            elif rests:
                self.evidence[line] = (filled.get(DOCUMENT), filled.get(NUMBER))
        return said

    def _kind_asked(self, sheet: Sheet) -> bool:
        return bool(sheet.own) and not any(binding.always for binding in sheet.bindings)

    def _undeclared(self, grid: Grid, sheet: Sheet, rows: dict[Cell, int]) -> None:
        """Tell of identifiers that their own sheet names without saying what they are, unless another file does."""
        if not sheet.own or any(binding.always for binding in sheet.bindings):
            return
        own = next(binding for binding in sheet.bindings if binding.predicate in sheet.own)
        (key, *_) = own.values(sheet.keys)
        if key not in grid.columns:
            return
        for id_, at in rows.items():
            name = narrow(str(id_))
            place = self.told.place(grid, at, grid.columns[key])
            problem = self.told.missing("cell_missing", place, label=self.told.label(grid, sheet, key))
            self.told.lack(Lack(problem, _declares(sheet.own, name)))
            self.source.salvaged.setdefault(own.predicate, set()).add(name)

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
        optional = [i for i, field in enumerate(fields) if (binding.predicate, field.name) in OPTIONAL]
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
                    flawed = {key: v for key, v in zip((DOCUMENT, NUMBER), values, strict=True) if isinstance(v, Flaw)}
                    for key, flaw in flawed.items():
                        grid, sheet, _, at = self._at(position)
                        found = cells.shown(cited[0] if key == DOCUMENT else cited[1])
                        self.told.at(flaw.code, grid, sheet, at, key, found=found)
                    if not flawed:
                        raws.append((text(Fact(name, row)), *values))
                        positions.append(position)
        self.source.rows.setdefault("source", []).extend(raws)
        self.source.positions.setdefault("source", array("Q")).extend(positions)
        if not self.source.rows["source"]:
            del self.source.rows["source"], self.source.positions["source"]

    def _refuse(self, raw: Sequence[Any], position: int, flaws: dict[int, Flaw]) -> None:
        grid, sheet, binding, at = self._at(position)
        fields = PREDICATES[binding.predicate].fields
        for index, found in flaws.items():
            flaw = cells.explained(fields[index], raw[index], found)
            told = {name: told for name, told in flaw.parameters.items() if name not in ("found", "field")}
            self.told.at(flaw.code, grid, sheet, at, binding.columns[index], found=cells.shown(raw[index]), **told)

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
        return self.told.place(grid, at, grid.columns.get(key, 0))


def _said_something(row: dict[int, Cell], sheet: Sheet) -> bool:
    own = [cell for cell in row.values() if not cells.blank(cell)]
    if len(own) == 1 and isinstance(own[0], str) and words.none_here(own[0], sheet):
        return False
    return any(not (isinstance(cell, str) and words.none_said(cell)) for cell in own)


def _who(sheet: Sheet) -> tuple[str, ...]:
    """The column of a long sheet that says whom a record is about."""
    first = sheet.columns[0]
    return (first.key,) if first.field and first.field.kind == "identifier" else ()


def _declares(own: tuple[str, ...], name: str) -> Callable[[Sequence[Source]], bool]:
    def declared(files: Sequence[Source]) -> bool:
        return any(row[0] == name for file in files for predicate in own for row in file.rows.get(predicate, ()))

    return declared


def _reading_choice(key: Cell, choice: Cell) -> Cell:
    found = words.known_readings().get(words.folded(cells.shown(key)))
    if found is None or cells.blank(choice):
        return choice
    return words.known_reading_choices(found).get(words.folded(cells.shown(choice)), choice)
