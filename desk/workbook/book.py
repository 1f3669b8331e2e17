"""The sheets of a workbook as they stand in its file: each cell with its stored value, and what does not show.

Read with expat, element by element, so that one reader serves Strict and Transitional Open XML (ISO/IEC 29500), finds
an error under its own name, knows a formula without a stored value from one whose value is an empty text, and takes no
more memory than there are cells.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from desk.workbook.gate import Package, Refused, Walker, is_markup, survey
from desk.workbook.styles import Style, Styles

Cell = str | int | float | date | datetime | timedelta | None
"""What stands in a cell."""

ROWS_LIMIT = 100_000
COLUMNS_LIMIT = 256
AREA_LIMIT = 4_000_000
"""Cells between the first and the last used one, over all sheets."""
MERGES_LIMIT = 10_000
TEXT_LIMIT = 32 * 1024 * 1024
"""Characters of all shared texts."""

UNVALUED, ERROR, PARTIAL = "\0=", "\0#", "\0d"
"""What stands before a formula without a stored value, an error's name, the month of a date that is shown in part."""

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"([A-Za-z]{1,4})([0-9]{1,7})")


@dataclass
class Page:
    """A sheet: its cells by row and column, both counted from 0, and what does not show."""

    name: str
    hidden: bool
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True)
class Book:
    """A workbook read whole; `strict` where it is Strict Open XML."""

    package: Package
    pages: tuple[Page, ...]
    strict: bool


def read(data: bytes) -> Book:
    """Every sheet of a workbook's bytes; Refused where they are none that may be opened."""
    package = survey(data)
    texts, styles, frame = _Texts(), Styles(), _Frame()
    relations = _Relations()
    main, targets = _parts(package, relations)
    special: dict[str, Walker] = {main: frame}
    for kind, part in targets.values():
        if kind in ("sharedstrings", "styles") and part in package.parts:
            special[part] = texts if kind == "sharedstrings" else styles
    for name in sorted(package.parts, key=lambda name: name not in special):
        if name in special:
            special[name].walk(package.pieces(name))
    sheets = {
        targets[id_][1]: (name, hidden)
        for name, id_, hidden in frame.sheets
        if id_ in targets and targets[id_][0] == "worksheet" and targets[id_][1] in package.parts
    }
    if len({name.casefold() for name, _, _ in frame.sheets}) != len(frame.sheets):
        raise Refused("workbook_broken")
    lost = any(id_ not in targets for _, id_, _ in frame.sheets)
    twice = len(sheets) != sum(targets.get(id_, ("",))[0] == "worksheet" for _, id_, _ in frame.sheets)
    if lost or twice or not frame.sheets:
        raise Refused("workbook_broken")
    known, pages, area = styles.styles(), [], 0
    for name in package.parts:
        if name in sheets or name in special or not is_markup(name):
            continue
        (_Types() if name == "[content_types].xml" else Walker()).walk(package.pieces(name))
    for name, (title, hidden) in sheets.items():
        sheet = _Sheet(Page(title, hidden), texts.found, known, frame.from_1904)
        sheet.walk(package.pieces(name))
        area += (sheet.last_row + 1) * (sheet.last_column + 1)
        if area > AREA_LIMIT:
            raise Refused("workbook_area", limit=AREA_LIMIT)
        pages.append(sheet.page)
    return Book(package, tuple(pages), frame.strict)


def position(cell: str) -> tuple[int, int]:
    """The row and the column of a cell's name, both counted from 0; Refused for no name, or one out of bounds."""
    found = _LETTERS.fullmatch(cell)
    if not found:
        raise _too_far(cell[:20], cell[:20]) if re.fullmatch(r"[A-Za-z]+[0-9]+", cell) else Refused("workbook_broken")
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(found[2])
    if row > ROWS_LIMIT or column > COLUMNS_LIMIT:
        raise _too_far(row, column)
    if row == 0:
        raise Refused("workbook_broken")
    return row - 1, column - 1


def _too_far(row: int | str, column: int | str) -> Refused:
    return Refused("workbook_rows", rows=row, columns=column, limit=ROWS_LIMIT, across=COLUMNS_LIMIT)


# Where the parts are ------------------------------------------------------------------------------


