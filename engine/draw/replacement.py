"""The replacement of somebody who drops out after the draw: the next acceptable name, every other seat fixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.draw.lots import FULL, GONE, LOAD, RESERVED, SEATED, TAKEN, Draw, Seat, Walk
from engine.errors import UsageError


@dataclass(frozen=True)
class Replacement:
    """One seat filled anew: who left it, the walk to the next acceptable name, the panel afterwards.

    `walk` ends with the name that was taken; where nobody is acceptable it holds every name and `by` is None.
    """

    reviewer: str
    group: str
    role: str
    walk: Walk
    panel: tuple[Seat, ...]

    @property
    def by(self) -> str | None:
        """Who takes the seat."""
        return next((name for _, name in self.walk.taken), None)


def replace(drawn: Draw, gone: Sequence[str]) -> tuple[Replacement, ...]:
    """Replace reviewers one after the other, `R07` in every panel of his or `R07@G1` in one.

    UsageError for somebody who sits nowhere.
    """
    panels = dict(drawn.panels)
    left: set[str] = set()
    done: list[Replacement] = []
    for one in gone:
        seats = [
            (group, seat) for group, panel in panels.items() for seat in panel if one in (seat.id, f"{seat.id}@{group}")
        ]
        if not seats:
            raise UsageError("not_seated", {"found": one})
        left.add(seats[0][1].id)
        for group, seat in seats:
            done.append(_replace(drawn, panels, left, group, seat))
            panels[group] = done[-1].panel
    return tuple(done)


def _replace(drawn: Draw, panels: dict[str, tuple[Seat, ...]], left: set[str], group: str, seat: Seat) -> Replacement:
    role = "leader" if seat.leader else "member"
    order = next(walk for walk in drawn.walks if (walk.group, walk.role) == (group, role))
    load = drawn.frozen.roster.load
    verdicts: list[str] = []
    panel = [one for one in panels[group] if one != seat]
    for place, name, verdict in order.rows():
        if verdict in (TAKEN, FULL, SEATED, LOAD, RESERVED):
            if name in left:
                verdict = GONE
            elif any(one.id == name for one in panel):
                verdict = SEATED
            elif sum(one.id == name for seats in panels.values() for one in seats) >= load[name]:
                verdict = LOAD
            else:
                verdict = TAKEN
        verdicts.append(verdict)
        if verdict == TAKEN:
            panel.append(Seat(name, place, seat.leader))
            break
    names = order.names[: len(verdicts)]
    panel.sort(key=lambda one: not one.leader)
    return Replacement(seat.id, group, role, Walk(group, role, names, tuple(verdicts)), tuple(panel))


def as_dict(one: Replacement, rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """A replacement as the record has it, with the rows of its walk."""
    return {
        "reviewer": one.reviewer,
        "group": one.group,
        "role": one.role,
        "by": one.by,
        "panel": [{"id": seat.id, "place": seat.place, "leader": seat.leader} for seat in one.panel],
        "walk": list(rows),
    }
