"""What each paper says, word for word, in both languages; whose turn it is; what keeps a paper a draft."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

import pytest

import engine
from desk.papers import bundle, timing
from desk.papers.director import points
from desk.papers.stack import KINDS, Prepared
from engine import decide
from engine.answers.eligibility import Decision
from engine.award.answer import award
from engine.case.case import Case
from engine.facts.vocabulary import Fact
from engine.law.statutes import RULES
from engine.words.catalogues import LANGUAGES
from explain.letter.paper import Paper
from tests.golden_papers import GOLDEN, NAMES, words
from tests.golden_papers import KINDS as PAPERS

FACTS = RULES.parent / "facts"
SAMPLES = {"jiyuan-6": 20251013, "sanmenxia-3": 20251013}


@cache
def sample(folder: str, *, without: str = "", also: tuple[Fact, ...] = ()) -> Decision:
    """A sample round, without the facts of some predicates and with some more."""
    case = engine.load(sorted((FACTS / folder).glob("*.lp")))
    gone = without.split()
    return decide(Case.of([*(fact for fact in case.facts if fact.predicate not in gone), *also]))


@cache
def papers(folder: str) -> list[Prepared]:
    """All papers of a sample, dated the day its list is published."""
    kinds = [kind for kind in KINDS if kind not in ("rejection_letter", "draw_record")]
    return bundle(sample(folder), day=SAMPLES[folder], as_of=20260608, chosen=0, only=kinds)


def told(paper: Prepared) -> str:
    return "".join(f"{words}\n" for words in paper.paper.texts() if words)


# Golden texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("folder", "kind"), NAMES)
def test_a_paper_of_each_kind_says_this(folder: str, kind: str, lang: str) -> None:
    """The texts of tests/golden/papers, which a lawyer can read; `python -m tests.golden_papers` writes them anew."""
    assert words(folder, kind, lang) == (GOLDEN / f"{folder}-{kind}.{lang}.txt").read_text("utf-8")


def test_the_report_tells_what_the_award_sets_note() -> None:
    """A note about a candidate beside those about applicants: each named once."""
    decision = sample("sanmenxia-4")
    found = award(decision.case)
    listed = [one for one in points(decision, found, (), (), "zh") if "异议" in one]

    assert sorted(kind for _, kind, _ in found.notes) == ["fraud_not_revoked", "objection_pending"]
    assert listed == ["虚构甲某：异议尚未处理完毕。"]


def test_no_golden_paper_is_left_over() -> None:
    wanted = {f"{folder}-{kind}.{lang}.txt" for folder, kind in NAMES for lang in LANGUAGES}

    assert {file.name for file in GOLDEN.iterdir()} == wanted
    assert set(KINDS) == {*PAPERS, "rejection_letter", "draw_record", "list_notice"}  # other tests have the last two


# Nothing of the program in an official paper -----------------------------------------------------------


@pytest.mark.parametrize("folder", SAMPLES)
def test_official_papers_speak_of_no_program(folder: str) -> None:
    """No ISO date, no identifier, no fact as the program writes it, no key, no figure for a round."""
    decision = sample(folder)
    ids = {str(row[0]) for name in ("applicant", "winner", "reviewer", "group") for row in decision.case.rows(name)}
    for one in papers(folder):
        if one.paper.kind == "rejection_letter":
            continue
        words = told(one)
        assert not re.findall(r"\d{4}-\d{2}-\d{2}", words), one.paper.kind
        assert not [id for id in ids if re.search(rf"(?<![A-Za-z0-9]){id}(?![A-Za-z0-9])", words)], one.paper.kind
        assert not re.findall(r"\b[a-z]+_[a-z_]+\b|\w+\(\"|第\d+届", words), one.paper.kind


@pytest.mark.parametrize("folder", SAMPLES)
def test_no_paper_is_kept_open_that_promises_what_no_text_says(folder: str) -> None:
    """Neither text knows a refusal, a correction, a hearing or a limit for objections."""
    for one in papers(folder):
        if one.paper.kind != "rejection_letter":
            assert not re.search("不予受理|补正|视为|逾期|实名|听证|你方|经核对，你", told(one)), one.paper.kind


# Whose turn it is -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (20250801, "announcement"),
        (20250826, "application"),
        (20250930, "application"),
        (20251001, "examination"),
        (20251013, "acceptance"),
        (20251020, "acceptance"),
        (20251021, "review"),
        (20251201, "winners"),
        (20251212, "winners"),
        (20251213, "approval"),
        (20251222, "closed"),
    ],
)
def test_the_stage_of_a_day(day: int, stage: str) -> None:
    assert timing.stage(sample("jiyuan-6").case, day) == stage


def test_only_the_papers_of_the_stage_are_written() -> None:
    kinds = {one.paper.kind for one in bundle(sample("jiyuan-6"), day=20251209, today=20251209, chosen=0)}

    assert kinds == {"winners_notice", "revocation_proposal", "round_report"}


REVIEWED = (
    "score reviewer expertise pool can_lead panel_load unavailable reviewer_misconduct group in_group kin employed "
    "officer shareholder controls works_with declared_interest"
)


def examined(*, without: str = "", also: tuple[Fact, ...] = ()) -> Decision:
    """The sample before anybody reviews: no scores, no reviewers."""
    return sample("jiyuan-6", without=f"{REVIEWED} {without}", also=also)


def held(found: Decision, kind: str, **asked: object) -> list[str]:
    """What the first paper of a kind lacks."""
    return list(bundle(found, only=(kind,), final=True, **asked)[0].held)  # type: ignore[arg-type]


def test_a_request_may_not_ask_for_what_its_own_day_has_passed() -> None:
    late = held(examined(), "supplement_notice", day=20251013)

    assert late == ["要求在2025年10月10日前提交，成文日期2025年10月13日却在其后"]
    assert held(examined(), "supplement_notice", day=20251010) == []


def test_the_time_for_supplements_ends_before_the_list() -> None:
    found = examined(without="supplement_by", also=(Fact("supplement_by", (20251013,)),))

    assert held(found, "supplement_notice", day=20251009) == [
        "补充材料的最后一日（2025年10月13日）应当早于受理名单公布之日（2025年10月13日）"
    ]


def test_nobody_is_told_before_the_list_is_published() -> None:
    """A letter that nobody needs to prove: what is asked is its day alone."""
    letter = Paper("rejection_letter", "题名", (), number="样例函〔2025〕1号", signature="虚构局", day=20251013)
    early = timing.Round(examined(without="notice stage_day stage_result"))
    before = timing.Round(examined())

    assert timing.told(timing.reasons(early, letter, "J08"), "zh") == ["受理名单尚未公示：“未列入受理名单”还不是事实"]
    assert timing.told(timing.reasons(before, letter, "J08"), "zh") == []
    assert timing.told(timing.reasons(before, replace(letter, day=20251012), "J08"), "zh") == [
        "成文日期2025年10月12日早于受理名单公布之日（2025年10月13日）"
    ]


def test_no_list_of_winners_is_older_than_what_it_comes_from() -> None:
    """Not than any stage of the review, also where the last of them has no day, nor than the list that it waits for."""
    undated = "notice stage_day listed document_day"
    site = Fact("stage_day", ("site_review", 20251120))
    list_ = Fact("notice", ("acceptance", 20251013, 20251020))
    found = examined(without=undated, also=(site, list_, Fact("score", ("J01", "950"))))

    def why(day: int) -> list[str]:
        return [one for one in held(found, "winners_notice", day=day, chosen=0) if "成文日期" in one]

    assert why(20251119) == ["成文日期2025年11月19日早于现场评审（2025年11月20日）"]
    assert why(20251020) == [
        "成文日期2025年10月20日早于现场评审（2025年11月20日）",
        "成文日期2025年10月20日不晚于受理名单公示结束之日（2025年10月20日）",
    ]
    assert why(20251120) == []


def test_a_letter_is_not_older_than_the_finding_it_tells() -> None:
    letter = Paper("rejection_letter", "题名", (), number="样例函〔2025〕1号", signature="虚构局", day=20251014)
    finding = Fact("finding_by", ("J08", "quality_strategy", "虚构评审组", 20251015, "未制定"))
    after = timing.Round(examined(also=(Fact("finding", ("J08", "quality_strategy", "no")), finding)))

    assert timing.told(timing.reasons(after, letter, "J08"), "zh") == [
        "成文日期2025年10月14日早于所依据事实之日（2025年10月15日）"
    ]
    assert timing.told(timing.reasons(after, replace(letter, day=20251015), "J08"), "zh") == []


def test_each_paper_has_its_own_day() -> None:
    """One day for all is no day for papers months apart: those on file or of the stage are dated, others open."""
    found = bundle(sample("jiyuan-6"), day=20251013, as_of=20260608, chosen=0, to=("", "J07", "R02", "W01"))
    days = {one.paper.kind: one.paper.day for one in found}

    assert days == {
        "announcement": 20250826,
        "receipt_slip": 20250915,
        "supplement_notice": 0,
        "acceptance_notice": 20251013,
        "rejection_letter": 20251013,
        "consultation_letter": 20251013,
        "recusal_notice": 20251013,
        "winners_notice": 20251208,
        "winners_submission": 0,
        "revocation_proposal": 20251013,
        "round_report": 20251013,
    }


def test_a_short_notice_keeps_the_list_a_draft() -> None:
    assert held(sample("jiyuan-6"), "winners_notice", chosen=0) == ["案卷登记的公示到2025年12月12日为止，不足5个工作日"]


def test_a_list_that_names_whose_fraud_is_not_dealt_with_stays_a_draft() -> None:
    """Fraud found and not revoked, and an objection that is not settled: decided by people first."""
    fraud = (
        Fact("awarded", ("J01", "nomination", 1, 20151120)),
        Fact("fraud_found", ("J01", "nomination", 1, 20250601)),
    )
    objection = (Fact("objection", ("J04", "acceptance", "pending")),)

    assert held(examined(also=(*fraud, *objection)), "acceptance_notice") == [
        "虚构一号精密铸造有限公司已被认定骗取荣誉而尚未撤销，公布前应当决定如何处理",
        "对虚构四号食品有限公司的异议尚未处理完毕",
    ]


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ({}, "公示期间没有收到异议。"),
        ({"J03": "dismissed"}, "公示期间收到异议，经核查均不成立。"),
        ({"J03": "pending", "J04": "upheld"},
         "公示期间收到异议，对虚构三号新能源装备有限公司的异议尚未处理完毕。"),
        ({"J03": "dismissed", "J04": "upheld"},
         "公示期间收到异议，经核查，对虚构四号食品有限公司的异议成立，其不在现提交的名单之内。"),
    ],
)  # fmt: skip
def test_a_submission_says_of_objections_what_became_of_them(states: dict[str, str], said: str) -> None:
    """Never “none, or groundless”; after one was upheld nothing shows that the list submitted was public."""
    objections = tuple(Fact("objection", (id, "proposed_winners", state)) for id, state in states.items())
    notice = (
        Fact("notice", ("acceptance", 20251013, 20251020)),
        Fact("notice", ("proposed_winners", 20251208, 20251215)),
    )
    found = sample("jiyuan-6", without="objection notice", also=(*objections, *notice))
    (paper,) = bundle(found, only=("winners_submission",), chosen=0)

    assert told(paper).split("公示，")[1].split("\n")[0] == said
    assert any("不能确认现提交的名单经过公示" in one for one in paper.held) == ("upheld" in states.values())


def test_a_submission_waits_for_a_notice_of_full_length() -> None:
    assert "案卷登记的公示到2025年12月12日为止，不足5个工作日" in held(
        sample("jiyuan-6"), "winners_submission", chosen=0
    )


def test_whoever_withdrew_gets_no_paper() -> None:
    from explain.letter import addressees

    found = examined(also=(Fact("withdrawn", ("J08", 20251010)), Fact("withdrawn", ("J01", 20251010))))
    written = bundle(found, day=20251013, only=("receipt_slip", "acceptance_notice", "supplement_notice"))
    written += bundle(found, only=("revocation_proposal", "consultation_letter"))

    assert not [one for one in written if one.about in ("J08", "J01")]
    assert addressees(found) == ["J07", "J09", "J10"]
    assert not [one.paper.kind for one in written if one.paper.kind == "acceptance_notice" and "一号" in told(one)]


def test_who_stood_on_the_published_list_is_printed() -> None:
    """Not today's outcome: what was published decides."""
    from desk.papers import notices

    found = examined(also=(Fact("listed", ("J01", "acceptance")), Fact("listed", ("J08", "acceptance"))))

    assert notices.listed(found) == ["J01", "J08"]
    assert "J02" in notices.unlisted(found) and "J08" not in notices.unlisted(found)


