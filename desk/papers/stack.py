"""All papers that a case gives cause for, in the order in which they go out, each with its number."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from desk.papers import director as report
from desk.papers import notices, panels, recusal, revocation, supplement
from desk.press import NUMBERED, numbers
from engine.answers import Decision, review
from engine.award import Award, award
from engine.case import Case
from engine.errors import UsageError
from engine.panels import conflicts
from explain.letter import Note, Paper, letter, view

KINDS = (
    "acceptance_notice",
    "supplement_notice",
    "rejection_letter",
    "recusal_notice",
    "panel_list",
    "winners_notice",
    "revocation_proposal",
    "round_report",
)
"""What is written here; the record of a draw is written by the draw itself."""


def bundle(
    decision: Decision,
    *,
    only: Collection[str] = (),
    to: Collection[str] = (),
    day: int = 0,
    as_of: int = 0,
    chosen: int | None = None,
    record: Mapping[str, Any] | None = None,
    violations: Sequence[Mapping[str, Any]] = (),
    options: frozenset[str] = frozenset(),
    final: bool = False,
) -> list[tuple[str, Paper]]:
    """Each paper with whom it is about ("" for a paper about the round), numbered over all that are due.

    `only` names kinds, `to` identifiers; both are due nonetheless, so that numbers do not change.
    `day` is the day of signature, `as_of` that of the review (default: the deadline), `chosen` the award set proposed,
    `record` the JSON of a draw. A final paper has no open place: UsageError names what is missing.
    """
    due = list(_due(decision, day, as_of or decision.deadline, chosen, record, violations, options))
    given = numbers(decision.case, [(kind, about) for kind, about, _ in due])
    wanted = [
        (about, replace(paper := make(), number=given.get((kind, about), paper.number), draft=not final))
        for kind, about, make in due
        if (not only or kind in only) and (not to or about in to)
    ]
    if final:
        for about, paper in wanted:
            _complete(about, paper, chosen)
    return wanted


def _complete(about: str, paper: Paper, chosen: int | None) -> None:
    missing = [name for name, there in (("office", paper.signature), ("day", paper.day)) if not there]
    if paper.kind in NUMBERED and not paper.number:
        missing.append("number")
    if paper.kind == "winners_notice" and chosen is None and any(isinstance(block, Note) for block in paper.blocks):
        missing.append("set")
    if missing:
        found = f"{paper.kind} {about}".strip()
        raise UsageError("paper_open", {"found": found, "missing": ", ".join(missing)})


Due = tuple[str, str, Callable[[], Paper]]
"""Kind, whom it is about, and how it is written: its number does not depend on its words."""


def _due(
    decision: Decision,
    day: int,
    as_of: int,
    chosen: int | None,
    record: Mapping[str, Any] | None,
    violations: Sequence[Mapping[str, Any]],
    options: frozenset[str],
) -> Iterator[Due]:
    case = decision.case
    yield "acceptance_notice", "", partial(notices.acceptance, decision, day)
    for outcome in decision.applicants:
        if outcome.status == "pending" and supplement.asked(seen := view(decision, outcome.id)):
            yield "supplement_notice", outcome.id, partial(supplement.notice, seen, day)
    for outcome in decision.applicants:
        if outcome.status == "rejected":
            yield "rejection_letter", outcome.id, partial(_letter, decision, outcome.id, day, options)
    if case.rows("reviewer"):
        found = conflicts(case)
        for reviewer in recusal.reviewers(found):
            yield "recusal_notice", reviewer, partial(recusal.notice, case, found, reviewer, day)
    if record is not None:
        yield "panel_list", "", partial(panels.listing, case, record, day)
    awards = _award(case, chosen)
    if awards is not None:
        yield "winners_notice", "", partial(notices.winners, awards, day, chosen=chosen)
    if revocations := review(case, as_of).as_dict()["revocations"]:
        yield "revocation_proposal", "", partial(revocation.proposal, case, revocations, as_of, day)
    yield "round_report", "", partial(report.report, decision, awards, violations, day)


def _letter(decision: Decision, applicant: str, day: int, options: frozenset[str]) -> Paper:
    return letter(decision, applicant, day, options).paper


def _award(case: Case, chosen: int | None) -> Award | None:
    """The award sets, where anybody has a score."""
    if not case.rows("score"):
        return None
    found = award(case)
    if not 0 <= (chosen or 0) < len(found.sets):
        raise UsageError("no_such_set", {"found": (chosen or 0) + 1, "number": len(found.sets)})
    return found
