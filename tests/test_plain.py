"""Rules in plain words: no provision's rule is left in ASP, and a requirement reads as one point."""

import re

import pytest

from audit.encoding.encodings import Encoding, encoding
from audit.page.points import clauses
from audit.words.rulewords import Plain
from engine.law.statutes import Provision, cities
from engine.words.catalogues import LANGUAGES

ASP = re.compile(r"[a-z]\w*\(|[\ue000\ue001{}\[\]]|\b_\b|:-")


def _rules(subject: Encoding, provision: Provision) -> list:  # type: ignore[type-arg]
    return [rule for rule in subject.rules if rule.provision == provision]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("city", cities())
def test_no_point_of_a_provision_is_left_in_asp(city: str, lang: str) -> None:
    subject = encoding(city)
    said = [
        words
        for provision in subject.statute.words
        for clause in clauses(subject, _rules(subject, provision), lang)
        for words in (clause.heading, *(each for _, alternatives in clause.parts for each in alternatives))
    ]

    assert [words for words in said if ASP.search(words)] == []


@pytest.mark.parametrize("city", cities())
def test_only_what_serves_the_machine_is_left_out(city: str) -> None:
    """Definitions without words of their own: which days are counted, which notices need the calendar."""
    subject = encoding(city)
    plain = Plain(subject, "zh")
    silent = {sig[0] for rule in subject.rules if rule.provision and not plain.worded(rule) for sig in rule.heads}

    assert silent <= {"counted", "ended_notice", "started"}


def test_a_requirement_is_one_point_with_its_alternatives() -> None:
    subject = encoding("jiyuan")
    [found] = [c for c in clauses(subject, _rules(subject, Provision(8, 0, 1)), "zh") if c.heading == "要求：运行年限"]

    assert found.parts == (
        ("适用于", ("申报者作为组织申报",)),
        (
            "符合",
            (
                "申报者自某日起运行，且自该日起至基准日已满5年",
                "申报者自某日起运行，且自该日起至基准日已满3年，且申报者持有有效的专精特新“小巨人”企业证书",
            ),
        ),
        ("有据可判", ("申报者自某日起运行",)),
    )


def test_a_reading_tells_its_choices() -> None:
    subject = encoding("sanmenxia")
    [found] = [c for c in clauses(subject, _rules(subject, Provision(13, 0, 2)), "zh") if c.heading.startswith("读法")]

    assert found.parts == (("默认", ("不限时间",)), ("可另选", ("近2年",)))


def test_the_first_mention_of_a_day_is_some_day_the_next_that_day() -> None:
    subject = encoding("jiyuan")
    plain = Plain(subject, "en")
    [rule] = [r for r in _rules(subject, Provision(13)) if str(r.node).startswith("met") and "submitted" in str(r.node)]

    assert plain.when(rule) == (
        "the application of the applicant was submitted on some day, and that day is not after the application deadline"
    )
