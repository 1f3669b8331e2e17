"""The texts that the cells of a workbook share, each with whether any of it is struck out."""

from __future__ import annotations

import re

from desk.workbook.gate import SHEETS, Refused, Walker

TEXT_LIMIT = 32 * 1024 * 1024
"""Characters of all shared texts."""

_CODED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SharedTexts(Walker):
    """The shared texts, each with whether any of it is struck out; readings in phonetic signs are left out."""

    spaces = SHEETS

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
            text = decoded("".join(self._text))
            self._size += len(text)
            if self._size > TEXT_LIMIT:
                raise Refused("workbook_bomb", found=self._size)
            self.found.append((text, self._struck))
        self.words.clear()


def decoded(text: str) -> str:
    """A text with its `_x000D_` made signs again."""
    return _CODED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
