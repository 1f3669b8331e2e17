"""What is done after the draw where a vacancy finds nobody: a panel more for those asked by lot, a seat fewer, seats
reopened by lot.

Of those passed over only because they sit on as many panels as they may, the ones in the groups that cannot be filled
are asked in the order of their lots, group after group; who refuses is passed over. Reopened are the fewest seats that
make a completion possible; of several such sets the one whose smallest lots come first, `SHA-256(seed|C|group|V|name)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from engine.draw import LEADER, MEMBER, REOPENED, Field, Places, Plan, order, ticket


@dataclass(frozen=True)
class Lots:
    """The seed and the commitment that fix every order, and the groups in theirs."""

    seed: str
    commitment: str
    groups: Sequence[str]

    def of(self, group: str, names: Collection[str]) -> list[str]:
        """The order of a group."""
        return order(self.seed, self.commitment, (group, MEMBER), names)


@dataclass(frozen=True)
class Reopened:
    """A seat reopened: whose it was, and the lot that chose it."""

    group: str
    reviewer: str
    ticket: str


def asked(field: Field, hall: Places, lots: Lots, done: Collection[str]) -> Iterator[str]:
    """Who is asked to sit on a panel more, in order: those of `done` were asked before.

    Where only a leader's place cannot be filled, only those who may lead are asked.
    """
    seen = set(done)
    left = {
        name: field.load[name] - sum(name in sitting for sitting in field.kept.values()) for name in field.reviewers
    }
    only = {one.group: one.only for one in hall.places}
    for group in lots.groups:
        if group not in only:
            continue
        able = field.leaders & frozenset(field.fit[group]) if only[group] == LEADER else field.fit[group]
        for name in lots.of(group, field.reviewers):
            if name in able and name not in field.sitting(group) and left[name] <= 0 and name not in seen:
                seen.add(name)
                yield name


def reopened(field: Field, lots: Lots) -> tuple[Reopened, ...] | None:
    """The fewest seats whose reopening makes a completion possible, in the order of their lots; None where none do."""
    seats = [(group, name) for group in field.groups for name in field.sitting(group)]
    most = _kept(field, frozenset())
    if most is None:
        return None
    known = {pair: ticket(lots.seed, lots.commitment, pair[0], REOPENED, pair[1]) for pair in seats}
    chosen: set[tuple[str, str]] = set()
    for pair in sorted(seats, key=lambda one: (known[one], one)):
        if len(chosen) == len(seats) - most:
            break
        if _kept(field, frozenset({*chosen, pair})) == most:
            chosen.add(pair)
    return tuple(Reopened(*pair, known[pair]) for pair in sorted(chosen, key=lambda one: (known[one], one)))


def _kept(field: Field, without: Collection[tuple[str, str]]) -> int | None:
    """How many of those who sit can stay in a completion in which some of them do not; None where there is none."""
    from ortools.graph.python import min_cost_flow

    flow = min_cost_flow.SimpleMinCostFlow()
    number = {name: index for index, name in enumerate(field.reviewers, 1)}
    sink = len(number) + 2 * len(field.groups) + 1
    fresh = sink + 1
    for name, index in number.items():
        flow.add_arc_with_capacity_and_unit_cost(0, index, field.load[name], 0)
    for at, group in enumerate(field.groups):
        lead, member = len(number) + 1 + 2 * at, len(number) + 2 + 2 * at
        sitting = field.sitting(group)
        for name in field.reviewers:
            sits = name in sitting and (group, name) not in without
            if not sits and (name in sitting or name not in field.fit[group]):
                continue
            flow.add_arc_with_capacity_and_unit_cost(number[name], fresh, 1, -1 if sits else 0)
            flow.add_arc_with_capacity_and_unit_cost(fresh, member, 1, 0)
            if name in field.leaders:
                flow.add_arc_with_capacity_and_unit_cost(fresh, lead, 1, 0)
            fresh += 1
        flow.add_arc_with_capacity_and_unit_cost(lead, sink, 1, 0)
        flow.add_arc_with_capacity_and_unit_cost(member, sink, field.seats[group] - 1, 0)
    total = sum(field.seats.values())
    flow.set_node_supply(0, total)
    flow.set_node_supply(sink, -total)
    return -flow.optimal_cost() if flow.solve() == flow.OPTIMAL else None


def hall_of(field: Field) -> Places | None:
    """The places left that cannot be filled; None where there is a completion."""
    return Plan.of(field.bench()).hall()
