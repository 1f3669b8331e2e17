"""Pictures, charts and shapes carried over from one workbook into a copy of it, part by part as they are.

openpyxl, which writes the copy, keeps no shapes, and pictures only where an imaging library is installed. What hangs on
a sheet's drawing (ISO/IEC 29500-1, 12.3.8) is therefore taken over with everything it refers to.
"""

from __future__ import annotations

import posixpath
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from defusedxml import ElementTree as Safe
from lxml import etree

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": _OFFICE.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
    b"http://purl.oclc.org/ooxml/officeDocument/": b"http://schemas.openxmlformats.org/officeDocument/2006/",
}
"""Names of Strict Open XML and what Transitional calls the same (ISO/IEC 29500-4, annex)."""
_REWRITTEN = (
    "comments", "vmldrawing", "sharedstrings", "theme", "calcchain", "styles", "worksheet", "printersettings",
    "core-properties", "extended-properties", "custom-properties", "thumbnail", "officedocument", "chartsheet",
)  # fmt: skip
"""Kinds of parts that the copy has anew, or that hold nothing of the case."""


def transitional(data: bytes) -> bytes:
    """A Strict workbook under the names of Transitional Open XML; any other as it is."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            part = package.read(name)
            if name.lower().endswith((".xml", ".rels")):
                for old, new in _STRICT.items():
                    part = part.replace(old, new)
            copy.writestr(name, part)
    return out.getvalue()


def carried(before: bytes, after: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The copy with the drawings of the original on its sheets; and the kinds of parts that it could not take over."""
    with ZipFile(BytesIO(before)) as old, ZipFile(BytesIO(after)) as new:
        parts = {name: new.read(name) for name in new.namelist()}
        there = _sheets(new)
        taken: set[str] = set()
        for title, part in _sheets(old).items():
            drawing = next((r for r in _relations(old, part) if _kind(r) == "drawing"), None)
            if drawing is not None and title in there:
                target = _target(part, drawing)
                taken |= _take(old, parts, target)
                _hang(parts, there[title], target)
        _declare(old, parts, taken)
        lost = _lost(old, taken)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name, content in parts.items():
            copy.writestr(name, content)
    return out.getvalue(), lost


def _sheets(package: ZipFile) -> dict[str, str]:
    """The part of each sheet by its title."""
    book = "xl/workbook.xml"
    targets = {r.get("Id"): _target(book, r) for r in _relations(package, book)}
    root = Safe.fromstring(package.read(book))
    return {
        str(element.get("name")): targets[element.get(f"{{{_OFFICE}}}id")]
        for element in root.iter()
        if element.tag.endswith("}sheet") and element.get(f"{{{_OFFICE}}}id") in targets
    }


def _beside(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _relations(package: ZipFile, part: str) -> list[Any]:
    if _beside(part) not in package.namelist():
        return []
    return [one for one in Safe.fromstring(package.read(_beside(part))) if one.get("TargetMode") != "External"]


def _kind(relation: Any) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2].lower()


def _target(part: str, relation: Any) -> str:
    target = str(relation.get("Target"))
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def _take(old: ZipFile, parts: dict[str, bytes], part: str) -> set[str]:
    """Copy a part and all it refers to; the names of what was copied."""
    taken: set[str] = set()
    waiting = [part]
    while waiting:
        name = waiting.pop()
        if name in taken or name not in old.namelist():
            continue
        taken.add(name)
        parts[name] = old.read(name)
        if _beside(name) in old.namelist():
            parts[_beside(name)] = old.read(_beside(name))
        waiting += [_target(name, relation) for relation in _relations(old, name)]
    return taken


def _hang(parts: dict[str, bytes], sheet: str, target: str) -> None:
    """Make a sheet of the copy refer to a drawing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    beside = _beside(sheet)
    empty = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()
    relations = etree.fromstring(parts.get(beside, empty), parser)
    id_ = "rIdDrawing"
    etree.SubElement(
        relations, f"{{{_PACKAGE}}}Relationship", Id=id_, Type=f"{_OFFICE}/drawing", Target=f"/{target}"
    )  # fmt: skip
    parts[beside] = etree.tostring(relations, xml_declaration=True, encoding="UTF-8", standalone=True)
    root = etree.fromstring(parts[sheet], parser)
    space = root.tag.partition("}")[0] + "}"
    drawing = etree.Element(f"{space}drawing", {f"{{{_OFFICE}}}id": id_})
    behind = ("legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
              "tableParts", "extLst")  # fmt: skip
    next_ = next((child for child in root if etree.QName(child).localname in behind), None)
    if next_ is None:
        root.append(drawing)
    else:
        next_.addprevious(drawing)
    parts[sheet] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _declare(old: ZipFile, parts: dict[str, bytes], taken: set[str]) -> None:
    """Give the copied parts their content types."""
    name = "[Content_Types].xml"
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    before, now = etree.fromstring(old.read(name), parser), etree.fromstring(parts[name], parser)
    known = {one.get("PartName") or one.get("Extension") for one in now}
    for one in before:
        part, extension = one.get("PartName"), one.get("Extension")
        wanted = (part or "").lstrip("/") in taken or (
            extension is not None and any(name.endswith(f".{extension}") for name in taken)
        )
        if wanted and (part or extension) not in known:
            now.append(one)
    parts[name] = etree.tostring(now, xml_declaration=True, encoding="UTF-8", standalone=True)


def _lost(old: ZipFile, taken: set[str]) -> tuple[str, ...]:
    """The kinds of parts of the original that are neither written anew nor carried over."""
    found = set()
    for name in old.namelist():
        if name.endswith(".rels"):
            folder, _, rest = name.partition("_rels/")
            part = folder + rest.removesuffix(".rels")
            for relation in _relations(old, part):
                if _kind(relation) not in (*_REWRITTEN, "drawing") and _target(part, relation) not in taken:
                    found.add(_kind(relation))
    return tuple(sorted(found))
