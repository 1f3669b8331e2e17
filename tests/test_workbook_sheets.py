"""Sheets, columns and rows of a workbook: each accounted for; no ordinary edit changes a decision in silence."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Color, Font, PatternFill

import desk  # registers the reader
import engine
from desk.workbook import words
from desk.workbook.expected import _first
from desk.workbook.layout import sheets
from desk.workbook.reader import read as reading
from desk.workbook.writer import template, write
from engine.case.hint import Hint
from engine.case.pile import Pile
from engine.case.source import Left, Source
from engine.errors import Place, Problem, Problems
from engine.facts.vocabulary import Fact, text
from engine.law.statutes import RULES, cities
from engine.words.messages import LANGUAGES

assert desk.__doc__
SAMPLE = RULES.parent / "facts" / "jiyuan-6"


@cache
def facts() -> tuple[Fact, ...]:
    return engine.load(sorted(SAMPLE.glob("*.lp"))).facts


@cache
def base() -> bytes:
    return write(facts())


@cache
def lean() -> bytes:
    """The same without its explanations, notes and lists, so that it opens quickly."""
    made = openpyxl.load_workbook(BytesIO(base()))
    for name in ("说明", "示例"):
        del made[name]
    for page in made:
        page.data_validations.dataValidation.clear()
        page.column_dimensions.clear()
        page.auto_filter.ref = None
        for cell in page[1]:
            cell.comment = None
    return saved(made)


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
    pile = Pile([source])
    for lack in (one for one in source.lacks if not one.made_good(pile)):
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


def test_nothing_is_wrong_with_the_sound_one() -> None:
    source, problems = read(base())

    assert (said(source), problems, left(source), source.hints) == (ALL, [], [], [])


# Sheets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sheet", IN_USE)
def test_a_sheet_that_is_gone_is_a_problem(sheet: str) -> None:
    made = book()
    del made[sheet]
    _, problems = read(made)

    assert [(p.code, p.parameters["wanted"]) for p in problems] == [("workbook_sheet", sheet)]


RENAMED = {"不良记录": "不良信息", "证书": "证书情况", "获奖历史": "历史获奖", "利害关系": "关系", "评审专家": "专家"}


@pytest.mark.parametrize(("sheet", "name"), RENAMED.items())
def test_a_sheet_under_another_name_is_a_problem_that_names_it(sheet: str, name: str) -> None:
    made = book()
    made[sheet].title = name
    _, problems = read(made)

    assert [(p.code, p.place, p.parameters["wanted"]) for p in problems] == [
        ("workbook_sheet_near", Place("case.xlsx", sheet=name), sheet)
    ]


def test_a_sheet_emptied_with_its_headers_is_a_problem() -> None:
    made = book()
    made["不良记录"].delete_rows(1, 50)
    _, problems = read(made)

    assert [(p.code, p.parameters["wanted"]) for p in problems] == [("workbook_sheet", "不良记录")]


@pytest.mark.parametrize("sheet", ["不良记录", "获奖历史", "利害关系"])
def test_an_empty_sheet_that_clears_everybody_is_hinted_at(sheet: str) -> None:
    """Nobody is barred, nobody has won before, nobody is tied: that may be so, and is not passed over in silence."""
    made = book()
    made[sheet].delete_rows(2, 50)
    made[sheet]["B4"] = " "
    source, problems = read(made)

    assert problems == []
    assert source.hints == [Hint("sheet_empty", (), Place("case.xlsx", sheet=sheet), sheet)]
    assert [(one.read, one.rows) for one in source.accounts if one.sheet == sheet] == [(True, 0)]


def test_any_other_sheet_without_records_is_told_by_its_account() -> None:
    """What is asked and not shown stays open: nobody gains by it."""
    made = book()
    made["认定意见"].delete_rows(2, 50)
    source, problems = read(made)

    assert problems == []
    assert [(one.read, one.rows) for one in source.accounts if one.sheet == "认定意见"] == [(True, 0)]


@pytest.mark.parametrize(
    "words_",
    ["无", "没有", "本表没有记录", "无记录。", "（无）", "无不良记录", "未发现不良记录", "This sheet has no records"],
)
@pytest.mark.parametrize("cell", ["A2", "C5"])
def test_the_clerk_may_say_on_a_sheet_that_it_is_empty(words_: str, cell: str) -> None:
    made = book()
    made["不良记录"].delete_rows(2, 50)
    made["不良记录"][cell] = words_
    source, problems = read(made)

    assert (problems, source.hints) == ([], [])
    assert left(source) == [("不良记录", cell, "statement", words_)]


def test_what_is_said_to_be_empty_holds_no_records() -> None:
    made = book()
    made["不良记录"]["A40"] = "无"
    _, problems = read(made)

    assert [(p.code, p.place.cell) for p in problems] == [("workbook_some", "A40")]


def test_a_case_without_records_says_so_in_its_workbook() -> None:
    """What is written is read again: where facts hold nothing against anybody, the workbook says it."""
    kept = [Fact("round", ("jiyuan", 6, 20250930)), Fact("applicant", ("J01", "organization"))]
    written = openpyxl.load_workbook(BytesIO(write(kept)))
    _, problems = read(write(kept))

    assert problems == []
    assert [written[name]["A2"].value for name in ("不良记录", "获奖历史", "利害关系")] == [*["本表没有记录"] * 2, None]


@pytest.mark.parametrize(
    ("said_", "facts_", "codes"),
    [
        ("", "", []),
        ("", 'offence("J01",law,serious,20240101).', []),
        ("本表没有记录", 'offence("J01",law,serious,20240101).', []),
        ("本案没有不良记录", 'offence("J01",law,serious,20240101).', ["workbook_some_elsewhere"]),
        ("本案没有不良记录", 'unavailable("R01").', []),
    ],
)
def test_the_files_of_a_case_speak_together(said_: str, facts_: str, codes: list[str]) -> None:
    made = book()
    made["不良记录"].delete_rows(2, 50)
    made["不良记录"]["A2"] = said_
    files = {"a.xlsx": saved(made)} | ({"b.lp": facts_.encode()} if facts_ else {})
    try:
        engine.read(files)
        found = []
    except engine.errors.CaseError as refused:
        found = [problem.code for problem in refused.problems]

    assert found == codes


def test_a_second_copy_of_a_sheet_is_a_problem() -> None:
    """Records on “不良记录 (2)” would be lost."""
    made = book()
    made.copy_worksheet(made["不良记录"]).title = "不良记录 (2)"
    _, problems = read(made)

    assert [(p.code, p.place.sheet, p.parameters["wanted"]) for p in problems] == [
        ("workbook_sheet_copy", "不良记录 (2)", "不良记录")
    ]


def test_a_sheet_of_the_clerk_s_own_is_hinted_at() -> None:
    made = book()
    made.create_sheet("名册")["A1"] = "太行铸锻"
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert source.hints == [Hint("sheet_not_read", (), Place("case.xlsx", sheet="名册"), "名册")]


@pytest.mark.parametrize(
    "words_", ["本案没有不良记录", "本案没有不良记录。", "本案无：不良记录、节假日", "本届没有 不良记录 和 节假日"]
)
@pytest.mark.parametrize("sheet", ["说明文字", "轮次", "不良记录"])
def test_the_clerk_may_say_that_there_is_none(sheet: str, words_: str) -> None:
    """In any cell: of the sheet itself, left without headers, of another one, of one of his own."""
    made = book()
    if sheet == "不良记录":
        made[sheet].delete_rows(1, 50)
    else:
        del made["不良记录"]
    page = made[sheet] if sheet in made.sheetnames else made.create_sheet(sheet)
    page["A9"] = words_
    _, problems = read(made)

    assert problems == []


def test_none_and_some_contradict_each_other() -> None:
    made = book()
    made["轮次"]["A9"] = "本案没有不良记录"
    _, problems = read(made)

    assert [(p.code, str(p.place)) for p in problems] == [("workbook_some", "case.xlsx: 轮次!A9")]


def test_another_file_of_the_case_may_hold_the_sheet(tmp_path: Path) -> None:
    """What is gone from one workbook may stand in another, or as facts."""
    made = book()
    del made["证书"]
    (tmp_path / "a.xlsx").write_bytes(saved(made))
    certificates = [fact for fact in facts() if fact.predicate == "certificate"]
    (tmp_path / "b.lp").write_text("".join(f"{text(fact)}.\n" for fact in certificates), encoding="utf-8")
    with pytest.raises(engine.errors.CaseError) as refused:
        engine.load(tmp_path / "a.xlsx")

    assert [p.code for p in refused.value.problems] == ["workbook_sheet"]
    found = engine.load([tmp_path / "a.xlsx", tmp_path / "b.lp"])
    assert {*certificates} <= {*found.facts}


# Columns ------------------------------------------------------------------------------------------


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


# Rows ---------------------------------------------------------------------------------------------

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


def changed(change: Callable[[str, bytes], bytes], made: Any = None) -> bytes:
    """The workbook with its parts changed."""
    from zipfile import ZIP_DEFLATED, ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(saved(made or book()))) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            copy.writestr(name, change(name, package.read(name)))
    return out.getvalue()


def test_strict_open_xml_is_read_alike() -> None:
    """The same elements under other names (ISO/IEC 29500-1, Strict)."""

    def strict(_: str, part: bytes) -> bytes:
        for usual, other in (
            (
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"),
        ):
            part = part.replace(usual, other)
        return part

    source, problems = read(changed(strict))

    assert (said(source), problems) == (ALL, [])


@pytest.mark.parametrize(
    "foreign",
    [
        '<extLst><ext uri="x"><sheetData><row r="40">{row}</row></sheetData></ext></extLst></worksheet>',
        '<q:sheetData xmlns:q="urn:q"><q:row r="40">{row}</q:row></q:sheetData></worksheet>',
    ],
)
def test_what_only_looks_like_a_cell_is_none(foreign: str) -> None:
    """Elements of other names, or of the same name in an extension, are no part of the table."""
    row = '<c r="A40" t="inlineStr"><is><t>J77</t></is></c><c r="B40" t="inlineStr"><is><t>组织</t></is></c>'
    end = foreign.format(row=row).encode()
    source, problems = read(changed(lambda _, part: part.replace(b"</worksheet>", end)))

    assert (said(source), problems) == (ALL, [])


UNSEEN = [
    (b'<row r="2"', b'<row r="2" ht="0" customHeight="1"', "A2"),
    (b"<sheetData>", b'<cols><col min="11" max="11" width="0"/></cols><sheetData>', "K1"),
    (b"<sheetFormatPr ", b'<sheetFormatPr zeroHeight="1" ', None),
]


@pytest.mark.parametrize(("old", "new", "cell"), UNSEEN)
def test_what_has_no_height_or_width_does_not_show(old: bytes, new: bytes, cell: str | None) -> None:
    made = book()
    name = f"xl/worksheets/sheet{made.sheetnames.index('不良记录') + 1}.xml"
    source, problems = read(changed(lambda part, data: data.replace(old, new) if part == name else data, made))

    assert (said(source), problems) == (ALL, [])
    assert [(hint.kind, hint.place.sheet, hint.place.cell) for hint in source.hints] == [
        ("row_hidden", "不良记录", cell)
    ]


def test_a_format_that_shows_nothing_is_hinted_at() -> None:
    made = book()
    made["申报单位"]["L3"].number_format = ";;;"
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    assert [(hint.kind, hint.place.cell, hint.ids) for hint in source.hints] == [("row_hidden", "L3", ("J02",))]


COLOURS = [
    ({"color": "FFFFFFFF"}, None, True),
    ({"color": Color(theme=0)}, None, True),
    ({"color": Color(indexed=9)}, None, True),
    ({"color": "FF1F4E79"}, "FF1F4E79", True),
    ({"color": "FFFFFFFF"}, "FF1F4E79", False),
    ({"color": Color(theme=1)}, None, False),
    ({}, None, False),
    ({}, "FF000000", True),
    ({}, "FFFFFF00", False),
]


@pytest.mark.parametrize(("font", "ground", "unseen"), COLOURS)
def test_what_is_written_in_the_colour_of_its_ground_is_hinted_at(
    font: dict[str, str | Color], ground: str | None, unseen: bool
) -> None:
    made = book()
    made["申报单位"]["L3"].font = Font(**font)
    if ground:
        made["申报单位"]["L3"].fill = PatternFill("solid", fgColor=ground)
    source, problems = read(made)

    assert (said(source), problems) == (ALL, [])
    wanted = [("row_hidden", "L3", ("J02",))] if unseen else []
    assert [(hint.kind, hint.place.cell, hint.ids) for hint in source.hints] == wanted


def test_cells_and_rows_need_no_names() -> None:
    """Where a cell has no `r`, it stands behind the one before it (ISO/IEC 29500-1, 18.3.1.4)."""
    import re

    def dense(name: str, part: bytes) -> bytes:
        return (
            part if not name.startswith("xl/worksheets/sheet") else re.sub(rb'<(c|row) r="[A-Z]*[0-9]+"', rb"<\1", part)
        )

    made = book()
    for name in made.sheetnames:  # with every cell written, none is skipped
        for row in made[name].iter_rows():
            for cell in row:
                cell.value = "" if cell.value is None else cell.value
    source, problems = read(changed(dense, made))

    assert (said(source), problems) == (ALL, [])


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell() -> None:
    """As LibreOffice stores it: `t="str"` and an empty value. A formula without any value is a problem."""

    def formulas(name: str, part: bytes) -> bytes:
        if b"J12" not in part and not name.endswith("sheet3.xml"):
            return part
        return part.replace(
            b"</sheetData>", b'<row r="90"><c r="A90" t="str"><f>IF(1,"")</f><v></v></c></row></sheetData>'
        )

    source, problems = read(changed(formulas))
    assert (said(source), problems) == (ALL, [])

    def unvalued(name: str, part: bytes) -> bytes:
        if not name.endswith("sheet3.xml"):
            return part
        return part.replace(b"</sheetData>", b'<row r="90"><c r="A90"><f>A1</f></c></row></sheetData>')

    assert {p.code for p in read(changed(unvalued))[1]} & {"cell_formula", "workbook_column"}
