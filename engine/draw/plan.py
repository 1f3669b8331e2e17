"""The look-ahead of a draw: a complete plan for the seats that are left, changed by one augmenting path a name.

Seats are nodes, two a group: node 2g for the leader, 2g + 1 for the other members. A reviewer takes at most one seat in
a group and at most as many as his load. The plan is a flow, so that a name can be taken exactly if a path in the
residual graph leads from a seat he holds in the plan (or from nowhere, if he has a place to spare) to the seat he is
to take. Where there is none, the seats reached backwards are a tight set: the reviewers who may serve them have just
as many places left as there are seats, and he is one of them (Hall's condition with equality). It does not depend on
which complete plan was found first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.draw.bench import Bench
from engine.panels import ROLES

Move = tuple[int, int | None, int]
"""A reviewer, the node he leaves (None: he had a place to spare), the node he goes to."""


@dataclass(frozen=True)
class Places:
    """A set of seats by group and role, the reviewers who may serve them, and the places these can fill together."""

    seats: tuple[tuple[str, str, int], ...]
    reviewers: tuple[str, ...]
    places: int

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups whose seats these are, sorted."""
        return tuple(sorted({group for group, _, _ in self.seats}))

    @property
    def number(self) -> int:
        """How many seats."""
        return sum(number for _, _, number in self.seats)

    def json(self) -> dict[str, object]:
        """Groups, seats, reviewers, places, as the draw's JSON has a Hall set."""
        return {
            "groups": list(self.groups),
            "seats": self.number,
            "reviewers": list(self.reviewers),
            "places": self.places,
        }


class Plan:
    """A plan for the seats that are left; `copy` one before walking it."""

    def __init__(self, bench: Bench, planned: Sequence[Iterable[int]]) -> None:
        self.bench = bench
        self.need = list(bench.need)
        self.left = list(bench.load)
        self.seated: list[set[int]] = [set() for _ in bench.groups]
        self.planned = [set(one) for one in planned]
        self.where: list[dict[int, int]] = [{} for _ in bench.reviewers]
        for node, ones in enumerate(self.planned):
            for one in ones:
                self.where[one][node >> 1] = node

    @classmethod
    def of(cls, bench: Bench) -> Plan:
        """The fullest plan of a bench, from a maximum flow that is computed once a bench."""
        return cls(bench, bench.fullest)

    def copy(self) -> Plan:
        """A plan of its own with the same seats."""
        other = Plan.__new__(Plan)
        other.bench = self.bench
        other.need, other.left = self.need.copy(), self.left.copy()
        other.seated = [one.copy() for one in self.seated]
        other.planned = [one.copy() for one in self.planned]
        other.where = [one.copy() for one in self.where]
        return other

    def shortage(self) -> int:
        """How many seats the plan cannot fill."""
        return sum(self.need) - sum(map(len, self.planned))

    def hall(self) -> Places | None:
        """Seats that are more than their reviewers can fill together; None if the plan is complete."""
        short = [node for node, ones in enumerate(self.planned) if len(ones) < self.need[node]]
        if not short:
            return None
        reached, _ = self._search(short, None, None)
        return self.places(reached)

    def take(self, one: int, node: int) -> set[int] | None:
        """Seat a reviewer for good; if that leaves other seats empty, change nothing and return these."""
        if one not in self.planned[node]:
            group = node >> 1
            beside = self.where[one].get(group)
            if beside is None and self.left[one] > len(self.where[one]):
                self._leave(min(self.planned[node]), node)
            else:
                goals = [beside] if beside is not None else list(self.where[one].values())
                reached, moves = self._search(goals, one, node)
                if moves is None:
                    return reached
                self._shift(moves, one, node)
        else:
            self._leave(one, node)
        self.need[node] -= 1
        self.left[one] -= 1
        self.seated[node >> 1].add(one)
        return None

    def places(self, nodes: Iterable[int]) -> Places:
        """The seats left at some nodes, who may serve them, and how many places these have left together."""
        ours = sorted(node for node in nodes if self.need[node])
        groups: dict[int, set[int]] = {}
        for node in ours:
            for one in self.bench.fit[node]:
                if self.left[one] and one not in self.seated[node >> 1]:
                    groups.setdefault(one, set()).add(node >> 1)
        bench = self.bench
        return Places(
            tuple((bench.groups[node >> 1], ROLES[node & 1], self.need[node]) for node in ours),
            tuple(bench.reviewers[one] for one in sorted(groups)),
            sum(min(self.left[one], len(served)) for one, served in groups.items()),
        )

    def _search(self, goals: Sequence[int], taker: int | None, start: int | None) -> tuple[set[int], list[Move] | None]:
        """Backwards from the goals to the start, or to somebody with a place to spare.

        Returns the nodes reached and the moves that free a goal and fill everything else, or None.
        """
        came: dict[int, Move | None] = dict.fromkeys(goals)
        queue = deque(goals)
        while queue:
            node = queue.popleft()
            group = node >> 1
            seated = self.seated[group]
            for one in self.bench.fit[node]:
                here = self.where[one].get(group)
                if here == node or not self.left[one] or one in seated:
                    continue
                if here is None and taker is not None and self.left[one] > len(self.where[one]):
                    return set(came), [(one, None, node), *_back(came, node)]
                for other in (here,) if here is not None else self.where[one].values():
                    if other not in came:
                        came[other] = (one, other, node)
                        if other == start:
                            return set(came), _back(came, other)
                        queue.append(other)
        return set(came), None

    def _shift(self, moves: Sequence[Move], taker: int, node: int) -> None:
        """Make the moves; the taker gives up the seat that the last of them fills, and one leaves the seat he takes."""
        self._leave(taker, moves[-1][2])
        for one, origin, _ in moves:
            if origin is not None:
                self._leave(one, origin)
        for one, _, to in moves:
            self.planned[to].add(one)
            self.where[one][to >> 1] = to
        if moves[0][1] is None:
            self._leave(min(self.planned[node]), node)

    def _leave(self, one: int, node: int) -> None:
        self.planned[node].discard(one)
        del self.where[one][node >> 1]


def _back(came: dict[int, Move | None], node: int) -> list[Move]:
    """The moves from a node to the goal it was reached from."""
    moves = []
    while (move := came[node]) is not None:
        moves.append(move)
        node = move[2]
    return moves
