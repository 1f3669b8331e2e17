"""Why somebody may or may not sit on a panel: the graph of explain.graph.justification, down to the facts of each
chain."""

from __future__ import annotations

import networkx
from clingo import Function, String

from engine.facts import quote
from engine.law import rule_files
from engine.panels import QUESTIONS, Roster, about, feed
from explain.graph.justification import justify_facts

RULES = (*QUESTIONS, "panel")


def why_fit(roster: Roster, reviewer: str, group: str, role: str = "member") -> networkx.DiGraph:
    """Why a reviewer may take a seat of a role in a group, or why he may not, with every reason."""
    return _justified(roster, reviewer, group, f"fit({quote(reviewer)},{quote(group)},{role})")


def why_excluded(roster: Roster, reviewer: str, group: str, reason: str) -> networkx.DiGraph:
    """Why one reason keeps a reviewer out of a group, or why it does not."""
    return _justified(roster, reviewer, group, f"excluded({quote(reviewer)},{quote(group)},{reason})")


def _justified(roster: Roster, reviewer: str, group: str, question: str) -> networkx.DiGraph:
    """Only what bears on the reviewer goes in."""
    looked_at = {one for one, groups in roster.concerns.items() if group in groups}
    case = about(roster.case, {reviewer}, looked_at)
    facts = [*feed(case, roster.reviewed, *RULES), Function("asked", [String(reviewer), String(group)])]
    return next(justify_facts(rule_files(case.city, *RULES), [question], facts))
