"""Sentences of letters that were once untrue of the facts: each says now what is on file, and only that."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from engine import Decision, decide, read
from explain.letter.rejection import Letters

SANMENXIA = """
round(sanmenxia,4,20261016).
notice(acceptance,20261102,20261109).
"""
COMPLETE = """
applicant("{a}",organization).
activity("{a}",business). legal_form("{a}",legal_person). seat("{a}",sanmenxia). operating_since("{a}",20100601).
self_rating("{a}",2024,good). self_rating("{a}",2025,good).
finding("{a}",quality_strategy,yes). finding("{a}",quality_system,yes). finding("{a}",excellence_management,yes).
finding("{a}",innovation,yes). finding("{a}",core_ip,yes). finding("{a}",reputation,yes).
finding("{a}",satisfaction,yes). finding("{a}",credit,yes). finding("{a}",performance_leading,yes).
material("{a}",application_form). material("{a}",evidence).
county_opinion("{a}",favourable). recommendation("{a}",yes). submitted("{a}",20261009).
"""
INTERNAL = 'internal_notice("{a}",20260901,20260909). '
PRELIMINARY = 'preliminary_notice("{a}",20260914,20260922). '
NOTICES = {
    "short": INTERNAL + 'preliminary_notice("{a}",20260914,20260918).',
    "running": INTERNAL + 'preliminary_notice("{a}",20261009,20261020).',
    "disputed": INTERNAL + PRELIMINARY + 'objection("{a}",preliminary,pending).',
    "short and disputed": INTERNAL
    + 'preliminary_notice("{a}",20260914,20260918). objection("{a}",preliminary,pending).',
    "later": INTERNAL + 'preliminary_notice("{a}",20261017,20261026).',
    "none": INTERNAL,
    "own disputed": INTERNAL + PRELIMINARY + 'objection("{a}",internal,pending).',
    "own later": 'internal_notice("{a}",20261017,20261026). ' + PRELIMINARY,
    "own without end": 'internal_notice("{a}",20260901,99991231). ' + PRELIMINARY,
}
_SHORT = "初审公示自2026年9月14日至2026年9月18日，计4个工作日，不足5个工作日"
_DISPUTED = "对你单位初审公示的异议尚未处理完毕"
_NONE = "未收到你单位的申报经初审后向社会公示的记录"
_LATER = "未收到你单位的申报经初审后在申报截止日（2026年10月16日）以前开始向社会公示的记录"
_ON = "截至2026年11月2日（受理名单公示之日），"
WAITING = {
    "short": f"{_ON}{_SHORT}。",
    "running": f"{_ON}初审公示自2026年10月9日至2026年10月20日，在申报截止日2026年10月16日尚未结束。",
    "disputed": f"{_ON}{_DISPUTED}。",
    "short and disputed": f"{_ON}{_SHORT}；{_DISPUTED}。",
    "later": f"{_ON}{_LATER}。",
    "none": f"{_ON}{_NONE}。",
    "own disputed": f"{_ON}对你单位内部公示的异议尚未处理完毕。",
    "own later": f"{_ON}未收到你单位提交的能够证明截至申报截止日（2026年10月16日）情况的本组织内部公示的记录。",
}


def _made(facts: str) -> Letters:
    decision: Decision = decide(read({"case.lp": facts.encode()}))
    return Letters(decision, [one.id for one in decision.applicants])


@cache
def notices() -> Letters:
    cases = ((COMPLETE + facts).replace("{a}", name) for name, facts in NOTICES.items())
    return _made(SANMENXIA + "\n".join(cases))


@pytest.mark.parametrize(("name", "said"), WAITING.items())
def test_a_notice_that_does_not_do_is_told_by_what_it_lacks(name: str, said: str) -> None:
    """Of a notice on file it is never said that there is none, nor that it may lack either of two things."""
    assert said in list(notices().of(name).paper.texts())


def test_a_notice_whose_year_is_not_known_is_not_said_to_be_disputed() -> None:
    facts = SANMENXIA.replace("20261016", "20270331").replace("20261102,20261109", "20270412,20270419")
    one = (COMPLETE + 'internal_notice("A",20270108,20270119). preliminary_notice("A",20261201,20261211).').replace(
        "{a}", "A"
    )
    found = _made(facts + one.replace("2025", "2026").replace('self_rating("A",2024', 'self_rating("A",2025')).of("A")

    assert (
        "截至2027年4月12日（受理名单公示之日），本组织内部公示自2027年1月8日至2027年1月19日："
        "有的年度节假日安排尚未收录，是否足日未定。"
    ) in list(found.paper.texts())


def test_a_period_without_an_end_is_not_put_into_two_words() -> None:
    told = "\n".join(notices().of("own without end").paper.texts())

    assert "本组织内部公示自2026年9月1日至今，在申报截止日2026年10月16日尚未结束" in told


JIYUAN = """
round(jiyuan,6,20260228).
notice(acceptance,20260313,20260320).
supplement_by(20260310).
"""
RECORDS = """
applicant("empty",organization).
applicant("later",organization). material("later",evidence). activity("later",business).
certificate("later",qms,20260301,20300101). self_report_year("later",2024).
applicant("young",organization). operating_since("young",20260301).
applicant("winner",organization).
awarded("winner",main,3,20191120). revoked("winner",main,3,conduct,20210101). awarded("winner",main,1,20151120).
revoked("winner",main,1,conduct,20160101).
applicant("event",organization). accident("event",public_health,major,liable,20250101).
"""


@cache
def records(closed: bool = False) -> Letters:
    return _made(JIYUAN + RECORDS + "evidence_closed." * closed)


def test_papers_of_whoever_handed_in_nothing_are_not_said_to_have_come() -> None:
    told = {name: next(iter(list(records().of(name).paper.texts())[3:])) for name in ("empty", "later")}

    assert {name: words.partition("。")[0] for name, words in told.items()} == {
        "empty": "你单位申报第六届济源市市长质量奖",
        "later": "你单位申报第六届济源市市长质量奖的材料收悉",
    }


@pytest.mark.parametrize("closed", [False, True])
def test_a_missing_paper_is_named_as_what_is_missing(closed: bool) -> None:
    """A certificate that begins too late is on file, and a year's data are no report of their own."""
    told = "\n".join(records(closed).of("later").paper.texts())

    assert "能够证明截至申报截止日（2026年2月28日）情况的质量管理体系认证证书；" in told
    assert "自评报告中2023年度、2025年度的数据和信息；" in told
    assert "2023年度自评报告" not in told


