"""The comments that people put on cells: who wrote one, on which cell, in what words."""

from __future__ import annotations

import posixpath

from desk.workbook.frame import Relations
from desk.workbook.gate import SHEETS, Package, Refused, Walker
from desk.workbook.page import position
from desk.workbook.sharedtexts import decoded

REMARKS_LIMIT = 10_000
AUTHOR = "pingjiang"
"""The author of the program's own comments, which mark bad cells."""
OWN = "\n\n" + "※ "
"""What stands between a cell's own comment and the program's."""
_SHOWN = 500


class _Comments(Walker):
    spaces = SHEETS

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[tuple[int, int], str] = {}
        self.parser.CharacterDataHandler = self.words.append
        self._authors: list[str] = []
        self._text: list[str] = []
        self._at = self._by = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            self._at, self._by, self._text = attributes.get("ref", ""), attributes.get("authorId", ""), []
        elif name in ("t", "author"):
            self.words.clear()

    def end(self, name: str) -> None:
        if name == "author":
            self._authors.append("".join(self.words))
        elif name == "t":
            self._text += self.words
        elif name == "comment":
            self._keep(decoded("".join(self._text)))
        self.words.clear()

    def _keep(self, told: str) -> None:
        known = dict(enumerate(self._authors))
        author = known.get(int(self._by), "") if self._by.isascii() and self._by.isdecimal() else ""
        if author.startswith(AUTHOR):
            told = told.rpartition(OWN)[0]
        if told.strip():
            self.found[position(self._at)] = told.strip()[:_SHOWN]
        if len(self.found) > REMARKS_LIMIT:
            raise Refused("workbook_bomb", found=len(self.found))


def remarks(package: Package, sheet: str) -> dict[tuple[int, int], str]:
    """The comments on a sheet's cells, by row and column from 0; those of the program itself are left out."""
    folder, _, name = sheet.rpartition("/")
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if beside not in package.parts:
        return {}
    relations = Relations(folder)
    relations.walk(package.pieces(beside))
    found: dict[tuple[int, int], str] = {}
    for kind, part in relations.found.values():
        if kind == "comments" and part in package.parts:
            comments = _Comments()
            comments.walk(package.pieces(part))
            found |= comments.found
    return found
