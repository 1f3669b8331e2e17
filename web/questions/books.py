"""Workbooks out: empty, filled with a version and bearing its hash, or given back with bad cells marked."""

from __future__ import annotations

from typing import Any

from desk import workbook as books
from engine import read
from engine.errors import CaseError
from web.questions.known import case


def template(city: str, lang: str) -> bytes:
    """An empty workbook for a city."""
    return books.template(city, lang)


def workbook(facts: str, lang: str, version: str) -> bytes:
    """A version as a workbook that bears its hash."""
    return books.workbook(case(facts), lang, version)


def marked(name: str, data: bytes, lang: str) -> tuple[bytes, list[str]] | None:
    """A workbook with a mark on each bad cell, and what of it could not be kept; None where it cannot be opened."""
    problems: list[Any] = []
    try:
        read({name: data})
    except CaseError as error:
        problems = [books.plain(one, lang) for one in error.problems if one.place.cell]
    try:
        made, lost = books.marked(data, problems, lang)
    except books.Refused:
        return None
    return made, list(lost)
