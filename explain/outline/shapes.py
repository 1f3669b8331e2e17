"""How each kind of item looks: a sign, a shape, a line and a colour, so that no difference rests on colour alone.

The law's own conditions are boxes, what is on file notes, a person's judgment has a double round line, days and
numbers are tabs; what is missing or open is dashed, what stands against the applicant has a heavy line.
explain/catalogue/outline names the kinds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """The sign before the words, Graphviz's shape, colours, style, width and number of lines, Mermaid's brackets."""

    sign: str
    shape: str
    line: str
    fill: str
    style: str = "solid"
    width: float = 1.0
    lines: int = 1
    brackets: tuple[str, str] = ("[", "]")


_NOTE, _HEXAGON, _TAB = (">", "]"), ("{{", "}}"), ("[/", "/]")
LOOKS = {
    "outcome": Look("◆", "box", "#1f2d3d", "#ffffff", "rounded", 2.2, brackets=("(", ")")),
    "barred": Look("§!", "box", "#1d3f66", "#dbe6f2", width=2.4),
    "failed": Look("§-", "box", "#1d3f66", "#dbe6f2", width=2.4),
    "open": Look("§?", "box", "#2b5a8c", "#ffffff", "dashed", 1.6),
    "met": Look("§+", "box", "#2b5a8c", "#e8f0f8"),
    "holds": Look("§", "box", "#2b5a8c", "#e8f0f8"),
    "fails": Look("¬", "box", "#2b5a8c", "#ffffff"),
    "record": Look("■", "note", "#3a6b35", "#e6f2e2", brackets=_NOTE),
    "contrary": Look("×", "note", "#9c2a1f", "#f7dcd6", width=2.2, brackets=_NOTE),
    "missing": Look("□", "note", "#8a6500", "#ffffff", "dashed", 1.4, brackets=_NOTE),
    "judgment": Look("◎", "box", "#6a3d9a", "#efe4f6", "rounded", lines=2, brackets=_HEXAGON),
    "judgment_missing": Look("○", "box", "#6a3d9a", "#ffffff", "rounded,dashed", 1.4, 2, _HEXAGON),
    "expired": Look("▽", "tab", "#a05a00", "#fdecd0", width=2.2, brackets=_TAB),
    "outside": Look("▽", "tab", "#a05a00", "#fdecd0", brackets=_TAB),
    "not_yet": Look("▽", "tab", "#a05a00", "#fdecd0", width=2.2, brackets=_TAB),
    "number": Look("≠", "tab", "#a05a00", "#fdecd0", brackets=_TAB),
    "stated": Look("§=", "box", "#2b5a8c", "#f4f4f4"),
    "not_stated": Look("¬=", "box", "#2b5a8c", "#f4f4f4", "dotted"),
    "choice": Look("◇", "folder", "#555555", "#f4f4f4"),
    "reading": Look("¶", "folder", "#555555", "#f4f4f4"),
    "limit": Look("!", "octagon", "#000000", "#dddddd", "dashed", 2.2),
}
"""By kind of item (explain.outline.KINDS)."""
