"""The whole justification for a program: every node and edge, in an order that depends on nothing but the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import networkx
from clingo import Symbol

from engine.law import cited_json
from explain.graph import Cause

FIELDS = (
    "role", "kind", "truth", "atom", "predicate", "arguments", "provision", "citation", "location", "binding",
    "alternatives", "values", "operators", "constants", "negated", "function", "value", "thresholds", "construct",
    "members", "idle", "background", "technical", "zh", "en",
)  # fmt: skip
"""What of a node is told (explain.graph.justification says what each is); what a node does not have is left out."""


def document(graph: networkx.DiGraph) -> dict[str, Any]:
    """A justification: the question, its truth, the root's id, nodes and edges in the order of a walk from the root."""
    asked = graph.graph
    head = {"question": asked["question"], "truth": asked["truth"], "root": asked["root"]}
    if "answers" in asked:
        head["answers"] = list(asked["answers"])
    return {**head, **_contents(graph)}


def causes(known: Iterable[Cause], graph: networkx.DiGraph) -> dict[str, Any]:
    """The grounds of an outcome, each with the node that justifies it, and the graph they share."""
    grounds = [
        {
            "kind": cause.kind,
            **cited_json(cause.ground.provision),
            "key": cause.ground.key,
            "nodes": list(cause.atoms),
        }
        for cause in known
    ]
    return {"grounds": grounds, **_contents(graph)}


def _contents(graph: networkx.DiGraph) -> dict[str, Any]:
    data, rows = dict(graph.nodes(data=True)), dict(graph.adjacency())
    order = _walk(graph, rows)
    return {
        "nodes": [_node(node, data[node]) for node in order],
        "edges": [_edge(node, target, values) for node in order for target, values in rows[node].items()],
    }


def _walk(graph: networkx.DiGraph, rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The nodes depth first, each once."""
    seen = dict[str, None]()
    todo = _tops(graph, rows)[::-1]
    while todo:
        node = todo.pop()
        if node not in seen:
            seen[node] = None
            todo += [*rows[node]][::-1]
    return list(seen)


def _tops(graph: networkx.DiGraph, rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The root first, then whatever nothing else rests on."""
    below = {target for row in rows.values() for target in row}
    return [str(graph.graph["root"]), *(node for node in rows if node not in below)]


def _edge(source: str, target: str, values: Mapping[str, Any]) -> dict[str, Any]:
    told = {"source": source, "target": target, "role": values["role"]}
    if "roles" in values:
        told["roles"] = list(values["roles"])
    told["provision"] = values["provision"]
    told["support"] = values["support"]
    return told


def _node(node: str, attributes: Mapping[str, Any]) -> dict[str, Any]:
    told = {"id": node}
    for name in _told(tuple(attributes)):
        value = attributes[name]
        if type(value) is str:
            if value:
                told[name] = value
        elif value or (value is not None and value == 0):
            told[name] = _value(value)
    return told


@lru_cache(1_000)
def _told(names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a node's attributes that are told, in their order."""
    return tuple(name for name in FIELDS if name in names)


def _value(value: Any) -> Any:
    """Symbols as clingo writes them."""
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, Symbol):
        return _shown(value)
    if isinstance(value, dict):
        return {str(key): _value(one) for key, one in sorted(value.items())}
    if isinstance(value, tuple | list):
        return [_value(one) for one in value]
    return str(value)


@lru_cache(50_000)
def _shown(symbol: Symbol) -> str:
    return str(symbol)
