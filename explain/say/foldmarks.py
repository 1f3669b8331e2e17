"""What the rule files say of the predicates in a justification, put on its nodes: how much a reader needs of each.

`background`: no reason by itself; `technical`: not gone into at all; `worded`: has a sentence of its own. Nodes of the
role `instance` get the record that was found, in words: `record_zh`, `record_en`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clingo import Symbol

from engine.case import Case
from engine.facts import PREDICATES
from engine.law import rule_files
from engine.words import LANGUAGES
from explain.dual import program
from explain.say.annotation import Called, without_subject
from explain.say.values import recorded

if TYPE_CHECKING:
    import networkx


def mark(graph: networkx.DiGraph, case: Case, subject: str, rules: tuple[str, ...] = ()) -> networkx.DiGraph:
    """Mark the nodes of a justification, in place; `subject` is left unsaid in Chinese. Returns the graph."""
    wording = program(rule_files(case.city, *rules)).wording.predicates
    names = case.names
    for node in graph:
        attributes = graph.nodes[node]
        words = wording.get((attributes.get("predicate", ""), len(attributes.get("arguments", ()))))
        attributes["background"] = bool(words and words.background)
        attributes["technical"] = bool(words and words.technical)
        attributes["worded"] = bool(words and words.templates)
        if attributes["role"] == "instance" and not attributes["background"] and not attributes["technical"]:
            for lang in LANGUAGES:
                attributes[f"record_{lang}"] = _record(graph, node, attributes, lang, names, subject)
    return graph


def _record(
    graph: networkx.DiGraph, node: str, attributes: Mapping[str, Any], lang: str, names: Mapping[str, str], subject: str
) -> str:
    """The words of what was found; empty for what is no record and was not derived."""
    for _, target, edge in graph.out_edges(node, data=True):
        if "context" in edge.get("roles", (edge["role"],)):
            return str(graph.nodes[target].get(lang, ""))
    name = attributes.get("predicate", "")
    arguments: list[Symbol] = list(attributes.get("arguments", ()))
    if name not in PREDICATES or len(PREDICATES[name].fields) != len(arguments):
        return ""
    if lang == "zh" and subject:
        return without_subject(recorded(name, arguments, lang, Called(names, subject)))
    return recorded(name, arguments, lang, names)
