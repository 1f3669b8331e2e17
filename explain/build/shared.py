"""What many justifications have in common: parts of the graph that name nobody are made and worded once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from explain.rules import Comparison

if TYPE_CHECKING:
    from explain.build.support import Key, Supports

Nodes = dict[str, dict[str, Any]]
Rows = dict[str, dict[str, dict[str, Any]]]


class Shared:
    """Finished nodes with all that is below them, by name.

    A node may be shared if neither it nor anything below it names anybody (holds a string), and no other way to
    support it does: then it is the same in every justification over the same answer set. Nor may a comparison be below
    it that could compare the same for other values: which of two that meet has the name depends on what was made first.
    """

    def __init__(self) -> None:
        self._nodes: Nodes = {}
        self._rows: Rows = {}

    def give(self, nodes: Nodes, rows: Rows, node: str) -> bool:
        """Add a shared node, with what is below it, to a graph; False if it is not known."""
        if node not in self._nodes:
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
                and ("literal" not in attributes or _telling(attributes["literal"]))
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


@lru_cache(5_000)
def _telling(literal: Comparison) -> bool:
    """Whether the values compared tell those of every variable: each stands by itself on one side."""
    return set(literal.variables) <= set(map(str, literal.terms))
