"""Who may sit where, in numbers, and the fullest plan of panels as a maximum flow: source, reviewers, seats, sink.

A reviewer who can lead has a node of his own for each group, so that he takes one seat there.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice


@dataclass(frozen=True)
class Bench:
    """Who may sit where, in numbers: reviewers and groups by their place in the sorted lists.

    `fit[node]` are the reviewers who may take the seat, `need[node]` the seats, `load[reviewer]` the panels.
    """

    groups: tuple[str, ...]
    reviewers: tuple[str, ...]
    fit: tuple[tuple[int, ...], ...]
    need: tuple[int, ...]
    load: tuple[int, ...]

    @cached_property
    def members(self) -> tuple[frozenset[int], ...]:
        """`fit` as sets."""
        return tuple(map(frozenset, self.fit))

    @cached_property
    def fullest(self) -> list[list[int]]:
        """Who fills which seat in a plan that leaves as few seats empty as possible: for each node its reviewers."""
        return complete(self) or fullest(self)


def complete(bench: Bench) -> list[list[int]] | None:
    """Who fills which seat in a plan that leaves none empty; None where this simple way finds none, whether or not
    there is one.

    The scarcest group first, its seats to the first who have a panel left; who cannot lead before who can.
    """
    left = list(bench.load)
    planned: list[list[int]] = [[] for _ in bench.need]
    for lead in sorted(range(0, len(bench.need), 2), key=lambda node: len(bench.fit[node + 1])):
        able = frozenset(bench.fit[lead])
        others = (one for one in bench.fit[lead + 1] if one not in able)
        for node, ones in ((lead, bench.fit[lead]), (lead + 1, chain(others, bench.fit[lead]))):
            free = (one for one in ones if left[one] and one not in planned[lead])
            planned[node] += islice(free, bench.need[node])
            if len(planned[node]) < bench.need[node]:
                return None
            for one in planned[node]:
                left[one] -= 1
    return planned


def fullest(bench: Bench) -> list[list[int]]:
    """Who fills which seat in a plan that leaves as few seats empty as possible: for each node its reviewers."""
    import numpy
    from ortools.graph.python import max_flow

    people, nodes = len(bench.reviewers), len(bench.need)
    source, sink = people + nodes, people + nodes + 1
    tails, heads, who, where = [], [], [], []
    extra = sink + 1
    for group in range(len(bench.groups)):
        leading = numpy.array(bench.fit[2 * group], dtype=numpy.int32)
        members = numpy.array(bench.fit[2 * group + 1], dtype=numpy.int32)
        plain = numpy.setdiff1d(members, leading, assume_unique=True)
        pairs = numpy.arange(extra, extra + len(leading), dtype=numpy.int32)
        extra += len(leading)
        for tail, seat, one in (
            (plain, 2 * group + 1, plain),
            (pairs, 2 * group, leading),
            (pairs, 2 * group + 1, leading),
        ):
            tails.append(tail)
            heads.append(numpy.full(len(tail), people + seat, dtype=numpy.int32))
            who.append(one)
            where.append(numpy.full(len(tail), seat, dtype=numpy.int32))
        tails.append(leading)
        heads.append(pairs)
        who.append(leading)
        where.append(numpy.full(len(leading), -1, dtype=numpy.int32))
    tails += [numpy.full(people, source, dtype=numpy.int32), numpy.arange(people, people + nodes, dtype=numpy.int32)]
    heads += [numpy.arange(people, dtype=numpy.int32), numpy.full(nodes, sink, dtype=numpy.int32)]
    between = sum(map(len, who))
    limits = [numpy.ones(between, dtype=numpy.int64), numpy.array([*bench.load, *bench.need], dtype=numpy.int64)]
    flow = max_flow.SimpleMaxFlow()
    arcs = flow.add_arcs_with_capacity(*(numpy.concatenate(parts) for parts in (tails, heads, limits)))
    if flow.solve(source, sink) != flow.OPTIMAL:
        raise RuntimeError("the maximum flow has no answer")
    planned: list[list[int]] = [[] for _ in range(nodes)]
    if between:
        ones, seats = numpy.concatenate(who), numpy.concatenate(where)
        used = numpy.flatnonzero(flow.flows(arcs[:between]))
        for one, seat in zip(ones[used].tolist(), seats[used].tolist(), strict=True):
            if seat >= 0:
                planned[seat].append(one)
    return planned
