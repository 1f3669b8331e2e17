"""Columns of a workbook: each accounted for; one that is gone, renamed or not read is told."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from desk.workbook.expected import _first
from desk.workbook.layout import sheets
from desk.workbook.writer import template
from engine.case.hint import Hint
from engine.errors import Place
from engine.law.statutes import cities
from tests.sample_workbook import (
    ALL,
    book,
    column,
    read,
    said,
)


def _columns() -> list[tuple[str, str]]:
    made = book()
    return [
        (sheet, str(cell.value).rstrip("*"))
        for sheet, first in (("证书", 0), ("不良记录", 0), ("申报单位", 14), ("年度数据", 6), ("认定意见", 12))
        for cell in made[sheet][1][first:]
        if cell.value
    ]


@pytest.mark.parametrize(("sheet", "header"), _columns())
def test_a_column_that_is_gone_is_a_problem(sheet: str, header: str) -> None:
    """Above all a To: a certificate that has expired is not one that runs on."""
    made = book()
    made[sheet].delete_cols(column(made[sheet], header))
    _, problems = read(made)

    assert ("workbook_column", sheet, header) in [(p.code, p.place.sheet, p.parameters.get("wanted")) for p in problems]


@pytest.mark.parametrize(
    ("sheet", "header", "other"),
    [
        ("证书", "有效期止", "有效期至"),
        ("证书", "有效期起", "有效期自"),
        ("不良记录", "结束日期", "终止日期"),
        ("不良记录", "责任认定", "责任"),
        ("申报单位", "自评分", "自评得分"),
        ("申报单位", "正常运行起始日", "运行起始日期"),
    ],
)
def test_a_header_changed_is_a_problem_that_names_it(sheet: str, header: str, other: str) -> None:
    made = book()
    at = made[sheet].cell(1, column(made[sheet], header))
    at.value = other
    _, problems = read(made)

    assert [(p.code, p.place.cell, p.parameters["wanted"], p.parameters["found"]) for p in problems][:1] == [
        ("workbook_column_near", at.coordinate, header, other)
    ]


HEADERS = [
    "编号（必填）",
    "编号*",
    "编 号",
    "1.编号",
    "编号：",
    "编\n号",
    "编号(如J01)",
    "（1）编号",
    "编号 *（必填）",
    "编号【必填】",
]


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_may_carry_a_remark(header: str) -> None:
    made = book()
    made["申报单位"]["A1"] = header
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])


def test_the_clerk_may_say_that_there_is_no_such_column() -> None:
    made = book()
    page = made["申报单位"]
    page.delete_cols(column(page, "撤回申报"))
    page["A40"] = "本案没有撤回申报"
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert [hint.kind for hint in source.hints] == ["column_missing"]


def test_a_column_that_records_need_cannot_be_said_away() -> None:
    """No column is no empty cell: “本案没有有效期止” does not make certificates run on."""
    made = book()
    page = made["证书"]
    page.delete_cols(column(page, "有效期止"))
    page["A60"] = "本案没有有效期止"
    source, problems = read(made)

    assert [p.code for p in problems] == ["workbook_column_needed"]
    assert "certificate" not in source.rows


def test_a_column_that_cannot_be_read_leaves_no_empty_sheet() -> None:
    """“证书” is not told to be empty where its rows stand there and lack a column."""
    made = book()
    made["证书"].delete_cols(column(made["证书"], "有效期止"))
    source, _ = read(made)

    assert [(one.read, one.rows) for one in source.accounts if one.sheet == "证书"] == [(False, 0)]


def test_a_column_of_ends_without_a_single_one_is_hinted_at() -> None:
    """Emptied under its header, it would make every certificate run on."""
    made = book()
    page = made["证书"]
    for row in range(2, page.max_row + 1):
        page.cell(row, column(page, "有效期止")).value = None
    source, problems = read(made)

    assert problems == []
    assert source.hints == [Hint("column_empty", (), Place("case.xlsx", sheet="证书", cell="D1"), "有效期止")]


def test_a_column_that_this_workbook_was_not_given_is_suggested() -> None:
    """The clerk adds what other workbooks have, under a name of his own: it is not read, and said so."""
    made = book()
    del made["选项"]
    page = made["申报单位"]
    at = page.cell(1, column(page, "统一社会信用代码"))
    at.value = "统一社会信用代码证"
    source, problems = read(made)

    assert problems == []
    assert [(hint.kind, hint.place.cell, hint.found, hint.meant) for hint in source.hints] == [
        ("column_missing", at.coordinate, "统一社会信用代码证", "统一社会信用代码")
    ]


@pytest.mark.parametrize("city", cities())
def test_a_workbook_says_itself_which_columns_it_has(city: str) -> None:
    """What was given out must come back: also a column that an older edition does not know."""
    made = openpyxl.load_workbook(BytesIO(template(city)))
    page = made["申报单位"]
    page.delete_cols(column(page, "统一社会信用代码"))
    _, problems = read(made)

    assert ("workbook_column", "统一社会信用代码") in [(p.code, p.parameters.get("wanted")) for p in problems]


@pytest.mark.parametrize("city", [*cities(), None])
def test_an_older_workbook_is_taken_for_the_first_edition(city: str | None) -> None:
    """Its list of columns is gone or was never there: columns that came later are not missed."""
    known = {sheet.name: {one.key for one in sheet.columns} for sheet in sheets()}

    assert all(keys <= known[name] for name, keys in _first(city).items())
    assert "credit_code.code" not in _first(city)["applicants"]
    made = openpyxl.load_workbook(BytesIO(template("jiyuan")))
    del made["选项"]
    page = made["申报单位"]
    page.delete_cols(column(page, "统一社会信用代码"))
    del made["理由"]
    assert [p.code for p in read(made)[1] if p.code.startswith("workbook")] == []
