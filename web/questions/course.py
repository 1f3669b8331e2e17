"""A round's course: what is to be done as of a day, how it was conducted, what becomes due."""

from __future__ import annotations

from typing import Any

from desk.text import agendas, conduct
from engine import answers
from engine.answers import Act, Agenda
from engine.law import statute
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.questions.known import case


def agenda(facts: str, as_of: int) -> dict[str, Any]:
    """The law's steps with their state, and the acts due, by day."""
    found = answers.agenda(case(facts), as_of)
    steps = [
        one.json()
        | {"words": {lang: agendas.step_words(one, lang) for lang in LANGUAGES}}
        | {"days": {lang: agendas.span(one, lang) for lang in LANGUAGES}}
        for one in found.steps
    ]
    return {
        "steps": steps,
        "title": {lang: agendas.steps_title(found.steps, lang) for lang in LANGUAGES},
        "acts": [_act(one, found) for one in found.acts],
        "open": list(found.open),
        "people": sorted(str(row[0]) for row in found.case.rows("applicant")),
    }


def _act(one: Act, found: Agenda) -> dict[str, Any]:
    return one.json() | {
        "words": {lang: visible(agendas.act_words(one, found, lang)) for lang in LANGUAGES},
        "due": {lang: agendas.due(one, lang) for lang in LANGUAGES},
        "acts": {lang: visible(agendas.who(one, found, lang)) for lang in LANGUAGES},
        "cited": {lang: agendas.cited(one, lang) for lang in LANGUAGES},
        "awaits": {lang: visible(agendas.waits(one, found, lang)) for lang in LANGUAGES},
    }


def procedure(facts: str) -> dict[str, Any]:
    """What was not in order and what could not be checked."""
    known = case(facts)
    result = answers.procedure(known)

    def check(name: str) -> dict[str, str]:
        return {lang: message(f"procedure.check.{name}", lang) for lang in LANGUAGES}

    def value(one: Any) -> dict[str, str]:
        return {lang: conduct.value_words(one, lang, known.names) for lang in LANGUAGES}

    return {
        "violations": [
            {
                "citation": one.provision.citation,
                "check": one.check,
                "words": check(one.check),
                "found": value(one.found),
                "required": value(one.required),
            }
            for one in result.violations
        ],
        "unchecked": [
            {
                "citation": one.provision.citation,
                "check": one.check,
                "words": check(one.check),
                "missing": {lang: conduct.missing_words(one.missing, known, lang) for lang in LANGUAGES},
            }
            for one in result.unchecked
        ],
        "title": statute(case(facts).city).title,
    }


def due(facts: str, first: int, last: int) -> dict[str, Any]:
    """What becomes due between two days, and the same as a calendar file."""
    from desk.files import calendar

    known = case(facts)
    found = answers.dues.watch(known, first, last)
    rows = [
        one.json() | {"words": {lang: agendas.falls_due(one, known, lang) for lang in LANGUAGES}} for one in found.due
    ]
    listed = [(one, agendas.falls_due(one, known, "zh")) for one in found.due]
    return {"due": rows, "calendar": calendar(found, listed).decode("utf-8")}
