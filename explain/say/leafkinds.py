"""What kind of leaf a failing comparison and a missing record are, told from what they are about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from explain.dual import Program
from explain.rules import Comparison, of

FINDING = "finding"
"""The predicate of a person's judgment."""


Data = Mapping[str, dict[str, Any]]
"""The attributes of each node."""
Rows = Mapping[str, Mapping[str, dict[str, Any]]]
"""The edges of each node: by target, their attributes."""


def refine(program: Program, nodes: Sequence[str], data: Data, rows: Rows) -> None:
    """Give leaves their kinds, in place."""
    for node in nodes:
        attributes = data[node]
        if attributes["role"] == "comparison" and attributes["kind"] == "comparison" and "literal" in attributes:
            attributes["types"], kind = _comparison(program, attributes["rule"], attributes["literal"])
            if not attributes["truth"]:
                attributes["kind"] = kind
        elif attributes["role"] == "atom" and attributes.get("predicate") == FINDING:
            if attributes["truth"] and attributes["kind"] == "recorded":
                attributes["kind"] = "finding"
            elif attributes["kind"] == "no_record":
                attributes["kind"] = "finding_missing"
    for node in nodes:
        if data[node]["role"] == "instance" and data[node]["kind"] == "contrary_record":
            below = {data[one]["kind"] for one in _leaves(node, rows)}
            if len(below) == 1 and below <= {"expired", "outside_window"}:
                data[node]["kind"] = below.pop()


def _leaves(node: str, rows: Rows) -> list[str]:
    """What fails below an instance."""
    found = []
    for target, edge in rows[node].items():
        if edge["role"] == "tries":
            found += _leaves(target, rows)
        elif edge["role"] == "fails":
            found.append(target)
    return found


@lru_cache(5_000)
def _comparison(program: Program, rule: int, literal: Comparison) -> tuple[tuple[str, ...], str]:
    """The kinds of the terms of a comparison, and its own should it fail."""
    kinds = compared(literal, program.variables(rule))
    return kinds, comparison(literal, kinds)


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
