"""How a workbook is laid out is up to the clerk: order, merged cells, formulas; a case is told in office words."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import engine
from desk.workbook.problemwords import plain
from engine.case.source import Left
from engine.facts.vocabulary import text
from tests.sample_workbook import saved
from tests.small_workbook import FACTS, base, book, cell, read, source


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
