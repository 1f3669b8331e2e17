"""The draw: lots fix one order a group, the order is walked down, and every name gets its verdict.

When a panel is full, its leader is the seated member who may lead with the smallest leader's lot.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.draw.bench import Bench
from engine.draw.field import FOR_LEADER, FULL, LOAD, RESERVED, SEATED, TAKEN, Field
from engine.draw.frozen import Frozen, Seat
from engine.draw.plan import Places, Plan
from engine.draw.seeds import DEMO
from engine.draw.tickets import GROUP, LEADER, MEMBER, order, ticket
from engine.words import no_collecting


@dataclass(frozen=True)
class Walk:
    """One order walked down: group, the names in the order of their tickets, a verdict a name.

    `tight` gives for the place of each reserved name the free places that would have become unfillable.
    """

    group: str
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
class Leader:
    """Who leads a panel, and the lots of all who sit there and may lead, smallest first."""

    group: str
    reviewer: str
    lots: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Told:
    """What a record holds of how a draw came about, and no hash decides: where C was published, what was cancelled.

    `published` is place, day (yyyymmdd) and document number; `cancelled` the source with the document that says so.
    """

    published: tuple[str, int, str] | None = None
    cancelled: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Draw:
    """Panels drawn, with the walk that led to them, and the lots of their leaders."""

    frozen: Frozen
    seed: str
    walks: tuple[Walk, ...]
    told: Told = Told()

    @property
    def demo(self) -> bool:
        """Whether the draw is for trying out only: its seed says so by itself."""
        return self.seed == DEMO

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The groups in the order in which they are drawn."""
        return tuple(order(self.seed, self.frozen.commitment, (GROUP,), self.frozen.field.groups))

    @cached_property
    def leaders(self) -> tuple[Leader, ...]:
        """The leader of each panel that was walked for, in the order in which the groups were drawn."""
        found = []
        for walk in self.walks:
            kept = self.frozen.kept.get(walk.group, ())
            sitting = [*(seat.id for seat in kept), *(name for _, name in walk.taken)]
            if led := next((seat.id for seat in kept if seat.leader), None):
                found.append(Leader(walk.group, led, ()))
            elif able := [name for name in sitting if name in self.frozen.field.leaders]:
                lots = by_lot(self.seed, self.frozen.commitment, walk.group, able)
                found.append(Leader(walk.group, lots[0][0], lots))
        return tuple(found)

    @property
    def panels(self) -> dict[str, tuple[Seat, ...]]:
        """The panel of each group, groups sorted: the leader, then the members as they were taken."""
        leads = {one.group: one.reviewer for one in self.leaders}
        taken = {walk.group: walk.taken for walk in self.walks}
        panels = {}
        for group in self.frozen.field.groups:
            kept = self.frozen.kept.get(group, ())
            led = leads.get(group) or next((seat.id for seat in kept if seat.leader), None)
            places = [*((seat.place, seat.id) for seat in kept), *taken.get(group, ())]
            panels[group] = seated(places, led)
        return panels


@dataclass(frozen=True)
class Impossible:
    """No set of panels exists: the places that their reviewers cannot fill."""

    frozen: Frozen
    hall: Places


def shortage(frozen: Frozen) -> Places | None:
    """The places of a frozen roster that their reviewers cannot fill together; None where a set of panels exists."""
    return Plan.of(frozen.field.bench()).hall()


def draw(
    frozen: Frozen, seed: str, told: Told | None = None, *, progress: Callable[[int], None] = lambda _done: None
) -> Draw | Impossible:
    """Draw the panels of a frozen roster; nothing where no set exists. `progress` is told of each group."""
    with no_collecting():
        bench = frozen.field.bench()
        if missing := Plan.of(bench).hall():
            return Impossible(frozen, missing)
        return Draw(frozen, seed, tuple(walks(frozen, bench, seed, progress)), told or Told())


def walks(
    frozen: Frozen, bench: Bench, seed: str, progress: Callable[[int], None] = lambda _done: None
) -> Iterator[Walk]:
    """Walk every order down, group after group; groups without a free place have none."""
    groups = order(seed, frozen.commitment, (GROUP,), frozen.field.groups)
    for each in field_walks(frozen.field, bench, seed, frozen.commitment, groups):
        yield each
        progress(1)


def field_walks(field: Field, bench: Bench, seed: str, commitment: str, groups: Sequence[str]) -> Iterator[Walk]:
    """Walk the orders of some groups down, seating on one plan; a complete one must exist."""
    plan = Plan.of(bench)
    number = {name: index for index, name in enumerate(field.reviewers)}
    plan.seated = [{number[name] for name in field.sitting(group)} for group in field.groups]
    place = {group: index for index, group in enumerate(field.groups)}
    for group in groups:
        if not field.free(group):
            continue
        names = order(seed, commitment, (group, MEMBER), field.reviewers)
        yield walk(plan, place[group], names, field.barred(group), field.leaders, number)


def seated(places: Iterable[tuple[int, str]], led: str | None) -> tuple[Seat, ...]:
    """Places and names as the seats of a panel: the leader, then the others by their places."""
    seats = (Seat(name, place, name == led) for place, name in places)
    return tuple(sorted(seats, key=lambda seat: (not seat.leader, seat.place)))


def walk(
    plan: Plan,
    at: int,
    names: Sequence[str],
    out: Mapping[str, str | None],
    leaders: Collection[str],
    number: Mapping[str, int],
) -> Walk:
    """Walk one order down, seating on the plan; the first that holds of the verdicts is written beside each name.

    `at` is the group's place in the plan's bench, `number` each reviewer's; `out` gives for each name the verdict that
    keeps it from being judged by room, or None. When the panel is full, all that follow are judged at once.
    """
    lead, member = 2 * at, 2 * at + 1
    verdicts: list[str] = []
    tight: dict[int, Places] = {}
    known: dict[frozenset[int], Places] = {}
    for name in names:
        if not plan.need[lead] + plan.need[member]:
            sitting = {plan.bench.reviewers[one] for one in plan.seated[at]}
            verdicts += [out[name] or (SEATED if name in sitting else FULL) for name in names[len(verdicts) :]]
            break
        if (barred := out[name]) is not None:
            verdicts.append(barred)
            continue
        one, able = number[name], name in leaders
        node = lead if plan.need[lead] and able else member
        if one in plan.seated[at]:
            verdicts.append(SEATED)
        elif not plan.left[one]:
            verdicts.append(LOAD)
        elif not plan.need[node]:
            verdicts.append(FOR_LEADER)
        elif (reached := plan.take(one, node)) is None:
            verdicts.append(TAKEN)
            known.clear()
        else:
            key = frozenset(reached)
            if key not in known:
                known[key] = plan.places(reached)
            tight[len(verdicts) + 1] = known[key]
            verdicts.append(RESERVED)
    return Walk(plan.bench.groups[at], tuple(names), tuple(verdicts), tight)


def by_lot(seed: str, commitment: str, group: str, able: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Name and leader's lot of all who may lead, the smallest lot first."""
    lots = sorted((ticket(seed, commitment, group, LEADER, name), name) for name in able)
    return tuple((name, lot) for lot, name in lots)


def panel_json(group: str, seats: Sequence[Seat]) -> dict[str, Any]:
    """A panel as the draw's JSON has it."""
    return {
        "group": group,
        "size": len(seats),
        "members": [{"id": seat.id, "place": seat.place, "leader": seat.leader} for seat in seats],
    }
