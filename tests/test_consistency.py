"""What the facts of a case may not say together: each contradiction of the contract, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine import messages
from engine.case import Case, load
from engine.errors import CaseError

START = 'round(jiyuan,6,20250930). applicant("J01",organization). applicant("J02",organization). reviewer("R01").\n'


@pytest.fixture
def problems(tmp_path: Path):  # type: ignore[no-untyped-def]
    """The codes of a case's problems; each text is a file of its own."""

    def codes(*texts: str) -> list[str]:
        try:
            case(tmp_path, *texts)
        except CaseError as error:
            assert all(problem.line(lang) for problem in error.problems for lang in messages.LANGUAGES)
            return [problem.code for problem in error.problems]
        return []

    return codes


def case(folder: Path, *texts: str) -> Case:
    """The case that some files make up."""
    for number, text in enumerate(texts):
        (folder / f"{number}.lp").write_text(text, encoding="utf-8")
    return load(folder / f"{number}.lp" for number in range(len(texts)))


AWARD = 'awarded("J01",main,4,20200101). '
CONTRADICTIONS = [
    "announced(20250701). announced(20250702).",
    "reading(lookback,rolling). reading(lookback,calendar_years).",
    "panel_size(3,5). panel_size(3,4).",
    "pass_mark(main,800). pass_mark(main,700).",
    'pass_mark(main,800). pass_mark(main,"800.50").',
    'awarded("J01",main,4,20200101). awarded("J01",main,4,20200102).',
    AWARD + 'revoked("J01",main,4,fraud,20210101). revoked("J01",main,4,fraud,20210102).',
    'applicant("J01",individual).',
    'winner("W01",organization). winner("W01",individual).',
    'name("J01","a"). name("J01","b").',
    'legal_form("J01",legal_person). legal_form("J01",none).',
    'seat("J01",jiyuan). seat("J01",elsewhere).',
    'operating_since("J01",20100101). operating_since("J01",20110101).',
    'industry("J01","C38"). industry("J01","C39").',
    'excellence_model_since("J01",20100101). excellence_model_since("J01",20110101).',
    'self_score("J01",600). self_score("J01",601).',
    'submitted("J01",20250901). submitted("J01",20250902).',
    'score("J01",842). score("J01","842.50").',
    'county_opinion("J01",favourable). county_opinion("J01",unfavourable).',
    'recommendation("J01",yes). recommendation("J01",no).',
    'finding("J01",credit,yes). finding("J01",credit,no).',
    'accounts("J01",2024,profit). accounts("J01",2024,loss).',
    'self_rating("J01",2024,good). self_rating("J01",2024,poor).',
    'stage_result("J01",qualification,pass). stage_result("J01",qualification,fail).',
    'objection("J01",acceptance,pending). objection("J01",acceptance,upheld).',
]


@pytest.mark.parametrize("facts", CONTRADICTIONS)
def test_two_values_where_one_is_the_law(facts: str, problems) -> None:  # type: ignore[no-untyped-def]
    assert problems(START + facts) == ["contradiction"]


@pytest.mark.parametrize("facts", CONTRADICTIONS)
def test_two_values_in_two_files(facts: str, problems) -> None:  # type: ignore[no-untyped-def]
    *first, last = facts.removesuffix(".").split(". ")

    assert problems(START + ". ".join([*first, ""]), last + ".") == ["contradiction"]


