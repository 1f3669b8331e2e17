"""A paper as PDF without an office suite: the same content, set by typst with a free Chinese font."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from desk.press.contexts import context
from desk.press.docx import TEMPLATES
from engine.errors import UsageError
from explain.letter import Paper


def render(paper: Paper, templates: Path = TEMPLATES, lang: str = "zh") -> bytes:
    """The paper as PDF; UsageError where the extra `pdf` is not installed."""
    if find_spec("typst") is None:
        raise UsageError("pdf_missing")
    typst = import_module("typst")
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        (folder / "paper.typ").write_bytes((templates / "paper.typ").read_bytes())
        (folder / "paper.json").write_text(json.dumps(context(paper, lang), ensure_ascii=False), encoding="utf-8")
        made: bytes = typst.compile(folder / "paper.typ", root=folder, font_paths=_found(tuple(map(str, fonts()))))
    return made


@cache
def _found(places: tuple[str, ...]) -> Any:
    """The fonts of the system and of these folders, looked for once a process: that takes longer than twenty papers."""
    return import_module("typst").Fonts(font_paths=list(places))


def fonts() -> list[Path]:
    """Folders with free Chinese fonts that came with a package; fonts of the system are found by themselves."""
    spec = find_spec("mplfonts")
    places = [Path(place) / "fonts" for place in (spec.submodule_search_locations or [])] if spec else []
    texlive = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
    return [place for place in (*places, texlive) if place.is_dir()]
