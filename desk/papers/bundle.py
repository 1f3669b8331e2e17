"""All papers that a case gives cause for, in the order in which they go out, each with its number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desk.papers import notices, panels, recusal, report, revocation, supplement
from desk.papers.numbers import NUMBERED, numbers
from engine.award import Award, award
from engine.case import Case
from engine.eligibility import Decision
from engine.errors import UsageError
from engine.interest import conflicts
from engine.review import review
from explain.letter import letter
from explain.paper import Note, Paper
from explain.view import view

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
    only: Sequence[str] = (),
    day: int = 0,
    as_of: int = 0,
    chosen: int | None = None,
    record: Mapping[str, Any] | None = None,
    violations: Sequence[Mapping[str, Any]] = (),
    options: frozenset[str] = frozenset(),
    final: bool = False,
) -> list[tuple[str, Paper]]:
    """Each paper with whom it is about ("" for a paper about the round), numbered over all that are due.

    `day` is the day of signature, `as_of` that of the review (default: the deadline), `chosen` the award set proposed,
    `record` the JSON of a draw. A final paper has no open place: UsageError names what is missing.
    """
    due = list(_due(decision, day, as_of or decision.deadline, chosen, record, violations, options))
    given = numbers(decision.case, [(paper.kind, about) for about, paper in due])
    wanted = [
        (about, replace(paper, number=given.get((paper.kind, about), paper.number), draft=not final))
        for about, paper in due
        if not only or paper.kind in only
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


def _due(
    decision: Decision,
    day: int,
    as_of: int,
    chosen: int | None,
    record: Mapping[str, Any] | None,
    violations: Sequence[Mapping[str, Any]],
    options: frozenset[str],
) -> Iterator[tuple[str, Paper]]:
    case = decision.case
    yield "", notices.acceptance(decision, day)
    for outcome in decision.applicants:
        if outcome.status == "pending" and supplement.asked(seen := view(decision, outcome.id)):
            yield outcome.id, supplement.notice(seen, day)
    for outcome in decision.applicants:
        if outcome.status == "rejected":
            yield outcome.id, letter(decision, outcome.id, day, options).paper
    if case.rows("reviewer"):
        found = conflicts(case)
        for reviewer in recusal.reviewers(found):
            yield reviewer, recusal.notice(case, found, reviewer, day)
    if record is not None:
        yield "", panels.listing(case, record, day)
    awards = _award(case, chosen)
    if awards is not None:
        yield "", notices.winners(awards, day, chosen=chosen)
    if revocations := review(case, as_of).as_dict()["revocations"]:
        yield "", revocation.proposal(case, revocations, as_of, day)
    yield "", report.report(decision, awards, violations, day)


def _award(case: Case, chosen: int | None) -> Award | None:
    """The award sets, where anybody has a score."""
    if not case.rows("score"):
        return None
    found = award(case)
    if not 0 <= (chosen or 0) < len(found.sets):
        raise UsageError("no_such_set", {"found": (chosen or 0) + 1, "number": len(found.sets)})
    return found
