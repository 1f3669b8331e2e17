"""Caps over prize, kind and track: the rules against a plain reading of the law, round by round."""

from __future__ import annotations

import clingo
import pytest

from engine.award.candidacy import read
from engine.award.sets import Sets
from engine.case.case import Case
from engine.facts.vocabulary import Fact
from engine.law.rulebook import without_includes
from engine.law.statutes import RULES
from tests.capped_sets import Round, random_round

ANY = Case.of([Fact("round", ("jiyuan", 6, 20250930))])
"""Any case: what is asked of the candidates comes from the rules alone."""


def lawful(one: Round, fullest: bool) -> list[dict[str, str]]:
    """The lawful sets, or the fullest, as the rules have them."""
    ground = clingo.Control(["--warn=none"])
    ground.add("base", [], without_includes(RULES / "award.lp") + "\n".join(one.facts()))
    ground.ground([("base", [])])
    with ground.solve(yield_=True) as handle:
        who = read(ANY, [symbol for model in handle for symbol in model.symbols(shown=True)])
    found = (dict(zip(who.prizes, each, strict=True)) for each, _ in Sets(who, fullest).listed())
    return [{id: prize for prize, ids in each.items() for id in ids} for each in found]


def plain(sets: list[dict[str, str]]) -> list[list[tuple[str, str]]]:
    """Sets in one order, to be compared."""
    return sorted(sorted(one.items()) for one in sets)


def told_apart(seeds: range) -> list[int]:
    """The rounds in which rules and reading differ."""
    return [
        seed
        for seed in seeds
        if plain(lawful(random_round(seed), False)) != plain(random_round(seed).sets())
        or plain(lawful(random_round(seed), True)) != plain(random_round(seed).fullest())
    ]


@pytest.mark.parametrize("first", range(0, 500, 100))
def test_random_rounds_come_out_as_the_words_say(first: int) -> None:
    assert told_apart(range(first, first + 100)) == []


@pytest.mark.slow
def test_many_random_rounds_come_out_as_the_words_say() -> None:
    assert told_apart(range(500, 2000)) == []
