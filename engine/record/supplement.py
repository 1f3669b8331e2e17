"""A supplementary freeze: newcomers, moved applicants, a panel not needed before, with sources of its own.

It starts from the record as it stands after its entries, never from the case as it is today. Every seat is fixed, who
left stays out, no exclusion shrinks; only free places are drawn. Whoever names a newcomer after the seed is known
chooses his ticket: hence new sources, announced before they are held.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from engine.answers import Reviewed
from engine.case import Case
from engine.draw import BOUND, LEFT, Fixed, Frozen, Seat, freeze
from engine.errors import CaseError, Place, Problem
from engine.facts import PREDICATES, Fact, text
from engine.panels import Roster, compose
from engine.record.verification import Verified

NEWS = frozenset(
    {
        *BOUND,
        "applicant",
        "part_of",
        "name",
        "withdrawn",
        *(n for n, one in PREDICATES.items() if one.group == "reviewers"),
    }
)
"""What a supplementary freeze may say anew."""
ONE_EACH = ("in_group", "panel_load", "group")
"""Predicates that a new fact replaces the old one of."""


def supplement(found: Verified, news: Iterable[Fact], reviewed: Collection[str] = (), key: str | None = None) -> Frozen:
    """The freeze that follows a record: its facts and entries, with news; `reviewed` are applicants under review anew.

    Raises CaseError where the news is none of its kind, or announces no source of the seed.
    """
    more = list(news)
    problems = [Problem("entry_fact", {"found": text(one)}, Place()) for one in more if one.predicate not in NEWS]
    if not any(one.predicate == "seed_source" for one in more):
        problems.append(Problem("supplement_sources", {}, Place()))
    if problems:
        raise CaseError(problems)
    now = found.standing
    anew = {(one.predicate, one.arguments[0]) for one in more if one.predicate in ONE_EACH}
    loads = {name: many for name, many in now.load.items() if many != found.drawn.frozen.roster.load[name]}
    kept = [
        one
        for one in now.facts
        if one.predicate not in BOUND
        and (one.predicate, one.arguments[0] if one.arguments else "") not in anew
        and not (one.predicate == "panel_load" and one.arguments[0] in loads)
    ]
    raised = [Fact("panel_load", (n, many)) for n, many in loads.items() if ("panel_load", n) not in anew]
    case = Case.checked(dict.fromkeys([*kept, *raised, *more]))
    gone = {str(row[0]) for row in case.rows("withdrawn")}
    under = tuple(sorted({*now.under, *reviewed} - gone))
    roster = compose(case, Reviewed(under, (), (), True))
    return freeze(roster, found.drawn.frozen.size, key, _fixed(found, roster))


def _fixed(found: Verified, roster: Roster) -> Fixed:
    """What stands: seats, who left, who is out though the rules alone would let him in now."""
    now = found.standing
    kept: dict[str, tuple[Seat, ...]] = {}
    left = {pair for pair in now.left if pair[1] in roster.groups}
    for group, panel in now.panels.items():
        if group in roster.groups:
            kept[group] = tuple(seat for seat in panel if seat.id in roster.fit[group])
            left |= {(seat.id, group) for seat in panel if seat.id not in roster.fit[group]}
    out: Mapping[tuple[str, str], str] = {
        pair: verdict
        for pair, verdict in now.out.items()
        if pair[1] in roster.groups and pair[0] in roster.fit[pair[1]] and pair not in left and verdict != LEFT
    }
    seats = {group: many for group, many in now.seats.items() if many != found.drawn.frozen.size and group in kept}
    return Fixed(now.head, {group: panel for group, panel in kept.items() if panel}, frozenset(left), out, seats)
