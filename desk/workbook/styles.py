"""Which cell styles show a date without its year, month or day: what a person wrote there was not a whole day.

Excel turns “2025年9月” into the first of the month and shows it as it was typed; only the number format still tells.
"""

from __future__ import annotations

import re

_BUILT_IN = {
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "yyyy m"),
    **dict.fromkeys((16, 28, 29, 51, 53, 54, 58), "m d"),
}
"""The formats that a workbook names by number only, in their Chinese form."""


def partial(code: str) -> bool:
    """Whether a number format shows a date, but not all of year, month and day."""
    shown = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', "", code.split(";")[0]).lower()
    if "general" in shown:
        return False
    year, month, day = "y" in shown or "e" in re.sub(r"e[+-]", "", shown), "m" in shown, "d" in shown
    timed = "h" in shown or "s" in shown
    dated = year or day or (month and not timed)
    return dated and not (year and month and day)


class Styles:
    """Collects a workbook's number formats; `partial` are the styles of cells that show part of a date."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._formats: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            self._formats.append(attributes.get("numFmtId", ""))

    def end(self, name: str) -> None:
        """An element ends."""
        self._inside = self._inside and name != "cellXfs"

    def partial(self) -> frozenset[str]:
        """The numbers of the styles, as cells name them."""
        return frozenset(str(at) for at, number in enumerate(self._formats) if partial(self._code(number)))

    def _code(self, number: str) -> str:
        built_in = _BUILT_IN.get(int(number)) if number.isascii() and number.isdecimal() else None
        return self._codes.get(number, built_in or "General")
