"""Every case of the tables against the rules, one grounding a question: what comes out otherwise is told in words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from audit.checks.provisions import coverage
from audit.encoding.encodings import asking, encoding
from audit.encoding.questions import DECIDE, QUESTIONS
from audit.opinions.ledger import cases_of, judged
from audit.tables.difference import difference_words
from audit.tables.rounds import made
from audit.tables.verdicts import Verdicts, conducted, decided
from engine.errors import CaseError
from engine.law.statutes import cities
from tests.planted import planted

OTHERS = [name for name in QUESTIONS if name != DECIDE.name]


@cache
def tried(city: str, question: str = DECIDE.name) -> Verdicts:
    subject = encoding(city, QUESTIONS[question])
    return decided(subject, cases_of(subject)) if question == DECIDE.name else conducted(subject)


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("city", cities())
def test_the_rules_say_what_the_tables_say(city: str, question: str) -> None:
    found = tried(city, question)

    assert found.problems == ()
    assert [(each.example.id, each.wanted, each.found) for each in found.all if not each.agrees] == []
    assert len({each.example.id for each in found.all}) == len(found.all) > 50


@pytest.mark.parametrize("city", cities())
def test_the_clean_rules_have_no_fault_with_all_their_cases(city: str) -> None:
    cases = [each.example for question in QUESTIONS for each in tried(city, question).all]

    assert coverage(encoding(city), cases).faults == ()


def test_a_rule_that_reads_another_fact_shows_in_the_cases(tmp_path: Path) -> None:
    """The score of the panel read for the applicant's own: the text, the numbers and the citations are all right."""
    slip = planted(tmp_path, "jiyuan", ("self_score(A, Points), Points >=", "score(A, Points), Points >="))

    found = [each for each in decided(slip, cases_of(slip)).all if not each.agrees]

    assert len(found) > 400
    [one] = [each for each in found if each.example.id == "a10_self_score_500"]
    assert difference_words(slip, one, "zh") == (
        "某单位的自评分为500分",
        "拟列入受理名单",
        "拟不列入受理名单：第十条（自评得分）不符合",
    )


def test_a_round_that_comes_out_otherwise_is_told_in_words(tmp_path: Path) -> None:
    slip = planted(tmp_path, "jiyuan", ("#const acceptance_days = 5.", "#const acceptance_days = 4."))
    procedure = asking(slip, QUESTIONS["procedure"])

    found = {each.example.id: each for each in conducted(procedure).all if not each.agrees}

    _, table, now = difference_words(procedure, found["a14_p1_four_working_days"], "zh")
    assert table == "不合程序之处：第十四条第一款 受理名单公示的工作日 4 / 5"
    assert now == "不合程序之处：无"


def test_who_proposes_a_revocation_is_told_in_words(tmp_path: Path) -> None:
    """The other city's office under this city's provision."""
    slip = planted(tmp_path, "jiyuan", ("proposer(art(22,0,0), market_bureau)", "proposer(art(22,0,0), secretariat)"))
    review = asking(slip, QUESTIONS["review"])

    [one] = [each for each in conducted(review).all if not each.agrees]

    assert difference_words(review, one, "zh")[1:] == (
        "提请机关：第二十二条 由市市场监督管理局提请市政府批准",
        "提请机关：第二十二条 由评委会秘书处提请市政府批准",
    )


def test_a_row_that_drops_what_its_base_has_not_is_a_problem() -> None:
    row = made("jiyuan", {"id": "x", "without": ["notice(acceptance"], "expect": {}}, {"base": []}, "some.toml")

    with pytest.raises(CaseError) as raised:
        _ = row.case

    assert [(each.code, str(each.place)) for each in raised.value.problems] == [("audit.row_without", "some.toml: x")]


def test_all_questions_of_an_encoding_are_judged_at_once(tmp_path: Path) -> None:
    """A draft that has no tables of its own is held to its city's."""
    slip = planted(tmp_path, "jiyuan")

    assert [{each.question for each in one.all} for one in judged(slip)] == [{name} for name in QUESTIONS]
