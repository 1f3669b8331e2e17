"""A paper as one HTML page: the same content, escaped, laid out for A4 when printed and for a telephone when not."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from desk.press.contexts import context
from desk.press.docx import TEMPLATES
from explain.letter import Paper

_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")


def render(paper: Paper, templates: Path = TEMPLATES, lang: str = "zh") -> str:
    """The paper as a page that needs nothing else."""
    return _environment(templates).get_template("paper.html").render(context(paper, lang), lang=lang)


@cache
def _environment(templates: Path) -> Environment:
    made = Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    made.filters["days"] = _days
    return made


def _days(words: str) -> Markup:
    """A text whose days are not broken across lines."""
    return Markup(_DAY.sub(r'<span class="day">\g<0></span>', str(escape(words))))
