"""What kind of leaf a failing comparison and a missing record are, told from what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx

from explain.inference import of
from explain.literals import Comparison
from explain.program import Program

FINDING = "finding"
"""The predicate of a person's judgment."""


def refine(graph: networkx.DiGraph, program: Program) -> None:
    """Give the leaves of a graph their kinds, in place; blocked rules that could never apply become `idle`."""
    for _, attributes in graph.nodes(data=True):
        if attributes["role"] == "comparison" and attributes["kind"] == "comparison" and "literal" in attributes:
            attributes["types"] = kinds = compared(attributes["literal"], program.variables(attributes["rule"]))
            if not attributes["truth"]:
                attributes["kind"] = comparison(attributes["literal"], kinds)
        elif attributes["role"] == "atom" and attributes.get("predicate") == FINDING:
            if attributes["truth"] and attributes["kind"] == "recorded":
                attributes["kind"] = "finding"
            elif attributes["kind"] == "no_record":
                attributes["kind"] = "finding_missing"
    for node, attributes in graph.nodes(data=True):
        if attributes["role"] == "instance":
            below = {graph.nodes[one]["kind"] for one in _leaves(graph, node)}
            if attributes["kind"] == "contrary_record" and len(below) == 1 and below <= {"expired", "outside_window"}:
                attributes["kind"] = below.pop()


def _leaves(graph: networkx.DiGraph, node: str) -> list[str]:
    """What fails below an instance."""
    found = []
    for _, target, role in graph.out_edges(node, data="role"):
        if role == "tries":
            found += _leaves(graph, target)
        elif role == "fails":
            found.append(target)
    return found


def compared(literal: Comparison, env: Mapping[str, str]) -> tuple[str, ...]:
    """The kinds of the terms of a comparison; what is compared with a day is one."""
    kinds = [env.get(str(term), "") or of(term, env) for term in literal.terms]
    known = next((kind for kind in kinds if kind), "")
    return tuple(kind or ("day" if known in ("day", "open_day", "end") else known) for kind in kinds)


def comparison(literal: Comparison, kinds: Sequence[str]) -> str:
    """The kind of a comparison that fails."""
    days = {"day", "open_day", "end"}
    if len(kinds) != 2 or not set(kinds) <= days or literal.sign:
        return "comparison"
    operator = literal.operators[0]
    if operator not in ("<", "<=", ">", ">="):
        return "comparison"
    large = kinds[operator in ("<", "<=")]
    if large == "open_day":
        return "expired"
    if large == "end":
        return "outside_window"
    return "not_yet"
