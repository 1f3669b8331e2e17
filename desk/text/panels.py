"""Panels as a person reads them: who is left out and why, who was drawn, what is missing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desk.shell import Shell
from engine.law import statute
from engine.panels import called, names, reason
from engine.words import visible, wrap

if TYPE_CHECKING:
    from engine.draw import Draw, Frozen, Places, Replacement, Walk
    from engine.panels import Roster
    from engine.repair import Repair

_ARE_FEW = 12


def panel_heading(roster: "Roster", shell: Shell) -> Iterator[str]:
    """Regulation and round, profile and scope, who is reviewed, what is left over."""
    title = statute(roster.case.city).title
    yield shell.paint(shell.text("panel.title", title=title, round=roster.case.round), bold=True)
    for key in ("interest", "recusal_scope"):
        choice = roster.readings[key]
        words = shell.text(f"reading.{key}.{choice}")
        yield from panel_lines(
            shell,
            shell.text("panel.reading", label=shell.text(f"reading.{key}.label"), words=words, key=key, choice=choice),
        )
    review = roster.reviewed
    if review.pending:
        key = "panel.pending_in" if review.with_pending else "panel.pending_out"
        yield from panel_lines(shell, shell.text(key, who=_some(review.pending)))
    if review.rejected:
        yield from panel_lines(shell, shell.text("panel.rejected", who=_some(review.rejected)))
    idle = [group for group in roster.every_group if group not in roster.groups]
    leftovers = {"idle": idle, "ungrouped": roster.ungrouped, "without_group": roster.without_group}
    for key, ones in leftovers.items():
        if ones:
            yield from panel_lines(shell, shell.text(f"panel.{key}", who=_some(ones)))


def panel_lines(shell: Shell, words: str, indent: int = 0) -> Iterator[str]:
    """A paragraph wrapped behind an indent, the following lines two columns further in."""
    first, *rest = wrap(visible(words), shell.columns - indent - 2)
    yield " " * indent + first
    yield from (" " * (indent + 2) + line for line in rest)


def _some(ones: Sequence[str]) -> str:
    return ", ".join(ones[:_ARE_FEW]) + (f", … ({len(ones)})" if len(ones) > _ARE_FEW else "")


def result(drawn: "Draw", shell: Shell) -> Iterator[str]:
    """Each panel, and below it whom its order passed over."""
    roster = drawn.frozen.roster
    known = names(roster)
    walks = {(walk.group, walk.role): walk for walk in drawn.walks}
    for group, seats in drawn.panels.items():
        yield ""
        yield shell.paint(visible(shell.text("panel.group", group=called(group, known), size=len(seats))), bold=True)
        for seat in seats:
            role = shell.text(f"panels.role.{'leader' if seat.leader else 'member'}")
            yield from panel_lines(
                shell, shell.text("panel.seat", role=role, who=called(seat.id, known), place=seat.place).strip(), 2
            )
        yield from passed(roster, walks[group, "member"], shell, known)
        yield from reserved(walks[group, "leader"], shell)


def passed(roster: "Roster", walk: "Walk", shell: Shell, known: dict[str, str]) -> Iterator[str]:
    """The names of an order that were not taken: interests and tight sets in full, the rest together."""
    together: dict[str, list[str]] = defaultdict(list)
    for place, name, verdict in walk.rows():
        where = shell.text("panel.at", who=name, place=place)
        if verdict == "recused":
            for found in roster.reasons(name, walk.group):
                yield from panel_lines(
                    shell, shell.text("panel.recused", at=where, reason=reason(found, roster, shell.lang, known)), 2
                )
        elif verdict == "unqualified":
            kinds = [reason(found, roster, shell.lang, known) for found in roster.reasons(name, walk.group)]
            together[shell.text("panel.and").join(kinds)].append(where)
        elif verdict in ("full", "load"):
            together[shell.text(f"panel.not_reached.{verdict}")].append(where)
    yield from reserved(walk, shell)
    for words, places in together.items():
        yield from panel_lines(shell, f"{words}{shell.text('panel.colon')}{_some(places)}", 2)


def reserved(walk: "Walk", shell: Shell) -> Iterator[str]:
    """The names kept for other seats, each with the set that would have become unfillable."""
    for place, name, verdict in walk.rows():
        if verdict == "reserved":
            tight = walk.tight[place]
            at = shell.text("panel.at", who=name, place=place)
            yield from panel_lines(
                shell,
                shell.text(
                    "panel.reserved", at=at, seats=seats(tight, shell), number=tight.number, who=_some(tight.reviewers)
                ),
                2,
            )


def seats(places: "Places", shell: Shell) -> str:
    """Seats as words: G1 leader 1, G1 member 2."""
    return ", ".join(f"{group} {shell.text(f'panels.role.{role}')} {number}" for group, role, number in places.seats)


def impossible(frozen: "Frozen", hall: "Places", repairs: Sequence["Repair"], shell: Shell) -> Iterator[str]:
    """Why there is no set of panels, in plain words, and what would make one possible."""
    roster = frozen.roster
    known = names(roster)
    yield ""
    yield shell.paint(shell.text("panel.none"), "red", bold=True)
    who = _some(hall.reviewers) if hall.reviewers else shell.text("panel.nobody")
    yield from panel_lines(
        shell,
        shell.text("panel.hall", seats=seats(hall, shell), number=hall.number, who=who, places=hall.places),
    )
    together: dict[str, list[str]] = defaultdict(list)
    for group in hall.groups:
        for name in sorted(roster.tied[group]):
            for found in roster.reasons(name, group):
                if found.interest:
                    together[
                        shell.text("panel.away", who=name, group=group, reason=reason(found, roster, shell.lang, known))
                    ] = []
    if together:
        yield shell.text("panel.removed")
        for words in list(together)[:_ARE_FEW]:
            yield from panel_lines(shell, words, 2)
    yield ""
    yield shell.text("panel.repairs" if repairs else "panel.no_repairs")
    if any(not repair.with_moves for repair in repairs):
        yield shell.text("panel.unmoved")
    for repair in repairs:
        steps = [
            shell.text(
                f"panel.step.{one.kind}", **{"of": one.of, "from": one.origin, "to": one.to, "number": one.number}
            )
            for one in repair.steps
        ]
        yield from panel_lines(
            shell, shell.text("panel.repair", cost=repair.cost, steps=shell.text("panel.and").join(steps)), 2
        )


def replacements(done: Sequence["Replacement"], shell: Shell) -> Iterator[str]:
    """Who replaces whom."""
    for one in done:
        role = shell.text(f"panels.role.{one.role}")
        key = "panel.replaced" if one.by else "panel.not_replaced"
        place = one.walk.taken[0][0] if one.by else 0
        yield from panel_lines(
            shell, shell.text(key, who=one.reviewer, group=one.group, role=role, by=one.by, place=place)
        )
