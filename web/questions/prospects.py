"""What would change an outcome as of a day, and the first day from which an applicant would qualify."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.answers import Ground, Outcome
from engine.facts import sentence
from engine.law import chinese, readings
from engine.words import LANGUAGES, visible
from engine.words import text as message
from explain import change
from web.questions.known import case, decision


def what_if(facts: str, id: str, as_of: int) -> dict[str, Any]:
    """The smallest lawful changes, each in words with the grounds it cures; what nothing cures, what others must do."""
    found = change.what_if(case(facts), id, as_of=as_of)
    outcome = decision(facts).outcome(id)
    return {
        "status": found.status,
        "taken": "closed" if found.closed else "late" if found.late else "open",
        "until": found.until or 0,
        "sets": [
            [
                {
                    "words": {lang: visible(change.sentence(one, lang)) for lang in LANGUAGES},
                    "cures": _grounds(outcome, cures),
                }
                for one, cures in zip(remedy.changes, remedy.cures, strict=True)
            ]
            for remedy in found.remedies
        ],
        "more": found.more,
        "never": _grounds(outcome, found.incurable),
        "awaits": _grounds(outcome, found.awaited, awaited=True),
    }


def earliest(facts: str, id: str) -> dict[str, Any]:
    """The first day, or why there is none; when each ground ends; what is taken to stay as it is."""
    known = case(facts)
    found = change.earliest(known, id)
    names = {id: known.names.get(id, id)}
    outcome = decision(facts).outcome(id)
    return {
        "status": found.status,
        "kind": found.kind,
        "day": found.day or 0,
        "round": _round(found.round),
        "until": found.horizon,
        "ends": [
            {
                "ground": _ground(outcome, one.ground),
                "day": one.day or 0,
                "round": _round(one.round),
                "never": one.never,
            }
            for one in found.ends
        ],
        "never": _grounds(outcome, found.never),
        "assumed": [
            {"why": one.why, "words": {lang: visible(sentence(one.fact, lang, names)) for lang in LANGUAGES}}
            for one in found.assumptions
        ],
    }


def _round(number: int | None) -> dict[str, str]:
    """A round's number as each language writes it; empty for none."""
    return {"zh": chinese(number), "en": str(number)} if number else {}


def _grounds(outcome: Outcome, grounds: Iterable[Ground], awaited: bool = False) -> list[dict[str, Any]]:
    return [_ground(outcome, one, awaited) for one in grounds]


def _ground(outcome: Outcome, one: Ground, awaited: bool = False) -> dict[str, Any]:
    return {
        "citation": one.provision.citation,
        "key": one.key,
        "label": {lang: change.named(outcome, one, lang, awaited) for lang in LANGUAGES},
    }


def turned(facts: str) -> list[dict[str, Any]]:
    """Every reading with its words and reason, the choice in force, and whose outcome another would change."""
    decided = decision(facts)
    turns = {(one.key, one.choice): one for one in change.readings.sensitivity(decided.case, decided)}
    found = []
    for key, reading in readings(decided.city).items():
        choices = []
        for choice in reading.choices:
            turn = turns.get((key, choice))
            pairs = zip(turn.before, turn.after, strict=True) if turn else ()
            changes = [{"id": b.id, "name": b.name or b.id, "old": b.status, "new": a.status} for b, a in pairs]
            choices.append(
                {
                    "choice": choice,
                    "words": _both(f"reading.{key}.{choice}"),
                    "here": decided.readings[key] == choice,
                    "refused": bool(turn and turn.refused),
                    "changes": changes,
                }
            )
        words = {name: _both(f"reading.{key}.{name}") for name in ("label", "reason")}
        citation = reading.provision.citation if reading.provision else ""
        found.append({"key": key, **words, "citation": citation, "default": reading.default, "choices": choices})
    return found


def _both(key: str) -> dict[str, str]:
    return {lang: message(key, lang) for lang in LANGUAGES}
