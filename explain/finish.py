"""The last touches to a justification graph: kinds of leaves, provisions with their citations, sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import networkx
from clingo import Symbol, SymbolType

from engine.messages import LANGUAGES
from engine.statute import Provision
from explain.kinds import refine
from explain.program import Program
from explain.sentences import Sentences


def finish(
    program: Program, graph: networkx.DiGraph, names: Mapping[str, str], subject: str = "", worded: bool = True
) -> None:
    """Complete the attributes of every node, in place; `names` are those of identifiers, `subject` is left unsaid.

    A Chinese sentence needs no subject; where it is the one the question is about, it has none.
    """
    refine(graph, program)
    _idle(program, graph)
    for _, attributes in graph.nodes(data=True):
        attributes.setdefault("location", "")
        attributes["provision"] = _provision(attributes)
        attributes["citation"] = Provision.parse(attributes["provision"]).citation if attributes["provision"] else ""
        words = program.wording.predicates.get((attributes.get("predicate", ""), len(attributes.get("arguments", ()))))
        attributes["background"] = bool(words and words.background)
        attributes["technical"] = bool(words and words.technical)
        attributes["worded"] = bool(words and words.templates)
    for lang in LANGUAGES if worded else ():
        unsaid = lang == "zh" and subject
        sentences = Sentences(program, graph, lang, {**names, subject: _SUBJECT} if unsaid else names)
        for node in graph:
            sentence = sentences.of(node)
            graph.nodes[node][lang] = _without_subject(sentence) if unsaid else sentence
            if graph.nodes[node]["role"] == "instance":
                record = sentences.record(node)
                graph.nodes[node][f"record_{lang}"] = _without_subject(record) if unsaid else record


_SUBJECT = "\ue000"
_BEGINS = re.compile(rf"(^|[，；：（。]){_SUBJECT}(的?)")


def _without_subject(sentence: str) -> str:
    """A Chinese sentence that leaves its subject unsaid, or says 其."""
    return _BEGINS.sub(lambda found: found[1] + ("其" if found[2] else ""), sentence).replace(_SUBJECT, "其")


def _provision(attributes: Mapping[str, Any]) -> str:
    """The provision an atom names in its arguments, else that of its rule."""
    for value in attributes.get("arguments", ()):
        if isinstance(value, Symbol) and value.type == SymbolType.Function and value.name == "art":
            return str(value)
    return str(attributes.get("provision", ""))


def _idle(program: Program, graph: networkx.DiGraph) -> None:
    """Mark blocked rules that are about something else: blocked by what no rule can give, or by mere background."""
    for node in list(graph):
        rules = [target for _, target, role in graph.out_edges(node, data="role") if role == "rule"]
        idle = [rule for rule in rules if _about_else(program, graph, rule)]
        if len(idle) < len(rules):
            for rule in idle:
                graph.nodes[rule]["idle"] = True


def _about_else(program: Program, graph: networkx.DiGraph, rule: str) -> bool:
    for _, target, role in graph.out_edges(rule, data="role"):
        attributes = graph.nodes[target]
        if role != "fails" or attributes["role"] != "atom" or attributes["truth"]:
            continue
        words = program.wording.predicates.get((attributes["predicate"], len(attributes.get("arguments", ()))))
        if attributes["kind"] in ("no_rule", "not_stated") or (words and words.background):
            return True
    return False
