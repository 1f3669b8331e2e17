"""Which columns a workbook should have: those it was given out with, which it says itself or its edition says."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from desk.workbook import words
from desk.workbook.asked import layout
from desk.workbook.layout import Sheet, sheets
from desk.workbook.page import Page
from engine.facts import PREDICATES
from engine.law import cities
from engine.words import by_regulation

LIST = "pingjiang"
"""The head of the list of columns on the hidden sheet of lists."""
_EDITION = Path(__file__).with_name("edition.toml")

Columns = Mapping[str, frozenset[str]]
"""The keys of the columns that each sheet should have, by the sheet's own name."""


def listed(given: Iterable[Sheet]) -> Iterator[str]:
    """What the hidden sheet says of the workbook's columns, one a line."""
    yield LIST
    for sheet in given:
        yield from (f"{sheet.name} {column.key}" for column in sheet.columns)


def expected(pages: Iterable[Page]) -> Columns:
    """The columns by what the workbook says of itself; else those of the first edition that its city asks for."""
    pages = tuple(pages)
    for page in pages:
        if words.folded(page.name) in words.asides() and (said := _said(page)):
            return said
    return _first(round_of(pages) or None)


def _said(page: Page) -> Columns:
    head = page.rows.get(0, {})
    at = next((column for column, cell in head.items() if cell == LIST), None)
    known = {sheet.name: {column.key for column in sheet.columns} for sheet in sheets()}
    found: dict[str, set[str]] = {}
    for row in page.rows.values() if at is not None else ():
        name, _, key = str(row.get(at) if at is not None else "").partition(" ")
        if key in known.get(name, ()):
            found.setdefault(name, set()).add(key)
    return {name: frozenset(keys) for name, keys in found.items()}


@by_regulation
def _first(city: str | None) -> Columns:
    edition = {name: set(keys.split("\n")) for name, keys in tomllib.loads(_EDITION.read_text("utf-8")).items()}
    asked = [
        {sheet.name: {column.key for column in sheet.columns} for sheet in layout(one)}
        for one in ([city] if city else cities())
    ]
    return {
        name: frozenset(keys.intersection(*(each.get(name, set()) for each in asked))) for name, keys in edition.items()
    }


def round_of(pages: Iterable[Page]) -> str:
    """The city that the workbook's round names; empty where it names none that is known."""
    field = PREDICATES["round"].fields[0]
    for page in pages:
        sheet = words.known_sheets().get(words.folded(page.name))
        if sheet is not None and sheet.name == "round":
            for row in page.rows.values():
                for cell in row.values():
                    if isinstance(cell, str) and (city := words.meant(field, cell)):
                        return city
    return ""
