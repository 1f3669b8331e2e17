"""What a workbook must be before anything opens it: a sound package of bounded size, without code, links or entities.

An .xlsx file is a zip of XML parts. The directory is judged first; then every part is unpacked once, never beyond what
the directory promised, and its XML walked through by expat, which keeps nothing.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from desk.workbook.styles import Styles

MEGABYTE = 1024 * 1024
FILE_LIMIT = 64 * MEGABYTE
UNPACKED_LIMIT = 256 * MEGABYTE
RATIO_LIMIT = 200
"""A part may unpack to this many times its size; only what exceeds RATIO_FLOOR is judged by it."""
RATIO_FLOOR = 4 * MEGABYTE
PARTS_LIMIT = 1_000
ROWS_LIMIT = 100_000
COLUMNS_LIMIT = 256
AREA_LIMIT = 4_000_000
DEPTH_LIMIT = 100
MERGES_LIMIT = 10_000

UNVALUED, ERROR, PARTIAL = "\0=", "\0#", "\0d"
"""What stands for a formula without a stored value, an error, a date shown in part: no reader gives these out."""
MARKS_LIMIT = 100_000
_STEP = 65_536

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORBIDDEN = (
    ("vbaproject", "workbook_macros"),
    ("/macrosheets/", "workbook_macros"),
    ("/activex/", "workbook_macros"),
    ("/externallinks/", "workbook_links"),
    ("xl/connections.xml", "workbook_links"),
    ("/querytables/", "workbook_links"),
)


class Refused(Exception):
    """The workbook is not opened: the code of the problem and its parameters."""

    def __init__(self, code: str, **parameters: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


@dataclass
class Survey:
    """What was seen on the way, by part, as cell name and mark: see UNVALUED, ERROR, PARTIAL."""

    marks: dict[str, list[tuple[str, str]]] = field(default_factory=dict)


def survey(data: bytes) -> Survey:
    """Judge a workbook's bytes; raises Refused with the reason."""
    if len(data) > FILE_LIMIT:
        raise Refused("workbook_large", limit=FILE_LIMIT // MEGABYTE)
    if data.startswith(_OLE):
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused("workbook_encrypted" if encrypted else "workbook_xls")
    if not data.startswith(b"PK"):
        raise Refused("workbook_broken")
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, struct.error, OverflowError):
        raise Refused("workbook_broken") from None
    _directory(parts, len(data))
    seen = Survey()
    styles = Styles()
    for part in sorted(parts, key=lambda part: not part.filename.lower().endswith("styles.xml")):
        walker = _Walker(part.filename, styles)
        for piece in _unpacked(data, part):
            walker.feed(piece)
        walker.close()
        if walker.marks:
            seen.marks[part.filename] = walker.marks
    return seen