def test_an_applicant_without_a_name_keeps_the_paper_a_draft() -> None:
    """An identifier is no name."""
    case = examined().case
    found = decide(Case.of(fact for fact in case.facts if fact != Fact("name", ("J01", "虚构一号精密铸造有限公司"))))
    (notice,) = bundle(found, only=("acceptance_notice",), final=True)

    assert notice.held == ("有申报者没有登记名称",)
    assert "J01" not in told(notice) and notice.paper.draft


# Submissions ----------------------------------------------------------------------------------------


def test_one_matter_a_submission() -> None:
    """Five titles, five submissions, each with its own attachments; none without a signer and its sources is final."""
    found = [one for one in papers("jiyuan-6") if one.paper.kind == "revocation_proposal"]

    assert [one.about for one in found] == ["J09", "W01", "W02", "W03", "W06"]
    assert found[0].paper.number == "样例市监〔2025〕2号" and found[0].paper.signer == "虚构签发人"
    assert "没有登记依据材料：虚构十一号重型机械有限公司于2025年6月10日发生重大环境污染事故（无责任）" in found[1].held
    assert found[0].paper.attachments == (
        "虚构市应急管理局事故调查报告（样例应急〔2024〕6号）",
        "虚构行政处罚决定书（样例罚字〔2024〕第18号）",
    )


