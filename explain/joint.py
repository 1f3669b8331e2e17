"""The justifications of several questions about the same applicant, made together and given out one by one."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

import networkx

from explain.acyclic import cut
from explain.evidence import Evidence, Row
from explain.finish import finish
from explain.goals import Goal
from explain.graph import Builder
from explain.program import Program
from explain.shared import Shared


class Joint:
    """Builds graphs over one answer set; a node that two of them have is made once."""

    def __init__(
        self,
        program: Program,
        evidence: Evidence,
        named: frozenset[str],
        shared: Shared,
        names: Mapping[str, str],
        subject: str,
        worded: bool,
    ) -> None:
        self.named = named
        self._program = program
        self._builder = Builder(program.dual, evidence, program.labels, named, shared)
        self._words = names, subject, worded
        self._finished = 0

    def graph(self, goal: Goal, arguments: Row) -> networkx.DiGraph:
        """The graph of one goal, its nodes in the order in which they are reached from the root."""
        root = self._builder.build(goal, arguments)
        whole = self._builder.graph
        if not self._program.dual.acyclic:
            part = below(whole, root)
            cut(part)
            part = below(part, root)
            finish(self._program, part, list(part), *self._words)
            return part
        fresh = list(islice(whole, self._finished, None))
        finish(self._program, whole, fresh, *self._words)
        self._builder.shared.take(whole, fresh, self._builder.supports)
        self._finished = len(whole)
        return below(whole, root)


def below(graph: networkx.DiGraph, root: str) -> networkx.DiGraph:
    """A copy of what is reached from a node, breadth first."""
    rows, data = dict(graph.adjacency()), graph.nodes
    part = networkx.DiGraph(root=root)
    part.add_node(root, **data[root])
    for node in (todo := [root]):
        for target, edge in rows[node].items():
            if target not in part:
                part.add_node(target, **data[target])
                todo.append(target)
            part.add_edge(node, target, **edge)
    return part
