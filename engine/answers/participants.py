"""Which applicants are reviewed in a round: whoever is not rejected, pending ones unless they are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.answers.eligibility import cohort, decide_part
from engine.case import Case
from engine.errors import CaseError
from engine.facts import PREDICATES
from engine.solve import Clock, parts, refusals, run


@dataclass(frozen=True)
class Reviewed:
    """The applicants of a case by outcome, sorted; `under_review` are those who need a panel."""

    eligible: tuple[str, ...]
    pending: tuple[str, ...]
    rejected: tuple[str, ...]
    with_pending: bool

    @property
    def under_review(self) -> tuple[str, ...]:
        """Those who need a panel."""
        return tuple(sorted(self.eligible + self.pending)) if self.with_pending else self.eligible


def reviewed(case: Case, *, pending: bool = True, clock: Clock | None = None) -> Reviewed:
    """The applicants by outcome. Raises CaseError where the regulation does not govern the case."""
    ours = replace(case, facts=tuple(f for f in case.facts if PREDICATES[f.predicate].group != "reviewers"))
    answers = list(run(decide_part, parts(ours, cohort(ours)), clock or Clock()))
    refused = {pair for one in answers for pair in one.refused}
    missing = {year for one in answers for year in one.missing_years}
    if problems := refusals(case, refused, missing):
        raise CaseError(problems)
    outcomes = sorted((outcome.id, outcome.status) for one in answers for outcome in one.outcomes)
    by_status = {
        status: tuple(id for id, found in outcomes if found == status) for status in ("eligible", "pending", "rejected")
    }
    return Reviewed(by_status["eligible"], by_status["pending"], by_status["rejected"], pending)
