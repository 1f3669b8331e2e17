"""What a paper for one applicant may know: this applicant's outcome and facts, and the facts about nobody.

Privacy by construction: a builder that is handed a View cannot name another applicant, for it never sees one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.answers import Decision, Note, Outcome
from engine.case import Case, Evidence, evidence
from engine.facts import PREDICATES, Fact, text

_ABOUT_NOBODY = ("round", "announced", "evidence_closed", "reading", "stage_day", "notice", "consulted", "office",
                 "document_series", "supplement_by", "applied_because")  # fmt: skip
"""Facts of the round that any applicant may be told."""


@dataclass(frozen=True)
class View:
    """One applicant's part of a decision."""

    city: str
    round: int
    deadline: int
    readings: Mapping[str, str]
    outcome: Outcome
    notes: tuple[Note, ...]
    facts: tuple[Fact, ...]
    evidence: Mapping[str, tuple[Evidence, ...]]

    def rows(self, predicate: str) -> tuple[tuple[str | int, ...], ...]:
        """The arguments of a predicate's facts, sorted."""
        return tuple(fact.arguments for fact in self.facts if fact.predicate == predicate)

    @property
    def name(self) -> str:
        """What the applicant is called: the name, or the identifier where there is none."""
        return self.outcome.name or self.outcome.id


def view(decision: Decision, applicant: str) -> View:
    """The view of one applicant; KeyError for an unknown one."""
    case = decision.case
    facts = tuple(_visible(case, applicant))
    own = {text(fact) for fact in facts}
    facts += tuple(Fact("described", row) for row in case.rows("described") if row[0] in own)
    return View(
        decision.city,
        decision.round,
        decision.deadline,
        decision.readings,
        decision.outcome(applicant),
        tuple(note for note in decision.notes if note.id == applicant),
        facts,
        {fact: known for fact, known in evidence(case).items() if fact in own},
    )


def _visible(case: Case, applicant: str) -> Iterator[Fact]:
    """The facts that are visible to an applicant, in the order of the case; nobody else's are gone through."""
    found = {name: [Fact(name, row) for row in case.rows(name)] for name in (*_ABOUT_NOBODY, "document_number")}
    for fact in case.about(applicant):
        if fact.predicate not in _ABOUT_NOBODY:
            found.setdefault(fact.predicate, []).append(fact)
    return (fact for name in sorted(found) for fact in found[name] if visible_to(applicant, fact))


def visible_to(applicant: str, fact: Fact) -> bool:
    """Whether a fact is about this applicant, or about the round and nobody in it."""
    if fact.predicate in _ABOUT_NOBODY:
        return True
    fields = PREDICATES[fact.predicate].fields
    if fact.predicate == "document_number":
        return fact.arguments[1] == applicant
    first = fields[0] if fields else None
    about = first is not None and ("applicant" in first.declared_by or first.name in ("applicant", "id"))
    return about and fact.arguments[0] == applicant
