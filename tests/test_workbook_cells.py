"""What people write into cells: forgiving in form, strict in content, every problem at its cell."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from desk.workbook import words
from desk.workbook.writer import write
from engine.facts.vocabulary import PREDICATES, Fact
from tests.sample_workbook import saved
from tests.small_workbook import FACTS, book, cell, put, read, source

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


QUOTED = {
    'm"月"d"日"': "6月1日",
    'yyyy"年"m"月"': "2010年6月",
    "yyyy-mm": "2010-06",
    "mmm-yy": "Jun-10",
    "[$-804]yyyy/m;@": "2010/6",
    "mm\\-dd": "06-01",
    'm"月"d"日" aaaa': "6月1日 星期二",
    "m/d bb": "2010-06-01",
    "d-mmm": "1-Jun",
}


@pytest.mark.parametrize("code", QUOTED)
def test_a_date_shown_in_part_is_quoted_as_it_is_shown(code: str) -> None:
    """What a clerk looks for in the cell is what it shows; a format of another make is told by the whole day."""
    made = book()
    changed = cell(made, "申报单位", "正常运行起始日")
    changed.value, changed.number_format = date(2010, 6, 1), code
    (problem,) = read(saved(made))[1]

    assert f"“正常运行起始日”的 {QUOTED[code]} 没有写全年、月、日" in problem.sentence("zh")


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
        ("责任认定", "次要责任", ""),
        ("责任认定", "不承担", ""),
        ("责任认定", "责任未定", "责任尚未认定"),
        ("登记注册地", "本市", ""),
        ("登记注册地", "济原市", "济源市"),
        ("证书类别", "专精特新企业", ""),
        ("证书类别", "质量管理体糸认证", "质量管理体系认证"),
    ],
)
def test_a_word_is_suggested_only_for_what_misspells_it(header: str, found: str, near: str) -> None:
    """Another word, its opposite, a wider or a narrower one is no misspelling: the choices are told, and none of them
    is put into a clerk's mouth."""
    sheets = {"登记注册地": "申报单位", "证书类别": "证书"}
    data, _ = put(sheets.get(header, "不良记录"), header, found)
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
