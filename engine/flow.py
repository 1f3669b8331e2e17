"""The fullest plan of panels, as a maximum flow: source, reviewers, seats, sink.

A reviewer who can lead has a node of his own for each group, so that he takes one seat there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.plan import Bench


def fullest(bench: Bench) -> list[list[int]]:
    """Who fills which seat in a plan that leaves as few seats empty as possible: for each node its reviewers."""
    import numpy
    from ortools.graph.python import max_flow

    people = len(bench.reviewers)
    nodes = len(bench.need)
    source, sink = people + nodes, people + nodes + 1
    tails: list[int] = []
    heads: list[int] = []
    extra = sink + 1
    into: list[tuple[int, int]] = []
    for group in range(len(bench.groups)):
        leading = set(bench.fit[2 * group])
        for one in bench.fit[2 * group + 1]:
            if one in leading:
                tails += (one, extra, extra)
                heads += (extra, people + 2 * group, people + 2 * group + 1)
                into += ((-1, -1), (one, 2 * group), (one, 2 * group + 1))
                extra += 1
            else:
                tails.append(one)
                heads.append(people + 2 * group + 1)
                into.append((one, 2 * group + 1))
    flow = max_flow.SimpleMaxFlow()
    arcs = _add(flow, tails, heads, [1] * len(tails))
    _add(flow, [source] * people, range(people), bench.load)
    _add(flow, range(people, people + nodes), [sink] * nodes, bench.need)
    if flow.solve(source, sink) != flow.OPTIMAL:
        raise RuntimeError("the maximum flow has no answer")
    planned: list[list[int]] = [[] for _ in range(nodes)]
    if len(arcs):
        for index in numpy.flatnonzero(flow.flows(arcs)).tolist():
            one, node = into[index]
            if node >= 0:
                planned[node].append(one)
    return planned


def _add(flow: Any, tails: Sequence[int], heads: Sequence[int], capacities: Sequence[int]) -> Any:
    """Add arcs; their numbers."""
    import numpy

    def as_numbers(values: Sequence[int], kind: Any) -> Any:
        return numpy.array(list(values), dtype=kind)

    return flow.add_arcs_with_capacity(
        as_numbers(tails, numpy.int32), as_numbers(heads, numpy.int32), as_numbers(capacities, numpy.int64)
    )
