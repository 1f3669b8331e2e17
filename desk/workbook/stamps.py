"""The version that a workbook was given out for: a custom property of the file, which office programs keep."""

from __future__ import annotations

from desk.workbook.gate import Refused, Walker, survey

VERSION = "pingjiang-version"
_PART = "docprops/custom.xml"


def stamp(data: bytes) -> str:
    """The hash that a workbook bears; empty where it bears none, or may not be opened."""
    try:
        package = survey(data)
        if _PART not in package.parts:
            return ""
        found = _Properties()
        found.walk(package.pieces(_PART))
    except Refused:
        return ""
    return found.values.get(VERSION, "")[:64]


class _Properties(Walker):
    """The custom properties of a workbook, as text by name."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._name = ""
        self.parser.CharacterDataHandler = self._text

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "property":
            self._name = attributes.get("name", "")

    def _text(self, words: str) -> None:
        self.values[self._name] = self.values.get(self._name, "") + words.strip()
