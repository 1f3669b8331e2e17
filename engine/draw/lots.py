"""The draw: lots fix an order, the order is walked down, and every name gets its verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.draw.bench import Bench
from engine.draw.frozen import Frozen
from engine.draw.plan import Places, Plan
from engine.draw.tickets import GROUP, LETTERS, order
from engine.panels import ROLES
from engine.words import no_collecting

GONE = "gone"
"""Of somebody who dropped out, in a replacement's walk only."""
TAKEN, RECUSED, UNQUALIFIED, FULL, SEATED, LOAD, RESERVED = VERDICTS = (
    "taken", "recused", "unqualified", "full", "seated", "load", "reserved",
)  # fmt: skip


@dataclass(frozen=True)
class Walk:
    """One order walked down: group, role, the names in the order of their tickets, a verdict a name.

    `tight` gives for the place of each reserved name the seats that would have become unfillable.
    """

    group: str
    role: str
    names: tuple[str, ...]
    verdicts: tuple[str, ...]
    tight: Mapping[int, Places] = field(default_factory=dict)

    def rows(self) -> Iterator[tuple[int, str, str]]:
        """Place (from 1), name, verdict."""
        return ((place, *pair) for place, pair in enumerate(zip(self.names, self.verdicts, strict=True), 1))

    @property
    def taken(self) -> list[tuple[int, str]]:
        """Place and name of those taken."""
        return [(place, name) for place, name, verdict in self.rows() if verdict == TAKEN]


@dataclass(frozen=True)
class Seat:
    """A seat of a panel: who sits there, his place in the order, whether he leads."""

    id: str
    place: int
    leader: bool


@dataclass(frozen=True)
class Draw:
    """Panels drawn, with the walk that led to them."""

    frozen: Frozen
    seed: tuple[str, ...]
    demo: bool
    walks: tuple[Walk, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The groups in the order in which they were drawn."""
        return tuple(walk.group for walk in self.walks if walk.role == "leader")

    @property
    def panels(self) -> dict[str, tuple[Seat, ...]]:
        """The panel of each group, groups sorted: the leader, then the members as they were taken."""
        seats: dict[str, list[Seat]] = {group: [] for group in self.frozen.roster.groups}
        for walk in self.walks:
            seats[walk.group] += [Seat(name, place, walk.role == "leader") for place, name in walk.taken]
        return {group: tuple(found) for group, found in seats.items()}


@dataclass(frozen=True)
class Impossible:
    """No set of panels exists: the seats that their reviewers cannot fill."""

    frozen: Frozen
    hall: Places


def draw(
    frozen: Frozen, seed: Sequence[str], *, demo: bool = False, progress: Callable[[int], None] = lambda _done: None
) -> Draw | Impossible:
    """Draw the panels of a frozen roster; nothing where no set exists. `progress` is told of each group."""
    with no_collecting():
        bench = Bench.of(frozen)
        if hall := Plan.of(bench).hall():
            return Impossible(frozen, hall)
        return Draw(frozen, tuple(seed), demo, tuple(walks(frozen, bench, seed, progress)))


def walks(
    frozen: Frozen, bench: Bench, seed: Sequence[str], progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Walk]:
    """Walk every order down, group after group, leaders first."""
    roster = frozen.roster
    plan = Plan.of(bench)
    leaders = [name for name in roster.reviewers if name in roster.leaders]
    number = {name: index for index, name in enumerate(roster.reviewers)}
    place = {group: index for index, group in enumerate(roster.groups)}
    for group in order(seed, frozen.commitment, (GROUP,), roster.groups):
        for role in ROLES:
            names = order(
                seed, frozen.commitment, (group, LETTERS[role]), leaders if role == "leader" else roster.reviewers
            )
            yield walk(frozen, plan, 2 * place[group] + ROLES.index(role), names, number)
        progress(1)


def walk(frozen: Frozen, plan: Plan, node: int, names: Sequence[str], number: Mapping[str, int]) -> Walk:
    """Walk one order down, seating on the plan; the first that holds of the verdicts is written beside each name."""
    roster = frozen.roster
    group, role = roster.groups[node >> 1], ROLES[node & 1]
    fit, tied = roster.fit[group], roster.tied[group]
    seated = plan.seated[node >> 1]
    verdicts: list[str] = []
    tight: dict[int, Places] = {}
    known: dict[frozenset[int], Places] = {}
    for name in names:
        if name not in fit:
            verdicts.append(RECUSED if name in tied else UNQUALIFIED)
            continue
        one = number[name]
        if one in seated:
            verdicts.append(SEATED)
        elif not plan.need[node]:
            verdicts.append(FULL)
        elif not plan.left[one]:
            verdicts.append(LOAD)
        elif (reached := plan.take(one, node)) is None:
            verdicts.append(TAKEN)
            known.clear()
        else:
            key = frozenset(reached)
            if key not in known:
                known[key] = plan.places(reached)
            tight[len(verdicts) + 1] = known[key]
            verdicts.append(RESERVED)
    return Walk(group, role, tuple(names), tuple(verdicts), tight)


def panel_json(group: str, seats: Sequence[Seat]) -> dict[str, Any]:
    """A panel as the draw's JSON has it."""
    return {
        "group": group,
        "size": len(seats),
        "members": [{"id": seat.id, "place": seat.place, "leader": seat.leader} for seat in seats],
    }
