"""What many justifications have in common: parts of the graph that name nobody are made and worded once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import networkx

from explain.text import shown

if TYPE_CHECKING:
    from explain.support import Key, Supports


class Shared:
    """Finished nodes with all that is below them, by name.

    A node may be shared if neither it nor anything below it names anybody (holds a string), and no other way to
    support it does: then it is the same in every justification over the same answer set.
    """

    def __init__(self) -> None:
        self._nodes: dict[str, tuple[dict[str, Any], tuple[tuple[str, dict[str, Any]], ...]]] = {}

    def give(self, graph: networkx.DiGraph, node: str) -> bool:
        """Add a shared node, with what is below it, to a graph; False if it is not known."""
        if node not in self._nodes:
            return False
        todo = [node]
        while todo:
            one = todo.pop()
            attributes, edges = self._nodes[one]
            graph.add_node(one, **attributes)
            for target, edge in edges:
                if target not in graph:
                    todo.append(target)
                graph.add_edge(one, target, **edge)
            # A target that is only an edge's end so far gets its attributes when its turn comes.
        return True

    def take(self, graph: networkx.DiGraph, nodes: list[str], supports: Supports) -> None:
        """Keep those of the finished nodes that may be shared."""
        clean: dict[Any, bool] = {}
        rows = dict(graph.adjacency())
        data = dict(graph.nodes(data=True))
        for node in nodes:
            if (
                node not in self._nodes
                and data[node]["role"] == "atom"
                and self._clean(node, rows, data, supports, clean)
            ):
                self._keep(node, rows, data)

    def _keep(self, node: str, rows: Any, data: Any) -> None:
        todo = [node]
        while todo:
            one = todo.pop()
            if one not in self._nodes:
                self._nodes[one] = dict(data[one]), tuple((target, dict(edge)) for target, edge in rows[one].items())
                todo += rows[one]

    def _clean(self, node: str, rows: Any, data: Any, supports: Supports, clean: dict[Any, bool]) -> bool:
        if node in self._nodes:
            return True
        if node not in clean:
            attributes = data[node]
            clean[node] = (
                '"' not in node
                and all(self._clean(target, rows, data, supports, clean) for target in rows[node])
                and (
                    attributes["role"] != "atom"
                    or not attributes["truth"]
                    or self._nameless(("atom", attributes["predicate"], attributes["arguments"]), supports, clean)
                )
            )
        return clean[node]

    def _nameless(self, key: Key, supports: Supports, clean: dict[Any, bool]) -> bool:
        if key not in clean:
            clean[key] = all('"' not in shown(symbol) for symbol in key[2]) and all(
                self._nameless(one, supports, clean) for way in supports.ways.get(key, ()) for one in way.rests_on
            )
        return clean[key]
