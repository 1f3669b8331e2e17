"""What a cell's style says: whether its number shows a day, a part of a day or a time, whether it is struck out or
cannot be seen, being written in the colour of its ground.

Excel turns “2025年9月” into the first of the month and shows it as it was typed; only the number format still tells.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from desk.workbook.gate import SHEETS, Refused, Walker

Shown = Literal["number", "day", "part", "time"]
FORMATS_LIMIT = 65_490
"""Styles that Excel itself allows (its specifications and limits)."""
_YEAR_MONTH, _MONTH_DAY = 'yyyy"年"m"月"', 'm"月"d"日"'
_IN_PART = {
    "16": "d-mmm",
    "17": "mmm-yy",
    **dict.fromkeys(("27", "36", "50", "52", "57"), _YEAR_MONTH),
    **dict.fromkeys(("28", "29", "51", "53", "54", "58"), _MONTH_DAY),
}
"""The formats of a part of a day that a workbook names by number only, in their Chinese form."""
_BUILT_IN: dict[int, Shown] = {
    **dict.fromkeys((14, 15, 22, 30, 31), "day"),
    **dict.fromkeys(map(int, _IN_PART), "part"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "time"),
}
"""The formats that a workbook names by number only, in their Chinese form."""
_UNSEEN = re.compile(r'(?:\s|"")*(?:;(?:\s|"")*){2,}')
"""A format that shows nothing of any number or text, such as `;;;`."""
_DIGITS = re.compile(r"[#0?,]*?[#0?](?P<thousands>,*)(?:\.(?P<places>[#0?]*))?(?P<after>,*)(?P<percent>%?)")
"""A format of digits alone: thousands left out by commas at the end, decimal places, a percent sign."""
_TIMES = "十百千万亿％"
"""Words in a format that make another number of the digits before them."""
_OF_DAY = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<sign>.)|\[[^\]]*\]|_.|\*.|(?P<run>(?P<letter>[a-z])(?P=letter)*)|(?P<other>.)', re.I
)
"""What a format of a day is made of: words, signs, notes to the program, runs of one letter."""
_PARTS = re.compile(r'(?:^|(?<=;))(?:"[^"]*"|\\.|[^;"\\])*')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne}
"""The parts of a number format, and the condition that one may begin with."""
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_PLAIN = {"1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%"}
"""The formats of digits that a workbook names by number only."""
_BLACK, _WHITE = "000000", "FFFFFF"
_KNOWN = {
    "theme": {"0": _WHITE, "1": _BLACK},
    "indexed": {"0": _BLACK, "8": _BLACK, "64": _BLACK, "1": _WHITE, "9": _WHITE, "65": _WHITE},
}
"""Colours of a scheme that are the same in every workbook; a theme's first two are the paper's and the ink's."""


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
    code: str = ""

    def looks(self, number: float) -> str:
        """What the number format makes of a number, where that is another number; else an empty text."""
        return _looks(self.code, number) if self.code and self.shown == "number" else ""

    def blank(self, number: float) -> bool:
        """Whether the part of the format that is for such a number shows nothing of it, as `0;-0;` shows no nought."""
        return bool(self.code) and self.shown == "number" and not _section(self.code, number).strip(' "')

    def dated(self, day: date) -> str:
        """A day as the format shows it; the whole day where it holds what is not known here."""
        told = ""
        for one in _OF_DAY.finditer(self.code.split(";")[0]):
            run = one["run"]
            told += (_run(run.lower(), day) if run else one["words"] or one["sign"] or one["other"]) or ""
            if run and not _run(run.lower(), day):
                return day.isoformat()
        return told.strip() or day.isoformat()


def _run(letters: str, day: date) -> str:
    """Year, month, day or day of the week, as a run of letters shows it; empty for other letters."""
    at, length = letters[0], len(letters)
    if at == "y":
        return f"{day.year % 100:02}" if length < 3 else str(day.year)
    if at == "e":
        return str(day.year)
    if at == "a" and length > 2:
        return ("星期" if length > 3 else "周") + "一二三四五六日"[day.weekday()]
    if at not in "md":
        return ""
    names, number = (_MONTHS, day.month) if at == "m" else (_WEEKDAYS, day.day)
    name = names[day.month - 1 if at == "m" else day.weekday()]
    return [str(number), f"{number:02}", name[:3], name, name[:1]][min(length, 5) - 1]


