"""Questions that only a lawyer can answer: dossiers that tell a small slip from the rules, dossiers a reading turns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from audit.checks import Witness
from audit.encoding import encoding
from audit.mutants import score, verdicts
from audit.opinions import cases_of, opinions, path
from audit.tables import case_outcome, outcome_words, question, turns
from audit.tables import case_dossier as dossier_told
from engine.facts import text
from engine.law import Provision
from engine.words import LANGUAGES, visible
from engine.words import text as message
from explain.say import constant
from web.inquiries.placed import beside, elsewhere


def slips(city: str, table: str, files: Mapping[str, str], at: str) -> dict[str, Any]:
    """The small slips in the rules of a provision (`8-0-1`): how many the cases notice, and of those they do not what
    would tell them from the rules, as questions."""
    if files:
        return dict(elsewhere("slips", {city: files}, city, table, {}, at))
    with beside(city, table) as place:
        subject = encoding(place)
        found = score(subject, cases_of(subject), 1, Provision(*map(int, at.split("-"))))
        told = verdicts(subject, found.survivors, 1).found if found.survivors else {}
        asked: dict[frozenset[str], dict[str, Any]] = {}
        for mutant in found.survivors:
            witness = told.get(mutant.id)
            if not isinstance(witness, Witness):
                continue
            facts = sorted(text(each) for each in witness.dossier.facts)
            asked.setdefault(
                frozenset(facts),
                {
                    "about": at, "kind": {lang: message(f"audit.kind.{mutant.kind}", lang) for lang in LANGUAGES},
                    "place": mutant.rule.place, "before": mutant.before, "after": mutant.after,
                    "words": {
                        lang: visible(question(witness.dossier, witness.base, lang, beside=witness.beside))
                        for lang in LANGUAGES
                    },
                    "now": {lang: visible(outcome_words(witness.old, lang)) for lang in LANGUAGES},
                    "facts": facts, "deadline": witness.dossier.deadline, "beside": bool(witness.beside),
                },
            )  # fmt: skip
        return {
            "at": at, "tried": len(found.mutants), "noticed": len(found.killed),
            "same": sum(told.get(one.id) is None for one in found.survivors), "questions": list(asked.values()),
        }  # fmt: skip


def reading_turns(city: str, table: str, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """For each choice of a reading that is not the one taken, the case that turns on it, and both outcomes."""
    if files:
        return list(elsewhere("reading_turns", {city: files}, city, table, {}))
    with beside(city, table) as place:
        subject = encoding(place)
        found = turns(subject, cases_of(subject))
        rows = []
        for one in found:
            about = one.case.provision or next(iter(subject.statute.words))
            outcomes = {"default": one.default, "other": one.other}
            rows.append(
                {
                    "about": "-".join(map(str, about)), "citation": about.citation, "key": one.key,
                    "choice": one.choice, "facts": sorted(one.case.facts), "deadline": one.case.deadline,
                    "reading": {lang: visible(constant(one.key, "reading", lang)) for lang in LANGUAGES},
                    "choice_words": {
                        lang: visible(constant(one.choice, f"reading.{one.key}", lang)) for lang in LANGUAGES
                    },
                    "words": {lang: visible(dossier_told(replace(one.case, readings={}), lang)) for lang in LANGUAGES},
                    **{
                        side: {lang: visible(case_outcome(replace(one.case, expect=wanted), lang)) for lang in LANGUAGES}
                        for side, wanted in outcomes.items()
                    },
                }
            )  # fmt: skip
        return rows


def on_file(city: str, table: str, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """The dossiers that somebody spoke of: their facts, and what was said."""
    if files:
        return list(elsewhere("on_file", {city: files}, city, table, {}))
    with beside(city, table) as place:
        subject = encoding(place)
        return [
            {
                "id": one.id, "facts": sorted(one.example.facts), "deadline": one.example.deadline,
                "readings": dict(one.example.readings), "state": one.state(subject), "by": one.signed.by,
                "on": one.signed.on, "remark": one.remark,
            }
            for one in opinions(path(subject)).values()
        ]  # fmt: skip
