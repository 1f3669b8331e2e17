"""What the reader of a workbook has to say: problems and hints at their cells, and the account of each sheet."""

from __future__ import annotations

from dataclasses import dataclass, field

from desk.workbook import cells, words
from desk.workbook.gate import Refused
from desk.workbook.grid import Grid
from desk.workbook.layout import Sheet
from desk.workbook.page import Cell
from engine.case import Account, Hint, Lack, Left
from engine.errors import Place, Problem, Problems

GIVE_UP = 5_000
"""After so many problems of one file the rest of it is not read."""


@dataclass
class _Open:
    """The account of a sheet while it is being read."""

    rows: set[int] = field(default_factory=set)
    columns: int = 0
    read: bool = True
    left: list[Left] = field(default_factory=list)
    free: tuple[str, ...] = ()


class Told:
    """Collects for one file."""

    def __init__(self, file: str, problems: Problems) -> None:
        self.file = file
        self.problems = problems
        self.hints: list[Hint] = []
        self.lacks: list[Lack] = []
        self._open: dict[str, _Open] = {}
        self.once: set[tuple[str, Place]] = set()

    def account(self, sheet: str) -> _Open:
        """The account of a sheet, by the name it bears in the workbook."""
        return self._open.setdefault(sheet, _Open())

    def accounts(self) -> list[Account]:
        """All accounts, finished, in the order of the workbook."""
        return [
            Account(self.file, name, one.read, len(one.rows), one.columns, tuple(one.left), one.free)
            for name, one in self._open.items()
        ]

    def place(self, grid: Grid, at: int, column: int) -> Place:
        """A cell."""
        return Place(self.file, sheet=grid.name, cell=grid.cell(at, column))

    def problem(self, code: str, place: Place, **parameters: str | int) -> None:
        """A problem, once a place: one cell may speak for several facts."""
        if (code, place) not in self.once:
            if self.problems.count(self.file) >= GIVE_UP:
                raise Refused("gave_up", number=GIVE_UP)
            self.once.add((code, place))
            self.problems.add(code, place, **parameters)

    def at(self, code: str, grid: Grid, sheet: Sheet, at: int, key: str, /, **parameters: str | int) -> None:
        """A problem of the cell in a row under a column, which is named as the workbook names it."""
        place = self.place(grid, at, grid.columns.get(key, 0))
        self.problem(code, place, **{"label": self.label(grid, sheet, key), **parameters})

    def label(self, grid: Grid, sheet: Sheet, key: str) -> str:
        """What a column is called in the workbook, else in the template."""
        if grid.header is not None and key in grid.columns:
            return words.mark(str(grid.page.rows[grid.header][grid.columns[key]]))
        return words.header(sheet, sheet.column(key), "zh")

    def lack(self, lack: Lack) -> None:
        """Something that should be there, unless another file has it."""
        self.lacks.append(lack)

    def missing(self, code: str, place: Place, **parameters: str | int) -> Problem:
        """A problem that is not told yet."""
        return Problem(code, parameters, place)

    def hint(self, kind: str, place: Place, found: Cell = "", meant: str = "", ids: tuple[str, ...] = ()) -> None:
        """Something to look at again."""
        self.hints.append(Hint(kind, ids, place, cells.shown(found), meant))

    def left(self, grid: Grid, cell: str, why: str, found: Cell) -> None:
        """Something that was not read."""
        self.account(grid.name).left.append(Left(cell, why, cells.shown(found)))