def _directory(parts: list[zipfile.ZipInfo], size: int) -> None:
    """Judge what the zip says of itself."""
    if len(parts) > PARTS_LIMIT:
        raise Refused("workbook_bomb", found=len(parts))
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise Refused("workbook_bomb", found=sum(part.file_size for part in parts) // MEGABYTE)
    names = [part.filename.lower().replace("\\", "/") for part in parts]
    if len(set(names)) != len(names):
        raise Refused("workbook_broken")
    for part in parts:
        if part.flag_bits & 0x1:
            raise Refused("workbook_encrypted")
        if part.file_size > RATIO_FLOOR and part.file_size > RATIO_LIMIT * max(part.compress_size, 1):
            raise Refused("workbook_bomb", found=part.file_size // MEGABYTE)
    for name in names:
        for sign, code in _FORBIDDEN:
            if sign in name:
                raise Refused(code, found=name)
    if "xl/workbook.bin" in names:
        raise Refused("workbook_xls")
    if "mimetype" in names and "content.xml" in names:
        raise Refused("workbook_ods")
    if "[content_types].xml" not in names:
        raise Refused("workbook_broken")
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end or part.header_offset + part.compress_size > size:
            raise Refused("workbook_bomb", found=part.filename)
        end = part.header_offset + 30 + part.compress_size


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part, piece by piece; refused where they are more than the directory says."""
    at = part.header_offset
    if len(data) < at + 30 or data[at : at + 4] != b"PK\x03\x04":
        raise Refused("workbook_broken")
    name, extra = struct.unpack("<HH", data[at + 26 : at + 30])
    start = at + 30 + name + extra
    packed = memoryview(data)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        if part.file_size != part.compress_size:
            raise Refused("workbook_bomb", found=part.filename)
        yield bytes(packed)
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("workbook_broken")
    inflate = zlib.decompressobj(-15)
    left = part.file_size
    try:
        for at in range(0, len(packed), _STEP):
            rest = bytes(packed[at : at + _STEP])
            while rest and not inflate.eof:
                piece = inflate.decompress(rest, min(left + 1, MEGABYTE))
                left -= len(piece)
                if left < 0:
                    raise Refused("workbook_bomb", found=part.filename)
                rest = inflate.unconsumed_tail
                yield piece
    except zlib.error:
        raise Refused("workbook_broken") from None


class _Walker:
    """Walks through one part: only XML is looked at, and nothing of it is kept."""

    def __init__(self, name: str, styles: Styles) -> None:
        self.styles = styles
        self.of_styles = name.lower().endswith("styles.xml")
        self.in_part = frozenset[str]() if self.of_styles else styles.partial()
        self.style = ""
        self.xml = name.lower().endswith((".xml", ".rels", ".vml"))
        self.marks: list[tuple[str, str]] = []
        self.depth = self.merges = 0
        self.last_row = self.last_column = 0
        self.cell = ""
        self.formula = self.value = self.sheet = False
        if self.xml:
            self.parser = expat.ParserCreate()
            self.parser.StartDoctypeDeclHandler = self._doctype
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end

    def feed(self, piece: bytes) -> None:
        if self.xml:
            self._parse(piece, False)

    def close(self) -> None:
        if self.xml:
            self._parse(b"", True)

    def _parse(self, piece: bytes, final: bool) -> None:
        try:
            self.parser.Parse(piece, final)
        except (expat.ExpatError, LookupError, ValueError):  # not XML, or in no encoding that Python knows
            raise Refused("workbook_broken") from None

    def _doctype(self, *_: Any) -> None:
        raise Refused("workbook_entities")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise Refused("workbook_broken")
        name = name.rpartition(":")[2]
        if name == "c":
            self.cell = attributes.get("r", "")
            self._stretch(self.cell)
            self.formula = self.value = False
            self.style = attributes.get("s", "")
            if attributes.get("t") == "e":
                self._mark(ERROR)
            elif attributes.get("t", "n") != "n":
                self.style = ""
        elif name == "v":
            if self.style in self.in_part:
                self._mark(PARTIAL)
            if self.formula:
                self.parser.CharacterDataHandler = self._stored
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._row(attributes.get("r", ""))
        elif name == "mergeCell":
            self.merges += 1
            for corner in attributes.get("ref", "").split(":"):
                self._stretch(corner)
            if self.merges > MERGES_LIMIT:
                raise Refused("workbook_rows", rows=self.merges, columns=0, limit=ROWS_LIMIT, across=COLUMNS_LIMIT)
        elif self.of_styles:
            self.styles.start(name, attributes)
        elif name in ("Override", "Default") and "macroenabled" in attributes.get("ContentType", "").lower():
            raise Refused("workbook_macros", found="macroEnabled")

    def _stored(self, words: str) -> None:
        self.value = self.value or bool(words)

    def _end(self, name: str) -> None:
        self.depth -= 1
        if self.formula and name.rpartition(":")[2] == "v":
            self.parser.CharacterDataHandler = None
        if self.of_styles:
            self.styles.end(name.rpartition(":")[2])
        if self.formula and not self.value and name.rpartition(":")[2] == "c":
            self._mark(UNVALUED)

    def _mark(self, mark: str) -> None:
        self.marks.append((self.cell, mark))
        if len(self.marks) > MARKS_LIMIT:
            raise Refused("workbook_rows", rows=self.last_row, columns=self.last_column, limit=MARKS_LIMIT, across=0)

    def _row(self, number: str) -> None:
        self.last_row = max(self.last_row + 1, int(number) if number.isascii() and number.isdecimal() else 0)
        self._bounds()

    def _stretch(self, cell: str) -> None:
        """Take a cell's name into the used area: two cells far apart make a table of all that lies between."""
        letters = cell.rstrip("0123456789")
        digits = cell[len(letters) :]
        if len(letters) > 3 or len(digits) > 7:
            raise Refused("workbook_rows", rows=cell[:20], columns=cell[:20], limit=ROWS_LIMIT, across=COLUMNS_LIMIT)
        column = 0
        for letter in letters.upper():
            column = column * 26 + ord(letter) - 64
        self.last_column = max(self.last_column, column)
        self.last_row = max(self.last_row, int(digits or 0))
        self._bounds()

    def _bounds(self) -> None:
        rows, columns = self.last_row, self.last_column
        if rows > ROWS_LIMIT or columns > COLUMNS_LIMIT or rows * columns > AREA_LIMIT:
            raise Refused("workbook_rows", rows=rows, columns=columns, limit=ROWS_LIMIT, across=COLUMNS_LIMIT)
