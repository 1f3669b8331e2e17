"""Coverage and fidelity: each planted difference between rules and text is found, none in the clean rules."""

from pathlib import Path

import pytest

from audit.checks.provisions import LAPSED, SIGNED, coverage
from audit.encoding.casetables import Attestation, Example
from audit.encoding.encodings import encoding
from audit.encoding.fidelity import faults
from audit.encoding.seals import seal
from engine.law.statutes import Provision, cities
from tests.planted import planted

CITIES = cities()
SEVEN = "（七）无其他严重违反法律法规的行为。"
SCORE = Provision(10, 0, 0)


@pytest.mark.parametrize("city", CITIES)
def test_the_clean_rules_have_no_fault(city: str) -> None:
    assert faults(encoding(city)) == []


@pytest.mark.parametrize(
    ("code", "old", "new"),
    [
        ("quotation", "自评分高于500分（含）的单位才具有", "自评分高于500分(含)的单位才具有"),
        ("quotation", "正常运行5年以上；专精特新", "正常运行5年以上，专精特新"),
        ("missing_provision", "%! 第八条第（七）项\n%! 无其他严重违反法律法规的行为。\n", ""),
        ("unknown_provision", "%! 第二十七条", "%! 第二十八条"),
        ("class", "%: N 评审原则", "%: N"),
        ("class", "%: N 评审原则", "%: X"),
        ("number", "#const min_self_score = 500.", "#const min_self_score = 501."),
        ("number", "#const printed_day = 20250825.", "#const printed_day = 20250826."),
        ("wrong_citation", "met(A, art(10,0,0), self_score)", "met(A, art(11,0,0), self_score)"),
        ("no_provision", "heeds(self_report_year).", "requires_more(A) :- applicant(A, _)."),
        ("reading", "read_as(offence_window, any_time).", "read_as(offence_windows, any_time)."),
        ("reading", "read_as(offence_window, any_time).", "read_as(offence_window, ever)."),
        ("reading", "reading_default(listing, in_force).", "reading_default(listing, always)."),
        ("span", "%~ 未发生重大的质量、安全、环境污染、公共卫生等事故", "%~ 未发生重大的质量、安全、环境污染等事故"),
        ("span", "%~ 发生较大质量、安全、环保事故", "%~ 存在严重服务质量问题"),
        ("span_alone", "cycle(art(4,0,0), cycle_years).", "cycle(art(4,0,0), cycle_years).\n%~ 评选周期为2年"),
        ("foreign_number", "lookback(art(9,0,4), accident_years).", "lookback(art(9,0,4), check_years)."),
        (
            "foreign_number",
            "notice_duty(proposed_winners, art(15,0,0), proposed_winners_days).",
            "notice_duty(proposed_winners, art(15,0,0), acceptance_days).",
        ),
        ("foreign_number", "N <= report_years", "N <= inspection_years"),
        ("constant_name", "#const cycle_years = 2.", "#const main = 2."),
        ("constant_name", "#const cycle_years = 2.", "#const quota = 2."),
        ("constant_name", "#const cycle_years = 2.", "#const self_score = 2."),
        ("constant_name", "#const cycle_years = 2.", "#const any_time = 2."),
    ],
)
def test_a_planted_fault_is_found(code: str, old: str, new: str, tmp_path: Path) -> None:
    found = {problem.code for problem in faults(planted(tmp_path, "jiyuan", (old, new)))}

    assert f"audit.{code}" in found


def test_a_changed_character_is_told_with_both_versions_and_its_place(tmp_path: Path) -> None:
    subject = planted(tmp_path, "jiyuan", ("正常运行5年以上；", "正常运行6年以上；"))

    [problem] = [each for each in faults(subject) if each.code == "audit.quotation"]

    assert problem.place.line is not None
    assert "6年" in str(problem.parameters["found"])
    assert "5年" in str(problem.parameters["words"])


def test_a_provision_added_to_the_text_misses_its_row(tmp_path: Path) -> None:
    seven = "（七）无其他严重违反法律法规的行为。"
    subject = planted(tmp_path, "jiyuan", text=((seven, f"{seven}\n\n（八）新增一项。"),))

    assert [each.parameters["citation"] for each in faults(subject)] == ["第八条第（八）项"]


def test_every_fault_is_worded_in_both_languages(tmp_path: Path) -> None:
    subject = planted(
        tmp_path, "jiyuan", ("%! 第二十七条", "%! 第二十八条"), ("%: N 评审原则", "%: X"), ("= 500.", "= 501."),
    )  # fmt: skip

    assert all(each.sentence(lang) for each in faults(subject) for lang in ("zh", "en"))


def _signed(found: str) -> Example:
    return Example(
        "a10_x", "jiyuan", "", 6, 20250930, {}, (), {"status": "eligible"}, Attestation("王某", "2026-11-22", found)
    )


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (("% The text knows no 补正", "% The text has no 补正"), SIGNED),
        (("Points >= min_self_score", "Points > min_self_score"), LAPSED),
        (("#const min_self_score = 500.", "#const min_self_score = 600."), LAPSED),
        (("#const min_years = 5.", "#const min_years = 6."), SIGNED),
    ],
)
def test_a_signature_lapses_when_its_provision_or_rules_change(
    change: tuple[str, str], state: str, tmp_path: Path
) -> None:
    before = seal(encoding("jiyuan"), SCORE)
    after = planted(tmp_path, "jiyuan", change)

    [row] = [row for row in coverage(after, [_signed(before)]).rows if row.provision == SCORE]

    assert [found for _, found in row.signatures()] == [state]


def test_a_signature_lapses_when_the_words_change(tmp_path: Path) -> None:
    before = seal(encoding("jiyuan"), SCORE)
    after = planted(tmp_path, "jiyuan", text=(("评分标准总分为1000分", "评分标准总分为900分"),))

    assert seal(after, SCORE) != before
