"""What is wrong with a workbook is told without a word of the fact files."""

import pytest

from desk.workbook.problemwords import plain
from engine.errors import Place, Problem
from engine.facts.vocabulary import Fact, text
from engine.facts.wording import sentence

ACCIDENT = text(Fact("accident", ("J09", "safety", "major", "liable", 20240506)))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("fact", [Fact("described", (ACCIDENT, "厂房坍塌")), Fact("source", (ACCIDENT, "报告", "1号"))])
def test_a_fact_that_speaks_of_another_is_told_in_words(fact: Fact, lang: str) -> None:
    """Also the one it speaks of, which nobody recorded."""
    problem = Problem(
        "speaks_of_nothing", {"fact": text(fact), "found": ACCIDENT}, Place("a.xlsx", sheet="不良记录", cell="B2")
    )
    told = plain(problem, lang).sentence(lang)
    assert "J09" in told and not any(sign in told for sign in ("accident(", "described(", "source(", '("J09'))
    assert plain(Problem(problem.code, problem.parameters, Place("a.lp")), lang).sentence(lang).count("accident(") == 2


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "适用第二十七条的理由：甲"), ("en", "第二十七条 is applied because 甲")]
)
def test_a_provision_is_told_by_its_citation(lang: str, told: str) -> None:
    """Every sentence on a fact cites; nobody but the rules writes `art(27,0,0)`."""
    assert sentence(Fact("applied_because", ("art(27,0,0)", "甲")), lang) == told
