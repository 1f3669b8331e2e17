"""One sheet as it stands in its file: each cell with its stored value, and what does not show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from desk.workbook.gate import SHEETS, Refused, Walker
from desk.workbook.sharedtexts import decoded
from desk.workbook.styles import Style

Cell = str | int | float | date | datetime | timedelta | None
"""What stands in a cell."""

ROWS_LIMIT = 100_000
COLUMNS_LIMIT = 256
MERGES_LIMIT = 10_000

UNVALUED, ERROR, PARTIAL = "\0=", "\0#", "\0d"
"""What stands before a formula without a stored value, an error's name, the month of a date that is shown in part."""

_TABLE = 2
"""How deep a sheet's table of cells stands."""
_NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*", re.ASCII)
_LETTERS = re.compile(r"([A-Za-z]{1,4})([0-9]{1,7})")


@dataclass
class Page:
    """A sheet: its cells by row and column, both counted from 0, what does not show, or shows as another number.

    `remarks` are the comments on cells, `otherwise` what a number looks like that is stored as another.
    """

    name: str
    hidden: bool
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    remarks: dict[tuple[int, int], str] = field(default_factory=dict)
    otherwise: dict[tuple[int, int], str] = field(default_factory=dict)


def position(cell: str) -> tuple[int, int]:
    """The row and the column of a cell's name, both counted from 0; Refused for no name, or one out of bounds."""
    found = _LETTERS.fullmatch(cell)
    if not found:
        raise _too_far(cell[:20], cell[:20]) if re.fullmatch(r"[A-Za-z]+[0-9]+", cell) else Refused("workbook_broken")
    column, row = _column(found[1]), int(found[2])
    if row > ROWS_LIMIT or column > COLUMNS_LIMIT:
        raise _too_far(row, column)
    if row == 0:
        raise Refused("workbook_broken")
    return row - 1, column - 1


@lru_cache(1_000)
def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column


def _too_far(row: int | str, column: int | str) -> Refused:
    return Refused("workbook_rows", rows=row, columns=column, limit=ROWS_LIMIT, across=COLUMNS_LIMIT)