@pytest.mark.parametrize(
    "facts",
    [
        'self_score("J01",600). self_score("J01",600).',
        'score("J01","842.50"). score("J01","842.5").',
        'score("J01",842). score("J01","842.00").',
        'activity("J01",business). activity("J01",nonprofit).',
        'finding("J01",credit,yes). finding("J02",credit,no). finding("J01",ethics,no).',
        'accounts("J01",2024,profit). accounts("J01",2023,loss).',
        'certificate("J01",qms,20200101,20230101). certificate("J01",qms,20230102,99991231).',
        'spot_check("J01",20240101,national,pass). spot_check("J01",20240101,national,fail).',
        AWARD + 'awarded("J01",nomination,4,20200101). awarded("J01",main,2,20160101).',
        AWARD + 'revoked("J01",main,4,conduct,20200101). revoked("J01",main,4,fraud,20220101).',
        'awarded("J01",main,6,20250101).',
        'accident("J01",safety,general,liable,20240101). accident("J01",safety,major,liable,20240101).',
        'winner("W01",organization). awarded("W01",main,4,20200101). name("W01","x").',
        'kin("R01","P9",spouse). name("P9","x"). officer("P9","J01",director,20200101,20200101).',
        'employed("nobody","known here",20200101,99991231).',
        'body_member(committee,"P1",chair,deputy_mayor). declared_interest("P1","J01","x"). name("P1","y").',
        'declared_interest("R01","J01","x"). group("G1","C"). in_group("J01","G1"). panel_load("R01",999).',
        "panel_size(4,4). stage_day(site_review,20250101). stage_day(site_review,20250102).",
        "reading(art25_bonus,main_only).",
    ],
)
def test_what_is_no_contradiction(facts: str, problems) -> None:  # type: ignore[no-untyped-def]
    """The same fact twice, several records of a kind, readings that only the other city knows."""
    assert problems(START + facts) == []


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ('certificate("J99",qms,20240101,20270101). seat("J99",jiyuan).', ["undeclared"]),
        ('in_group("J01","G1").', ["undeclared"]),
        ('can_lead("R99"). pool("R98",local).', ["undeclared", "undeclared"]),
        ('declared_interest("P9","J01","x"). kin("P9","R01",spouse).', ["undeclared"]),
        ('declared_interest("R01","J99","x").', ["undeclared"]),
        ('name("P9","x").', ["undeclared_anything"]),
        ('bonus_paid("J99",main,4).', ["without_leader", "undeclared"]),
        ('winner("J01",organization).', ["never_also"]),
        ('certificate("J01",qms,20240102,20240101).', ["from_after_to"]),
        ('certificate("J01",qms,20240101,20240101).', []),
        ("notice(acceptance,20240102,20240101).", ["from_after_to"]),
        ('internal_notice("J01",20240102,20240101).', ["from_after_to"]),
        ('controls("P1","J01",20240102,20240101).', ["from_after_to"]),
        ("panel_size(5,3).", ["min_above_max"]),
        ('bonus_paid("J01",main,4).', ["without_leader"]),
        ('fraud_found("J01",main,4,20200101).', ["without_leader"]),
        ('revoked("J01",main,4,fraud,20200101).', ["without_leader"]),
        (AWARD + 'bonus_paid("J01",nomination,4).', ["without_leader"]),
        (AWARD + 'bonus_paid("J02",main,4).', ["without_leader"]),
        (AWARD + 'revoked("J01",main,4,conduct,20191231).', ["before_leader"]),
        (AWARD + 'revoked("J01",main,4,conduct,20200101).', []),
        ('awarded("J01",main,7,20200101).', ["later_round"]),
        ("reading(lookbak,rolling).", ["reading_key_near"]),
        ("reading(zzz,rolling).", ["reading_key"]),
        ("reading(lookback,zzz).", ["reading_choice"]),
        ("round(jiyuan,7,20250930).", ["contradiction"]),
        ("round(sanmenxia,6,20250930).", ["contradiction"]),
    ],
)
def test_what_does_not_fit_together(facts: str, codes: list[str], problems) -> None:  # type: ignore[no-untyped-def]
    assert problems(START + facts) == codes


def test_a_case_needs_a_round(problems) -> None:  # type: ignore[no-untyped-def]
    assert problems('applicant("J01",organization).', 'seat("J01",jiyuan).') == ["no_round"]


def test_a_broken_declaration_declares(problems) -> None:  # type: ignore[no-untyped-def]
    """One misspelt choice is one problem, not one for each fact about the applicant."""
    facts = (
        'round(jiyuan,6,20250230). applicant("J01",organisation). seat("J01",jiyuan). winner("W01"). name("W01","x").'
    )

    assert problems(facts) == ["no_such_day", "no_such_choice_near", "arity"]


def test_a_contradiction_names_both_places(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as error:
        case(tmp_path, START + '\nself_score("J01",600).', '\n\nself_score("J01",601).')
    want = (
        f'{tmp_path}/1.lp:3: self_score("J01",601): contradicts self_score("J01",600) at {tmp_path}/0.lp:3; '
        "there is one self-assessment score only"
    )

    assert want == str(error.value)
