"""What holds the sheets of a workbook together: its own part, the relations of parts, the kinds of content."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from desk.workbook.gate import SHEETS, Package, Refused, Walker


class Relations(Walker):
    def __init__(self, folder: str = "") -> None:
        super().__init__()
        self.folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        id_, target = attributes.get("Id", ""), attributes.get("Target", "")
        if id_ in self.found:
            raise Refused("workbook_broken")
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        whole = target if target.startswith("/") else posixpath.join("/", self.folder, target)
        self.found[id_] = (kind, posixpath.normpath(whole).lstrip("/").lower())


class Types(Walker):
    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("Override", "Default") and "macroenabled" in attributes.get("ContentType", "").lower():
            raise Refused("workbook_macros", found="macroEnabled")


class Frame(Walker):
    """The workbook's own part: its sheets, and from when it counts days."""

    spaces = SHEETS

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str, bool]] = []
        self.from_1904 = False

    @property
    def strict(self) -> bool:
        """Whether it is Strict Open XML."""
        return SHEETS[1] in self.met

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            id_ = next((value for key, value in attributes.items() if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), id_, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in ("1", "true")


def parts(package: Package) -> tuple[str, Mapping[str, tuple[str, str]]]:
    """The part of the workbook itself, and the kind and the part of each of its relations."""
    if "_rels/.rels" not in package.parts:
        raise Refused("workbook_broken")
    relations = Relations()
    relations.walk(package.pieces("_rels/.rels"))
    main = next((part for kind, part in relations.found.values() if kind == "officedocument"), "")
    folder, _, name = main.rpartition("/")
    beside = posixpath.join(folder, "_rels", f"{name}.rels")
    if main not in package.parts or beside not in package.parts:
        raise Refused("workbook_broken")
    inner = Relations(folder)
    inner.walk(package.pieces(beside))
    return main, inner.found
