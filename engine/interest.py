"""Who has an interest (利害关系) in whom, each with the chain of facts in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import clingo

from engine.statute import Provision

if TYPE_CHECKING:
    from engine.case import Case
    from engine.solve import Clock

HEADS = ("legal_representative", "person_in_charge")


@dataclass(frozen=True, slots=True)
class Interest:
    """A tie of a person to an applicant; `links` is the term that holds its facts."""

    person: str
    applicant: str
    limb: str
    links: clingo.Symbol

    @property
    def chain(self) -> tuple[str, ...]:
        """The facts from the person to the applicant, as clingo writes them."""
        return tuple(map(str, _leaves(self.links)))

    @property
    def source(self) -> str:
        """The key of the profile's own source for it: `interest_source.<key>` of the catalogue."""
        if self.limb != "officer":
            return self.limb
        (fact,) = _leaves(self.links)
        return "officer" if len(fact.arguments) == 5 and fact.arguments[2].name not in HEADS else "head"


def _leaves(links: clingo.Symbol) -> Iterator[clingo.Symbol]:
    """Facts are functions with a name; pairs, which hold them together, have none."""
    if links.name:
        yield links
    else:
        for link in links.arguments:
            yield from _leaves(link)


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
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    def as_dict(self) -> dict[str, Any]:
        """The conflicts as VOCABULARY section 11 has them."""
        return {
            "profile": self.profile,
            "scope": self.scope,
            "conflicts": [
                {
                    "reviewer": one.person,
                    "applicant": one.applicant,
                    "provision": str(self.provision),
                    "citation": self.provision.citation,
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


def conflicts(case: Case, *, pending: bool = True, clock: Clock | None = None) -> Conflicts:
    """The conflicts of a case under the profile and the scope in force.

    `pending` says whether applicants with open points are reviewed. Raises CaseError where the regulation does not
    govern the case.
    """
    from engine.roster import roster

    found = roster(case, pending=pending, clock=clock)
    interests = sorted(
        (one for ties in found.interests.values() for one in ties),
        key=lambda one: (one.person, one.applicant, one.limb, one.chain),
    )
    excluded = tuple(
        (reviewer, group, kinds)
        for reviewer in found.reviewers
        for group in found.every_group
        if (kinds := found.kinds(reviewer, group))
    )
    return Conflicts(found.profile, found.scope, found.provisions["interest"], tuple(interests), excluded)