def _section(code: str, number: float) -> str:
    """The part of a number format that is for a number: by its own condition ([>500]), else by its sign."""
    parts: list[str] = _PARTS.findall(code)
    conditions = [_CONDITION.search(part) for part in parts[:2]]
    if any(conditions):
        for part, asked in zip(parts, conditions, strict=False):
            if asked and _HOLDS[asked[1]](number, float(asked[2])):
                return part
        return next((part for part, asked in zip(parts, (*conditions, None), strict=False) if not asked), "General")
    at = 0 if number > 0 else 1 if number < 0 else 2
    return parts[at] if at < len(parts) else parts[0]


@lru_cache(10_000)
def _looks(code: str, number: float) -> str:
    """A number as `0`, `0.00`, `#,##0.0`, `0%`, `0,` show it; formats of another make are not judged."""
    section = _section(code, number)
    unit = "".join(re.findall(r'"([^"]*)"', section))
    bare = re.sub(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|[¥$€]', "", section).strip()
    if not bare and unit:
        return unit
    found = _DIGITS.fullmatch(bare)
    if not found:
        return ""
    left_out = len(found["thousands"] or "") + len(found["after"] or "")
    unsigned = number < 0 and section != code  # a part of its own for what is below nought writes no minus by itself
    scaled = (abs(number) if unsigned else number) * 100 ** len(found["percent"]) / 1000**left_out
    places = len(found["places"] or "")
    told = Decimal(repr(scaled)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    other = found["percent"] or any(sign in _TIMES for sign in unit)
    same = abs(float(told) - number) < 10.0**-9 and not other
    return "" if same else f"{told:f}{found['percent']}{unit}"


@dataclass
class _Font:
    struck: bool = False
    colour: str = _BLACK


def _colour(attributes: dict[str, str]) -> str:
    """A colour by one name, as far as it can be told without the theme: light and dark are the first two of each."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    for scheme, known in _KNOWN.items():
        if scheme in attributes and attributes.get("tint", "0") in ("0", "0.0"):
            return known.get(attributes[scheme], f"{scheme} {attributes[scheme]}")
    return " ".join(f"{key} {value}" for key, value in sorted(attributes.items())) or _BLACK


class Styles(Walker):
    """Walks through a workbook's styles."""

    spaces = SHEETS

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._fonts: list[_Font] = []
        self._fills: list[str] = []
        self._formats: list[tuple[str, str, str]] = []
        self._inside = ""
        self._solid = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if name == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
        elif name in ("cellXfs", "fonts", "fills"):
            self._inside = name
        elif self._inside == "fonts":
            self._font(name, attributes)
        elif self._inside == "fills":
            self._fill(name, attributes)
        elif name == "xf" and self._inside == "cellXfs":
            self._formats.append(
                (attributes.get("numFmtId", ""), attributes.get("fontId", ""), attributes.get("fillId", ""))
            )
        if max(len(self._codes), len(self._fonts), len(self._fills), len(self._formats)) > FORMATS_LIMIT:
            raise Refused("workbook_bomb", found=len(self._formats))

    def _font(self, name: str, attributes: dict[str, str]) -> None:
        if name == "font":
            self._fonts.append(_Font())
        elif name == "strike" and self._fonts:
            self._fonts[-1].struck = attributes.get("val", "1") not in ("0", "false")
        elif name == "color" and self._fonts:
            self._fonts[-1].colour = _colour(attributes)

    def _fill(self, name: str, attributes: dict[str, str]) -> None:
        if name == "fill":
            self._fills.append(_WHITE)
        elif not self._fills:
            return
        elif name == "patternFill" and attributes.get("patternType", "none") != "none":
            self._fills[-1] = ""
            self._solid = attributes.get("patternType") == "solid"
        elif name == "fgColor" and not self._fills[-1] and self._solid:
            self._fills[-1] = _colour(attributes)
        elif name == "gradientFill":
            self._fills[-1] = ""

    def end(self, name: str) -> None:
        """An element ends."""
        if name == self._inside:
            self._inside = ""

    def styles(self) -> list[Style]:
        """The styles by the numbers that cells name."""
        fonts = {str(at): one for at, one in enumerate(self._fonts)}
        fills = {str(at): one for at, one in enumerate(self._fills)}
        unseen = {number for number, code in self._codes.items() if _UNSEEN.fullmatch(code)}
        found = []
        for number, name, fill in self._formats:
            font = fonts.get(name, _Font())
            hidden = number in unseen or font.colour == fills.get(fill, _WHITE)
            code = self._codes.get(number) or (_PLAIN | _IN_PART).get(number, "")
            found.append(Style(self._shown(number), font.struck, hidden, code))
        return found

    def _shown(self, number: str) -> Shown:
        if number in self._codes:
            return shown(self._codes[number])
        return _BUILT_IN.get(int(number), "number") if number.isascii() and number.isdecimal() else "number"
