"""A Word package in memory: what no paper changes of a template is read, and packed, once a process."""

from __future__ import annotations

import zipfile
import zlib
from functools import lru_cache
from io import BytesIO
from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import Unmarshaller
from docx.opc.part import Part, PartFactory
from docx.opc.pkgreader import PackageReader
from docx.opc.pkgwriter import PackageWriter
from docx.package import Package

KEPT = 16
"""So many templates are kept as they were read: each kind of paper has one."""
_PARTS = 16 * KEPT
"""So many parts of them are kept as they are packed: a template has about fifteen that no paper changes."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
_WRITTEN = frozenset(
    {
        CONTENT_TYPE.WML_DOCUMENT_MAIN,
        CONTENT_TYPE.WML_HEADER,
        CONTENT_TYPE.WML_FOOTER,
        CONTENT_TYPE.OPC_CORE_PROPERTIES,
    }
)
"""What a paper is written in; of the other parts only footnotes are filled, which python-docx takes as bytes."""


made: Any = PartFactory
"""What makes a part of its name, content type, relation, bytes and package; python-docx gives types to some of this."""
_reader: Any = PackageReader
_writer: Any = PackageWriter
_joined: Any = Unmarshaller


class _Still(Part):
    """A part that no paper changes, as the library writes it."""


def opened(template: bytes) -> Any:
    """The document of a template, each time a new one.

    Raises what python-docx and zipfile raise where it is none.
    """
    package: Any = Package()
    _joined.unmarshal(_read(template), package, _part)
    part = package.main_document_part
    if part.content_type != CONTENT_TYPE.WML_DOCUMENT_MAIN:
        raise ValueError(f"not a Word file, content type is '{part.content_type}'")
    return part.document


@lru_cache(KEPT)
def _read(template: bytes) -> Any:
    return _reader.from_file(BytesIO(template))


def _part(name: Any, content_type: str, reltype: str, blob: bytes, package: Any) -> Any:
    if content_type in _WRITTEN or reltype == RELATIONSHIP_TYPE.IMAGE:
        return made(name, content_type, reltype, blob, package)
    return _Still(name, content_type, _settled(name, content_type, reltype, blob), package)


@lru_cache(_PARTS)
def _settled(name: Any, content_type: str, reltype: str, blob: bytes) -> bytes:
    """A part as the library writes it."""
    written: bytes = made(name, content_type, reltype, blob, None).blob
    return written


def packed(document: Any) -> bytes:
    """A document as a file, its parts dated alike: the same paper gives the same bytes."""
    package = document.part.package
    parts, out = package.parts, BytesIO()
    for part in parts:
        part.before_marshal()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        writer = _Writer(file, {part.blob for part in parts if isinstance(part, _Still)})
        _writer._write_content_types_stream(writer, parts)
        _writer._write_pkg_rels(writer, package.rels)
        _writer._write_parts(writer, parts)
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    """The same package with its parts dated alike."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in package.namelist():
            written.writestr(_dated(name), package.read(name))
    return out.getvalue()


def _dated(name: str) -> zipfile.ZipInfo:
    part = zipfile.ZipInfo(name, _EPOCH)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


class _Writer:
    """What python-docx writes a package with: parts that stay the same are deflated once a process."""

    def __init__(self, file: zipfile.ZipFile, still: set[bytes]) -> None:
        self._file, self._still = file, still

    def write(self, uri: Any, blob: bytes) -> None:
        """Write one part, or the relations of one."""
        name = _dated(uri.membername)
        if blob in self._still:
            self._put(name, blob, *_deflated(blob))
        else:
            self._file.writestr(name, blob)

    def _put(self, part: zipfile.ZipInfo, blob: bytes, checksum: int, data: bytes) -> None:
        """Write a part that is deflated already as `writestr` writes others; the last one written is another."""
        file = self._file
        assert file.fp is not None
        part.CRC, part.file_size, part.compress_size = checksum, len(blob), len(data)
        part.external_attr, part.header_offset = 0o600 << 16, file.start_dir
        file.fp.seek(file.start_dir)
        file.fp.write(part.FileHeader(zip64=False))
        file.fp.write(data)
        file.filelist.append(part)
        file.NameToInfo[part.filename] = part
        file.start_dir = file.fp.tell()


@lru_cache(_PARTS)
def _deflated(blob: bytes) -> tuple[int, bytes]:
    """The checksum of a part, and the part as zipfile deflates it."""
    made = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.crc32(blob), made.compress(blob) + made.flush()
