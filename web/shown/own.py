"""What one applicant may know of its own application: from its own facts and the round's, and from nothing else."""

from __future__ import annotations

import re
from typing import Any

from desk.papers import asked, supplement
from engine.answers import Outcome
from engine.case import Case
from engine.facts import OPEN, PREDICATES, Fact, Field, choice, sentence, text
from engine.law import statute
from engine.words import LANGUAGES, visible
from explain.letter import Items, view
from web.questions import agenda, case, decided, decision, earliest, reasoned, what_if

_OBJECTED = ("acceptance", "proposed_winners")
_INSIDE = ("score", "stage_score", "in_group", "objection", "objection_made")
"""Facts about an applicant that stay inside: points, groups, who objected."""
_JUDGED = ("finding", "finding_by", "stage_result", "county_opinion", "recommendation")
"""What others found or decided about it: told with the outcome, not before."""
_TELEPHONE = 7
"""The fewest digits of a telephone."""
_NUMBERED = re.compile(r"\A\d+\.\s*")


def projected(facts: str, id: str) -> str:
    """The facts of the round and of one applicant, but those that name somebody else; empty for an unknown one."""
    known = case(facts)
    if id not in {str(row[0]) for row in known.rows("applicant")}:
        return ""
    return Case.of(fact for fact in known.projected(id).facts if not names_others(fact, {id})).canonical


def names_others(fact: Fact, ids: set[str]) -> set[str]:
    """Whom a fact names by identifier besides these."""
    fields = PREDICATES[fact.predicate].fields
    named = {str(value) for field, value in zip(fields, fact.arguments, strict=True) if field.kind == "identifier"}
    return named - ids


def own(facts: str, id: str, day: int) -> dict[str, Any]:
    """What is shown to an applicant as of a day, from its own projected case (`projected`).

    The outcome is in it only once the list of applications accepted is public: what is proposed is told to nobody.
    """
    known = case(facts)
    told = decided(facts)
    page = reasoned(facts, [id])[id]
    public = _public(known, day)
    cited = {fact["fact"] for row in page["provisions"] for limb in row["limbs"] for fact in limb["facts"] if public}
    open_ = {text(fact) for fact in known.about(id) if _told(known, fact, day)} | cited
    office = next(([str(one) for one in row] for row in known.rows("office")), ["", "", ""])
    found = {
        "name": page["name"],
        "kind": page["kind"],
        "city": known.place,
        "round": known.round,
        "title": told["round"]["title"],
        "deadline": known.deadline,
        "submitted": page["submitted"],
        "office": [visible(one) for one in office],
        "day": day,
        "steps": agenda(facts, day)["steps"],
        "facts": [one for one in page["facts"] if one["fact"] in open_],
        "lists": _lists(known, id),
        "won": _won(known, id, day),
        "withdrawn": page["status"] == "withdrawn",
        "missing": _missing(facts, id),
        "outcome": None,
    }
    if public:
        found["outcome"] = {
            "status": page["status"],
            "provisions": page["provisions"],
            "readings": page["readings"],
        }
    return found


def telephone_end(facts: str, id: str) -> str:
    """The last four digits of the telephone of an applicant's contact; empty where fewer are on file."""
    found = "".join(sign for row in case(facts).rows("contact") if row[0] == id for sign in str(row[2]))
    digits = [sign for sign in found if sign.isascii() and sign.isdecimal()]
    return "".join(digits[-4:]) if len(digits) >= _TELEPHONE else ""


def foreseen(facts: str, id: str, day: int) -> dict[str, Any]:
    """What would change an applicant's outcome as of a day, and the first day: from its own projected case."""
    return {"what_if": what_if(facts, id, day), "earliest": earliest(facts, id)}


def _public(known: Case, day: int) -> bool:
    """Whether the list of applications accepted has been published by a day."""
    return any(list_ == "acceptance" and int(first) <= day for list_, first, _ in known.rows("notice"))


def _told(known: Case, fact: Fact, day: int) -> bool:
    """Whether its applicant may know a fact on a day: nothing proposed, found or decided before that is public."""
    name, row = fact.predicate, fact.arguments
    if name in _INSIDE:
        return False
    if name in _JUDGED:
        return _public(known, day) and (name != "stage_result" or row[1] == "qualification")
    if name == "listed":
        return any(list_ == row[1] and int(first) <= day for list_, first, _ in known.rows("notice"))
    if name in ("awarded", "revoked"):
        return int(row[-1]) <= day
    if name in ("fraud_found", "ground_found"):
        return any(one[:3] == row[:3] and int(one[-1]) <= day for one in known.rows("revoked"))
    return True


def _won(known: Case, id: str, day: int) -> list[dict[str, str]]:
    """The prizes of this round and every revocation, in words, as far as they are decided on a day."""
    found = [
        fact
        for fact in known.about(id)
        if (fact.predicate == "awarded" and fact.arguments[2] == known.round) or fact.predicate == "revoked"
    ]
    names = known.names
    return [
        {lang: visible(sentence(fact, lang, names)) for lang in LANGUAGES} for fact in found if _told(known, fact, day)
    ]


def _lists(known: Case, id: str) -> list[dict[str, Any]]:
    """The lists published, with first and last day of the notice; whether the applicant stands on them."""
    on = {str(list_) for whom, list_ in known.rows("listed") if whom == id}
    return [
        {
            "list": str(list_),
            "words": {lang: choice(_field("notice", "list"), str(list_), lang) for lang in LANGUAGES},
            "first": int(first),
            "last": 0 if last == OPEN else int(last),
            "listed": str(list_) in on,
        }
        for list_, first, last in known.rows("notice")
        if list_ in _OBJECTED
    ]


def _field(predicate: str, name: str) -> Field:
    return next(field for field in PREDICATES[predicate].fields if field.name == name)


def _missing(facts: str, id: str) -> dict[str, Any]:
    """The applicant's own papers that are still missing, each with its provision; what others must do is a number."""
    whole = decision(facts)
    outcome: Outcome = whole.outcome(id)
    grounds = asked(view(whole, id))
    lines: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    for lang in LANGUAGES if grounds else ():
        paper = supplement.notice(whole, id, 0, lang)
        lines[lang] = [
            _NUMBERED.sub("", line) for block in paper.blocks if isinstance(block, Items) for line in block.entries
        ]
    until = [int(row[0]) for row in whole.case.rows("supplement_by")]
    others = [one for one in outcome.open if one not in grounds] if outcome.status == "pending" else []
    return {
        "until": min(until, default=0),
        "ground": statute(whole.city).title,
        "papers": [
            {"key": one.key, "citation": one.provision.citation, "words": {lang: lines[lang][at] for lang in LANGUAGES}}
            for at, one in enumerate(grounds)
        ],
        "others": len(others),
    }
