"""Why, about a round: reasons of denial, revocation and violation from the rules themselves."""

from __future__ import annotations

import networkx

from audit.tables.rounds import case_of, round_text
from engine.answers.conduct import procedure
from engine.answers.revocation import review
from engine.award.answer import award
from explain.graph.roundquestions import why_denied, why_revoked, why_violated

SCORES = {"J01": 900, "J02": 880, "J03": 860, "J04": 840, "J05": 820}
WINNER = ['winner("W",organization)', 'awarded("W",main,4,20211120)', 'accident("W",safety,major,not_liable,20261121)']


def atoms(graph: networkx.DiGraph) -> set[str]:
    return {str(data["atom"]) for _, data in graph.nodes(data=True) if data.get("atom")}


def test_a_full_quota_names_who_fills_it() -> None:
    """The winners who count are the contributors of the aggregate."""
    graph = why_denied(award(case_of(round_text("jiyuan", SCORES))), "J05", "main")

    assert graph.graph["truth"]
    assert {'denied("J05",main,quota_full)', 'won("J01",main)', 'won("J02",main)'} <= atoms(graph)


def test_who_has_the_prize_is_not_denied_it() -> None:
    """Asked about a winner, the answer is that the set gives it."""
    graph = why_denied(award(case_of(round_text("jiyuan", SCORES))), "J01", "main")

    assert (graph.graph["question"], graph.graph["truth"]) == ('won("J01",main)', True)


def test_a_day_outside_the_five_years_is_told_apart() -> None:
    """The accident is on record, and a day too late."""
    found = review(case_of(round_text("jiyuan", SCORES, WINNER)), 20270101)
    graph = why_revoked(found, "W", "main", 4, "conduct")

    assert not graph.graph["truth"]
    assert "outside_window" in {data["kind"] for _, data in graph.nodes(data=True)}


def test_a_short_notice_is_traced_to_its_days() -> None:
    """The notice itself and the number of its working days."""
    case = case_of(round_text("jiyuan", SCORES, ["notice(acceptance,20251013,20251017)"]))
    graph = why_violated(procedure(case), "acceptance_notice_days")

    assert graph.graph["truth"]
    assert {"too_short(acceptance,20251013,20251017,4)", "notice(acceptance,20251013,20251017)"} <= atoms(graph)
