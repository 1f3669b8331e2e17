"""The canvas of a justification: nodes and edges by name, and the place inside a rule where a literal stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from explain.build.shared import Shared
from explain.build.support import Supports
from explain.dual import Dual, Env, Part, Readings, Row, Variant, pattern_values
from explain.rules import Bound, Literal, Rule, pattern_text, written

Task = tuple[Any, ...]
"""An atom that waits to be explained: `true` or `false`, node, name, of a false one what is given, values."""


class Inconsistent(Exception):
    """The answer set does not follow from the rules: a rule holds whose head is false, or a true atom has no rule."""


class Place(NamedTuple):
    """The rule instance inside which a literal stands."""

    node: str
    rule: Rule
    label: str
    provision: str


class Canvas:
    """A graph in the making, over the evidence for one question; atoms still to be explained wait in `todo`.

    `nodes` holds the attributes of each node, `rows` its edges: by target, their attributes; `fresh` the nodes made
    here that are not finished yet.
    """

    def __init__(
        self,
        dual: Dual,
        evidence: Readings,
        labels: Mapping[int, str],
        named: frozenset[str] = frozenset(),
        shared: Shared | None = None,
    ) -> None:
        self.dual = dual
        self.evidence = evidence
        self.labels = labels
        self.supports = Supports(dual, evidence, named)
        self.nodes: dict[str, dict[str, Any]] = {}
        self.rows: dict[str, dict[str, dict[str, Any]]] = {}
        self.fresh: list[str] = []
        self.shared = shared if shared is not None else Shared()
        self.todo: list[Task] = []

    def node(self, node: str, **attributes: Any) -> str:
        """Add a node, if it is new, and return it."""
        if node not in self.nodes:
            self.nodes[node] = attributes
            self.rows[node] = {}
            self.fresh.append(node)
        return node

    def edge(self, source: str, target: str, role: str, place: Place | None, support: bool = False) -> None:
        """Add an edge; where there is one, its `roles` are all that lead there, a failing one its `role`."""
        row = self.rows[source]
        if source == target:
            return
        if target not in row:
            row[target] = {"role": role, "provision": place.provision if place else "", "support": support}
            return
        edge = row[target]
        roles = edge.get("roles", (edge["role"],))
        if role not in roles:
            edge["roles"] = (*roles, role)
            edge["role"] = "fails" if role == "fails" else edge["role"]
            edge["support"] = edge["support"] or support

    def true(self, name: str, arguments: Row) -> str:
        """The node of a true atom; one that is new waits to be explained."""
        text = written(name, arguments)
        if text not in self.nodes and not self.shared.give(self.nodes, self.rows, text):
            signature, values = (name, len(arguments)), self.evidence.symbols(arguments)
            kind = "technical" if signature in self.dual.leaves else "recorded"
            self.node(text, role="atom", atom=text, truth=True, predicate=name, arguments=values, kind=kind)
            if signature in self.dual.rules:
                self.todo.append(("true", text, name, arguments))
        return text

    def false(self, name: str, bound: tuple[Bound, ...], arguments: Row) -> str:
        """The node of a false atom, or of a pattern of them."""
        text = pattern_text(name, bound, arguments)
        node = f"not {text}"
        if node not in self.nodes and not self.shared.give(self.nodes, self.rows, node):
            values = pattern_values(bound, iter(self.evidence.symbols(arguments)))
            self.node(node, role="atom", atom=text, truth=False, predicate=name, arguments=values, kind="no_record")
            self.todo.append(("false", node, name, bound, arguments))
        return node

    def fails(self, part: Part, env: Env) -> bool:
        """Whether a part of a body fails under a binding."""
        return self.evidence.has(f"__x{part.number}", [env[name] for name in part.key])

    def place(self, node: str, variant: Variant) -> Place:
        """The place that a node of a rule, or of an atom it gives, is."""
        rule = variant.rule
        return Place(node, rule, self.labels[rule.index], rule.cited)

    def labelled(self, variant: Variant) -> dict[str, Any]:
        """What a node says of its rule."""
        rule = variant.rule
        return {"location": rule.place, "provision": rule.cited, "spans": rule.spans, "rule": rule.index}

    def mark(self, literal: Literal, place: Place) -> str:
        """What tells a literal's nodes from those of others in its rule that may say the same; empty for the first."""
        mark = place.rule.mark(literal)
        return f" #{mark}" if mark else ""

    def where(self, literal: Literal, place: Place) -> str:
        """file:line of a literal."""
        return f"{place.rule.file}:{literal.location.begin.line}"
