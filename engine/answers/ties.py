"""Who has an interest (利害关系) in whom, each with the chain of facts in between."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import clingo

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
