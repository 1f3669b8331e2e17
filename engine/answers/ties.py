"""Who has an interest (利害关系) in whom, each with the chain of facts in between."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import clingo

from engine.law import Provision

if TYPE_CHECKING:
    from engine.case import Case
    from engine.panels import Roster
    from engine.solve import Clock

HEADS = ("legal_representative", "person_in_charge")


class Interest(NamedTuple):
    """A tie of a person to an applicant; `links` is the term that holds its facts, as clingo writes it."""

    person: str
    applicant: str
    limb: str
    links: str

    @classmethod
    def read(cls, atom: str) -> Interest:
        """The interest that an atom states, read from its text: hundreds of thousands of them come in one answer."""
        parts = atom.split('"', 4)
        if "\\" not in atom and parts[0] == "interest(" and parts[2] == ",":
            limb, _, links = parts[4][1:-1].partition(",")
            return cls(parts[1], parts[3], limb, links)
        person, applicant, kind, term = clingo.parse_term(atom).arguments
        return cls(person.string, applicant.string, kind.name, str(term))

    @property
    def facts(self) -> list[clingo.Symbol]:
        """The facts from the person to the applicant."""
        return list(_leaves(clingo.parse_term(self.links)))

    @property
    def chain(self) -> tuple[str, ...]:
        """The facts from the person to the applicant, as clingo writes them."""
        return tuple(map(str, self.facts))

    def source(self, profile: str, deadline: int) -> str:
        """The key of the profile's own source for it: `panels.source.<key>` of the catalogue."""
        if profile == "declared_only":
            return "declared_only"
        last = self.facts[-1]
        office = last.arguments[2].name if last.name == "officer" else ""
        if self.limb == "officer" and office in ("", *HEADS):
            return "head"
        if self.limb == "kin_of_officer" and office and (office not in HEADS or last.arguments[4].number < deadline):
            return "strict_kin"
        return self.limb


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
    from engine.panels import roster

    return of(roster(case, pending=pending, clock=clock))


def of(roster: Roster) -> Conflicts:
    """The conflicts of a roster."""
    interests = sorted(
        (one for ties in roster.interests.values() for one in ties),
        key=lambda one: (one.person, one.applicant, one.limb, one.chain),
    )
    excluded = tuple(
        (reviewer, group, kinds)
        for reviewer in roster.reviewers
        for group in roster.every_group
        if (kinds := roster.kinds(reviewer, group))
    )
    return Conflicts(roster.profile, roster.scope, roster.provisions["interest"], tuple(interests), excluded)
