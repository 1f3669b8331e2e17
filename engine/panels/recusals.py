"""Every interest of a reviewer in an applicant, and whom it keeps out of which group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.answers import Afar, Interest
from engine.case import Case
from engine.law import Provision, cited_json
from engine.panels.rosters import Roster, roster
from engine.solve import Clock
from engine.words import dumps


@dataclass(frozen=True)
class Conflicts:
    """Every interest of a reviewer in an applicant, and which reviewers may not sit in which groups."""

    profile: str
    scope: str
    provision: Provision
    interests: tuple[Interest, ...]
    excluded: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Reviewer, group, and all reasons, sorted."""

    def json(self) -> str:
        """The conflicts as JSON text: the same case gives the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The conflicts as `pingjiang conflicts --json` gives them out: one entry a reviewer, applicant and limb."""
        return {
            "profile": self.profile,
            "scope": self.scope,
            "conflicts": [
                {
                    "reviewer": one.person,
                    "applicant": one.applicant,
                    **cited_json(self.provision),
                    "limb": one.limb,
                    "chain": list(one.chain),
                }
                for one in self.interests
            ],
            "excluded": [
                {"reviewer": reviewer, "group": group, "reasons": list(reasons)}
                for reviewer, group, reasons in self.excluded
            ],
        }


def conflicts(case: Case, *, pending: bool = True, clock: Clock | None = None, afar: Afar | None = None) -> Conflicts:
    """The conflicts of a case under the profile and the scope in force.

    `pending` says whether applicants with open points are reviewed; `afar` names workers who decide them, and the files
    of the case. Raises CaseError where the regulation does not govern the case.
    """
    return conflicts_of(roster(case, pending=pending, clock=clock, afar=afar))


def conflicts_of(roster: Roster) -> Conflicts:
    """The conflicts of a roster, sorted by reviewer, applicant and limb."""
    interests = tuple(one for reviewer in roster.reviewers for one in roster.ties.of(reviewer))
    excluded = tuple(
        (reviewer, group, kinds)
        for reviewer in roster.reviewers
        for group in roster.every_group
        if (kinds := roster.kinds(reviewer, group))
    )
    return Conflicts(roster.profile, roster.scope, roster.provisions["interest"], interests, excluded)
