"""What many justifications have in common: parts of the graph that name nobody are made and worded once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from explain.graph.support import Key, Supports

Nodes = dict[str, dict[str, Any]]
Rows = dict[str, dict[str, dict[str, Any]]]


class Shared:
    """Finished nodes with all that is below them, by name.

    A node may be shared if neither it nor anything below it names anybody (holds a string), and no other way to
    support it does: then it is the same in every justification over the same answer set. Comparisons that compare the
    same for other values have one name: where two of these would meet, the node is made anew.
    """

    def __init__(self) -> None:
        self._nodes: Nodes = {}
        self._rows: Rows = {}

    def give(self, nodes: Nodes, rows: Rows, node: str) -> bool:
        """Add a shared node, with what is below it, to a graph; False if it is not known or would meet another."""
        if node not in self._nodes or not _agree(node, self._nodes, self._rows, nodes):
            return False
        todo = [node]
        for one in todo:
            if one not in nodes:
                nodes[one], rows[one] = dict(self._nodes[one]), dict(self._rows[one])
                todo += rows[one]
        return True

    def take(self, nodes: Nodes, rows: Rows, fresh: list[str], supports: Supports) -> None:
        """Keep those of the finished nodes that may be shared."""
        clean: dict[Any, bool] = {}
        for node in fresh:
            if (
                node not in self._nodes
                and nodes[node]["role"] == "atom"
                and self._clean(node, nodes, rows, supports, clean)
            ):
                self._keep(node, nodes, rows)

    def _keep(self, node: str, nodes: Nodes, rows: Rows) -> None:
        if not _agree(node, nodes, rows, self._nodes):
            return
        todo = [node]
        for one in todo:
            if one not in self._nodes:
                self._nodes[one], self._rows[one] = dict(nodes[one]), dict(rows[one])
                todo += rows[one]

    def _clean(self, node: str, nodes: Nodes, rows: Rows, supports: Supports, clean: dict[Any, bool]) -> bool:
        if node in self._nodes:
            return True
        if node not in clean:
            attributes = nodes[node]
            clean[node] = (
                '"' not in node
                and not attributes.get("apart")
                and all(self._clean(target, nodes, rows, supports, clean) for target in rows[node])
                and (
                    attributes["role"] != "atom"
                    or not attributes["truth"]
                    or self._nameless(
                        ("atom", attributes["predicate"], tuple(map(str, attributes["arguments"]))), supports, clean
                    )
                )
            )
        return clean[node]

    def _nameless(self, key: Key, supports: Supports, clean: dict[Any, bool]) -> bool:
        if key not in clean:
            clean[key] = all('"' not in text for text in key[2]) and all(
                self._nameless(one, supports, clean)
                for way in supports.ways.get(key, ())
                for one in supports.rests_on(way)
            )
        return clean[key]


def _agree(node: str, nodes: Nodes, rows: Rows, others: Nodes) -> bool:
    """Whether what is at and below a node is, where others have its names, the same there."""
    todo = dict.fromkeys([node])
    for one in (order := [node]):
        if one in others:
            if nodes[one].get("binding") != others[one].get("binding"):
                return False
        else:
            fresh = [target for target in rows[one] if target not in todo]
            todo.update(dict.fromkeys(fresh))
            order += fresh
    return True
