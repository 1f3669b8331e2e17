"""Rows of a workbook: notes, sums and lone identifiers told from records; what does not show, lost digits, errors."""

from __future__ import annotations

import openpyxl
import pytest

from desk.workbook.reader import read as reading
from desk.workbook.writer import write
from engine.case.hint import Hint
from engine.case.source import Left
from engine.errors import Place, Problems
from engine.facts.vocabulary import Fact
from tests.sample_workbook import (
    ALL,
    book,
    column,
    facts,
    left,
    read,
    said,
)

NOTES = [
    ("评审专家", {1: "注：带*者为组长"}, "note"),
    ("评审专家", {1: "以上专家均已签署承诺书"}, "note"),
    ("评审专家", {1: "合计", 2: "15人"}, "sum"),
    ("评审专家", {2: "共15人"}, "sum"),
    ("评审专家", {1: "填表人：张三", 4: "审核人：李四", 7: "日期：2025-10-01"}, "note"),
    ("申报单位", {1: "合计", 12: 7200}, "sum"),
    ("申报单位", {1: "* 为必填"}, "note"),
    ("评分", {1: "平均分", 2: 842.3333}, "sum"),
    ("评分", {1: "最高分", 2: 900}, "sum"),
    ("不良记录", {1: "说明：本表由各部门反馈汇总"}, "note"),
    ("不良记录", {3: "以下空白"}, "note"),
    ("证书", {1: "共36张"}, "sum"),
    ("认定意见", {1: "备注"}, "note"),
    ("利害关系", {1: "以上利害关系由专家本人申报，未经核实。"}, "note"),
]


@pytest.mark.parametrize(("sheet", "cells", "why"), NOTES, ids=range(len(NOTES)))
def test_a_note_or_a_sum_is_no_record(sheet: str, cells: dict[int, object], why: str) -> None:
    made = book()
    row = made[sheet].max_row + 2
    for at, value in cells.items():
        made[sheet].cell(row, at, value)
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert [(one[0], one[2]) for one in left(source)] == [(sheet, why)]


@pytest.mark.parametrize("sheet", ["申报单位", "评审专家", "不良记录", "认定意见"])
def test_a_note_across_the_table_is_one_note(sheet: str) -> None:
    """Merged over all columns it is not read as if each of them held it."""
    made = book()
    row = made[sheet].max_row + 1
    made[sheet].cell(row, 1, "注：以上专家均已签署承诺书")
    made[sheet].merge_cells(start_row=row, end_row=row, start_column=1, end_column=9)
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert left(source) == [(sheet, f"A{row}", "note", "注：以上专家均已签署承诺书")]


def test_headers_said_again_are_no_record() -> None:
    """As on every page of a printed table; what stands under them is read."""
    made = book()
    page = made["不良记录"]
    page.insert_rows(3)
    for at, cell in enumerate(page[1], 1):
        page.cell(3, at).value = cell.value
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert left(source) == [("不良记录", "A3", "headers", page["A1"].value)]


def test_what_stands_beside_a_table_is_told_where_it_stands() -> None:
    made = book()
    made["不良记录"]["AD3"] = "责任尚有争议"
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert left(source) == [("不良记录", "AD3", "outside", "责任尚有争议")]


ALONE = [
    ("评审专家", "R77", {'reviewer("R77")'}),
    ("认定意见", "J01", set()),
    ("不良记录", "J05", set()),
    ("评分", "J01", set()),
]


@pytest.mark.parametrize(("sheet", "id_", "more"), ALONE, ids=[sheet for sheet, _, _ in ALONE])
def test_an_identifier_alone_is_said(sheet: str, id_: str, more: set[str]) -> None:
    made = book()
    row = made[sheet].max_row + 1
    made[sheet].cell(row, 1, id_)
    source, problems = read(made)

    assert (said(source), problems) == (ALL | more, [])
    place = Place("case.xlsx", sheet=sheet, cell=f"A{row}")
    assert source.hints == [Hint("row_without_content", (id_,), place, id_)]


@pytest.mark.parametrize(
    "id_",
    ["合计", "注：一", "Ò00000\x0300", "%* no comment", "本案没有证书", "以上海某某为名的一位评审专家，姓名从略。"],
)
def test_an_identifier_that_reads_like_a_remark_is_kept(id_: str) -> None:
    """The writer puts it in quotation marks, and what stands in quotation marks is no remark."""
    problems = Problems()
    source = reading("case.xlsx", write([Fact("round", ("jiyuan", 6, 20250930)), Fact("reviewer", (id_,))]), problems)

    assert source is not None
    assert (source.rows["reviewer"], problems.all()) == ([(id_,)], ())


def test_an_applicant_without_its_kind_is_told_where_it_lacks() -> None:
    made = book()
    made["申报单位"]["B3"] = None
    _, problems = read(made)

    assert [(p.code, p.place.cell, p.parameters["label"]) for p in problems] == [("cell_missing", "B3", "申报类型")]