def test_a_start_after_the_deadline_is_said_to_lie_ahead() -> None:
    told = "\n".join(records().of("young").paper.texts())

    assert "依第（一）项事实，至申报截止日2026年2月28日为0日（尚未开始），不满5年，" in told


def test_what_the_unknown_activity_leaves_open_is_the_condition_and_not_the_activity() -> None:
    told = "\n".join(records(closed=True).of("empty").paper.texts())

    assert "该条第（五）项中“经营业绩或社会贡献突出”的条件按未具备认定。" in told


def test_a_reading_that_turns_on_a_record_tells_the_record() -> None:
    """The revocation of the award that bars is told; that of an award that bars nothing any more is not."""
    texts = list(records().of("winner").paper.texts())

    assert texts[5:8] == [
        "（一）你单位于2019年11月20日获得第三届市长质量奖。",
        "（二）你单位的第三届市长质量奖称号于2021年1月1日被撤销，事由为获奖后发生办法所列的重大事故或者严重行为。",
        "二、理由和依据",
    ]
    assert "称号被撤销的，仍属获奖；" in "\n".join(texts)


def test_a_period_that_the_text_does_not_name_is_not_left_without_a_subject() -> None:
    told = "\n".join(records().of("event").paper.texts())

    assert "未发生重大事故的期间为申报截止日前三年；所称期间自行为发生之日起按日计算，不按年度计算。" in told


def test_what_a_text_asks_for_by_its_own_key_is_asked_for_as_a_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A county's text wants a revenue: what is missing is what proves it, not the revenue."""
    monkeypatch.setenv("PINGJIANG_ALSO", str(Path(__file__).with_name("drafts") / "qinglan.lp"))
    facts = 'round(qinglan,3,20250930). notice(acceptance,20251013,20251020). applicant("A",organization).'
    told = "\n".join(_made(facts).of("A").paper.texts())

    assert "；能够证明“上年度主营业务收入”的材料；申报书（表）。" in told


ENDS = """
round(jiyuan,6,20250930).
notice(acceptance,20251013,20251020).
applicant("loss",organization). activity("loss",business). accounts("loss",2022,loss). accounts("loss",2024,loss).
applicant("offence",organization). offence("offence",law,serious,20200229). offence("offence",law,serious,20250930).
applicant("states",organization). licence_missing("states","甲",20250101,20260101).
licence_missing("states","乙",20250101,99991231).
applicant("both",organization). product_inspection("both",2023,municipal,fail).
accident("both",safety,major,liable,20190101).
"""


def _of(name: str, more: str = "") -> str:
    return "\n".join(_made(ENDS + more).of(name).paper.texts())


def test_every_contrary_record_of_a_condition_is_told_with_its_own_end() -> None:
    """The end of the first loss is not the end of the bar: a later one counts for longer."""
    told = _of("loss")

    assert "（一）你单位的2022年度经营结果为亏损。" in told
    assert "（二）你单位的2024年度经营结果为亏损。" in told
    assert "就第（一）项事实至2025年12月31日，就第（二）项事实至2027年12月31日。" in told
    assert "依第（一）项、第（二）项事实，你单位不具备该条第（七）项" in _of("offence")


def test_where_one_fact_has_an_end_and_another_none_both_are_told() -> None:
    """A provision whose other fact still lasts is not said to end with the one that is over."""
    assert "第九条第（二）项的期限就第（二）项事实至2026年1月1日，就第（一）项事实未写明期限。" in _of("states")
    told = _of("both", "reading(accident_window,any_time).")
    assert (
        "第八条第（四）项就第（一）项事实未写明期限；第八条第（四）项所称“连续三年”，就第（二）项事实至2026年12月31日。"
        in told
    )


OLDER = """
round(jiyuan,6,20250930). reading(earlier_rounds,count). notice(acceptance,20251013,20251020).
applied_because(art(9,0,5),"本理由只涉及第九条"). applicant("A",organization). awarded("A",main,5,20231120).
"""


def test_the_reason_for_applying_the_text_to_what_is_older_is_not_that_of_another_provision() -> None:
    letter = _made(OLDER).of("A")
    assert "本理由只涉及" not in "\n".join(letter.paper.texts())
    assert any("由法制机构写明适用理由" in one for one in letter.paper.lacks)

    letter = _made(OLDER + 'applied_because(art(27,0,0),"甲理由").').of("A")
    assert "甲理由" in "\n".join(letter.paper.texts())
