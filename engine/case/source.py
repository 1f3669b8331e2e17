"""One file of a case, read: the rows of each predicate, where each row stands, what was taken in and what was left."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import PurePath
from typing import Any

from engine.case.hint import Hint
from engine.errors import Place, Problem
from engine.facts import Field, Flaw, Predicate

Row = tuple[str | int, ...]


class Memo(dict[Any, Any]):
    """Judges every distinct value of a field once: a million facts hold few different days and choices."""

    def __init__(self, judge: Callable[[Any], Any]) -> None:
        super().__init__()
        self.judge = judge
        self.flawed = False

    def __missing__(self, raw: Any) -> Any:
        value = self[raw] = self.judge(raw)
        self.flawed = self.flawed or type(value) is Flaw
        return value


class Memos:
    """One Memo for each type of field, made when it is first asked for."""

    def __init__(self, judge: Callable[[Field, Any], Any]) -> None:
        self._judge = judge
        self._memos: dict[object, Memo] = {}

    def of(self, field: Field) -> Memo:
        """The memo of a field; all identifiers share one."""
        key = field.kind if field.kind == "identifier" else field.type
        if key not in self._memos:
            self._memos[key] = Memo(lambda raw: self._judge(field, raw))
        return self._memos[key]


@dataclass(frozen=True)
class Left:
    """Something that was not read: where it stands, why it was left (`note`, `sum`, `column`, …), what stands there."""

    cell: str
    why: str
    found: str = ""


@dataclass(frozen=True)
class Account:
    """One sheet of a file: whether it was read, how many of its rows and columns, and what of it was left."""

    file: str
    sheet: str
    read: bool
    rows: int = 0
    columns: int = 0
    left: tuple[Left, ...] = ()
    free: tuple[str, ...] = ()
    """What a part that nobody knows could be meant as: columns that the sheet lacks; of a sheet, those not there."""

    def as_dict(self) -> dict[str, object]:
        """The account as JSON gives it; the file without its folder."""
        return {
            "file": PurePath(self.file).name,
            "sheet": self.sheet,
            "read": self.read,
            "rows": self.rows,
            "columns": self.columns,
            "left": [{"cell": left.cell, "why": left.why, "found": left.found} for left in self.left],
        }


@dataclass(frozen=True)
class Mend:
    """What somebody decided that a part of a workbook is to be read as; the file itself stays as it is.

    `kind` is `sheet` (the sheet `found` as the sheet `wanted`), `column` (the header in `cell` of `sheet` as `wanted`)
    or `name` (the name `found`, wherever an identifier stands, as the identifier `wanted`); and, not read at all,
    `leave_sheet` (the sheet `found`), `leave` (the column of the header `found` in `cell` of `sheet`) or
    `leave_unnamed` (what stands under no header, from `cell` down, where `found` is).
    """

    kind: str
    found: str
    wanted: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Lack:
    """What a file should hold and does not: a problem, unless the other files of the case make it good."""

    problem: Problem
    made_good: Callable[[Sequence[Source]], bool]
    """Asked with the files of the case."""


class Source:
    """What one file says: rows by predicate, in the file's order, each with its position.

    `locate` turns a predicate and a position into a Place; `broken` names the predicates of which a fact could not be
    read, `salvaged` the identifiers that such facts declare, so that one mistake is not reported forty times; `hints`
    is what the reader noted that may be a slip, `accounts` what it took in and what it left, `lacks` what should be
    there unless another file holds it, `mended` each place that was read as something else than it says.
    """

    def __init__(self, name: str, locate: Callable[[str, int], Place]) -> None:
        self.name = name
        self.locate = locate
        self.rows: dict[str, list[Row]] = {}
        self.positions: dict[str, array[int]] = {}
        self.broken: set[str] = set()
        self.salvaged: dict[str, set[str]] = {}
        self.hints: list[Hint] = []
        self.accounts: list[Account] = []
        self.lacks: list[Lack] = []
        self.mended: list[tuple[Place, Mend]] = []

    def take(
        self,
        predicate: Predicate,
        raws: Sequence[Sequence[Any]],
        positions: Sequence[int],
        memos: Memos,
        refuse: Callable[[Sequence[Any], int, dict[int, Flaw]], None],
    ) -> None:
        """Check raw rows column by column; keep the good ones and call `refuse` on each of the others."""
        if raws:
            columns = [list(map(itemgetter(at), raws)) for at in range(len(predicate.fields))]
            self.take_columns(predicate, columns, positions, memos, refuse)

    def take_columns(
        self,
        predicate: Predicate,
        columns: Sequence[Sequence[Any]],
        positions: Sequence[int],
        memos: Memos,
        refuse: Callable[[Sequence[Any], int, dict[int, Flaw]], None],
    ) -> None:
        """Check raw rows given as columns, a position each; else as `take`."""
        used = [memos.of(field) for field in predicate.fields]
        judged = [map(memo.__getitem__, column) for memo, column in zip(used, columns, strict=True)]
        rows: list[Any] = list(zip(*judged, strict=True)) if columns else [()] * len(positions)
        if any(memo.flawed for memo in used):
            good = []
            for index, (row, position) in enumerate(zip(rows, positions, strict=True)):
                if Flaw in map(type, row):
                    self.salvage(predicate, row)
                    flaws = {i: value for i, value in enumerate(row) if type(value) is Flaw}
                    refuse([column[index] for column in columns], position, flaws)
                else:
                    good.append((row, position))
            rows = [row for row, _ in good]
            positions = [position for _, position in good]
        if rows:
            self.rows.setdefault(predicate.name, []).extend(rows)
            self.positions.setdefault(predicate.name, array("Q")).extend(positions)

    def salvage(self, predicate: Predicate, row: Sequence[Any] = ()) -> None:
        """Remember a fact that could not be read, and whom it would have declared."""
        self.broken.add(predicate.name)
        if predicate.model.declares and row:
            identifier = row[predicate.at(predicate.model.declares)[0]]
            if isinstance(identifier, str):
                self.salvaged.setdefault(predicate.name, set()).add(identifier)

    def place(self, predicate: str, index: int) -> Place:
        """Where a predicate's row stands."""
        return self.locate(predicate, self.positions[predicate][index])
