"""Whether a record fits a case: reviewers, ties and panels as the case has them, as the record and its entries do."""

from __future__ import annotations

from collections.abc import Iterator

from engine.answers import reviewed
from engine.case import Case
from engine.errors import Place, Problem
from engine.facts import PREDICATES, Fact, text
from engine.record.verification import Verified
from engine.solve import Clock, readings_in_force

COMPARED = frozenset({"round", "panel_size", *(name for name, one in PREDICATES.items() if one.group == "reviewers")})
_NAMED = 20


def misfits(found: Verified, case: Case, clock: Clock | None = None) -> list[Problem]:
    """What keeps a record from being one of this case, fact by fact, at most twenty; none where it fits.

    A paper about panels is made from the record: a tie that the case holds and no entry does was never weighed.
    """
    return list(_misfits(found, case, clock))[:_NAMED]


def _misfits(found: Verified, case: Case, clock: Clock | None) -> Iterator[Problem]:
    said, known = _facts(found.standing.facts), _facts(case.facts)
    if {one for one in said | known if one.startswith("round(")} - (said & known):
        said, known = ({one for one in facts if one.startswith("round(")} for facts in (said, known))
    yield from (Problem("draw_misfit_gone", {"fact": fact}, Place()) for fact in sorted(said - known))
    yield from (Problem("draw_misfit_new", {"fact": fact}, Place()) for fact in sorted(known - said))
    if case.city != found.drawn.frozen.roster.case.city:
        return
    now = readings_in_force(case.city, case.readings)
    for key, choice in found.drawn.frozen.roster.readings.items():
        if key in ("interest", "recusal_scope", "reference_day") and now[key] != choice:
            yield Problem("draw_misfit_reading", {"key": key, "found": now[key], "wanted": choice}, Place())
    review = reviewed(case, clock=clock)
    ours = {*found.standing.under}
    if ours not in ({*review.eligible, *review.pending}, {*review.eligible}):
        for one in sorted(ours ^ {*review.eligible, *review.pending}):
            code = "draw_misfit_reviewed" if one in ours else "draw_misfit_unreviewed"
            yield Problem(code, {"found": one}, Place())


def _facts(facts: tuple[Fact, ...] | list[Fact]) -> set[str]:
    return {text(fact) for fact in facts if fact.predicate in COMPARED}
