"""Why, about a round as a whole: why somebody has no prize in a set, why an award is to be revoked, why a check fails,
why somebody may or may not sit on a panel.

Each gives the graph that explain.graph.justification describes. They name whom they rest on: for the bureau, never
for a letter.
"""

from __future__ import annotations

import clingo
import networkx
from clingo import Function, String

from engine.answers import QUESTION, QUESTIONS, Procedure, Review
from engine.answers import facts as reviewed
from engine.award import PRIZES, SET, Award, feed
from engine.case import Case
from engine.facts import quote
from engine.law import rule_files
from engine.panels import QUESTIONS as PANELS
from engine.panels import Roster, about
from engine.panels import feed as panel_feed
from engine.solve import symbols
from explain.graph.justification import justify_facts

SITTING = (*PANELS, "panel")


def why_denied(award: Award, id: str, prize: str, index: int = 0) -> networkx.DiGraph:
    """Why a candidate does not have a prize in one of the listed sets, or that it has."""
    winners = award.sets[index].winners
    won = [
        clingo.Function("won", [clingo.String(winner), clingo.Function(name)])
        for name in PRIZES
        for winner in winners[name]
    ]
    question = f"won({quote(id)},{prize})" if id in winners[prize] else f"denied({quote(id)},{prize},_)"
    files = (*rule_files(award.city, "award"), *SET)
    return _without_eligibility(next(justify_facts(files, [question], [*feed(award.case), *won])))


def why_revoked(review: Review, id: str, prize: str, round: int, ground: str) -> networkx.DiGraph:
    """Why an award is to be revoked on a ground as of the day, or why not."""
    question = f"grounded({quote(id)},{prize},{round},{ground},_,_)"
    return next(justify_facts(rule_files(review.city, QUESTION), [question], reviewed(review.case, review.as_of)))


def why_violated(procedure: Procedure, check: str) -> networkx.DiGraph:
    """Why a check of the procedure fails, or cannot be made, or why it does not fail."""
    case: Case = procedure.case
    facts = symbols(case.city, case.readings, case.facts, *QUESTIONS)
    question = f"violated(_,{check},_,_)"
    if all(one.check != check for one in procedure.violations) and any(
        one.check == check for one in procedure.unchecked
    ):
        question = f"unchecked(_,{check},_)"
    return next(justify_facts(rule_files(case.city, *QUESTIONS), [question], facts))


def _without_eligibility(graph: networkx.DiGraph) -> networkx.DiGraph:
    """The graph down to who is a candidate: why somebody is eligible is a question of its own (explain.graph.outcome).

    Where all are judged together, that somebody is judged among them is no reason.
    """
    for node, data in list(graph.nodes(data=True)):
        if data.get("predicate") == "candidate":
            graph.remove_edges_from(list(graph.out_edges(node)))
        elif data.get("predicate") == "division" and "everybody" in str(data["atom"]):
            graph.remove_node(node)
    kept = {graph.graph["root"], *networkx.descendants(graph, graph.graph["root"])}
    graph.remove_nodes_from([node for node in graph if node not in kept])
    return graph


def why_fit(roster: Roster, reviewer: str, group: str, role: str = "member") -> networkx.DiGraph:
    """Why a reviewer may take a seat of a role in a group, or why he may not, with every reason."""
    return _sitting(roster, reviewer, group, f"fit({quote(reviewer)},{quote(group)},{role})")


def why_excluded(roster: Roster, reviewer: str, group: str, reason: str) -> networkx.DiGraph:
    """Why one reason keeps a reviewer out of a group, or why it does not."""
    return _sitting(roster, reviewer, group, f"excluded({quote(reviewer)},{quote(group)},{reason})")


def _sitting(roster: Roster, reviewer: str, group: str, question: str) -> networkx.DiGraph:
    """Only what bears on the reviewer goes in."""
    looked_at = {one for one, groups in roster.concerns.items() if group in groups}
    case = about(roster.case, {reviewer}, looked_at)
    facts = [*panel_feed(case, roster.reviewed, *SITTING), Function("asked", [String(reviewer), String(group)])]
    return next(justify_facts(rule_files(case.city, *SITTING), [question], facts))