class Sheet(Walker):
    """Walks through one sheet: its cells stand in rows, its rows in the one table that it has, and nowhere else."""

    spaces = SHEETS

    def __init__(self, page: Page, texts: list[tuple[str, bool]], styles: list[Style], from_1904: bool) -> None:
        super().__init__()
        self.page = page
        self.texts = texts
        self.styles = styles
        self.first = date(1904, 1, 1) if from_1904 else date(1899, 12, 30)
        self.from_1904 = from_1904
        self.parser.CharacterDataHandler = self.words.append
        self.row = self.last_row = self.column = self.last_column = -1
        self.at: dict[int, Cell] = {}
        self.inside = self.cell = self.formula = self.phonetic = self.struck = self.no_noughts = False
        self.kind = self.style = ""
        self.value: str | None = None
        self.inline: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c" and self.inside:
            self._placed(4)
            self._cell(attributes)
        elif name in ("v", "t"):
            if name == "v" and self.value is not None and self.cell:
                raise Refused("workbook_broken")  # one cell, two values
            self.words.clear()
        elif name == "f":
            self.formula = True
        elif name == "row" and self.inside:
            self._placed(3)
            self._row(attributes)
        elif name == "sheetData" and self.depth == _TABLE:
            if self.row >= 0 or self.inside:
                raise Refused("workbook_broken")  # two tables
            self.inside = True
        elif name == "sheetFormatPr" and attributes.get("zeroHeight", "0") in ("1", "true"):
            self.page.hidden = True
        elif name == "sheetView" and attributes.get("showZeros", "1") in ("0", "false"):
            self.no_noughts = True
        elif name == "rPh":
            self.phonetic = True
        elif name == "strike" and self.cell:
            self.struck = attributes.get("val", "1") not in ("0", "false")
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and (attributes.get("hidden", "0") in ("1", "true") or _nothing(attributes.get("width"))):
            first, last = (_number(attributes.get(key, "")) for key in ("min", "max"))
            self.page.hidden_columns.update(range(first - 1, min(last, COLUMNS_LIMIT)))

    def end(self, name: str) -> None:
        if name == "v" and self.cell:
            self.value = "".join(self.words)
        elif name == "t" and self.cell and not self.phonetic:
            self.inline += self.words
        elif name == "rPh":
            self.phonetic = False
        elif name == "c" and self.cell:
            self.cell = False
            self._keep()
        elif name == "sheetData":
            self.inside = False
        self.words.clear()

    def _placed(self, depth: int) -> None:
        if self.depth != depth:
            raise Refused("workbook_broken")

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.row = self.row + 1 if number is None else _number(number) - 1
        self.column = -1
        if self.row >= ROWS_LIMIT:
            raise _too_far(self.row + 1, 0)
        self.at = self.page.rows.setdefault(self.row, {})
        hidden = attributes.get("hidden", "0") in ("1", "true") or _nothing(attributes.get("ht"))
        if hidden:
            self.page.hidden_rows.add(self.row)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cell = True
        name = attributes.get("r")
        if name is None:
            self.column += 1
            if self.column >= COLUMNS_LIMIT:
                raise _too_far(self.row + 1, self.column + 1)
        else:
            row, self.column = position(name)
            if row != self.row:
                self.row = row
                self.at = self.page.rows.setdefault(row, {})
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)
        self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        self.formula = self.struck = False
        self.value = None
        self.inline.clear()

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = position(first), position(last or first)
        self.page.merged.append((top, left, bottom, right))
        if len(self.page.merged) > MERGES_LIMIT:
            raise _too_far(bottom + 1, right + 1)

    def _keep(self) -> None:
        """Take the cell that ends."""
        style = self._style()
        found, struck = self._value(style)
        if found is None:
            return
        if self.column in self.at:
            raise Refused("workbook_broken")  # one cell, said twice
        self.at[self.column] = found
        if struck or style.struck:
            self.page.struck.add((self.row, self.column))
        nought = self.no_noughts and isinstance(found, (int, float)) and found == 0
        if (style.hidden and found != "") or nought or (isinstance(found, (int, float)) and style.blank(found)):
            self.page.unseen.add((self.row, self.column))
        if isinstance(found, (int, float)) and (looks := style.looks(found)):
            self.page.otherwise[self.row, self.column] = looks

    def _style(self) -> Style:
        if not self.style:
            return self.styles[0] if self.styles else Style()
        number = _number(self.style)
        if number >= len(self.styles):
            raise Refused("workbook_broken")
        return self.styles[number]

    def _value(self, style: Style) -> tuple[Cell, bool]:
        """What the cell holds, and whether its own text is struck out."""
        kind, value = self.kind, self.value
        if kind == "inlineStr":
            return decoded("".join(self.inline)), self.struck
        if self.formula and (value is None or (value == "" and kind not in ("str", "s"))):
            return UNVALUED, False
        if value is None or (value == "" and kind != "str"):
            return None, False
        if kind == "s":
            number = _number(value)
            if number >= len(self.texts):
                raise Refused("workbook_broken")
            return self.texts[number]
        if kind == "str":
            return decoded(value), False
        if kind == "b":
            return ("TRUE" if value in ("1", "true") else "FALSE"), False
        if kind == "e":
            return ERROR + value[:20], False
        if kind == "d":
            return _iso(value), False
        if kind != "n":
            raise Refused("workbook_broken")
        return self._measure(value, style), False

    def _measure(self, value: str, style: Style) -> Cell:
        """A number as it is meant: a day, a span of time, or itself."""
        number = float(value) if _NUMBER.fullmatch(value) else float("inf")
        if not abs(number) < 1e300:
            raise Refused("workbook_broken")
        if style.shown == "time":
            return timedelta(seconds=round(number * 86_400)) if abs(number) < 1e6 else number
        if style.shown == "number" or not 0 <= number < 2_958_466:
            return int(number) if number.is_integer() and abs(number) < 1e15 else number
        if not self.from_1904 and number < 61:
            if number >= 60:
                return "1900-02-29"  # a day that the 1900 calendar of workbooks has and no other
            number += 1
        day = self.first + timedelta(days=int(number))
        if style.shown == "part":
            return PARTIAL + style.dated(day)
        seconds = min(round((number - int(number)) * 86_400), 86_399)  # a moment before midnight is still that day
        return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds) if seconds else day


def _nothing(measure: str | None) -> bool:
    """Whether a height or a width is given and is none."""
    return measure is not None and measure.strip("0.") == ""


def _iso(value: str) -> Cell:
    """A day written as ISO 8601; any other text as it is."""
    for kind in (date, datetime):
        try:
            found: Any = kind.fromisoformat(value.strip().removesuffix("Z"))
        except ValueError:
            continue
        return found if isinstance(found, (date, datetime)) else value
    return value


def _number(text: str) -> int:
    if text.isascii() and text.isdecimal() and len(text) > 9:
        raise _too_far(text[:20], text[:20])
    if not (text.isascii() and text.isdecimal()):
        raise Refused("workbook_broken")
    return int(text)
