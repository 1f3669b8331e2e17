"""Facts that are each well formed and may not stand together: each kind on both sides of its line."""

import itertools
from pathlib import Path

import pytest

from engine.case import load
from engine.errors import CaseError
from engine.words import LANGUAGES

START = 'round(jiyuan,6,20250930).\napplicant("J01",organization).\napplicant("J02",individual).\n'
EMPLOYED = 'reviewer("R1"). employed("R1","O1",20200101,99991231).'
CODE, OTHER = "91350100M000100Y43", "91110000600037341L"

FINDING = 'finding("J01",innovation,no).'
SOURCE = 'seed_source(1,"双色球第2026135期",20261124).'
WON = 'winner("W1",organization). awarded("W1",main,4,20210228).'


def codes(text: str, tmp_path: Path) -> list[str]:
    """The codes of a case's problems, in the order of the lines."""
    file = tmp_path / "a.lp"
    file.write_text(START + text, encoding="utf-8")
    try:
        load(file)
    except CaseError as refusal:
        assert all(problem.line(lang) for problem, lang in itertools.product(refusal.problems, LANGUAGES))
        return [problem.code for problem in refusal.problems]
    return []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f'credit_code("J01","{CODE}").', []),
        (f'credit_code("J01","{CODE}"). credit_code("J01","{OTHER}").', ["contradiction"]),
        (f'credit_code("J01","{CODE[:-1]}4").', ["credit_code_check"]),
        ('credit_code("J01","91350100M000100Y4").', ["wants_credit_code"]),
        ('credit_code("J01","91350100M000100O43").', ["wants_credit_code"]),
        (f'credit_code("J02","{CODE}").', ["code_of_person"]),
        (f'reviewer("R1"). credit_code("R1","{CODE}").', ["code_of_person"]),
        (f'applicant("J03",organization). credit_code("J01","{CODE}"). credit_code("J03","{CODE}").', ["one_body"]),
        (f'winner("W1",organization). credit_code("W1","{CODE}"). credit_code("J01","{CODE}").', ["one_body"]),
        (EMPLOYED + f'credit_code("O1","{CODE}"). credit_code("J01","{CODE}").',
         ["one_body"]),
        (EMPLOYED + f'credit_code("O1","{CODE}"). credit_code("J01","{OTHER}").',
         []),
        ('winner("W1",organization). winner("W2",organization).'
         f'credit_code("W1","{CODE}"). credit_code("W2","{CODE}").', []),
        (f'credit_code("O9","{CODE}").', ["undeclared_anything"]),
        ('former_name("J01","甲厂"). former_name("J01","乙厂").', []),
        ('former_name("O9","甲厂").', ["undeclared_anything"]),
        ('reviewer("R1"). controls("R1","O1",20200101,99991231).', []),
        ('reviewer("R1"). controls("P1","R1",20200101,99991231).', ["never_part"]),
        ('reviewer("R1"). authority("R1").', ["never_part"]),
        ('reviewer("J02").', []),
        ('finding_by("J01",innovation,"质量科",20251010,"现场记录").', ["without_leader"]),
        (FINDING + 'finding_by("J01",innovation,"质量科",20251010,"现场记录").', []),
        (FINDING + 'finding_by("J01",innovation,"甲",20251010,"乙"). finding_by("J01",innovation,"丙",20251010,"乙").',
         ["contradiction"]),
        ('bonus_recovered("J01",main,4,20240101).', ["without_leader"]),
        (WON + 'bonus_recovered("W1",main,4,20240101).', []),
        (WON + 'bonus_recovered("W1",main,4,20240101). bonus_recovered("W1",main,4,20240102).', ["contradiction"]),
        (WON + 'fraud_found("W1",main,4,20240101). fraud_found("W1",main,4,20240102).', ["contradiction"]),
        (WON + 'revoked("W1",main,4,fraud,20240101). revoked("W1",main,4,conduct,20230101).', []),
        ('handed_in("J01",20250901). handed_in("J01",20250902).', ["contradiction"]),
        ('withdrawn("J01",20250901). withdrawn("J01",20250902).', ["contradiction"]),
        ('contact("J01","甲","1"). contact("J01","乙","1").', ["contradiction"]),
        ('forwarded_by("J01","甲"). forwarded_by("J01","乙").', ["contradiction"]),
        ("stage_day(site_review,20251101). stage_day(site_review,20251102).", ["contradiction"]),
        ('group("G1","C38"). group("G1","C39").', ["contradiction"]),
        ('group("G1","C38"). group("G2","C39"). in_group("J01","G1"). in_group("J01","G2").', ["contradiction"]),
        ('reviewer("R1"). panel_load("R1",1). panel_load("R1",2).', ["contradiction"]),
        ('document_series("函",2025,1). document_series("函",2026,1). document_series("告",2025,4).', []),
        ('document_series("函",2025,1). document_series("函",2025,2).', ["contradiction"]),
        ('series_for(rejection_letter,"函").', ["without_leader"]),
        ('document_series("函",2025,1). series_for(rejection_letter,"函").', []),
        ('asked("应急管理局",20251020,20251019).', ["from_after_to"]),
        ('asked("应急管理局",20251020,99991231). asked("税务局",20251020,20251020).', []),
        ('objection_made("J01",acceptance,20251020,"甲"). objection_made("J01",acceptance,20251020,"乙").', []),
        ('listed("J01",internal).', ["no_such_term"]),
        ("holiday(20261001,off).", []),
        ("holiday(20261001,work).", ["calendar_off"]),
        ("holiday(20261009,off).", ["calendar_work"]),
        ("holiday(20270301,off). holiday_year(2027).", []),
        ("holiday(20270301,off). holiday(20270301,work).", ["contradiction"]),
        ('seed_source(2,"甲",20261124).', ["number_missing"]),
        (SOURCE + 'seed_source(2,"乙",20261125).', []),
        (SOURCE + 'seed_source(1,"乙",20261125).', ["contradiction"]),
        (SOURCE + "seed_part(1,1,6,1,33,unordered). seed_part(1,2,1,1,16,unordered).", []),
        (SOURCE + "seed_part(1,2,1,1,16,unordered).", ["number_missing"]),
        ("seed_part(1,1,6,1,33,unordered).", ["without_leader"]),
        ('seed_reserve(1,"丙",20261130).', ["without_leader"]),
        (SOURCE + "seed_part(1,1,6,6,1,unordered).", ["min_above_max"]),
        (SOURCE + "seed_part(1,1,6,1,5,ordered).", ["too_few_numbers"]),
        (SOURCE + "seed_part(1,1,5,1,5,ordered).", []),
        (SOURCE + "seed_part(1,1,6,1,5,throws).", []),
        (SOURCE + "seed_part(1,1,100,0,999,throws).", ["number_range"]),
        (SOURCE + "frozen_on(20261120). objections_until(20261120).", []),
        (SOURCE + "frozen_on(20261121). objections_until(20261120).", ["day_after"]),
        (SOURCE + "frozen_on(20261120). objections_until(20261124).", ["day_not_before"]),
        (SOURCE + "objections_until(20261123).", []),
        (SOURCE + 'seed_reserve(1,"丙",20261123). objections_until(20261123).', ["day_not_before"]),
        ("frozen_on(20261120). frozen_on(20261121).", ["contradiction"]),
        ('applied_because(art(27,0,0),"甲").', []),
        ('applied_because(art( 27, 0, 0),"甲"). applied_because("第二十七条","乙").', ["contradiction"]),
        ('applied_because(art(28,0,0),"甲").', ["no_such_provision"]),
        ('applied_because(art(27,0),"甲").', ["wants_provision"]),
        ('applied_because(27,"甲").', ["wants_provision"]),
        ('applied_because(article,"甲").', ["wants_provision"]),
        ('name("J01",art(27,0,0)).', ["function"]),
        ('applicant(art(1,0,0),organization).', ["function"]),
        ('described("withdrawn(\\"J01\\",20250901)","甲").', ["speaks_of_nothing"]),
        ('withdrawn("J01",20250901). described("withdrawn(\\"J01\\",20250901)","甲").', []),
    ],
)  # fmt: skip
def test_what_may_not_stand_together(text: str, wanted: list[str], tmp_path: Path) -> None:
    assert wanted == codes(text, tmp_path)
