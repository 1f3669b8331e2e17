"""What people write into cells: forgiving in form, strict in content, every problem at its cell."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

import engine
from desk.workbook import words
from desk.workbook.marks import marked
from desk.workbook.problemwords import plain
from desk.workbook.reader import read as reading
from desk.workbook.registry import registered
from desk.workbook.writer import write
from engine.case.source import Left, Source
from engine.errors import Problem, Problems
from engine.facts.vocabulary import PREDICATES, Fact, text
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
    Fact("awarded", ("J01", "nomination", 3, 20191120)),
]


@cache
def base() -> bytes:
    return write(FACTS)


@cache
def lean() -> bytes:
    """The same without its explanations, notes, lists and formats, so that it opens quickly."""
    made = openpyxl.load_workbook(BytesIO(base()))
    for page in list(made):
        if page.title in ("说明", "示例"):
            del made[page.title]
            continue
        page.data_validations.dataValidation.clear()
        page.column_dimensions.clear()
        page.auto_filter.ref = None
        for head in page[1]:
            head.comment = None
    return saved(made)


def book() -> Any:
    """A fresh workbook of the facts above."""
    return openpyxl.load_workbook(BytesIO(lean()))


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
    datetime(2010, 6, 1, 23, 59, 59, 999_000), datetime(2010, 6, 1, 23, 59, 59, 999_999),
    "2010年6月1号", "2010-06-01 00:00:00", "2010/6/1 0:00", "2010-06-01T00:00:00Z", "2010-05-31T16:00:00.000Z",
    "2010-06-01T15:59:59Z", "2010-06-01T23:59:59+08:00", "2010-05-31 16:00:00+0000", "2010-05-31T11:00:00-05:00",
    "二〇一〇年六月一日", "二○一○年六月一日",
    "2010—06—01", "2010、6、1", "2010．6．1", "2010.06.01.", "2010-6-1 星期二",
    "'2010-06-01", "2010\u200b-06-01", "2010\n-06-01",
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
    ("轮次", "届次", "第6届", "round(jiyuan,6,20250930)"),
    ("获奖历史", "届次", "３", 'awarded("J01",nomination,3,20191120)'),
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
    *(
        ("申报单位", "自评报告", tick, 'material("J01",self_report)')
        for tick in ("✔️", "✅", "☑️", "V", "v", "已提交", "√ ")
    ),
    *(
        ("申报单位", "申报类型", word, 'applicant("J01",organization)')
        for word in ("企业", "公司", "单位", "Enterprise")
    ),
    *(
        ("申报单位", "法律形式", word, 'legal_form("J01",legal_person)')
        for word in ("有限责任公司", "股份有限公司", "企业法人")
    ),
    ("申报单位", "法律形式", "合伙企业", 'legal_form("J01",unincorporated)'),
    ("申报单位", "自评分", "1 000", 'self_score("J01",1000)'),
    ("申报单位", "自评分", "600.00", 'self_score("J01",600)'),
    ("评分", "评审得分", 842.3300000000001, 'score("J01","842.33")'),
    ("评分", "评审得分", "842.5 分", 'score("J01","842.50")'),
    ("年度数据", "年度", "2024年度", 'accounts("J01",2024,profit)'),
    ("年度数据", "年度盈亏", "亏本", 'accounts("J01",2024,loss)'),
    ("证书", "证书类别", "ISO9001", 'certificate("J01",qms,20240101,20270101)'),
    ("证书", "证书类别", "质量管理体系", 'certificate("J01",qms,20240101,20270101)'),
    ("证书", "有效期止", "永久有效", 'certificate("J01",qms,20240101,99991231)'),
    ("不良记录", "等级", "一般事故", 'accident("J01",safety,general,liable,20240506)'),
    ("不良记录", "责任认定", "有责任", 'accident("J01",safety,general,liable,20240506)'),
    ("申报单位", "编号", "J\u200b01", 'legal_form("J01",legal_person)'),
    ("申报单位", "编号", '"J01"', 'legal_form("J01",legal_person)'),
    ("认定意见", "持续推动技术创新、管理创新、制度创新", "❌", 'finding("J01",innovation,no)'),
]


@pytest.mark.parametrize(("sheet", "header", "value", "fact"), FORGIVEN, ids=range(len(FORGIVEN)))
def test_form_is_forgiven(sheet: str, header: str, value: object, fact: str) -> None:
    facts, problems, _ = read(put(sheet, header, value)[0])

    assert (fact in facts, [problem.line("zh") for problem in problems]) == (True, [])


def hints_of(sheet: str, header: str, value: object = None, **more: Any) -> list[tuple[str, str, str, str]]:
    """Hints about a workbook of which one cell is another, has another format or a comment, or its header a remark."""
    made = book()
    changed = cell(made, sheet, header)
    changed.value = changed.value if value is None else value
    changed.number_format = more.get("format", changed.number_format)
    if "remark" in more:
        changed.comment = Comment(more["remark"], more.get("author", "科员"))
    made[sheet].cell(1, changed.column).value = more.get("head", made[sheet].cell(1, changed.column).value)
    found, problems = source(saved(made))
    kinds = ("cell_remark", "header_scale", "shown_otherwise")
    assert not problems or value is None
    return [(one.kind, str(one.place.cell), one.found, one.meant) for one in found.hints if one.kind in kinds]


@pytest.mark.parametrize(
    ("value", "format", "looks"),
    [
        (904.6, "0", "905"),
        (905, "0.0,", "0.9"),
        (905, '0.00"万"', "905.00万"),
        (842.33, "0.0_ ", "842.3"),
        (842.3300000000001, "0.00", None),
        (1, "0%", "100%"),
        (905, "#,##0.00", None),
        (905, '0"分"', None),
        (905, "General", None),
        (905, "[Red]0;0", None),
    ],
)
def test_a_number_that_shows_another_is_hinted_at(value: float, format: str, looks: str | None) -> None:
    """What a clerk sees and what is read are not the same number."""
    where = str(cell(book(), "评分", "评审得分").coordinate)
    found = hints_of("评分", "评审得分", value, format=format)

    assert found == ([("shown_otherwise", where, f"{value:g}", looks)] if looks else [])


@pytest.mark.parametrize(
    ("header", "scale"),
    [("评审得分（百分制）", "百分制"), ("评审得分（满分100）", "满分100"), ("评审得分（%）", "%"),
     ("评审得分（分）", ""), ("评审得分（满分1000分）", ""), ("评审得分（必填）", ""), ("评审得分", "")],
)  # fmt: skip
def test_a_header_that_speaks_of_another_scale_is_hinted_at(header: str, scale: str) -> None:
    at = str(cell(book(), "评分", "评审得分", 1).coordinate)
    found = hints_of("评分", "评审得分", head=header)

    assert found == ([("header_scale", at, scale, "评审得分")] if scale else [])


def test_a_comment_on_a_cell_is_hinted_at_and_the_program_s_own_is_not() -> None:
    at = str(cell(book(), "评分", "评审得分").coordinate)

    assert hints_of("评分", "评审得分", remark="应为\n800") == [("cell_remark", at, "应为 800", "")]
    assert hints_of("评分", "评审得分", remark="不是分数", author="pingjiang") == []
    assert hints_of("评分", "评审得分", remark="应为800\n\n※ 不是分数", author="pingjiang 科员") == [
        ("cell_remark", at, "应为800", "")
    ]


REFUSED = [
    ("申报单位", "正常运行起始日", "2010年6月", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010-06", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010年2月30日", "cell_no_such_day"),
    ("申报单位", "正常运行起始日", "6/1/2010", "cell_day"),
    ("申报单位", "正常运行起始日", "去年", "cell_day"),
    ("申报单位", "正常运行起始日", "0204-05-06", "cell_no_such_day"),
    ("申报单位", "正常运行起始日", date(1905, 7, 2), "cell_day_year"),
    ("申报单位", "正常运行起始日", "40330", "cell_day"),
    ("申报单位", "正常运行起始日", "1899-12-31", "cell_year_range"),
    ("申报单位", "正常运行起始日", "9999-12-31", "cell_open_day"),
    ("申报单位", "正常运行起始日", "6月1号", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "6/1", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "2010年", "cell_day_incomplete"),
    ("申报单位", "正常运行起始日", "10/6/1", "cell_day_century"),
    ("申报单位", "正常运行起始日", "10年6月1日", "cell_day_century"),
    ("申报单位", "正常运行起始日", "2010 6 1", "cell_day"),
    ("申报单位", "正常运行起始日", "2010-6-1 2", "cell_day"),
    ("申报单位", "正常运行起始日", "2010-6/1", "cell_day"),
    ("申报单位", "正常运行起始日", "2010-6-1至2015-6-1", "cell_day"),
    ("申报单位", "正常运行起始日", "2010年6月1日前", "cell_day"),
    ("申报单位", "正常运行起始日", "20210-06-01", "cell_day"),
    ("申报单位", "正常运行起始日", "2205-06-01", "cell_year_range"),
    ("申报单位", "正常运行起始日", "二〇一〇年十三月一日", "cell_no_such_day"),
    ("申报单位", "正常运行起始日", "TRUE", "cell_day"),
    ("申报单位", "单位名称", "#DIV/0!", "cell_error"),
    ("申报单位", "单位名称", "Err:502", "cell_error"),
    ("申报单位", "编号", 1234567890123456789, "cell_lost_digits"),
    ("申报单位", "单位名称", 1234567890123456789, "cell_lost_digits"),
    ("申报单位", "自评分", "约600", "cell_number"),
    ("申报单位", "自评分", "6 00", "cell_number"),
    ("申报单位", "自评分", "85%", "cell_number"),
    ("申报单位", "自评分", "6e2", "cell_number"),
    ("评分", "评审得分", 842.3333, "cell_points"),
    ("评分", "评审得分", 801.3333333333334, "cell_points"),
    ("评分", "评审得分", "优秀", "cell_points_words"),
    ("评分", "评审得分", "842,33", "cell_points_words"),
    ("评分", "评审得分", "1001分", "cell_points"),
    *(
        ("认定意见", "持续推动技术创新、管理创新、制度创新", word, "cell_choice")
        for word in ("无", "未", "☐", "/", "0")
    ),
    ("申报单位", "登记注册地", "济源市玉泉街道", "cell_choice_near"),
    ("评分", "评审得分", date(2020, 1, 1), "cell_number_day"),
    ("年度数据", "年度", 24, "cell_number"),
    ("申报单位", "申报类型", "个体工商户", "cell_choice"),
    ("申报单位", "自评报告", "1份", "cell_flag"),
    ("证书", "有效期止", "2027", "cell_day_incomplete"),
    ("证书", "有效期止", "长期?", "cell_day"),
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


def test_what_a_cell_stores_is_said() -> None:
    """An average shown as 842.33 is kept as 842.3333: the problem names what is kept, and how to round it."""
    (problem,) = read(put("评分", "评审得分", 842.3333)[0])[1]

    assert problem.sentence("zh") == (
        "“评审得分”不是 0 至 1000、至多两位小数的分数；单元格里存的是 842.3333"
        "（只改显示的小数位数不改变所存的值；平均分请用 =ROUND(…,2)）"
    )


def test_no_spelling_stands_for_two_choices() -> None:
    """Whatever people may write for a choice of a field stands for that choice alone."""
    for predicate in PREDICATES.values():
        for field in predicate.fields:
            given = words._spellings()["choice"].get(field.wording, {}) if field.kind == "choice" else {}
            meant = [(word, value) for value, found in given.items() for word in words._lines(found)]

            assert [words.meant(field, word) for word, _ in meant] == [value for _, value in meant]
            assert len({word for word, _ in meant}) == len(meant)


def test_the_nearest_choice_is_suggested() -> None:
    data, place = put("申报单位", "法律形式", "法仁")
    (problem,) = read(data)[1]

    assert problem.line("zh") == (
        f"case.xlsx: {place}: “法律形式”没有 法仁 这个选项；是否要“法人”；"
        "可选：法人、非法人的其他组织、既非法人也非其他组织"
    )


@pytest.mark.parametrize(
    ("header", "found", "near"),
    [
        ("责任认定", "次要责任", "负有责任"),
        ("责任认定", "不承担", ""),
        ("责任认定", "责任未定", "责任尚未认定"),
        ("责任认定", "无任何责任", "无责任"),
        ("登记注册地", "本市", "济源市"),
    ],
)
def test_no_word_is_suggested_for_its_opposite(header: str, found: str, near: str) -> None:
    data, _ = put("申报单位" if header == "登记注册地" else "不良记录", header, found)
    (problem,) = read(data)[1]

    assert problem.parameters.get("nearest", "") == near


def test_a_year_in_a_cell_for_days_is_no_day_of_1905() -> None:
    """2022 typed into a cell that shows days is kept as 14 July 1905; a body as old as that writes its day as text."""
    (problem,) = read(put("申报单位", "正常运行起始日", date(1905, 7, 14))[0])[1]
    kept = [*FACTS[:4], Fact("operating_since", ("J01", 19050714))]

    assert problem.sentence("zh") == (
        "“正常运行起始日”这一格是日期格式，存的是 1905-07-14：像是只填了年份 2022；请填写年、月、日，如 2025-09-30"
    )
    assert 'operating_since("J01",19050714)' in read(write(kept))[0]


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
    made = openpyxl.load_workbook(BytesIO(base()))
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
            part = re.sub(rb'(<c r="[A-Z]+2" s="[0-9]+">)<v>600</v>', rb"\1<f>1+1</f><v>650</v>", part)
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


def test_a_kind_of_fact_is_called_by_its_name(tmp_path: Path) -> None:
    """One that is missing, and one as which somebody is declared too, told without a word of the fact files."""
    made = book()
    cell(made, "获奖历史", "记录类型").value, cell(made, "获奖历史", "日期").value = "奖励资金已发放", None
    cell(made, "申报单位", "往届获奖者类型").value = "组织"
    (tmp_path / "case.xlsx").write_bytes(saved(made))
    with pytest.raises(engine.errors.CaseError) as refused:
        engine.load(tmp_path / "case.xlsx")
    told = {p.code: plain(p, "zh").sentence("zh") for p in refused.value.problems}

    assert told == {
        "without_leader": "J01第三届市长质量奖提名奖的奖励资金已经发放：没有登记与之对应的“获奖”；"
        "请补上，或核对编号、奖项和届次等",
        "never_also": "J01为往届获奖组织，本届未申报：J01 又登记为“申报”；同一编号不能两者兼是，请核对编号",
    }


# check: the same workbook with its bad cells marked -------------------------------------------------


def _with_drawings(strange: bool = False) -> bytes:
    """The workbook with a picture and a chart on a sheet, and a part that nobody knows."""
    from zipfile import ZIP_DEFLATED, ZipFile

    made = book()
    chart = openpyxl.chart.BarChart()
    chart.add_data(openpyxl.chart.Reference(made["评分"], min_col=2, min_row=1, max_row=2))
    made["评分"].add_chart(chart, "K2")
    office = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    picture = b'<Relationship Id="rId77" Type="' + office + b'/image" Target="../media/image1.png"/></Relationships>'
    later = b"http://schemas.microsoft.com/office/2007/relationships"
    slicer = b'<Relationship Id="rId99" Type="' + later + b'/slicer" Target="../slicers/slicer1.xml"/></Relationships>'
    out = BytesIO()
    with ZipFile(BytesIO(saved(made))) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        drawn = next(name for name in package.namelist() if name.endswith("drawing1.xml.rels"))
        sheet = next(name for name in package.namelist() if "worksheets/_rels" in name)
        for name in package.namelist():
            part = package.read(name)
            if name == drawn:
                part = part.replace(b"</Relationships>", picture)
            if name == sheet and strange:
                part = part.replace(b"</Relationships>", slicer)
            if name == "[Content_Types].xml":
                part = part.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
            copy.writestr(name, part)
        copy.writestr("xl/media/image1.png", b"no picture, and kept all the same")
        if strange:
            copy.writestr("xl/slicers/slicer1.xml", b"<slicers/>")
    return out.getvalue()


@pytest.mark.parametrize("strange", [False, True])
def test_pictures_and_charts_stay(strange: bool) -> None:
    """What hangs on a sheet is carried over byte by byte; what cannot be kept is named."""
    from zipfile import ZipFile

    data = _with_drawings(strange)
    after, lost = marked(data, read(data)[1])

    assert lost == (("slicer",) if strange else ())
    with ZipFile(BytesIO(data)) as old, ZipFile(BytesIO(after)) as new:
        kept = [
            name for name in old.namelist() if "/media/" in name or "/charts/" in name or "drawings/drawing" in name
        ]
        assert len(kept) == 3 or len(kept) == 4
        assert [new.read(name) for name in kept] == [old.read(name) for name in kept]
    assert [len(sheet._charts) for sheet in openpyxl.load_workbook(BytesIO(after)) if sheet._charts] == [1]
    assert read(after)[0] == read(data)[0]


def test_numbers_given_are_written_back() -> None:
    """A row each under the list of numbers; a workbook without that list gets one."""
    given = [("rejection_letter", "J01", "样例函〔2025〕7号"), ("winners_notice", "", "样例函〔2025〕8号")]
    wanted = {
        'document_number(rejection_letter,"J01","样例函〔2025〕7号")',
        'document_number(winners_notice,"","样例函〔2025〕8号")',
    }
    bare = book()
    del bare["文号"]
    for data in (base(), saved(bare)):
        facts, problems, _ = read(registered(data, given)[0])

        assert ({fact for fact in facts if fact.startswith("document_number")}, problems) == (wanted, [])
    again = registered(registered(base(), given[:1])[0], given[1:])[0]
    assert {fact for fact in read(again)[0] if fact.startswith("document_number")} == wanted


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
