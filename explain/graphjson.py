"""The whole justification for a program: every node and edge, in an order that depends on nothing but the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx

from explain.whole import Cause

FIELDS = (
    "role", "kind", "truth", "atom", "predicate", "arguments", "provision", "citation", "location", "binding",
    "alternatives", "values", "operators", "constants", "negated", "function", "value", "thresholds", "construct",
    "members", "idle", "background", "technical", "zh", "en",
)  # fmt: skip
"""What of a node is told (explain.justify says what each is); what a node does not have is left out."""


def document(graph: networkx.DiGraph) -> dict[str, Any]:
    """A justification: the question, its truth, the root's id, nodes and edges in the order of a walk from the root."""
    asked = graph.graph
    return {"question": asked["question"], "truth": asked["truth"], "root": asked["root"], **_contents(graph)}


def causes(known: Iterable[Cause], graph: networkx.DiGraph) -> dict[str, Any]:
    """The grounds of an outcome, each with the node that justifies it, and the graph they share."""
    grounds = [
        {
            "kind": cause.kind,
            "provision": str(cause.ground.provision),
            "citation": cause.ground.provision.citation,
            "key": cause.ground.key,
            "nodes": list(cause.atoms),
        }
        for cause in known
    ]
    return {"grounds": grounds, **_contents(graph)}


def _contents(graph: networkx.DiGraph) -> dict[str, Any]:
    order = list(dict.fromkeys(node for top in _tops(graph) for node in networkx.dfs_preorder_nodes(graph, top)))
    return {
        "nodes": [{"id": node, **_node(graph.nodes[node])} for node in order],
        "edges": [
            {
                "source": node,
                "target": target,
                "role": values["role"],
                "provision": values["provision"],
                "support": values["support"],
            }
            for node in order
            for _, target, values in graph.out_edges(node, data=True)
        ],
    }


def _tops(graph: networkx.DiGraph) -> list[str]:
    """The root first, then whatever nothing else rests on."""
    return [str(graph.graph["root"]), *(node for node in graph if not graph.in_degree(node))]


def _node(attributes: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(attributes[name]) for name in FIELDS if attributes.get(name) not in (None, (), {}, "")}


def _value(value: Any) -> Any:
    """Symbols as clingo writes them."""
    if isinstance(value, Mapping):
        return {str(key): _value(one) for key, one in sorted(value.items())}
    if isinstance(value, tuple | list):
        return [_value(one) for one in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
