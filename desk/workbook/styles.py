"""What a cell's style says: whether its number shows a day, a part of a day or a time, and whether it is struck out.

Excel turns “2025年9月” into the first of the month and shows it as it was typed; only the number format still tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from desk.workbook.gate import SHEETS, Refused, Walker

Shown = Literal["number", "day", "part", "time"]
FORMATS_LIMIT = 65_490
"""Styles that Excel itself allows (its specifications and limits)."""
_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((14, 15, 22, 30, 31), "day"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57, 16, 28, 29, 51, 53, 54, 58), "part"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "time"),
}
"""The formats that a workbook names by number only, in their Chinese form."""
_UNSEEN = re.compile(r'(?:\s|"")*(?:;(?:\s|"")*){2,}')
"""A format that shows nothing of any number or text, such as `;;;`."""


def shown(code: str) -> Shown:
    """What a number format makes of a number."""
    section = code.split(";")[0]
    if re.search(r"\[(?:h+|m+|s+)\]", section, re.IGNORECASE):
        return "time"
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", section).lower()
    if "general" in bare:
        return "number"
    year, month, day = "y" in bare or "e" in re.sub(r"e[+-]", "", bare), "m" in bare, "d" in bare
    timed = "h" in bare or "s" in bare
    if year or day or (month and not timed):
        return "day" if year and month and day else "part"
    return "time" if timed else "number"


@dataclass(frozen=True)
class Style:
    """How a cell looks, as far as its content depends on it."""

    shown: Shown = "number"
    struck: bool = False
    hidden: bool = False


class Styles(Walker):
    """Walks through a workbook's styles."""

    spaces = SHEETS

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._fonts: list[bool] = []
        self._formats: list[tuple[str, str]] = []
        self._inside = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
        elif name in ("cellXfs", "fonts"):
            self._inside = name
        elif name == "font" and self._inside == "fonts":
            self._fonts.append(False)
        elif name == "strike" and self._inside == "fonts" and self._fonts:
            self._fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and self._inside == "cellXfs":
            self._formats.append((attributes.get("numFmtId", ""), attributes.get("fontId", "")))
        if max(len(self._codes), len(self._fonts), len(self._formats)) > FORMATS_LIMIT:
            raise Refused("workbook_bomb", found=len(self._formats))

    def end(self, name: str) -> None:
        """An element ends."""
        if name == self._inside:
            self._inside = ""

    def styles(self) -> list[Style]:
        """The styles by the numbers that cells name."""
        struck = {str(at) for at, one in enumerate(self._fonts) if one}
        unseen = {number for number, code in self._codes.items() if _UNSEEN.fullmatch(code)}
        return [Style(self._shown(number), font in struck, number in unseen) for number, font in self._formats]

    def _shown(self, number: str) -> Shown:
        if number in self._codes:
            return shown(self._codes[number])
        return _BUILT_IN.get(int(number), "number") if number.isascii() and number.isdecimal() else "number"
