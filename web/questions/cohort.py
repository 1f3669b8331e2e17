"""Everybody decided, with every reason, in one solve: what is kept when a version is taken in."""

from __future__ import annotations

from typing import Any

from engine.answers import Decision, Outcome
from engine.case import Case, evidence
from engine.law import readings, stated, statute, unencoded
from engine.words import LANGUAGES, visible
from engine.words import text as message
from explain.graph import grounds as explained
from web.questions.grounds import argued
from web.questions.known import decision as decided_case
from web.questions.telling import told


def decided(facts: str) -> dict[str, Any]:
    """`round`: the case in a few words; `rows`: the applicants' table; `people`: each applicant's page."""
    decision = decided_case(facts)
    case = decision.case
    reasons = {outcome.id: argued(decision, outcome, known, graph) for outcome, known, graph in explained(decision)}
    nobody: dict[str, Any] = {"provisions": [], "readings": []}
    rows = [_row(decision, outcome) for outcome in decision.applicants]
    people = {
        outcome.id: {**row, **reasons.get(outcome.id, nobody), "facts": _facts(case, outcome.id)}
        for outcome, row in zip(decision.applicants, rows, strict=True)
    }
    return {"round": _round(decision), "rows": rows, "people": people}


def _round(decision: Decision) -> dict[str, Any]:
    case = decision.case
    defaults = {key: one.default for key, one in readings(decision.city).items()}
    other = [
        {
            "key": key,
            "label": {lang: message(f"reading.{key}.label", lang) for lang in LANGUAGES},
            "words": {lang: message(f"reading.{key}.{choice}", lang) for lang in LANGUAGES},
        }
        for key, choice in decision.readings.items()
        if defaults[key] != choice
    ]
    return {
        "city": decision.city,
        "number": decision.round,
        "deadline": decision.deadline,
        "title": statute(decision.city).title,
        "facts": len(case.facts),
        "other_readings": other,
        "unencoded": [{lang: one.words(lang) for lang in LANGUAGES} for one in unencoded(decision.city)],
        "record": dict(decision.record),
        "topics": [
            {"provision": provision, "key": key, "topic": topic}
            for provision, key, topic in stated(decision.city, r"rests_on_finding\(A,{P},(\w+),(\w+)\)")
        ],
        "shared": [told(fact, case.names) for fact in case.shared],
    }


def _row(decision: Decision, outcome: Outcome) -> dict[str, Any]:
    case = decision.case
    actors = [outcome.actor(ground) for ground in outcome.open]
    return {
        "id": outcome.id,
        "name": visible(outcome.name or outcome.id),
        "status": outcome.status,
        "grounds": [
            {
                "kind": kind,
                "provision": str(ground.provision),
                "citation": ground.provision.citation,
                "key": ground.key,
                "label": {
                    lang: message(f"ground.{ground.key}" if kind == "barred" else f"requirement.{ground.key}", lang)
                    for lang in LANGUAGES
                },
                "actor": outcome.actor(ground) if kind == "open" else "",
                "overdue": ground in outcome.overdue,
            }
            for kind in ("barred", "failed", "open")
            for ground in getattr(outcome, kind)
        ],
        "waits": {actor: actors.count(actor) for actor in ("own", "finding", "authority") if actor in actors},
        "prizes": [{lang: message(f"prize.{one}", lang) for lang in LANGUAGES} for one in outcome.barred_prizes],
        "notes": [
            {lang: message(f"note.{note.kind}", lang) for lang in LANGUAGES} | {"fact": note.fact}
            for note in decision.notes
            if note.id == outcome.id
        ],
        "groups": [str(group) for id, group in case.rows("in_group") if id == outcome.id],
        "kind": next((str(kind) for id, kind in case.rows("applicant") if id == outcome.id), ""),
        "submitted": next((int(day) for id, day in case.rows("submitted") if id == outcome.id), 0),
    }


def _facts(case: Case, id: str) -> list[dict[str, Any]]:
    sources = {fact: [list(one) for one in known] for fact, known in evidence(case).items()}
    return [told(fact, case.names, sources) for fact in case.about(id)]
