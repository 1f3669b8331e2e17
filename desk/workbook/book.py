"""The sheets of a workbook as they stand in its file: each cell with its stored value, and what does not show.

Read with expat, element by element, so that one reader serves Strict and Transitional Open XML (ISO/IEC 29500), finds
an error under its own name, knows a formula without a stored value from one whose value is an empty text, and takes no
more memory than there are cells.
"""

from __future__ import annotations

from dataclasses import dataclass

from desk.workbook.frame import Frame, Types, parts
from desk.workbook.gate import Package, Refused, Walker, is_markup, survey
from desk.workbook.page import Page, Sheet
from desk.workbook.remarks import remarks
from desk.workbook.sharedtexts import SharedTexts
from desk.workbook.styles import Styles

AREA_LIMIT = 4_000_000
"""Cells between the first and the last used one, over all sheets."""


@dataclass(frozen=True)
class Book:
    """A workbook read whole; `strict` where it is Strict Open XML."""

    package: Package
    pages: tuple[Page, ...]
    strict: bool


def read(data: bytes) -> Book:
    """Every sheet of a workbook's bytes; Refused where they are none that may be opened."""
    package = survey(data)
    texts, styles, frame = SharedTexts(), Styles(), Frame()
    main, targets = parts(package)
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
        (Types() if name == "[content_types].xml" else Walker()).walk(package.pieces(name))
    for name, (title, hidden) in sheets.items():
        sheet = Sheet(Page(title, hidden), texts.found, known, frame.from_1904)
        sheet.walk(package.pieces(name))
        sheet.page.remarks = remarks(package, name)
        area += (sheet.last_row + 1) * (sheet.last_column + 1)
        if area > AREA_LIMIT:
            raise Refused("workbook_area", limit=AREA_LIMIT)
        pages.append(sheet.page)
    return Book(package, tuple(pages), frame.strict)
