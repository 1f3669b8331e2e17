"""Pictures of conflicts and panels, written as SVG, PNG or DOT by the file's name."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import networkx

from desk.shell import save
from engine.errors import UsageError
from explain.show import conflict_graph, draw, panel_dot, panel_graph

if TYPE_CHECKING:
    from engine.draw import Draw, Replacement
    from engine.panels import Roster

FORMATS = (".svg", ".png", ".dot")


def save_conflicts(roster: "Roster", file: str, lang: str) -> None:
    """Write the conflict graph."""
    _save(conflict_graph(roster, lang), file)


def save_panels(drawn: "Draw", done: "Sequence[Replacement]", file: str, lang: str) -> None:
    """Write the panel graph, replacements included."""
    _save(panel_graph(drawn, done, lang), file)


def _save(graph: networkx.MultiDiGraph, file: str) -> None:
    suffix = Path(file).suffix.lower()
    words = panel_dot(graph)
    if suffix == ".dot":
        save(Path(file), words)
    elif suffix == ".svg":
        save(Path(file), draw(words, "svg"))
    elif suffix == ".png":
        save(Path(file), draw(words, "png"))
    else:
        raise UsageError("format_unknown", {"found": suffix or file, "known": ", ".join(FORMATS)})