@pytest.mark.parametrize(
    ("start", "years", "end"), [(20211120, 5, 20261120), (20200229, 5, 20250228), (20200229, 4, 20240229)]
)
def test_the_years_after_an_award(start: int, years: int, end: int) -> None:
    from desk.papers import ground

    assert ground.corresponding(start, years) == end


# Numbers --------------------------------------------------------------------------------------------


def numbered(facts: Iterable[tuple[object, ...]], due: list[tuple[str, str]]) -> dict[tuple[str, str], str]:
    from desk.press.register import numbers

    made = [Fact(str(name), tuple(row)) for name, *row in facts]  # type: ignore[arg-type]
    return numbers(Case.of([Fact("round", ("jiyuan", 6, 20250930)), *made]), due, dict.fromkeys(due, 20251020))


def test_each_kind_takes_its_own_series() -> None:
    series = (
        ("document_series", "样例质奖告", 2025, 5),
        ("document_series", "样例质奖通", 2025, 2),
        ("document_series", "样例质奖通", 2026, 1),
        ("series_for", "rejection_letter", "样例质奖告"),
        ("series_for", "supplement_notice", "样例质奖通"),
    )
    due = [
        ("rejection_letter", "J02"),
        ("rejection_letter", "J01"),
        ("supplement_notice", "J03"),
        ("recusal_notice", "R1"),
    ]

    assert numbered(series, due) == {
        ("supplement_notice", "J03"): "样例质奖通〔2025〕2号",
        ("rejection_letter", "J01"): "样例质奖告〔2025〕5号",
        ("rejection_letter", "J02"): "样例质奖告〔2025〕6号",
    }


