"""Everybody decided, and the reasons of as many as are asked for in one solve: what is kept of a version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desk.workbook import asked_for
from engine.answers import Decision, Note, Outcome
from engine.case import Case, Evidence
from engine.facts import PREDICATES, text
from engine.law import cited_json, finder, heads, readings, statute, unencoded
from engine.words import LANGUAGES, visible
from engine.words import text as message
from explain.graph import grounds as explained
from web.questions.grounds import Arguments
from web.questions.known import decision as decided_case
from web.questions.telling import told


def decided(facts: str) -> dict[str, Any]:
    """`round`: the case in a few words; `rows`: the applicants' table, each with every ground but no reasons."""
    decision = decided_case(facts)
    return {"round": _round(decision), "rows": _rows(decision, [outcome.id for outcome in decision.applicants])}


def reasoned(facts: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The page of each of some applicants: its row, every reason, its facts with their sources; asked in one solve."""
    decision = decided_case(facts)
    arguments = Arguments(decision)
    found = explained(decision, ids)
    reasons = {outcome.id: arguments.against(outcome, known, graph) for outcome, known, graph in found}
    nobody: dict[str, Any] = {"provisions": [], "readings": []}
    return {
        row["id"]: {
            **row,
            **reasons.get(row["id"], nobody),
            "facts": _facts(decision.case, row["id"], arguments.sources),
        }
        for row in _rows(decision, ids)
    }


def _rows(decision: Decision, ids: Sequence[str]) -> list[dict[str, Any]]:
    notes: dict[str, list[Note]] = {}
    for note in decision.notes:
        notes.setdefault(note.id, []).append(note)
    wanted = set(ids)
    return [
        _row(decision.case, outcome, notes.get(outcome.id, ()))
        for outcome in decision.applicants
        if outcome.id in wanted
    ]


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
        "city": decision.case.place,
        "number": decision.round,
        "deadline": decision.deadline,
        "title": statute(decision.city).title,
        "facts": len(case.facts),
        "other_readings": other,
        "unencoded": [{lang: one.words(lang) for lang in LANGUAGES} for one in unencoded(decision.city)],
        "record": dict(decision.record),
        "kinds": [name for name in PREDICATES if asked_for(decision.city, name)],
        "topics": [
            {
                "provision": provision,
                "key": key,
                "topic": topic,
                "finder": {lang: finder(topic, lang) for lang in LANGUAGES},
            }
            for _, provision, key, topic in (one.arguments for one in heads(decision.city, "rests_on_finding"))
            if provision and key and topic
        ],
    }


def _row(case: Case, outcome: Outcome, notes: Sequence[Note]) -> dict[str, Any]:
    own = case.about(outcome.id)
    actors = [outcome.actor(ground) for ground in outcome.open]
    return {
        "id": outcome.id,
        "name": visible(outcome.name or outcome.id),
        "status": outcome.status,
        "grounds": [
            {
                "kind": kind,
                **cited_json(ground.provision),
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
            {lang: message(f"note.{note.kind}", lang) for lang in LANGUAGES} | {"fact": note.fact} for note in notes
        ],
        "groups": [str(fact.arguments[1]) for fact in own if fact.predicate == "in_group"],
        "kind": next((str(fact.arguments[1]) for fact in own if fact.predicate == "applicant"), ""),
        "submitted": next((int(fact.arguments[1]) for fact in own if fact.predicate == "submitted"), 0),
    }


def _facts(case: Case, id: str, sources: Mapping[str, Sequence[Evidence]]) -> list[dict[str, Any]]:
    own = case.about(id)
    known = {fact: [list(one) for one in sources[fact]] for fact in map(text, own) if fact in sources}
    return [told(fact, case.names, known) for fact in own]
