"""The cheapest repair that moves no applicant, as a flow of least cost: for cases too large to weigh moves as well."""

from __future__ import annotations

from collections import Counter

from engine.draw import Bench, Frozen
from engine.repair.steps import PRICES, Repair, Step


def by_flow(frozen: Frozen, bench: Bench) -> Repair:
    """A cheapest repair among those that move no applicant."""
    loads, experts = unmoved(frozen, bench)
    steps = [Step("load", name, number=number) for name, number in loads]
    steps += [Step(kind, industry, number=number) for kind, industry, number in experts]
    cost = sum(number - frozen.roster.load[name] for name, number in loads) * PRICES["raise"]
    cost += sum(number * PRICES["leading" if kind == "leader" else "plain"] for kind, _, number in experts)
    return Repair(cost, tuple(sorted(steps)), with_moves=False)


def unmoved(frozen: Frozen, bench: Bench) -> tuple[list[tuple[str, int]], list[tuple[str, str, int]]]:
    """Reviewers with the load they would need; kind (expert or leader), industry and number of recruits; sorted.

    A recruit takes one seat.
    """
    from ortools.graph.python import min_cost_flow

    people, nodes = len(bench.reviewers), len(bench.need)
    source, sink = people + nodes, people + nodes + 1
    flow = min_cost_flow.SimpleMinCostFlow()
    free = sink + 1
    raised: dict[int, int] = {}
    recruited: dict[int, tuple[str, str]] = {}

    def arc(tail: int, head: int, capacity: int, cost: int = 0) -> int:
        return int(flow.add_arc_with_capacity_and_unit_cost(tail, head, capacity, cost))

    for one, load in enumerate(bench.load):
        arc(source, one, load)
        raised[arc(source, one, len(bench.groups), PRICES["raise"])] = one
    for group in range(len(bench.groups)):
        leading = set(bench.fit[2 * group])
        for one in bench.fit[2 * group + 1]:
            if one in leading:
                arc(one, free, 1)
                arc(free, people + 2 * group, 1)
                arc(free, people + 2 * group + 1, 1)
                free += 1
            else:
                arc(one, people + 2 * group + 1, 1)
    codes = sorted({(str(group), str(code)) for group, code in frozen.roster.case.rows("group")})
    place = {group: index for index, group in enumerate(bench.groups)}
    for industry in sorted({code for _, code in codes}):
        ours = [place[group] for group, code in codes if code == industry and group in place]
        for kind, cost, roles in (("expert", PRICES["plain"], (1,)), ("leader", PRICES["leading"], (0, 1))):
            recruited[arc(source, free, sum(bench.need), cost)] = (kind, industry)
            for group in ours:
                for role in roles:
                    arc(free, people + 2 * group + role, bench.need[2 * group + role])
            free += 1
    for node, need in enumerate(bench.need):
        arc(people + node, sink, need)
    flow.set_node_supply(source, sum(bench.need))
    flow.set_node_supply(sink, -sum(bench.need))
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("the flow of least cost has no answer")
    loads = [(bench.reviewers[one], bench.load[one] + more) for at, one in raised.items() if (more := flow.flow(at))]
    experts = Counter({pair: flow.flow(at) for at, pair in recruited.items()})
    return sorted(loads), sorted((kind, industry, number) for (kind, industry), number in experts.items() if number)
