"""Whether a committee's own choice is a lawful award set, each breach with its provision."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.award.candidacy import Candidates, candidates
from engine.award.sets import SET, chosen_from, denied, won
from engine.case import Case
from engine.errors import UsageError
from engine.law import Provision, cited_json
from engine.solve import Clock, answer, readings_in_force
from engine.words import dumps

GOVERNS = {"quota": "quota", "closed": "closing", "merit": "merit"}
"""The provision behind each breach; candidacy, a round's own standard and the one prize a winner rest on none."""


@dataclass(frozen=True)
class Breach:
    """Why a choice is not lawful: the winners concerned, for merit those who were passed over."""

    provision: Provision | None
    breach: str
    ids: tuple[str, ...]

    def json(self) -> dict[str, Any]:
        """The breach as VOCABULARY section 8 has it."""
        return {
            **cited_json(self.provision),
            "breach": self.breach,
            "ids": list(self.ids),
        }


@dataclass(frozen=True)
class Check:
    """A choice judged under the readings in force; lawful where there is no breach.

    `left_vacant` maps a prize with a place left to those who might have it and have nothing: lawful, and in need of a
    reason under `vacancy`. `strangers` are those chosen who are no candidates, with the reason; `notes` what whoever
    decides must know of those chosen.
    """

    winners: Mapping[str, tuple[str, ...]]
    readings: Mapping[str, str]
    breaches: tuple[Breach, ...]
    left_vacant: Mapping[str, tuple[str, ...]]
    vacancy: Provision | None
    strangers: Mapping[str, str]
    notes: tuple[tuple[str, str, str], ...]

    @property
    def lawful(self) -> bool:
        """Whether nothing speaks against the choice."""
        return not self.breaches

    def json(self) -> str:
        """The judgment as JSON text."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The judgment as VOCABULARY section 8 has it."""
        return {"lawful": self.lawful, "breaches": [breach.json() for breach in self.breaches]}


def check(case: Case, winners: Mapping[str, Iterable[str]], *, clock: Clock | None = None) -> Check:
    """Judge a choice: each prize's winners; a prize that is not named is given to nobody.

    Raises UsageError for an unknown prize or identifier, CaseError where the regulation does not govern the case.
    """
    clock = clock or Clock()
    who = candidates(case, clock)
    chosen = {prize: tuple(dict.fromkeys(winners.get(prize, ()))) for prize in who.prizes}
    known = {str(row[0]) for name in ("applicant", "winner") for row in case.rows(name)}
    if strange := sorted(set(winners) - set(who.prizes)):
        raise UsageError("no_such_prize", {"found": ", ".join(strange), "known": ", ".join(who.prizes)})
    if unknown := sorted({id for ids in chosen.values() for id in ids} - known):
        raise UsageError("unknown_applicant", {"found": ", ".join(unknown)})
    return check_among(who, case, chosen, clock)


def check_among(
    who: Candidates, case: Case, chosen: Mapping[str, tuple[str, ...]], clock: Clock | None = None
) -> Check:
    """A choice among some candidates of a case judged: each prize's winners, every prize named."""
    given = won(chosen)
    concerned: dict[str, set[str]] = defaultdict(set)
    for atom in answer(SET, [*chosen_from(who), *given], clock):
        if atom.name == "breach":
            concerned[atom.arguments[0].name].add(atom.arguments[2].string)
    waiting = [(id, prize) for id, prize, reason in denied(who, given) if reason == "left_vacant"]
    breaches = [breach for key, ids in concerned.items() for breach in _breaches(who, chosen, key, ids)]
    everybody = {id for ids in chosen.values() for id in ids}
    return Check(
        chosen,
        readings_in_force(case.city, case.readings),
        tuple(sorted(breaches, key=lambda b: (b.provision is None, b.provision or (), b.breach, b.ids))),
        {prize: tuple(ids) for prize in who.prizes if (ids := sorted(id for id, p in waiting if p == prize))},
        who.provisions.get("vacancy"),
        {id: who.others.get(id, "no_applicant") for id in sorted(everybody - who.candidates.keys())},
        tuple(note for note in who.notes if note[0] in everybody and _told(note, chosen[who.prizes[0]])),
    )


def _breaches(who: Candidates, chosen: Mapping[str, tuple[str, ...]], key: str, ids: set[str]) -> Iterator[Breach]:
    """A breach for each provision that a choice offends in one way: a quota's for each cap that is exceeded."""
    over = [(cap, who.counted(cap, chosen)) for cap in who.caps.values()] if key == "quota" else []
    yield from (Breach(cap.provision, key, tuple(sorted(found))) for cap, found in over if len(found) > cap.places)
    if over:
        return
    closing: dict[Provision | None, set[str]] = defaultdict(set)
    prizes = {id: prize for prize, some in chosen.items() for id in some}
    for id in ids:
        of = {"closed": who.closings, "standard": who.short}.get(key, {})
        own = of.get((id, prizes.get(id, "")), ())
        closing[own[0] if own else who.provisions.get(GOVERNS.get(key, ""))].add(id)
    yield from (Breach(provision, key, tuple(sorted(some))) for provision, some in closing.items())


def _told(note: tuple[str, str, str], main: tuple[str, ...]) -> bool:
    """Whether a note says something of a choice: that somebody is unpaid by default, where it has the main prize."""
    return note[1] != "nominee_unpaid_by_default" or note[0] in main
