"""What is wrong with a workbook is told without a word of the fact files."""

import pytest

from desk.workbook.problemwords import plain
from engine.errors import Place, Problem
from engine.facts.vocabulary import Fact, text

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
