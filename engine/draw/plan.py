"""The look-ahead of a draw: a complete plan for the seats that are left, changed by one augmenting path a name.

Seats are nodes, two a group: node 2g for the leader, while nobody seated may lead, 2g + 1 for the others. A reviewer
takes at most one seat in a group and at most as many as his load. The plan is a flow, so that a name can be taken
exactly if a path in the residual graph leads from a seat he holds in the plan (or from nowhere, if he has a place to
spare) to the seat he is to take. Where there is none, the seats reached backwards are a tight set: the reviewers who
may fill them can give just as many places as are free there, and all he has left is among them (Hall's condition with
equality). It is the smallest such set, and does not depend on which complete plan was found first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.draw.bench import Bench

WHOLE, LEADER = "whole", "leader"

Move = tuple[int, int | None, int]
"""A reviewer, the node he leaves (None: he had a place to spare), the node he goes to."""


@dataclass(frozen=True)
class Open:
    """The free places of a group that belong to a set: all of them (`whole`), or only the leader's (`leader`)."""

    group: str
    free: int
    only: str


@dataclass(frozen=True)
class Gift:
    """What a reviewer can give a set of places: the smaller of his panels left and of its groups open to him."""

    reviewer: str
    left: int
    groups: int

    @property
    def gives(self) -> int:
        """How many of the places he can fill."""
        return min(self.left, self.groups)


@dataclass(frozen=True)
class Places:
    """A set of free places, and the reviewers who may fill them with what each can give."""

    places: tuple[Open, ...]
    give: tuple[Gift, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups whose places these are, sorted."""
        return tuple(one.group for one in self.places)

    @property
    def need(self) -> int:
        """How many places."""
        return sum(1 if one.only == LEADER else one.free for one in self.places)

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Who may fill them, sorted."""
        return tuple(one.reviewer for one in self.give)

    @property
    def given(self) -> int:
        """How many of the places the reviewers can fill together, at most."""
        return sum(one.gives for one in self.give)

    def json(self) -> dict[str, object]:
        """The set as the draw's JSON has it."""
        return {
            "places": [{"group": one.group, "free": one.free, "only": one.only} for one in self.places],
            "need": self.need,
            "give": [
                {"reviewer": one.reviewer, "left": one.left, "groups": one.groups, "gives": one.gives}
                for one in self.give
            ],
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
        """The fullest plan of a bench, found once a bench: at sight where there is ample room, else a maximum flow."""
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
        """The free places at some nodes, and what everybody who may fill them can give."""
        bench = self.bench
        ours = sorted(node for node in nodes if self.need[node])
        whole = {node >> 1 for node in ours if node & 1}
        opened: list[Open] = []
        groups: dict[int, set[int]] = {}
        for group in sorted({node >> 1 for node in ours}):
            all_free = self.need[2 * group] + self.need[2 * group + 1]
            only = WHOLE if group in whole else LEADER
            opened.append(Open(bench.groups[group], all_free if only == WHOLE else 1, only))
            for one in bench.fit[2 * group + (only == WHOLE)]:
                if self.left[one] and one not in self.seated[group]:
                    groups.setdefault(one, set()).add(group)
        give = (Gift(bench.reviewers[one], self.left[one], len(groups[one])) for one in sorted(groups))
        return Places(tuple(opened), tuple(give))

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
