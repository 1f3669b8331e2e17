"""Sheets of a workbook: each accounted for; no ordinary edit changes a decision in silence."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

import engine
from desk.workbook.writer import write
from engine.case.hint import Hint
from engine.errors import Place
from engine.facts.vocabulary import Fact, text
from tests.sample_workbook import (
    ALL,
    IN_USE,
    base,
    book,
    facts,
    left,
    read,
    said,
    saved,
)


def test_nothing_is_wrong_with_the_sound_one() -> None:
    source, problems = read(base())

    assert (said(source), problems, left(source), source.hints) == (ALL, [], [], [])


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
