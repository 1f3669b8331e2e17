"""The justifications of several questions about the same applicant, made together and given out one by one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from explain.build.builder import Builder
from explain.build.canvas import Canvas
from explain.build.shared import Shared
from explain.dual import Evidence, Goal, Program, Row
from explain.say import Data, Finish, Rows

if TYPE_CHECKING:
    import networkx


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
        self._program = program
        self._canvas = Canvas(program.dual, evidence, program.labels, named, shared)
        self._builder = Builder(self._canvas)
        self._words = names, subject, worded
        self._finish = Finish(program, self._canvas.nodes, self._canvas.rows, *self._words)

    def graph(self, goal: Goal, arguments: Row) -> networkx.DiGraph:
        """The graph of one goal, its nodes in the order in which they are reached from the root."""
        canvas = self._canvas
        root = self._builder.build(goal, arguments)
        if not self._program.dual.acyclic:
            from explain.build.acyclic import cut

            part = below(canvas.nodes, canvas.rows, root)
            cut(part)
            part = below(dict(part.nodes(data=True)), dict(part.adjacency()), root)
            data, rows = dict(part.nodes(data=True)), dict(part.adjacency())
            Finish(self._program, data, rows, *self._words).nodes(list(part))
            return part
        self._finish.nodes(canvas.fresh)
        canvas.shared.take(canvas.nodes, canvas.rows, canvas.fresh, canvas.supports)
        canvas.fresh = []
        return below(canvas.nodes, canvas.rows, root)


def below(data: Data, rows: Rows, root: str) -> networkx.DiGraph:
    """What is reached from a node, breadth first, as a graph of its own."""
    import networkx  # a quarter of a second that whoever draws no graph need not wait

    reached = dict.fromkeys([root])
    for node in (todo := [root]):
        fresh = [target for target in rows[node] if target not in reached]
        reached.update(dict.fromkeys(fresh))
        todo += fresh
    part = networkx.DiGraph(root=root)
    part.add_nodes_from((node, data[node]) for node in todo)
    part.add_edges_from((node, target, edge) for node in todo for target, edge in rows[node].items())
    return part
