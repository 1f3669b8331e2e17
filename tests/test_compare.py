"""Comparison: a witness for each difference, minimal and readable; none between versions that agree."""

from pathlib import Path

import pytest

from audit.checks.applicants import changes
from audit.checks.comparison import Comparison, compare
from audit.encoding.encodings import Encoding, encoding
from audit.tables.outcomewords import outcome, question
from engine.case.case import Case
from engine.errors import UsageError
from engine.facts.vocabulary import Fact, text
from tests.planted import planted


@pytest.fixture(scope="module")
def jiyuan() -> Encoding:
    return encoding("jiyuan")


def _story(found: Comparison) -> list[tuple[list[str], str, str]]:
    """Each witness: what it has beyond a flawless dossier, the status before and after."""
    return [
        ([text(fact) for fact in w.dossier.departures(w.base)[1]], outcome(w.old)[0], outcome(w.new)[0])
        for w in found.witnesses
    ]


@pytest.mark.slow
def test_at_least_against_more_than_is_told_by_the_number_itself(jiyuan: Encoding, tmp_path: Path) -> None:
    """`>` for `>=`: the one dossier that tells them apart has exactly 500 points."""
    found = compare(jiyuan, planted(tmp_path, "jiyuan", ("Points >= min_self_score", "Points > min_self_score")))

    assert _story(found)[0] == (['self_score("A",500)'], "eligible", "rejected")
    assert {fact for facts, _, _ in _story(found) for fact in facts} == {'self_score("A",500)'}


@pytest.mark.slow
def test_a_threshold_off_by_one_year_is_told_by_the_days_between(jiyuan: Encoding, tmp_path: Path) -> None:
    found = compare(jiyuan, planted(tmp_path, "jiyuan", ("#const min_years = 5.", "#const min_years = 4.")))

    facts, before, after = _story(found)[0]
    assert (before, after) == ("rejected", "eligible")
    assert [fact.partition("(")[0] for fact in facts] == ["operating_since"]


@pytest.mark.slow
def test_a_dropped_rule_is_told_by_the_record_it_was_for(jiyuan: Encoding, tmp_path: Path) -> None:
    found = compare(jiyuan, planted(tmp_path, "jiyuan", ("offence_kind(law; rule).", "offence_kind(law).")))

    facts, before, after = _story(found)[0]
    assert (before, after) == ("rejected", "eligible")
    assert [fact.split(",")[1:3] for fact in facts] == [["rule", "serious"]]


@pytest.mark.slow
def test_versions_that_say_the_same_in_other_words_have_no_witness(jiyuan: Encoding, tmp_path: Path) -> None:
    other = planted(tmp_path, "jiyuan", ("Points >= min_self_score", "min_self_score <= Points"))

    found = compare(jiyuan, other)

    assert found.witnesses == ()
    assert found.bounds["facts"] > 1000


@pytest.mark.slow
def test_a_question_is_asked_in_plain_words(jiyuan: Encoding, tmp_path: Path) -> None:
    found = compare(jiyuan, planted(tmp_path, "jiyuan", ("Points >= min_self_score", "Points > min_self_score")))

    one = found.witnesses[0]
    assert question(one.dossier, one.base, "zh") == "截止日2025年9月30日，某单位的自评分为500分，应当受理吗？"


def test_real_applicants_who_would_change_are_named(jiyuan: Encoding, tmp_path: Path) -> None:
    other = planted(tmp_path, "jiyuan", ("#const min_self_score = 500.", "#const min_self_score = 600."))
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for id, points in (("J1", 550), ("J2", 650), ("J3", 450)):
        facts += [Fact("applicant", (id, "organization")), Fact("self_score", (id, points))]

    found = changes(jiyuan, other, Case.of(facts))

    assert [id for id, _, _ in found] == ["J1"]


@pytest.mark.parametrize("name", ["nowhere", "jiyuan:lookback=", "jiyuan:lookback=never"])
def test_an_unknown_encoding_or_reading_is_refused(name: str) -> None:
    with pytest.raises(UsageError):
        encoding(name)
