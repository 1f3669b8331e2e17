"""What a workbook must be before anything reads it: a sound package of bounded size, without code, links or entities.

An .xlsx file is a zip of XML parts. The directory is judged first; then every part is unpacked once, never beyond what
the directory promised, its checksum compared and its elements counted, so that what is refused costs little.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from xml.parsers import expat

MEGABYTE = 1024 * 1024
FILE_LIMIT = 64 * MEGABYTE
UNPACKED_LIMIT = 192 * MEGABYTE
RATIO_LIMIT = 200
"""A part may unpack to this many times its size; only what exceeds RATIO_FLOOR is judged by it."""
RATIO_FLOOR = 4 * MEGABYTE
PARTS_LIMIT = 1_000
CELLS_LIMIT = 600_000
"""Cells of all sheets together; 5,000 applicants with all their records take some 500,000."""
TAGS_LIMIT = 4_000_000
DEPTH_LIMIT = 100

SHEETS = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""The namespaces of sheets: Transitional and Strict (ISO/IEC 29500)."""

_NAMES = 1_000
_STEP = 65_536
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,40}:)?c[ \t\r\n/>]")
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


@dataclass(frozen=True)
class Package:
    """The parts of a sound package: their entries in the directory by their names, in small letters."""

    data: bytes
    parts: Mapping[str, zipfile.ZipInfo]

    def pieces(self, name: str) -> Iterator[bytes]:
        """The bytes of a part, piece by piece; Refused where they are not what the directory says."""
        return _unpacked(self.data, self.parts[name])


def survey(data: bytes) -> Package:
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
            entries = package.infolist()
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, ValueError, struct.error, OverflowError):
        raise Refused("workbook_broken") from None
    found = Package(data, _directory(entries, len(data)))
    count = _Count()
    for name in found.parts:
        for piece in found.pieces(name):
            if is_markup(name):
                count.feed(piece)
        count.end()
    return found


def is_markup(name: str) -> bool:
    """Whether a part holds XML."""
    return name.endswith((".xml", ".rels", ".vml"))


def _directory(parts: list[zipfile.ZipInfo], size: int) -> dict[str, zipfile.ZipInfo]:
    """Judge what the zip says of itself; the parts by their names."""
    if len(parts) > PARTS_LIMIT:
        raise Refused("workbook_bomb", found=len(parts))
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise Refused("workbook_bomb", found=sum(part.file_size for part in parts) // MEGABYTE)
    names = [_plain(part.filename) for part in parts]
    if len(set(names)) != len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise Refused("workbook_part_twice", found=twice[:80])
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
    return dict(zip(names, parts, strict=True))


def _plain(name: str) -> str:
    """A part's name as every reader must take it: two spellings of one name are one part."""
    return posixpath.normpath("/" + unquote(name).replace("\\", "/").lower()).lstrip("/")


def _unpacked(data: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a part; refused where their number or their checksum is not what the directory says."""
    at = part.header_offset
    if len(data) < at + 30 or data[at : at + 4] != b"PK\x03\x04":
        raise Refused("workbook_broken")
    name, extra = struct.unpack("<HH", data[at + 26 : at + 30])
    start = at + 30 + name + extra
    packed = memoryview(data)[start : start + part.compress_size]
    left, check = part.file_size, 0
    for piece in _inflated(packed, part):
        left -= len(piece)
        if left < 0:
            raise Refused("workbook_bomb", found=part.filename)
        check = zlib.crc32(piece, check)
        yield piece
    if left or check != part.CRC:
        raise Refused("workbook_altered", found=part.filename[:80])


def _inflated(packed: memoryview, part: zipfile.ZipInfo) -> Iterator[bytes]:
    if part.compress_type == zipfile.ZIP_STORED:
        for at in range(0, len(packed), _STEP):
            yield bytes(packed[at : at + _STEP])
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise Refused("workbook_broken")
    inflate = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _STEP):
            rest = bytes(packed[at : at + _STEP])
            while rest and not inflate.eof:
                piece = inflate.decompress(rest, MEGABYTE)
                rest = inflate.unconsumed_tail
                yield piece
    except zlib.error:
        raise Refused("workbook_broken") from None


class _Count:
    """Counts elements and cells over all parts; an element cut in two by the end of a piece counts once."""

    def __init__(self) -> None:
        self.tags = self.cells = 0
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        self.tags += piece.count(b"<")
        text = self._rest + piece.replace(b"\0", b"")
        last = text.rfind(b"<", max(0, len(text) - 100))
        self._rest = text[last:] if last >= 0 else b""
        self.cells += sum(1 for _ in _CELL.finditer(text, 0, last if last >= 0 else len(text)))
        if self.cells > CELLS_LIMIT:
            raise Refused("workbook_cells", limit=CELLS_LIMIT)
        if self.tags > TAGS_LIMIT:
            raise Refused("workbook_bomb", found=self.tags)

    def end(self) -> None:
        self.cells += bool(_CELL.match(self._rest))
        self._rest = b""


class Walker:
    """Walks through one XML part with expat; subclasses look at what they need. Entities are refused, depth bounded.

    Names are told without their namespace. Where a subclass names its `spaces`, an element of any other is no element
    of it, whatever its name: it is told by an empty one.
    """

    spaces: tuple[str, ...] = ()

    def __init__(self) -> None:
        self.depth = 0
        self.words: list[str] = []
        self.met: set[str] = set()
        self._names: dict[str, str] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._down
        self.parser.EndElementHandler = self._up

    def walk(self, pieces: Iterator[bytes]) -> None:
        """Feed the whole part; Refused where it is no sound XML."""
        try:
            for piece in pieces:
                self.parser.Parse(piece, False)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError):  # not XML, or in no encoding that Python knows
            raise Refused("workbook_broken") from None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def _doctype(self, *_: Any) -> None:
        raise Refused("workbook_entities")

    def _down(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEPTH_LIMIT:
            raise Refused("workbook_broken")
        self.start(self._names.get(name) or self._named(name), attributes)

    def _up(self, name: str) -> None:
        self.depth -= 1
        self.end(self._names.get(name) or self._named(name))

    def _named(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        known = local if not self.spaces or space in self.spaces else ""
        if len(self._names) < _NAMES:
            self._names[name] = known
            self.met.add(space)
        return known
