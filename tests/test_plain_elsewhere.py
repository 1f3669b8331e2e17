"""The rules about awards, reviews, panels and procedure in plain words: every one, and a strange one as well."""

import re
from functools import cache
from pathlib import Path

import pytest

from audit.encoding.encodings import Encoding, Rule, encoding, from_files
from audit.encoding.questions import QUESTIONS, Question
from audit.words.rulewords import Plain
from engine.law.rulebook import COMMON
from engine.law.statutes import RULES, cities
from engine.words.catalogues import LANGUAGES

ASP = re.compile(r"[a-z_]+\(|[\ue000\ue001{}\[\]]|\b_\b|:-|#|!!")
LETTER = re.compile(r"(?<![A-Za-z])[A-MO-Z](?![A-Za-z])")
"""A variable left as it is; N stands in the law's own way for a number of years."""
LATIN = re.compile(r"[A-Za-z_]{2,}|[a-mo-qt-z]")
CHOOSING = [
    Question("sets", ("award", "award_set", "award_choice", "award_count")),
    Question("choice", ("interest", "roster", "panel", "panel_choice")),
]


def test_no_rule_file_is_left_out() -> None:
    named = {f"{name}.lp" for question in [*QUESTIONS.values(), *CHOOSING] for name in question.files}

    beside = {COMMON, "calendar.lp", "terms.lp", *(f"{c}.lp" for c in cities())}
    assert {file.name for file in RULES.glob("*.lp")} == named | beside


@cache
def _subject(city: str, question: Question) -> Encoding:
    return encoding(city, question)


@cache
def _plain(city: str, question: Question, lang: str) -> Plain:
    return Plain(_subject(city, question), lang)


def _of_its_files(city: str, question: Question) -> list[Rule]:
    files = {f"{name}.lp" for name in question.files} or {COMMON, f"{city}.lp"}
    return [rule for rule in _subject(city, question).rules if rule.file in files]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("question", [*QUESTIONS.values(), *CHOOSING], ids=lambda each: str(each.name))
@pytest.mark.parametrize("city", cities())
def test_every_rule_has_words(city: str, question: Question, lang: str) -> None:
    plain, rules = _plain(city, question, lang), _of_its_files(city, question)
    said = {rule.place: plain.rule(rule) for rule in rules}

    assert said
    assert [rule.place for rule in rules if plain.head(rule) in plain.conditions(rule)] == []
    assert {place: words for place, words in said.items() if ASP.search(words) or LETTER.search(words)} == {}


@pytest.mark.parametrize(
    "question", [each for each in QUESTIONS.values() if each.files], ids=lambda each: str(each.name)
)
@pytest.mark.parametrize("city", cities())
def test_in_chinese_there_is_no_english(city: str, question: Question) -> None:
    plain, rules = _plain(city, question, "zh"), _of_its_files(city, question)

    assert [words for words in map(plain.rule, rules) if LATIN.search(words)] == []


def _rule(subject: Encoding, place: str) -> Rule:
    return next(rule for rule in subject.rules if str(rule.node).startswith(place))


def test_a_number_is_compared_as_a_number() -> None:
    subject = encoding("jiyuan", QUESTIONS["award"])

    assert Plain(subject, "zh").rule(_rule(subject, "over_quota")) == (
        "如果某项名额中某奖项为若干个，且符合“申报者获得某奖项，且申报者获该奖项占用该项名额，且该奖项和该奖项在该项名额内"
        "合计”的申报者数大于该名额，则该项名额内获得该奖项者超过名额"
    )


def test_what_is_missing_is_named() -> None:
    subject = encoding("jiyuan", QUESTIONS["procedure"])

    assert Plain(subject, "zh").rule(_rule(subject, "unchecked(P,stage_order")) == (
        "如果按有关条文，评审各阶段依次进行，且某阶段是评审的一个阶段，且该阶段的日期不在案，则该条（各阶段的次序）未能核对，"
        "缺该阶段的日期"
    )


def test_a_name_means_what_it_means_in_its_file() -> None:
    """P is a provision in one file and a person in another."""
    review, panels = encoding("jiyuan", QUESTIONS["review"]), encoding("jiyuan", QUESTIONS["panels"])

    assert Plain(review, "en").rule(_rule(review, "ban_due")) == (
        'If the prize of some round of the applicant is to be revoked for "award obtained by improper means", and the '
        "ban lasts N years, then the applicant may not apply for N years"
    )
    assert Plain(panels, "en").rule(_rule(panels, "judged(P) :- reviewer")) == (
        "If a person on the review is a reviewer, then that person works on the review"
    )


def test_an_unknown_predicate_stays_as_it_is(tmp_path: Path) -> None:
    planted = tmp_path / "jiyuan.lp"
    strange = (
        "odd(Zeta, f(Zeta, _), (1, 2)) :- novel(Zeta, W, V), not other(W), 1 { pick(V) }, #sum { V, Z : u(V, Z) } > 3."
    )
    planted.write_text(f"#defined novel/3.\n{strange}\n{{ pick(V) : novel(_, _, V) }}.\n:- odd(_, _, _).\n", "utf-8")
    subject = from_files("planted", (RULES / COMMON, planted))

    for lang in LANGUAGES:
        said = [Plain(subject, lang).rule(rule) for rule in subject.rules if rule.file == planted.name]
        assert len(said) == 3
        assert "odd(Zeta,f(Zeta,_),(1,2))" in said[0]
