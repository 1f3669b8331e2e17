"""A draw, or an entry after it, checked by the rules: the panels valid, every reason derived again, every tight set
counted again, and the set for which nobody can be found.

Of a small round every name is judged in every group. Of a large one, those on whom the result depends: who sat before,
who was reached before a panel was full, and who might have served a tight set.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from clingo import Function, Number, String, Symbol

from engine.case import Case
from engine.draw.field import FOR_LEADER, RESERVED, TAKEN
from engine.draw.frozen import Seat
from engine.draw.lots import Draw, Walk
from engine.draw.plan import Places
from engine.facts import Fact
from engine.law import rule_files
from engine.panels import QUESTIONS, Roster, about, feed
from engine.solve import Clock, answer

CHECK = (*QUESTIONS, "panel")
SMALL = 50_000
"""Pairs of a reviewer and a group up to which all are judged."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Claim:
    """What a draw or an entry says, as far as rules can tell whether it is so.

    `seats` a group, `load` the panels each may sit on, the `walks`, and the `panels` that came of them. After a draw
    also who is `kept` in which group, who stays `out` of one for good, who leads on, and the `hall`: the places for
    which nobody can be found, because of which nobody was seated.
    """

    roster: Roster
    seats: Mapping[str, int]
    load: Mapping[str, int]
    panels: Mapping[str, tuple[Seat, ...]]
    walks: tuple[Walk, ...]
    kept: Mapping[str, Collection[str]] = field(default_factory=dict)
    out: Collection[Pair] = ()
    leads_on: Mapping[str, str] = field(default_factory=dict)
    hall: Places | None = None

    @classmethod
    def of(cls, drawn: Draw) -> Claim:
        """What a draw says; a supplementary one with what it took over."""
        frozen, fixed = drawn.frozen, drawn.frozen.fixed
        kept = {group: seats for group, seats in frozen.kept.items() if group in drawn.panels}
        return cls(
            frozen.roster,
            frozen.field.seats,
            frozen.field.load,
            drawn.panels,
            drawn.walks,
            {group: tuple(seat.id for seat in seats) for group, seats in kept.items()},
            {*fixed.left, *fixed.out} if fixed else (),
            {group: seat.id for group, seats in kept.items() for seat in seats if seat.leader},
        )


def faults(claim: Claim, clock: Clock | None = None) -> list[str]:
    """What the rules hold against a draw or an entry, sorted: `breach(…)` atoms; none if it is right."""
    pairs = asked(claim)
    names = {name for name, _ in pairs}
    case = _with_loads(about(claim.roster.case, names), claim, names)
    facts = [*feed(case, claim.roster.reviewed, *CHECK), *seats(claim), *said(claim, pairs), *rows(claim)]
    atoms = answer(rule_files(case.city, *CHECK), facts, clock)
    return sorted(str(atom) for atom in atoms if atom.name == "breach")


def _with_loads(case: Case, claim: Claim, names: Collection[str]) -> Case:
    """The case with the panels that somebody agreed to sit on beside those of the frozen file."""
    more = {name: claim.load[name] for name in names if claim.load[name] != claim.roster.load[name]}
    if not more:
        return case
    others = (fact for fact in case.facts if fact.predicate != "panel_load" or fact.arguments[0] not in more)
    return Case.of((*others, *(Fact("panel_load", one) for one in more.items())), case.sources)


def asked(claim: Claim) -> set[Pair]:
    """Who is judged, and in which group."""
    if len(claim.roster.reviewers) * len(claim.panels) <= SMALL:
        return {(name, group) for name in claim.roster.reviewers for group in claim.panels}
    pairs = {(name, group) for group, names in claim.kept.items() for name in names}
    left = dict(claim.load)
    for name, _ in pairs:
        left[name] -= 1
    if claim.hall:
        pairs.update((free, group) for group in claim.hall.groups for free in left if left[free] > 0)
    for walk in claim.walks:
        last = max((place for place, _ in walk.taken), default=0)
        for place, name, verdict in walk.rows():
            if place <= last:
                pairs.add((name, walk.group))
            if verdict == RESERVED:
                pairs.update((free, group) for group in walk.tight[place].groups for free in left if left[free] > 0)
            if verdict == TAKEN:
                left[name] -= 1
    return pairs


def seats(claim: Claim) -> Iterator[Symbol]:
    """The seats there are, who sits where, who did before, and who leads on."""
    for group, panel in claim.panels.items():
        yield Function("seats", [String(group), Number(claim.seats[group])])
        for name in claim.kept.get(group, ()):
            yield Function("kept", [String(name), String(group)])
        for seat in panel:
            yield Function("sits", [String(seat.id), String(group), Function("leader" if seat.leader else "member")])
        if group in claim.leads_on:
            yield Function("leads_on", [String(claim.leads_on[group]), String(group)])
        if claim.hall and len(panel) < claim.seats[group]:
            yield Function("vacant", [String(group)])


def said(claim: Claim, pairs: Collection[Pair]) -> Iterator[Symbol]:
    """Who is judged where, every reason that is given, and whom only what was before keeps out."""
    for name, group in pairs:
        place = [String(name), String(group)]
        yield Function("examined", place)
        kinds = claim.roster.kinds(name, group)
        for kind in kinds:
            yield Function("said", [*place, Function(kind)])
        if not kinds and (name, group) in claim.out:
            yield Function("stays_out", place)


def rows(claim: Claim) -> Iterator[Symbol]:
    """The walk in its order: who was taken, who was passed over for a leader or for a tight set, and that set.

    The set for which nobody can be found stands before the first row.
    """
    for one in claim.hall.places if claim.hall else ():
        yield Function("tight", [Number(0), String(one.group), Function(one.only)])
    count = 0
    for walk in claim.walks:
        for place, name, verdict in walk.rows():
            if verdict not in (TAKEN, RESERVED, FOR_LEADER):
                continue
            count += 1
            yield Function("row", [Number(count), String(walk.group), String(name), Function(verdict)])
            if verdict == RESERVED:
                for one in walk.tight[place].places:
                    yield Function("tight", [Number(count), String(one.group), Function(one.only)])
