"""Circles in a justification cut open, so that the graph is acyclic and still says everything.

False atoms that wait for one another (an unfounded set) share one `circle` node below which stands what blocks each of
them from outside. A false atom on which a true one rests, and which in turn rests on that, is assumed by the answer
set: a choice no rule compels. Nothing else can be circular but an aggregate over its own consequences.
"""

from __future__ import annotations

from hashlib import sha256

import networkx


def cut(graph: networkx.DiGraph) -> None:
    """Cut every circle of the graph open, in place."""
    for members in _circles(graph):
        inside = graph.subgraph(members)
        for source, target, role in sorted(inside.edges(data="support")):
            if role and graph.nodes[target]["role"] == "atom" and not graph.nodes[target]["truth"]:
                _replace(graph, source, target, "assumed", (target,))
    for members in _circles(graph):
        nodes = graph.nodes
        false = sorted(node for node in members if nodes[node]["role"] == "atom" and not nodes[node]["truth"])
        if not false:
            for source, target in sorted(graph.subgraph(members).edges):
                if nodes[source]["role"] in ("aggregate", "conditional"):
                    _replace(graph, source, target, "recursive_aggregate", (target,))
            continue
        _circle(graph, members, false)
    for members in _circles(graph):
        for source, target in sorted(graph.subgraph(members).edges):
            if graph.has_edge(source, target):
                _replace(graph, source, target, "recursive_aggregate", (target,))


def _circles(graph: networkx.DiGraph) -> list[list[str]]:
    return sorted(sorted(found) for found in networkx.strongly_connected_components(graph) if len(found) > 1)


def _replace(graph: networkx.DiGraph, source: str, target: str, kind: str, atoms: tuple[str, ...]) -> None:
    """Point an edge to a leaf that stands for the target."""
    leaf = f"{kind}: {target}"
    edge = graph.edges[source, target]
    attributes = graph.nodes[target]
    if leaf not in graph:
        graph.add_node(leaf, **{**attributes, "role": "circle", "kind": kind, "members": atoms})
    graph.remove_edge(source, target)
    graph.add_edge(source, leaf, **edge)


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
    graph.add_node(circle, role="circle", kind="circular", truth=False, atom="; ".join(atoms), members=tuple(false))
    for target, edge in outside:
        graph.add_edge(circle, target, **edge)
    for source, target in sorted(graph.subgraph(members).edges):
        if target in false:
            edge = graph.edges[source, target]
            graph.remove_edge(source, target)
            graph.add_edge(source, circle, **edge)
