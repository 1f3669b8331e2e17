"""Why, about a round: reasons of denial, revocation and violation from the rules themselves."""

from __future__ import annotations

import networkx
import pytest

from audit.tables.rounds import case_of, round_text
from engine.answers.conduct import procedure
from engine.answers.revocation import review
from engine.award.answer import award
from engine.errors import UsageError
from explain.graph.roundquestions import of_round, why_denied, why_of_round, why_revoked, why_violated

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


def test_a_check_that_cannot_be_made_is_told_by_what_is_missing() -> None:
    """A pending objection with nobody carried on: the reason is its open outcome, not that all is in order."""
    facts = ['objection("J02",acceptance,pending)', 'stage_result("J01",material_review,pass)']
    found = procedure(case_of(round_text("jiyuan", SCORES, facts)))
    graph = why_violated(found, "acceptance_objection")

    assert (graph.graph["question"], graph.graph["truth"]) == ("unchecked(_,acceptance_objection,_)", True)
    assert 'objection("J02",acceptance,pending)' in atoms(graph)
    assert 'carried_on("J02",acceptance)' in atoms(graph)


def test_a_check_that_fails_is_told_though_it_is_unchecked_of_somebody_else() -> None:
    """One was carried on, another waits: the violation is what is asked for."""
    facts = [
        'objection("J01",acceptance,upheld)', 'stage_result("J01",material_review,pass)',
        'objection("J02",acceptance,pending)',
    ]  # fmt: skip
    found = procedure(case_of(round_text("jiyuan", SCORES, facts)))

    assert why_violated(found, "acceptance_objection").graph["question"] == "violated(_,acceptance_objection,_,_)"


def test_an_award_revoked_already_is_not_said_to_be_revoked_again() -> None:
    """The root says what is still due."""
    facts = [
        'winner("W",organization)', 'awarded("W",main,4,20211120)', 'revoked("W",main,4,conduct,20230601)',
        'fraud_found("W",main,4,20240601)',
    ]  # fmt: skip
    graph = why_revoked(review(case_of(round_text("jiyuan", SCORES, facts)), 20250101), "W", "main", 4, "fraud")
    told = next(data for _, data in graph.nodes(data=True) if str(data.get("atom", "")).startswith("grounded("))

    assert told["zh"].startswith(
        "第四届市长质量奖已经撤销，又认定以不正当手段获得：依第二十二条还应当向社会公开，并不得再次申报"
    )
    assert told["en"].startswith("the mayor's quality award of round 4 is revoked already")


@pytest.mark.parametrize(
    ("words", "id", "question", "holds"),
    [
        ("won(main)", "J01", 'won("J01",main)', True),
        ("won(J05, main)", "", 'denied("J05",main,_)', True),
        ("won(main)", "W", 'candidate("W")', False),
        ("grounded(W, main, 4, conduct, _, _)", "", 'grounded("W",main,4,conduct,_,_)', False),
        ("violated(_, acceptance_notice_days, _, _)", "", "violated(_,acceptance_notice_days,_,_)", True),
        ("fit(R1, G1, member)", "", 'fit("R1","G1",member)', False),
    ],
)
def test_an_atom_of_each_question_of_a_round(words: str, id: str, question: str, holds: bool) -> None:
    facts = [*WINNER, *PANEL, "notice(acceptance,20251013,20251017)"]
    case = case_of(round_text("jiyuan", SCORES, facts))
    graph = why_of_round(case, words, id, {"W", "J01", "J05", "R1", "G1"}, as_of=20261122)

    assert of_round(case, words)
    assert (graph.graph["question"], graph.graph["truth"]) == (question, holds)


PANEL = ['reviewer("R1")', 'group("G1","C38")', 'in_group("J01","G1")', 'reviewer_misconduct("R1",20250101)']


def test_a_prize_given_stands_on_what_makes_it_lawful() -> None:
    graph = why_of_round(case_of(round_text("jiyuan", SCORES)), "won(J01,main)", "", {"J01"})

    assert 'may_receive("J01",main)' in {
        graph.nodes[node].get("atom") for node in graph.successors(graph.graph["root"])
    }


def test_the_award_set_asked_about_is_the_one_named() -> None:
    """A tie at the cut-off: J02 has the second place in one set, J03 in the other; what is published decides."""
    tied = {"J01": 900, "J02": 880, "J03": 880}
    listed = ['listed("J01",proposed_winners)', 'listed("J02",proposed_winners)', 'listed("J03",proposed_winners)']
    case = case_of(round_text("jiyuan", tied, listed))
    found = [why_of_round(case, "won(J03,main)", "", {"J03"}, number).graph["question"] for number in (None, 1, 2)]

    assert sorted(found) == ['denied("J03",main,_)', 'denied("J03",main,_)', 'won("J03",main)']
    with pytest.raises(UsageError) as refused:
        why_of_round(case, "won(J03,main)", "", {"J03"}, 3)
    assert refused.value.problems[0].parameters == {"found": 3, "number": 2}


def test_a_question_about_a_panel_names_reviewer_and_group() -> None:
    case = case_of(round_text("jiyuan", SCORES, PANEL))
    with pytest.raises(UsageError) as refused:
        why_of_round(case, "excluded(R1, _, _)", "", {"R1"})

    assert refused.value.problems[0].code == "seat_unsaid"
