"""A paper as one HTML page: the same content, escaped, laid out for A4 when printed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from desk.press.contexts import context
from desk.press.docx import TEMPLATES
from explain.letter import Paper


def render(paper: Paper, templates: Path = TEMPLATES, lang: str = "zh") -> str:
    """The paper as a page that needs nothing else."""
    return _environment(templates).get_template("paper.html").render(context(paper, lang), lang=lang)


@cache
def _environment(templates: Path) -> Environment:
    return Environment(loader=FileSystemLoader(templates), autoescape=True, trim_blocks=True, lstrip_blocks=True)
