"""What a reader of files took in and what it left, sheet by sheet: nothing of a workbook is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from engine.errors import Problem

if TYPE_CHECKING:
    from engine.case.pile import Pile


@dataclass(frozen=True)
class Left:
    """Something that was not read: where it stands, why it was left (`note`, `sum`, `column`, …), what stands there."""

    cell: str
    why: str
    found: str = ""


@dataclass(frozen=True)
class Account:
    """One sheet of a file: whether it was read, how many of its rows and columns, and what of it was left."""

    file: str
    sheet: str
    read: bool
    rows: int = 0
    columns: int = 0
    left: tuple[Left, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The account as JSON gives it; the file without its folder."""
        return {
            "file": PurePath(self.file).name,
            "sheet": self.sheet,
            "read": self.read,
            "rows": self.rows,
            "columns": self.columns,
            "left": [{"cell": left.cell, "why": left.why, "found": left.found} for left in self.left],
        }


@dataclass(frozen=True)
class Lack:
    """What a file should hold and does not: a problem, unless the other files of the case make it good."""

    problem: Problem
    made_good: Callable[[Pile], bool]
