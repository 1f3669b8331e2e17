"""Chances: uniform where everybody may lead, by formula where not, and never nearer to equal than a lottery can be."""

from __future__ import annotations

from collections import Counter
from math import comb, sqrt

import pytest

from engine.answers.participants import Reviewed
from engine.case.case import Case, load
from engine.draw.frozen import DEMO_KEY, Frozen, freeze
from engine.draw.lots import walks
from engine.facts.vocabulary import Fact
from engine.panels.rosters import compose, roster
from engine.repair.deviation import least_deviation
from engine.repair.fairness import chances, equality
from tests.test_record import HOUSE

DRAWS = 3000


def one_panel(people: int, leaders: int) -> Frozen:
    """A panel of three from so many, of whom some may lead."""
    facts = [
        Fact("round", ("jiyuan", 6, 20250930)),
        Fact("group", ("G", "C38")),
        Fact("applicant", ("J", "organization")),
    ]
    facts.append(Fact("in_group", ("J", "G")))
    for number in range(people):
        name = f"R{number:02}"
        facts += [Fact("reviewer", (name,)), Fact("expertise", (name, "C"))]
        facts += [Fact("can_lead", (name,))] if number < leaders else []
    return freeze(compose(Case.of(facts), Reviewed(("J",), (), (), True)), 3, DEMO_KEY)


def test_every_panel_is_as_likely_where_everybody_may_lead() -> None:
    """Chi-square over the 120 panels of three from ten: below the 1 % point of 119 degrees of freedom."""
    found, bench = one_panel(10, 10), one_panel(10, 10).field.bench()
    panels = Counter(
        tuple(sorted(name for _, name in walk.taken))
        for run in range(DRAWS)
        for walk in walks(found, bench, f"chances {run}")
    )
    expected = DRAWS / comb(10, 3)

    assert len(panels) == 120
    assert sum((count - expected) ** 2 / expected for count in panels.values()) < 157.8


@pytest.mark.parametrize("leaders", [1, 5])
def test_chances_are_those_of_the_formula(leaders: int) -> None:
    """Who may lead sits with s/n + q/k, the others with s/n - q/(n-k), q = C(n-k, s)/C(n, s): 31.7 and 28.3 %."""
    found = chances(one_panel(10, leaders), DRAWS)
    q = comb(10 - leaders, 3) / comb(10, 3)
    wanted = {f"R{n:02}": 0.3 + q / leaders if n < leaders else 0.3 - q / (10 - leaders) for n in range(10)}

    for name, chance in wanted.items():
        error = 4 * sqrt(chance * (1 - chance) / DRAWS)
        assert abs(found.seated["G", name] / DRAWS - chance) <= error, name
    assert sum(found.leading.values()) == DRAWS


@pytest.mark.parametrize(("leaders", "least"), [(10, 0.0), (4, 0.0), (2, 0.2), (1, 0.7)])
def test_the_least_deviation_is_known_for_one_panel(leaders: int, least: float) -> None:
    """One who may lead always sits; of two one must, so that each has at least a half where three tenths are equal."""
    found = one_panel(10, leaders)

    assert least_deviation(found) == pytest.approx(least, abs=1e-6)
    assert equality(found).exists is (least == 0.0)


@pytest.mark.parametrize(("sample", "least"), [("jiyuan-6", 0.26), ("sanmenxia-3", 0.363)])
def test_no_lottery_is_nearer_to_equal(sample: str, least: float) -> None:
    found = freeze(roster(load(sorted(map(str, (HOUSE / "facts" / sample).glob("*.lp"))))), key=DEMO_KEY)
    told = chances(found, 300).as_dict()["deviation"]

    assert told["least"] == pytest.approx(least, abs=0.001)
    assert told["largest"] >= told["least"] - 2 * sqrt(0.25 / 300)
