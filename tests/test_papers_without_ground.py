"""Papers of a text that says nothing of them name no provision, and claim none: invented counties and provinces."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from desk.papers import bundle
from engine import decide, read
from explain.letter import Paper
from tests.golden_papers import KINDS

DRAFTS = Path(__file__).with_name("drafts")
FACTS = """
round({city},3,20250930). office("虚构局","",""). applicant("A",organization). name("A","虚构甲公司").
submitted("A",20250901). listed("A",acceptance). score("A","950"). notice(acceptance,20251013,20251023).
objection_made("A",acceptance,20251014,"虚构来信人"). objection("A",acceptance,upheld).
asked("虚构税务局",20251015,99991231).
described("objection_made(\\"A\\",acceptance,20251014,\\"虚构来信人\\")","情况属实").
"""
WINNERS = {"county_prize": ["A"]}
UNDER = ("依照", "根据", "Under ")
SAID = {
    "announcement": ("（青政〔2024〕8号，以下简称《办法》）所定第三届青岚县县长质量奖的申报和评审事项公告如下。",),
    "consultation_letter": ("现就列入第三届青岚县县长质量奖受理名单的下列申报者征求你单位意见。",),
    "winners_notice": ("经评审，形成第三届青岚县县长质量奖拟奖名单，现予公示。",),
    "objection_answer": ("上述异议成立。",),
    "winners_submission": ("现提交拟奖名单，提请",),
}


@functools.cache
def _papers(city: str, more: str = "") -> dict[str, tuple[Paper, tuple[str, ...]]]:
    decision = decide(read({"case.lp": (FACTS.format(city=city) + more).encode()}))
    return {one.paper.kind: (one.paper, one.held) for one in bundle(decision, day=20251125, winners=WINNERS)}


@pytest.mark.parametrize("kind", SAID)
def test_a_paper_that_the_text_says_nothing_of_is_under_no_provision(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PINGJIANG_ALSO", str(DRAFTS / "qinglan.lp"))
    told = "\n".join(_papers("qinglan")[kind][0].texts())

    assert not any(word in told for word in UNDER), told
    for words in SAID[kind]:
        assert words in told
    assert "不再进入其后的程序" not in told


def test_a_deliberation_on_file_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The text orders none; where one was held all the same, the list says so."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(DRAFTS / "qinglan.lp"))
    told = "\n".join(_papers("qinglan", "stage_day(deliberation,20251120).")["winners_notice"][0].texts())

    assert "经评审和审议，形成第三届青岚县县长质量奖拟奖名单" in told


def test_a_submission_waits_for_no_notice_that_the_text_does_not_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not say that the list was public either; where it was, it says so."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(DRAFTS / "qinglan.lp"))
    paper, held = _papers("qinglan")["winners_submission"]

    assert not any("公示" in one for one in (*paper.texts(), *held))
    assert not paper.attachments
    told = "\n".join(_papers("qinglan", "notice(proposed_winners,20251113,20251124).")["winners_submission"][0].texts())
    assert "第三届青岚县县长质量奖拟奖名单于2025年11月13日至2025年11月24日公示，公示期间没有收到异议。" in told


def test_a_committee_that_chose_whoever_is_no_candidate_gets_a_paper_that_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It ended in a traceback; the set is checked, and the paper says that it is not lawful."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(DRAFTS / "qinglan.lp"))
    paper, held = _papers("qinglan")["winners_submission"]

    assert any("虚构甲公司" in one for one in paper.texts())
    assert "所选的名单不合法，须重新选定" in held


def test_what_the_text_says_of_winning_again_stands_in_its_own_words() -> None:
    """Each text words it otherwise, and names another provision."""
    told = {
        "jiyuan-6": "为再次获奖，依照该办法第二十四条“再次获奖的单位不再发放奖金，不占当年度名额”的规定。",
        "sanmenxia-3": "为再次获奖，依照该办法第二十六条“再次获得同类奖项的，市政府不再给予资金奖励”的规定。",
    }
    for sample, words in told.items():
        assert any(words in one for one in KINDS["winners_submission"](sample, "zh").texts())
