"""Award sets, a committee's choice and a review as the bureau reads them, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.tables.rounds import case_of, round_text
from desk.shell import Shell
from desk.shell.cli import run
from desk.text import revocation_lines
from desk.text.award import award_lines as lines
from desk.text.award import verdict, why
from engine.answers import review
from engine.award import award, check
from engine.case import Case

READINGS = ("读法", "Readings")


def _without_readings(told: list[str]) -> list[str]:
    """The lines before those about the readings in force."""
    at = next(i for i, line in enumerate(told) if line.startswith(READINGS))
    return told[:at]


def _objections() -> Case:
    """One is out by an objection, one waits for the outcome of another, one is an earlier winner only."""
    facts = [
        'objection("J01",proposed_winners,upheld)',
        'objection("J02",acceptance,pending)', 'winner("W",organization)', 'awarded("W",main,2,20171120)',
    ]  # fmt: skip
    return case_of(round_text("jiyuan", {"J01": 900, "J02": 880}, facts))


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "zh",
            [
                "济源市市长质量奖管理办法 · 第6届 · 评奖",
                "不合法",
                "  不是候选者：J01（异议成立，不再进入其后的程序）, W（本届没有申报）",
                "  第十九条 市长质量奖留有空缺，而 J02 达到标准：须说明理由",
                "  第十九条 市长质量奖提名奖留有空缺，而 J02 达到标准：须说明理由",
            ],
        ),
        (
            "en",
            [
                "济源市市长质量奖管理办法 · round 6 · award",
                "not lawful",
                "  no candidate: J01 (an objection is upheld, which keeps it from going on), W (does not apply in",
                "  this round)",
                "  第十九条 Mayor's Quality Award: a place is left vacant although J02 might have it, which needs a",
                "  reason",
                "  第十九条 Mayor's Quality Award nomination: a place is left vacant although J02 might have it,",
                "  which needs a reason",
            ],
        ),
    ],
)
def test_a_choice_of_people_who_are_no_candidates(lang: str, told: list[str]) -> None:
    """Each with the reason why."""
    case = _objections()

    assert _without_readings(list(verdict(check(case, {"main": ["J01", "W"]}), case, Shell(lang)))) == told


def test_a_choice_of_somebody_with_a_pending_objection() -> None:
    """Lawful, and said that the next step waits."""
    case = _objections()

    assert _without_readings(list(verdict(check(case, {"main": ["J02"]}), case, Shell("zh")))) == [
        "济源市市长质量奖管理办法 · 第6届 · 评奖",
        "合法",
        "  受理名单公示期间有对J02的异议（尚在处理）：异议处理完毕以前，暂按不成立计算，其后的程序应当等待",
    ]


def test_the_sets_say_that_the_committee_decides_anew() -> None:
    """Who is out, under which article, and that nobody moves up."""
    case = _objections()

    told = _without_readings(list(lines(award(case), dict(case.rows("name")), Shell("zh"))))

    assert told[-4:] == [
        "不是候选者：",
        "  J01  虚构基准制造有限公司  异议成立，不再进入其后的程序 第十五条",
        "  组合中不含因异议不再进入其后程序的候选者。办法没有规定由下一名递补：由评委重新审议决定。",
        "  受理名单公示期间有对J02的异议（尚在处理）：异议处理完毕以前，暂按不成立计算，其后的程序应当等待",
    ]


def test_as_many_sets_are_shown_as_are_asked_for_and_what_is_left_is_told() -> None:
    """Eight equals for two places in each prize: C(8,2)·C(6,2) = 420 sets."""
    found = award(case_of(round_text("jiyuan", {f"J{n}": 800 for n in range(8)})))

    for limit, number in ((None, 20), (3, 3), (25, 25), (420, 420)):
        rest = [f"… and {420 - number} more sets; see --limit or --json"] if number < 420 else []
        for told in (lines(found, {}, Shell("en"), limit), why(found, "J7", None, {}, Shell("en"), limit)):
            rows = [line.strip() for line in told]
            assert len([row for row in rows if row.startswith("Set ")]) == number
            assert [row for row in rows if row.startswith("…")] == rest


@pytest.mark.parametrize(
    ("more", "told"),
    [([], "The JSON lists 1250 of 548340 sets; --limit says how many\n"), (["--limit", "2"], "")],
)
def test_json_that_lists_not_all_sets_says_so_where_nobody_said_how_many(
    more: list[str], told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "case.lp").write_text(round_text("jiyuan", {f"J{n:02d}": 800 for n in range(40)}), "utf-8")

    assert run(["--lang", "en", "award", str(tmp_path / "case.lp"), "--json", *more]) == 0

    assert capsys.readouterr().err == told


@pytest.mark.parametrize(("city", "citation"), [("jiyuan", "第四条"), ("sanmenxia", "第三十条")])
def test_a_prize_that_nobody_reaches_may_stay_vacant(city: str, citation: str) -> None:
    """济源 has a sentence for it (第四条), 三门峡 only 宁缺毋滥 (第三十条)."""
    case = case_of(round_text(city, {"J01": 700}, ["pass_mark(main,800)"]))

    told = list(lines(award(case), {}, Shell("zh")))

    assert [line.strip() for line in told if "没有人达到标准" in line] == [f"{citation}：没有人达到标准，奖项可以空缺"]


def test_a_review_says_of_each_award_once_what_follows() -> None:
    """Two grounds of one award, one revocation; an award revoked before stands apart, under the reading of its ban."""
    facts = [
        'winner("V",organization)', 'awarded("V",main,4,20211120)', 'fraud_found("V",main,4,20240601)',
        'offence("V",law,serious,20230101)', 'winner("W",organization)', 'awarded("W",nomination,4,20211120)',
        'revoked("W",nomination,4,conduct,20230601)', 'fraud_found("W",nomination,4,20240601)',
    ]  # fmt: skip
    case = case_of(round_text("jiyuan", {}, ['applicant("J01",organization)', *facts], {"ban_start": "finding"}))
    early = [
        "      获奖早于本办法施行（2025年8月25日，第二十七条）：适用本办法的理由应当在案（读法",
        "      earlier_rounds）",
    ]

    assert _without_readings(list(revocation_lines(review(case, 20250101), Shell("zh")))) == [
        "济源市市长质量奖管理办法 · 截至2025年1月1日复查在案奖项",
        "应提请撤销的奖项：1 项",
        "  V    第4届市长质量奖",
        "    第二十三条 获奖后5年内发生该条所列的重大事故或者严重行为",
        "      V于2023年1月1日发生严重违法行为",
        "    第二十二条 以不正当手段获得",
        "      2024年6月1日认定，V采取不正当手段获得第四届市长质量奖",
        "      措施：撤销称号、收回证书、向社会公开",
        "      自认定之日起10年内不得再次申报（读法 ban_start=finding）",
        *early,
        "      由市市场监督管理局提请市政府批准",
        "已经撤销，又认定以不正当手段获得的奖项：1 项",
        "  W    第4届市长质量奖提名奖",
        "    第二十二条 以不正当手段获得",
        "      2024年6月1日认定，W采取不正当手段获得第四届市长质量奖提名奖",
        "      此前：W的第四届市长质量奖提名奖称号于2023年6月1日被撤销，事由为获奖后发生办法所列的重大事故或",
        "      者严重行为",
        "      措施：向社会公开",
        "      自认定之日起10年内不得再次申报（读法 ban_start=finding）",
        *early,
        "      由市市场监督管理局提请市政府批准",
        "仍在进行的不得申报期：2 项",
        "  V    至 2034年6月1日（含当日）不得申报  第二十二条",
        *early,
        "  W    至 2034年6月1日（含当日）不得申报  第二十二条",
        *early,
    ]
