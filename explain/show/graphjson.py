"""The whole justification for a program: every node and edge, in an order that depends on nothing but the graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from clingo import Symbol

from engine.law import cited_json
from explain.build import BETWEEN, Made, Sketch, cut
from explain.graph import Cause, Reasons, woven

if TYPE_CHECKING:
    import networkx

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
    return {"grounds": _grounds(known), **_contents(graph)}


class Rows:
    """Writes outcomes with their reasons as JSON, one after another: what they have in common is written once."""

    def __init__(self) -> None:
        self._begin(None)

    def _begin(self, made: Made | None) -> None:
        """Forget what was written; from here on it is of these nodes."""
        self._made = made
        self._nodes: dict[str, Pieces] = {}
        self._edges: dict[str, Pieces] = {}
        self._graphs: dict[tuple[Any, ...], Pieces] = {}

    def row(self, found: Reasons) -> str:
        """An object: whose outcome it is, and what `causes` tells."""
        outcome = found.outcome
        head = {"id": outcome.id, "name": outcome.name, "status": outcome.status}
        sketches = found.sketches
        if not sketches:
            return _dumped({**head, **causes(found.causes, found.graph())})
        graph = sketches[0].subject.join(self._graph(found, sketches))
        return f"{_dumped({**head, 'grounds': _grounds(found.causes)})[:-1]}, {graph}}}"

    def _graph(self, found: Reasons, sketches: Sequence[Sketch]) -> Pieces:
        """Nodes and edges, with marks for the subject."""
        made = sketches[0].alike.made
        if made is not self._made:
            self._begin(made)
        key = tuple([one.root for one in sketches]), tuple([(one.kind, len(one.atoms)) for one in found.causes])
        graph = self._graphs.get(key)
        if graph is None:
            root, rows = woven(found)
            order = _walk(root, rows)
            nodes = _chained([self._node(made, node) for node in order], BETWEEN)
            edges = _chained([row for node in order if (row := self._row(made, node, rows[node]))], BETWEEN)
            graph = _chained([['"nodes": ['], nodes, ['], "edges": ['], edges, ["]"]], "")
            while len(self._graphs) >= GRAPHS:
                del self._graphs[next(iter(self._graphs))]
            self._graphs[key] = graph
        return graph

    def _node(self, made: Made, node: str) -> Pieces:
        written = self._nodes.get(node)
        if written is None:
            written = self._nodes[node] = cut(_dumped(_node(made.names[node], made.data[node])))
        return written

    def _row(self, made: Made, node: str, row: Mapping[str, Mapping[str, Any]]) -> Pieces:
        written = self._edges.get(node) if row is made.rows[node] else None
        if written is None:
            name = made.names[node]
            edges = [_dumped(_edge(name, made.names[target], values)) for target, values in row.items()]
            written = cut(", ".join(edges)) if edges else []
            if row is made.rows[node]:
                self._edges[node] = written
        return written


GRAPHS = 2_000
"""So many graphs are kept, each as long as it has nodes and edges; what stands in them is kept once."""
Pieces = list[str]
"""A text cut at its marks, which stand at every other place."""


def _chained(some: Iterable[Pieces], between: str) -> Pieces:
    """Several texts that were cut as one, with something between them."""
    found: Pieces = []
    for one in some:
        if found:
            found.append(between)
        found += one
    return found or [""]


_JSON = json.JSONEncoder(ensure_ascii=False)


def _dumped(value: Any) -> str:
    return _JSON.encode(value)


def _grounds(known: Iterable[Cause]) -> list[dict[str, Any]]:
    return [
        {
            "kind": cause.kind,
            **cited_json(cause.ground.provision),
            "key": cause.ground.key,
            "nodes": list(cause.atoms),
        }
        for cause in known
    ]


def _contents(graph: networkx.DiGraph) -> dict[str, Any]:
    data, rows = dict(graph.nodes(data=True)), dict(graph.adjacency())
    order = _walk(graph.graph["root"], rows)
    return {
        "nodes": [_node(node, data[node]) for node in order],
        "edges": [_edge(node, target, values) for node in order for target, values in rows[node].items()],
    }


def _walk(root: str, rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The nodes depth first, each once."""
    seen = dict[str, None]()
    todo = _tops(root, rows)[::-1]
    while todo:
        node = todo.pop()
        if node not in seen:
            seen[node] = None
            todo += [*rows[node]][::-1]
    return list(seen)


def _tops(root: str, rows: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The root first, then whatever nothing else rests on."""
    below = {target for row in rows.values() for target in row}
    return [root, *(node for node in rows if node not in below)]


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
