"""The sample round as a workbook that tests change, and what the reader makes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl

import desk  # registers the reader
import engine
from desk.workbook import words
from desk.workbook.layout import sheets
from desk.workbook.reader import read as reading
from desk.workbook.writer import write
from engine.case.source import Source
from engine.errors import Problem, Problems
from engine.facts.vocabulary import Fact, text
from engine.law.statutes import RULES
from engine.words.catalogues import LANGUAGES

assert desk.__doc__
SAMPLE = RULES.parent / "facts" / "jiyuan-6"


@cache
def facts() -> tuple[Fact, ...]:
    return engine.load(sorted(SAMPLE.glob("*.lp"))).facts


@cache
def base() -> bytes:
    return write(facts())


def leaned(data: bytes) -> bytes:
    """A workbook without its explanations, notes and lists, so that it opens quickly."""
    made = openpyxl.load_workbook(BytesIO(data))
    for name in ("说明", "示例"):
        del made[name]
    for page in made:
        page.data_validations.dataValidation.clear()
        page.column_dimensions.clear()
        page.auto_filter.ref = None
        for cell in page[1]:
            cell.comment = None
    return saved(made)


@cache
def lean() -> bytes:
    """The sample round's, made lean once."""
    return leaned(base())


def book() -> Any:
    """A fresh workbook of the sample round."""
    return openpyxl.load_workbook(BytesIO(lean()))


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def read(made: Any) -> tuple[Source, list[Problem]]:
    """What a workbook says, and every problem of a case that consists of it alone."""
    problems = Problems()
    source = reading("case.xlsx", made if isinstance(made, bytes) else saved(made), problems)
    assert source is not None
    for lack in (one for one in source.lacks if not one.made_good([source])):
        problems.add(lack.problem.code, lack.problem.place, **lack.problem.parameters)
    assert all(problem.line(lang) for problem in problems.all() for lang in LANGUAGES)
    return source, list(problems.all())


def said(source: Source) -> set[str]:
    return {text(Fact(name, row)) for name, rows in source.rows.items() for row in rows}


def left(source: Source) -> list[tuple[str, str, str, str]]:
    """What was not read: sheet, cell, why, what stands there."""
    return [(one.sheet, what.cell, what.why, what.found) for one in source.accounts for what in one.left]


def column(page: Any, header: str) -> int:
    return next(int(c.column) for c in page[1] if str(c.value or "").rstrip("*") == header)


ALL = {text(fact) for fact in facts()}
SHEETS = [words.sheet_name(sheet.name, "zh") for sheet in sheets()]
IN_USE = [name for name in SHEETS if name in book().sheetnames]


def changed(change: Callable[[str, bytes], bytes], made: Any = None) -> bytes:
    """The workbook with its parts changed."""
    from zipfile import ZIP_DEFLATED, ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(saved(made or book()))) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            copy.writestr(name, change(name, package.read(name)))
    return out.getvalue()
