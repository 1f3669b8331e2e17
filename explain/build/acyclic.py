"""Circles in a justification cut open, so that the graph is acyclic and still says everything.

False atoms that wait for one another (an unfounded set) share one `circle` node below which stands what blocks each of
them from outside. Of several conditions that fail, one that only fails because of what is asked is no reason for that:
the others stand. A false atom on which a true one rests, and which has no other reason than that, is assumed by the
answer set: a choice no rule compels. Which is which the order of the well-founded semantics tells (Van Gelder, Ross,
Schlipf, Journal of the ACM 38, 1991), found on the graph itself. Nothing else can be circular but an aggregate over its
own consequences.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import networkx

LAST = 1 << 30
"""The step of what no step reaches."""


def cut(graph: networkx.DiGraph) -> None:
    """Cut every circle of the graph open, in place."""
    if not _circles(graph):
        return
    founding = Founding(graph)
    while founding.left:
        source, target = founding.choice()
        if not source:
            break
        _replace(graph, source, target, "assumed", (target,))
        founding = Founding(graph)
    for least in (True, False):
        for members in _circles(graph):
            if any(_true(graph, node) for node in members):
                graph.remove_edges_from(_backward(graph, founding, members, least))
    for members in _circles(graph):
        nodes = graph.nodes
        false = sorted(node for node in members if nodes[node]["role"] == "atom" and not nodes[node]["truth"])
        if false:
            _circle(graph, members, false)
    for members in _circles(graph):
        inside = graph.subgraph(members)
        summed = [edge for edge in sorted(inside.edges) if graph.nodes[edge[0]]["role"] in ("aggregate", "conditional")]
        for source, target in summed or sorted(inside.edges):
            if graph.has_edge(source, target):
                _replace(graph, source, target, "recursive_aggregate", (target,))


class Founding:
    """At which step each node is established, each from what was before; false atoms may be established together.

    A true atom needs all of its conditions, a false one that each of its rules is blocked; a rule is blocked by one
    condition that fails, or by one literal all of whose instances lead to one.
    """

    def __init__(self, graph: networkx.DiGraph) -> None:
        self.graph = graph
        self.steps: dict[str, int] = {}
        self._step = 0
        while self._settle() or self._unfounded():
            pass
        self.left = [node for node in graph if node not in self.steps]

    def choice(self) -> tuple[str, str]:
        """Where a true atom rests on a false one that nothing establishes, lowest in the graph; empty if nowhere."""
        left = self.graph.subgraph(self.left)
        for members in networkx.strongly_connected_components(left):  # what rests on nothing else left comes first
            inside = left.subgraph(members)
            found = sorted(
                (source, target)
                for source, target, support in inside.edges(data="support")
                if support and self._false(target)
            )
            if found:
                return found[0]
        return "", ""

    def _settle(self) -> bool:
        """Take all steps that what is established allows; whether there was one."""
        before = len(self.steps)
        while fresh := [node for node in self.graph if node not in self.steps and self._holds(node, ())]:
            self._step += 1
            self.steps.update(dict.fromkeys(fresh, self._step))
        return len(self.steps) > before

    def _unfounded(self) -> bool:
        """Establish the greatest set of false atoms each rule of which needs another of them."""
        found = {node for node in self.graph if node not in self.steps and self._false(node)}
        while found:
            kept = {node for node in found if self._holds(node, found)}
            if kept == found:
                self._step += 1
                self.steps.update(dict.fromkeys(found, self._step))
                return True
            found = kept
        return False

    def _false(self, node: str) -> bool:
        data = self.graph.nodes[node]
        return data["role"] == "atom" and not data["truth"]

    def _holds(self, node: str, supposed: Iterable[str]) -> bool:
        """Whether a node follows from what is established; a positive condition may fail as one of those `supposed`."""
        role = self.graph.nodes[node]["role"]
        if role not in ("rule", "instance"):
            return all(self._rests(target, supposed) for target in self.graph.successors(node))
        groups: dict[str, list[str]] = {}
        for _, target, edge in self.graph.out_edges(node, data=True):
            for kind in edge.get("roles", (edge["role"],)):
                if kind == "fails" and (target in self.steps or target in supposed):
                    return True
                if kind == "tries":
                    groups.setdefault(str(self.graph.nodes[target].get("source", "")), []).append(target)
        if not groups and not any(edge["role"] == "fails" for *_, edge in self.graph.out_edges(node, data=True)):
            return True
        return any(all(self._rests(one, supposed) for one in group) for group in groups.values())

    def _rests(self, node: str, supposed: Iterable[str]) -> bool:
        """Whether a node is established, or a rule or an instance follows with what is supposed."""
        if node in self.steps:
            return True
        return self.graph.nodes[node]["role"] in ("rule", "instance") and self._holds(node, supposed)


def _true(graph: networkx.DiGraph, node: str) -> bool:
    return bool(graph.nodes[node]["role"] == "atom" and graph.nodes[node]["truth"])


def _backward(
    graph: networkx.DiGraph, founding: Founding, members: Iterable[str], least: bool
) -> list[tuple[str, str]]:
    """Edges of a circle from rules and instances to what is established later than they are; at least to true atoms."""
    steps = founding.steps
    return [
        (source, target)
        for source, target in sorted(graph.subgraph(members).edges)
        if graph.nodes[source]["role"] in ("rule", "instance")
        and steps.get(target, LAST) > steps.get(source, LAST)
        and (not least or _true(graph, target))
    ]


def _circles(graph: networkx.DiGraph) -> list[list[str]]:
    return sorted(sorted(found) for found in networkx.strongly_connected_components(graph) if len(found) > 1)


def _replace(graph: networkx.DiGraph, source: str, target: str, kind: str, atoms: tuple[str, ...]) -> None:
    """Point an edge to a leaf that stands for the target."""
    leaf = f"{kind}: {target}"
    edge = graph.edges[source, target]
    attributes = graph.nodes[target]
    if leaf not in graph:
        graph.add_node(leaf, **{**attributes, "role": "circle", "kind": kind, **_members(graph, atoms)})
    graph.remove_edge(source, target)
    graph.add_edge(source, leaf, **edge)


def _members(graph: networkx.DiGraph, nodes: tuple[str, ...]) -> dict[str, Any]:
    """What a circle keeps of its members, of which some will be nowhere else in the graph: enough to tell them."""
    kept = ("predicate", "arguments", "truth", "atom")
    return {
        "members": nodes,
        "told": {node: {key: graph.nodes[node][key] for key in kept if key in graph.nodes[node]} for node in nodes},
    }


def _circle(graph: networkx.DiGraph, members: list[str], false: list[str]) -> None:
    """Give an unfounded set its node: its members point to it, it points to what blocks them from outside."""
    digest = sha256("\n".join(false).encode()).hexdigest()[:12]
    circle = f"circle: {digest}"
    among = set(members)
    atoms = tuple(graph.nodes[node]["atom"] for node in false)
    outside = [
        (target, dict(graph.edges[source, target]))
        for source in members
        for target in graph.successors(source)
        if target not in among
    ]
    graph.add_node(
        circle, role="circle", kind="circular", truth=False, atom="; ".join(atoms), **_members(graph, tuple(false))
    )
    for target, edge in outside:
        graph.add_edge(circle, target, **edge)
    for source, target in sorted(graph.subgraph(members).edges):
        if target in false:
            edge = graph.edges[source, target]
            graph.remove_edge(source, target)
            graph.add_edge(source, circle, **edge)
