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
    order = _walk(graph)
    return {
        "nodes": [{"id": node, **_node(graph.nodes[node])} for node in order],
        "edges": [
            {
                "source": node,
                "target": target,
                "role": values["role"],
                **({"roles": list(values["roles"])} if "roles" in values else {}),
                "provision": values["provision"],
                "support": values["support"],
            }
            for node in order
            for _, target, values in graph.out_edges(node, data=True)
        ],
    }


def _walk(graph: networkx.DiGraph) -> list[str]:
    """The nodes depth first, each once."""
    seen = dict[str, None]()
    todo = _tops(graph)[::-1]
    while todo:
        node = todo.pop()
        if node not in seen:
            seen[node] = None
            todo += [*graph.adj[node]][::-1]
    return list(seen)


def _tops(graph: networkx.DiGraph) -> list[str]:
    """The root first, then whatever nothing else rests on."""
    return [str(graph.graph["root"]), *(node for node in graph if not graph.in_degree(node))]


def _node(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _value(value) for name in FIELDS if (value := attributes.get(name)) or (value is not None and value == 0)
    }


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