def test_what_does_not_show_is_read_and_hinted_at() -> None:
    made = book()
    page = made["申报单位"]
    for row in (4, 5, 8):
        page.row_dimensions[row].hidden = True
    page["D10"].font = openpyxl.styles.Font(strike=True)
    page.column_dimensions["L"].hidden = True
    made["不良记录"].sheet_state = "hidden"
    source, problems = read(made)
    found = sorted((hint.kind, hint.where.removeprefix("case.xlsx "), hint.ids) for hint in source.hints)

    assert (said(source), problems) == (ALL, [])
    assert found == [
        ("row_hidden", "不良记录", ()),
        ("row_hidden", "申报单位!A4:A5", ("J03", "J04")),
        ("row_hidden", "申报单位!A8", ("J07",)),
        ("row_hidden", "申报单位!L1", ()),
        ("struck_out", "申报单位!D10", ("J09",)),
    ]


def test_the_account_names_rows_and_columns() -> None:
    made = book()
    made["申报单位"].cell(1, 60).value = "备注"
    made["申报单位"]["BH3"] = "已到场核实"
    source, problems = read(made)
    account = next(one for one in source.accounts if one.sheet == "申报单位")

    assert problems == []
    assert (account.read, account.rows, account.columns) == (True, 16, len(book()["申报单位"][1]))
    assert account.left == (Left("BH1", "column", "备注"),)


# Content that is no content -----------------------------------------------------------------------

PLACEHOLDERS = [
    "无",
    "/",
    "／",
    "—",
    "——",
    "-",
    "待补",
    "暂无",
    "不详",
    "同上",
    "N/A",
    "……",
    "未知",
    "×",
    "？",
    "0",
    "待核实",
    "\\",
]


def test_a_placeholder_is_no_document() -> None:
    """Where a document or its number is asked for; a row each."""
    made = book()
    page = made["证书"]
    rows = range(2, 2 + len(PLACEHOLDERS))
    for row, word in zip(rows, PLACEHOLDERS, strict=True):
        page.cell(row, column(page, "发证机构")).value = word
        page.cell(row, column(page, "证书编号")).value = word
    source, problems = read(made)
    hinted = {hint.place.cell for hint in source.hints if hint.kind == "placeholder"}

    assert problems == []
    assert hinted == {page.cell(row, column(page, one)).coordinate for row in rows for one in ("发证机构", "证书编号")}
    assert not {word for row in source.rows["source"] for word in row[1:]} & {*PLACEHOLDERS}


def test_digits_that_are_lost_are_not_printed() -> None:
    """A number of eighteen digits is kept with fifteen: no paper cites the rest, which is invented."""
    made = book()
    page = made["不良记录"]
    number = column(page, "依据文号")
    row = next(row for row in range(2, page.max_row + 1) if page.cell(row, number).value)
    page.cell(row, number).value = 123456789012345678
    source, problems = read(made)
    numbers = {row[0]: row[2] for name, row in facts() if name == "source"}
    (fact,) = (row[0] for row in source.rows["source"] if row[2] != numbers[row[0]])

    assert problems == []
    assert [(hint.kind, hint.found) for hint in source.hints] == [("lost_digits", "1.23456789012346e+17")]
    assert [row[2] for row in source.rows["source"] if row[0] == fact] == [""]


LINES: list[tuple[str, str, str]] = [
    ("虚构克井\n化工有限公司", "虚构克井化工有限公司", "name"),
    ("虚构克井 \r\n 化工有限公司", "虚构克井化工有限公司", "name"),
    ("Kejing\nChemical", "Kejing Chemical", "name"),
    ("\n虚构克井化工\n有限公司\n", "虚构克井化工有限公司", "name"),
]


@pytest.mark.parametrize(("written", "meant", "predicate"), LINES)
def test_a_line_break_is_no_part_of_a_name(written: str, meant: str, predicate: str) -> None:
    made = book()
    page = made["申报单位"]
    page.cell(9, column(page, "单位名称")).value = written
    source, problems = read(made)

    assert problems == []
    assert ("J08", meant) in source.rows[predicate]
    assert [(hint.kind, hint.meant) for hint in source.hints] == [("line_break", meant)]


# Errors of formulas -------------------------------------------------------------------------------

ERRORS = ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"]


PLACES = [
    ("申报单位", "编号"),
    ("申报单位", "自评分"),
    ("申报单位", "自评报告"),
    ("不良记录", "记录类型"),
    ("证书", "发证机构"),
]


@pytest.mark.parametrize(
    ("sheet", "header", "error"), [(*where, error) for where, error in zip(PLACES * 2, ERRORS, strict=False)]
)
def test_an_error_is_told_by_its_own_name(sheet: str, header: str, error: str) -> None:
    made = book()
    page = made[sheet]
    at = page.cell(2, column(page, header))
    at.value, at.data_type = error, "e"
    _, problems = read(made)

    assert [(p.code, p.parameters["found"]) for p in problems if p.place.cell == at.coordinate] == [
        ("cell_error", error)
    ]
