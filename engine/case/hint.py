"""A hint (请核对): something well formed that may still be a slip. It decides nothing and changes no exit code."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import PurePath

from engine.errors import Place


@dataclass(frozen=True)
class Hint:
    """One thing to look at again: its kind, whom it is about, where it stands, what was found, what may be meant.

    `found` and `meant` are values of the case, in no language; `meant` is empty where nobody can guess it. A reader of
    files notes the kinds that only it can see (`Source.hints`); the others are found by `engine.compare.hints`.
    """

    kind: str
    ids: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    found: str = ""
    meant: str = ""

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key: kind, identifiers, then place and what was found."""
        return (self.kind, self.ids, self.place.order, self.found, self.meant)

    @property
    def where(self) -> str:
        """The place without its folder: `case.xlsx 申报单位!B3`, `case.lp:14`."""
        name = PurePath(self.place.file).name
        if self.place.sheet is not None:
            at = self.place.sheet + (f"!{self.place.cell}" if self.place.cell is not None else "")
            return f"{name} {at}".strip()
        return str(replace(self.place, file=name))

    def as_dict(self) -> dict[str, object]:
        """The hint as JSON gives it."""
        return {
            "kind": self.kind,
            "ids": list(self.ids),
            "place": self.where,
            "found": self.found,
            "meant": self.meant,
        }
