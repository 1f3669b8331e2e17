"""What people write into cells: forgiving in form, strict in content, every problem at its cell."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import engine
from desk.workbook.marks import marked
from desk.workbook.problemwords import plain
from desk.workbook.reader import read as reading
from desk.workbook.writer import write
from engine.case.source import Left, Source
from engine.errors import Problem, Problems
from engine.facts.vocabulary import Fact, text
from engine.words.messages import LANGUAGES

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
]


@cache
def base() -> bytes:
    return write(FACTS)


def book() -> Any:
    """A fresh workbook of the facts above."""
    return openpyxl.load_workbook(BytesIO(base()))


def cell(made: Any, sheet: str, header: str, row: int = 2) -> Any:
    """The cell of a row under a header."""
    column = next(c.column for c in made[sheet][1] if str(c.value or "").rstrip("*") == header)
    return made[sheet].cell(row, column)


def saved(made: Any) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


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


DAYS = (
    "2010-06-01", "2010/6/1", "2010.6.1", "2010年6月1日", "２０１０年６月１日", "２０１０－０６－０１", " 2010-06-01 ",
    "　2010-06-01", "2010 年 6 月 1 日", "20100601", 20100601, date(2010, 6, 1), datetime(2010, 6, 1, 9, 30),
)  # fmt: skip

FORGIVEN = [
    *(("申报单位", "正常运行起始日", value, 'operating_since("J01",20100601)') for value in DAYS),
    ("申报单位", "自评分", "600", 'self_score("J01",600)'),
    ("申报单位", "自评分", "６００", 'self_score("J01",600)'),
    ("申报单位", "自评分", 600.0, 'self_score("J01",600)'),
    ("申报单位", "自评分", "1,000", 'self_score("J01",1000)'),
    ("申报单位", "自评分", "600分", 'self_score("J01",600)'),
    ("评分", "评审得分", "842.5", 'score("J01","842.50")'),
    ("评分", "评审得分", 842.5, 'score("J01","842.50")'),
    ("评分", "评审得分", 842, 'score("J01",842)'),
    ("年度数据", "年度", "2024年", 'accounts("J01",2024,profit)'),
    ("年度数据", "年度", "２０２４", 'accounts("J01",2024,profit)'),
    ("申报单位", "编号", "Ｊ０１", 'legal_form("J01",legal_person)'),
    ("申报单位", "编号", "J01 ", 'legal_form("J01",legal_person)'),
    ("申报单位", "编号", 7, 'legal_form("7",legal_person)'),
    ("申报单位", "法律形式", " 法 人", 'legal_form("J01",legal_person)'),
    ("申报单位", "法律形式", "legal_person", 'legal_form("J01",legal_person)'),
    ("申报单位", "法律形式", "legal person", 'legal_form("J01",legal_person)'),
    ("申报单位", "自评报告", "√", 'material("J01",self_report)'),
    ("申报单位", "自评报告", "是", 'material("J01",self_report)'),
    ("申报单位", "自评报告", "有", 'material("J01",self_report)'),
    ("申报单位", "自评报告", True, 'material("J01",self_report)'),
    ("认定意见", "持续推动技术创新、管理创新、制度创新", "√", 'finding("J01",innovation,yes)'),
    ("认定意见", "持续推动技术创新、管理创新、制度创新", "×", 'finding("J01",innovation,no)'),
    ("认定意见", "持续推动技术创新、管理创新、制度创新", "N", 'finding("J01",innovation,no)'),
    ("证书", "有效期止", None, 'certificate("J01",qms,20240101,99991231)'),
    ("证书", "有效期止", "长期", 'certificate("J01",qms,20240101,99991231)'),
    ("申报单位", "单位名称", "  虚构 乙　", 'name("J01","虚构 乙")'),
    ("申报单位", "单位名称", '"  虚构"', 'name("J01","  虚构")'),
    ("不良记录", "记录类型", " 事故", 'accident("J01",safety,general,liable,20240506)'),
]


@pytest.mark.parametrize(("sheet", "header", "value", "fact"), FORGIVEN, ids=range(len(FORGIVEN)))
def test_form_is_forgiven(sheet: str, header: str, value: object, fact: str) -> None:
    facts, problems, _ = read(put(sheet, header, value)[0])

    assert (fact in facts, [problem.line("zh") for problem in problems]) == (True, [])


REFUSED = [
    ("申报单位", "正常运行起始日", "2010年6月", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010-06", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010年2月30日", "cell_no_such_day"),
    ("申报单位", "正常运行起始日", "6/1/2010", "cell_day"),
    ("申报单位", "正常运行起始日", "去年", "cell_day"),
    ("申报单位", "正常运行起始日", "40330", "cell_day"),
    ("申报单位", "正常运行起始日", "1899-12-31", "cell_year_range"),
    ("申报单位", "正常运行起始日", "9999-12-31", "cell_open_day"),
    ("申报单位", "自评分", 1001, "cell_number"),
    ("申报单位", "自评分", "-1", "cell_number"),
    ("申报单位", "自评分", 4294967946, "cell_number"),
    ("申报单位", "自评分", 599.5, "cell_number"),
    ("申报单位", "自评分", "六百", "cell_number"),
    ("申报单位", "自评分", date(2020, 1, 1), "cell_number_day"),
    ("评分", "评审得分", "842.555", "cell_points"),
    ("评分", "评审得分", 1000.5, "cell_points"),
    ("年度数据", "年度", 1899, "cell_number"),
    ("申报单位", "法律形式", "法仁", "cell_choice_near"),
    ("申报单位", "法律形式", "xyzzy", "cell_choice"),
    ("申报单位", "自评报告", "也许", "cell_flag"),
    ("申报单位", "单位名称", date(2020, 1, 1), "cell_text_became_day"),
    ("申报单位", "法律形式", "#N/A", "cell_error"),
    ("申报单位", "编号", None, "cell_missing"),
    ("证书", "有效期起", None, "cell_missing"),
    ("不良记录", "记录类型", None, "cell_missing"),
    ("不良记录", "记录类型", "事过", "cell_choice_near"),
    ("不良记录", "证照名称", "许可证", "cell_unused"),
    ("申报单位", "法律形式", "=A1", "cell_formula"),
]


@pytest.mark.parametrize(("sheet", "header", "value", "code"), REFUSED, ids=range(len(REFUSED)))
def test_content_is_strict(sheet: str, header: str, value: object, code: str) -> None:
    """One bad cell is one problem, at that cell."""
    data, place = put(sheet, header, value)
    _, problems, _ = read(data)

    assert [(f"{p.place.sheet}!{p.place.cell}", p.code) for p in problems] == [(place, code)]


SHOWN_IN_PART = ('yyyy"年"m"月"', "yyyy-mm", "mmm-yy", 'm"月"d"日"', 'yyyy"年"m"月";@', "[$-804]yyyy/m")
SHOWN_WHOLE = ("yyyy-mm-dd", 'yyyy"年"m"月"d"日"', "m/d/yy", "[$-F800]dddd, mmmm dd, yyyy", "yyyy/m/d h:mm")


@pytest.mark.parametrize(("code", "whole"), [(c, False) for c in SHOWN_IN_PART] + [(c, True) for c in SHOWN_WHOLE])
def test_a_date_shown_in_part_is_no_day(code: str, whole: bool) -> None:
    """Excel makes the first of the month of “2025年9月” and shows it as it was typed: the format still tells."""
    made = book()
    changed = cell(made, "申报单位", "正常运行起始日")
    changed.value, changed.number_format = date(2010, 6, 1), code
    facts, problems, _ = read(saved(made))

    assert [problem.code for problem in problems] == ([] if whole else ["cell_day_incomplete"])
    assert ('operating_since("J01",20100601)' in facts) is whole


def test_a_workbook_may_count_days_from_1904() -> None:
    made = book()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    cell(made, "申报单位", "正常运行起始日").value = date(2011, 7, 2)

    assert 'operating_since("J01",20110702)' in read(saved(made))[0]


def test_the_nearest_choice_is_suggested() -> None:
    data, place = put("申报单位", "法律形式", "法仁")
    (problem,) = read(data)[1]

    assert problem.line("zh") == (
        f"case.xlsx: {place}: “法律形式”没有 法仁 这个选项；是否要“法人”；"
        "可选：法人、非法人的其他组织、既非法人也非其他组织"
    )


def test_columns_may_change_places() -> None:
    """A sheet is read by its headers: order, empty rows and a title above them do not matter."""
    made = book()
    page = made["申报单位"]
    rows = [[one.value for one in row] for row in page.iter_rows(max_row=2)]
    del made["申报单位"]
    turned = made.create_sheet("申报单位")
    turned.append(["第6届申报单位一览"])
    for row in (rows[0][::-1], [], rows[1][::-1]):
        turned.append(row)
    facts, problems, _ = read(saved(made))

    assert (facts, problems) == ({text(fact) for fact in FACTS}, [])


def test_what_is_not_read_is_told() -> None:
    """Extra columns and sheets do no harm and are reported."""
    made = book()
    made["申报单位"].cell(1, 60).value = "备注"
    made.create_sheet("联系方式")
    found, problems = source(saved(made))
    unread = [account.sheet for account in found.accounts if not account.read]

    assert problems == []
    assert [left for account in found.accounts for left in account.left] == [Left("BH1", "column", "备注")]
    assert unread == ["说明", "示例", "选项", "联系方式"]


def test_merged_cells_are_filled_and_told() -> None:
    made = book()
    page = made["认定意见"]
    first = cell(made, "认定意见", "持续推动技术创新、管理创新、制度创新")
    page.merge_cells(start_row=2, end_row=2, start_column=first.column, end_column=first.column + 1)
    facts, problems, left = read(saved(made))

    assert len([fact for fact in facts if fact.startswith("finding")]) == 2
    assert ([one.why for one in left], problems) == (["merged"], [])


def test_a_header_twice_or_lost_is_a_problem() -> None:
    made = book()
    made["申报单位"].cell(1, 60).value = "法律形式"
    cell(made, "证书", "编号").parent.cell(1, 1).value = None
    made["不良记录"]["B1"].value = "种类"
    codes = {problem.code for problem in read(saved(made))[1]}

    assert {"workbook_header_twice", "workbook_column"} <= codes


def test_formulas_are_read_as_their_values() -> None:
    """A stored value counts; what the formula would say today does not."""
    from zipfile import ZIP_DEFLATED, ZipFile

    out = BytesIO()
    with ZipFile(BytesIO(base())) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        for name in package.namelist():
            part = package.read(name)
            if b"<v>600</v>" in part:
                part = part.replace(b"<v>600</v>", b"<f>1+1</f><v>650</v>")
            copy.writestr(name, part)

    assert 'self_score("J01",650)' in read(out.getvalue())[0]


def test_contradictions_are_told_in_office_words(tmp_path: Path) -> None:
    """What the whole case may not say is told at a cell, as a sentence, without a word of the fact files."""
    made = book()
    cell(made, "证书", "有效期止").value = "2023-01-01"
    cell(made, "不良记录", "编号").value = "J99"
    (tmp_path / "case.xlsx").write_bytes(saved(made))
    with pytest.raises(engine.errors.CaseError) as refused:
        engine.load(tmp_path / "case.xlsx")
    told = sorted(f"{(one := plain(p, 'zh')).place.sheet}: {one.sentence('zh')}" for p in refused.value.problems)

    assert told == [
        "不良记录: J99 没有列入“申报单位”表（涉及 1 条记录）；请补上，或核对编号",
        "证书: J01持有质量管理体系认证证书，有效期自2024年1月1日至2023年1月1日："
        "起始日期 2024年1月1日 晚于截止日期 2023年1月1日",
    ]


# check: the same workbook with its bad cells marked -------------------------------------------------


def _looks(one: Any) -> tuple[object, ...]:
    comment = one.comment.text if one.comment else None
    return one.value, one.number_format, one.fill.fill_type, one.fill.fgColor.rgb, one.font.name, comment


def test_marks_stand_on_the_bad_cells_alone() -> None:
    """Values, widths, lists and all other looks stay; a mark is a red ground and a comment."""
    made = book()
    cell(made, "申报单位", "法律形式").value = "法仁"
    data = saved(made)
    problems = read(data)[1]
    before = openpyxl.load_workbook(BytesIO(data))
    after = openpyxl.load_workbook(BytesIO(marked(data, problems)[0]))
    changed = [
        one.coordinate
        for sheet in before
        for row in sheet.iter_rows()
        for one in row
        if _looks(one) != _looks(after[sheet.title][one.coordinate])
    ]

    assert changed == [problems[0].place.cell]
    assert after.sheetnames == before.sheetnames
    for sheet in before:
        twin = after[sheet.title]
        assert len(twin.data_validations.dataValidation) == len(sheet.data_validations.dataValidation)
        assert twin.freeze_panes == sheet.freeze_panes
        widths = {key: one.width for key, one in sheet.column_dimensions.items()}
        assert {key: one.width for key, one in twin.column_dimensions.items()} == widths


def test_marks_go_when_the_cell_is_mended() -> None:
    """Checked, corrected, checked again: the workbook comes back as it was, own comments included."""
    made = book()
    bad = cell(made, "申报单位", "法律形式")
    bad.value = "法仁"
    bad.comment = openpyxl.comments.Comment("请核对营业执照", "张三")
    data = saved(made)
    again = openpyxl.load_workbook(BytesIO(marked(data, read(data)[1])[0]))
    assert "法仁" in cell(again, "申报单位", "法律形式").comment.text
    cell(again, "申报单位", "法律形式").value = "法人"
    mended = saved(again)
    clean = cell(openpyxl.load_workbook(BytesIO(marked(mended, read(mended)[1])[0])), "申报单位", "法律形式")

    assert read(mended)[1] == []
    assert (clean.fill.fill_type, clean.comment.text) == (None, "请核对营业执照")
