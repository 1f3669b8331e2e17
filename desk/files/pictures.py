"""Pictures of conflicts and panels as SVG, PNG or DOT, by the file's name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import networkx

from engine.errors import UsageError
from explain.show import conflict_graph, draw, panel_dot, panel_graph

if TYPE_CHECKING:
    from engine.draw import Draw
    from engine.panels import Roster
    from engine.record import Entry

FORMATS = (".svg", ".png", ".dot")


def conflict_picture(roster: "Roster", file: str, lang: str) -> str | bytes:
    """The conflict graph."""
    return _drawn(conflict_graph(roster, lang), file)


def panel_picture(drawn: "Draw", done: "Sequence[Entry]", file: str, lang: str) -> str | bytes:
    """The panel graph, replacements included."""
    return _drawn(panel_graph(drawn, done, lang), file)


def _drawn(graph: networkx.MultiDiGraph, file: str) -> str | bytes:
    suffix = Path(file).suffix.lower()
    words = panel_dot(graph)
    if suffix == ".dot":
        return words
    if suffix == ".svg":
        return draw(words, "svg")
    if suffix == ".png":
        return draw(words, "png")
    raise UsageError("format_unknown", {"found": suffix or file, "known": ", ".join(FORMATS)})
