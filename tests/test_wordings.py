"""Sentences of rules and letters, both languages held against each other: planted lies are found, no clean one is."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.wordings import Sentence, _wrong, worded
from audit.encoding.encodings import asking, encoding
from audit.encoding.questions import QUESTIONS
from engine.errors import Place
from engine.law.statutes import Provision, cities
from tests.planted import planted

HERE = Place("x.lp", 1)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("city", cities())
def test_the_sentences_of_the_rules_have_no_fault(city: str, question: str) -> None:
    assert worded(asking(encoding(city), QUESTIONS[question])) == []


@pytest.mark.parametrize(
    ("code", "zh", "en"),
    [
        ("wording_denies", "{A}持有有效的{Kind}证书", "{A} does not hold a valid certificate ({Kind})"),
        ("wording_denies", "{A}没有持有{Kind}证书", "{A} holds a certificate ({Kind})"),
        ("wording_permits", "{you}至{end}可以再次申报", "{you} may not apply again until {end}"),
        ("wording_permits", "{you}在本届不得申报", "{you} may apply in this round"),
        ("wording_values", "自评报告缺有关年度的数据", "the report lacks {Y}"),
        ("wording_number", "运行不满5年的", "fewer than the years asked for have passed, not enough"),
        ("wording_citation", "依第二十二条，{A}被取消资格", "under {P} {A} is disqualified"),
    ],
)
def test_a_planted_lie_is_found(code: str, zh: str, en: str) -> None:
    found = [problem.code for problem in _wrong(Sentence(HERE, zh, en, Provision(10)))]

    assert f"audit.{code}" in found


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("{A}不得申报", "{A} may not apply"),
        ("不少于{N}个工作日", "not fewer than {N} working days"),
        ("公示不足{N}个工作日", "fewer than {N} working days"),
        ("依第十条，{A}不符合", "under 第十条 {A} does not qualify"),
        ("责任尚未认定", "liability is undetermined"),
    ],
)
def test_turns_of_phrase_are_no_denials(zh: str, en: str) -> None:
    assert list(_wrong(Sentence(HERE, zh, en, Provision(10)))) == []


def test_a_sentence_of_a_rule_is_told_with_file_and_line(tmp_path: Path) -> None:
    slip = planted(tmp_path, "jiyuan", ("%@ zh: 自评报告缺{Y}年度的数据和信息", "%@ zh: 自评报告有{Y}年度的数据和信息"))

    [problem] = worded(slip)

    assert (problem.code, problem.place.file, problem.place.line is not None) == (
        "audit.wording_denies", "jiyuan-planted.lp", True,
    )  # fmt: skip
