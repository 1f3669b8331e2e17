"""Workbooks out: empty, filled with a version and bearing its hash, or given back with bad cells marked."""

from __future__ import annotations

from typing import Any

from desk import workbook as books
from engine import read
from engine.case import Mend
from engine.errors import CaseError
from web.questions.known import case


def template(city: str, lang: str) -> bytes:
    """An empty workbook for a city."""
    return books.template(city, lang)


def workbook(facts: str, lang: str, version: str) -> bytes:
    """A version as a workbook that bears its hash."""
    return books.workbook(case(facts), lang, version)


def marked(name: str, data: bytes, lang: str, mends: list[dict[str, str]]) -> tuple[bytes, list[str]] | None:
    """A workbook with a mark on each bad cell and on what is read as something else, and what of it could not be kept.

    None where it cannot be opened.
    """
    problems: list[Any] = []
    try:
        pile = read({name: data}, mends=[Mend(**mend) for mend in mends]).pile
    except CaseError as error:
        problems = [books.plain(one, lang) for one in error.problems if one.place.cell]
        pile = error.pile
    mended = [one for source in (pile.sources if pile else ()) for one in source.mended]
    try:
        made, lost = books.marked(data, problems, lang, mended)
    except books.Refused:
        return None
    return made, list(lost)