def _parts(package: Package, relations: _Relations) -> tuple[str, Mapping[str, tuple[str, str]]]:
    """The part of the workbook itself, and the kind and the part of each of its relations."""
    if "_rels/.rels" not in package.parts:
        raise Refused("workbook_broken")
    relations.walk(package.pieces("_rels/.rels"))
    main = next((part for kind, part in relations.found.values() if kind == "officedocument"), "")
    folder, _, name = main.rpartition("/")
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if main not in package.parts or beside not in package.parts:
        raise Refused("workbook_broken")
    inner = _Relations(folder)
    inner.walk(package.pieces(beside))
    return main, inner.found


class _Relations(Walker):
    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self.folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        id_, target = attributes.get("Id", ""), attributes.get("Target", "")
        if id_ in self.found:
            raise Refused("workbook_broken")
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        whole = target if target.startswith("/") else posixpath.join("/", self.folder, target)
        self.found[id_] = (kind, posixpath.normpath(whole).lstrip("/").lower())


class _Types(Walker):
    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("Override", "Default") and "macroenabled" in attributes.get("ContentType", "").lower():
            raise Refused("workbook_macros", found="macroEnabled")


class _Frame(Walker):
    """The workbook's own part: its sheets, and from when it counts days."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False
        self.strict = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            id_ = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            self.sheets.append((attributes.get("name", ""), id_, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")
        elif name == "workbook":
            self.strict = any("purl.oclc.org" in value for value in attributes.values())


class _Texts(Walker):
    """The shared texts, each with whether any of it is struck out; readings in phonetic signs are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, bool]] = []
        self.parser.CharacterDataHandler = self.words.append
        self._text: list[str] = []
        self._phonetic = self._struck = False
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._text, self._struck = [], False
        elif name == "rPh":
            self._phonetic = True
        elif name == "strike":
            self._struck = self._struck or attributes.get("val", "1") not in ("0", "false")
        elif name == "t":
            self.words.clear()

    def end(self, name: str) -> None:
        if name == "t" and not self._phonetic:
            self._text += self.words
        elif name == "rPh":
            self._phonetic = False
        elif name == "si":
            text = _decoded("".join(self._text))
            self._size += len(text)
            if self._size > TEXT_LIMIT:
                raise Refused("workbook_bomb", found=self._size)
            self.found.append((text, self._struck))
        self.words.clear()


def _decoded(text: str) -> str:
    """A text with its `_x000D_` made signs again."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


# One sheet ----------------------------------------------------------------------------------------


class _Sheet(Walker):
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
        self.inside = self.cell = self.formula = self.phonetic = self.struck = False
        self.kind = self.style = ""
        self.value: str | None = None
        self.inline: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c" and self.inside:
            self._cell(attributes)
        elif name in ("v", "t"):
            self.words.clear()
        elif name == "f":
            self.formula = True
        elif name == "row" and self.inside:
            self._row(attributes)
        elif name == "sheetData":
            self.inside = True
        elif name == "rPh":
            self.phonetic = True
        elif name == "strike" and self.cell:
            self.struck = attributes.get("val", "1") not in ("0", "false")
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden", "0") in ("1", "true"):
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

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self.row = self.row + 1 if number is None else _number(number) - 1
        self.column = -1
        if self.row >= ROWS_LIMIT:
            raise _too_far(self.row + 1, 0)
        self.at = self.page.rows.setdefault(self.row, {})
        hidden = attributes.get("hidden", "0") in ("1", "true") or attributes.get("ht", "1").strip("0.") == ""
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
            return _decoded("".join(self.inline)), self.struck
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
            return _decoded(value), False
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
        try:
            number = float(value)
        except ValueError:
            raise Refused("workbook_broken") from None
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
            return PARTIAL + day.isoformat()[:7]
        seconds = round((number - int(number)) * 86_400)
        return datetime(day.year, day.month, day.day) + timedelta(seconds=seconds) if seconds else day


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


def values(pages: Iterator[Page]) -> Iterator[tuple[Page, int, int, Cell]]:
    """Every cell of every sheet."""
    for page in pages:
        for row, cells in page.rows.items():
            for column, cell in cells.items():
                yield page, row, column, cell
