"""What a node of a justification is to a reader: its kind, a ground in a few words, the readings asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx

from engine.words import has, text

LEAVES = {
    "recorded": "record", "contrary_record": "contrary", "no_record": "missing", "finding": "judgment",
    "finding_missing": "judgment_missing", "expired": "expired", "outside_window": "outside", "not_yet": "not_yet",
    "comparison": "number", "aggregate": "number", "conditional": "number", "stated": "stated", "value": "number",
    "not_stated": "not_stated", "no_rule": "not_stated", "chosen": "choice", "not_chosen": "choice",
    "assumed": "choice", "more": "fails",
}  # fmt: skip
"""The kind of an item, by the kind of its node."""
PLAIN = ("derived", "refuted", "blocked", "technical")
CALCULATED = ("number", "not_yet", "outside", "expired")
ON_FILE = ("record", "contrary", "expired", "outside", "not_yet")
EVERYBODY = ("applicant", "round")
"""Records that every case has: they tell nothing unless they are the reason."""
READING = ("read_as", "reading", "reading_default", "reading_choice")
JUDGMENT = "finding"
FRAME = ("failed", "barred", "barring_event", "open", "missing", "overdue", "rejected", "pending")
"""The outcome's own predicates (rules/common.lp): denied for all grounds at once they say nothing by themselves."""
GROUNDS = {
    "failed": "requirement",
    "open": "requirement",
    "met": "requirement",
    "barred": "ground",
    "barring_event": "ground",
}
"""Atoms that name a ground of an outcome in their third argument, and the table that words it."""


def kind_of(attributes: Mapping[str, Any]) -> str:
    """The kind of item a node makes (explain.outline.KINDS)."""
    kind = str(attributes["kind"])
    if attributes.get("predicate") in READING and not attributes["truth"]:
        return "reading"
    if attributes.get("predicate") == JUDGMENT and kind != "finding_missing":
        return "judgment"
    if kind in PLAIN and attributes["truth"] and attributes.get("predicate") in GROUNDS:
        return str(attributes["predicate"]).replace("barring_event", "barred")
    if kind in PLAIN:
        return "holds" if attributes["truth"] else "fails"
    if attributes["role"] == "instance" and kind == "contrary_record":
        return "record"  # it is on file; why it does not suffice stands below it
    return LEAVES.get(kind, "limit")


def brief(attributes: Mapping[str, Any], words: Mapping[str, str]) -> Mapping[str, str]:
    """A ground in a few words, for where its reasons stand below it."""
    predicate, arguments = attributes.get("predicate", ""), attributes.get("arguments", ())
    if predicate not in GROUNDS or len(arguments) < 3 or not attributes["truth"]:
        return words
    key = f"{GROUNDS[predicate]}.{arguments[2]}"
    if not all(has(key, lang) for lang in words):
        return words
    return {lang: text(f"outline.brief.{predicate}", lang, label=text(key, lang)) for lang in words}


def readings(graph: networkx.DiGraph, in_force: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The readings the rules asked for: those taken, and in place of one not taken the one in force."""
    asked = {
        tuple(map(str, attributes["arguments"])): bool(attributes["truth"])
        for _, attributes in graph.nodes(data=True)
        if _asks(attributes)
    }
    taken = {key: choice for (key, choice), truth in asked.items() if truth}
    denied = {key: in_force[key] for (key, _), truth in asked.items() if not truth and key in in_force}
    return tuple(sorted({**denied, **taken}.items()))


def _asks(attributes: Mapping[str, Any]) -> bool:
    known = attributes.get("predicate") == "read_as" and attributes["role"] == "atom"
    return known and None not in attributes["arguments"]


def names_provision(arguments: Iterable[object]) -> bool:
    """Whether arguments name a provision."""
    return any(str(one).startswith("art(") for one in arguments)