REVOKED = """
round(jiyuan,6,20250930). reading(earlier_rounds,count).
applied_because(art(23,0,0),"本理由只涉及第二十三条").
winner("W1",organization). name("W1","虚构甲公司"). awarded("W1",main,5,20230601). bonus_paid("W1",main,5).
accident("W1",safety,major,liable,20250201).
winner("W2",organization). name("W2","虚构乙公司"). awarded("W2",main,5,20230601). bonus_paid("W2",main,5).
revoked("W2",main,5,conduct,20250401). bonus_recovered("W2",main,5,20250501). fraud_found("W2",main,5,20250601).
"""


def _revoked(more: str = "") -> dict[str, Prepared]:
    decision = decide(engine.read({"case.lp": (REVOKED + more).encode()}))
    found = bundle(decision, day=20251209, as_of=20251209, only=("revocation_proposal",))
    return {one.about: one for one in found}


def test_why_an_older_award_is_dealt_with_is_not_the_reason_given_for_another_provision() -> None:
    """A reason given for 第二十三条 says nothing of what the text's own day of coming into force leaves open."""
    one = _revoked()["W1"]
    assert "本理由只涉及" not in told(one) and "＿＿＿＿（适用《办法》的理由" in told(one)
    assert any("没有登记适用《办法》的理由" in why for why in one.held)

    one = _revoked('applied_because(art(27,0,0),"甲理由").')["W1"]
    assert "之前，甲理由。" in told(one)
    assert not any("没有登记适用《办法》的理由" in why for why in one.held)


def test_money_that_was_taken_back_is_said_to_be() -> None:
    said = told(_revoked()["W2"])
    assert "一次性奖励资金已发放，并已于2025年5月1日收回。" in said
    assert "收回" not in told(_revoked()["W1"]).partition("《济源市")[0]
