"""A workbook of few facts that tests change cell by cell, and what the reader makes of it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import openpyxl

from desk.workbook.reader import read as reading
from desk.workbook.writer import write
from engine.case.source import Left, Source
from engine.errors import Problem, Problems
from engine.facts.vocabulary import Fact, text
from engine.words.catalogues import LANGUAGES
from tests.sample_workbook import leaned, saved

FACTS = [
    Fact("round", ("jiyuan", 6, 20250930)),
    Fact("applicant", ("J01", "organization")),
    Fact("name", ("J01", "虚构甲")),
    Fact("legal_form", ("J01", "legal_person")),
    Fact("operating_since", ("J01", 20100601)),
    Fact("self_score", ("J01", 600)),
    Fact("score", ("J01", "842.50")),
    Fact("certificate", ("J01", "qms", 20240101, 20270101)),
    Fact("accounts", ("J01", 2024, "profit")),
    Fact("finding", ("J01", "innovation", "yes")),
    Fact("accident", ("J01", "safety", "general", "liable", 20240506)),
    Fact("awarded", ("J01", "nomination", 3, 20191120)),
]


@cache
def base() -> bytes:
    return write(FACTS)


@cache
def lean() -> bytes:
    """The same without its explanations, notes and lists, so that it opens quickly."""
    return leaned(base())


def book() -> Any:
    """A fresh workbook of the facts above."""
    return openpyxl.load_workbook(BytesIO(lean()))


def cell(made: Any, sheet: str, header: str, row: int = 2) -> Any:
    """The cell of a row under a header."""
    column = next(c.column for c in made[sheet][1] if str(c.value or "").rstrip("*") == header)
    return made[sheet].cell(row, column)


def source(data: bytes) -> tuple[Source, list[Problem]]:
    """A workbook as it is read, and its problems."""
    problems = Problems()
    found = reading("case.xlsx", data, problems)
    assert found is not None
    assert all(problem.line(lang) for problem in problems.all() for lang in LANGUAGES)
    return found, list(problems.all())


def read(data: bytes) -> tuple[set[str], list[Problem], list[Left]]:
    """Facts as text, problems, what was left."""
    found, problems = source(data)
    facts = {text(Fact(name, row)) for name, rows in found.rows.items() for row in rows}
    return facts, problems, [left for account in found.accounts for left in account.left]


def put(sheet: str, header: str, value: object) -> tuple[bytes, str]:
    """The workbook with one cell changed, and where that cell is."""
    made = book()
    changed = cell(made, sheet, header)
    changed.value = value
    return saved(made), f"{sheet}!{changed.coordinate}"
