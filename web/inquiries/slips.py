"""Questions that only a lawyer can answer: dossiers that tell a small slip from the rules, dossiers a reading turns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from audit.checks import Witness
from audit.encoding import Encoding, encoding
from audit.mutants import score, verdicts
from audit.opinions import cases_of, opinions, path
from audit.tables import Turn, case_dossier, case_outcome, outcome_words, question
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
                    "shown": sorted(witness.old),
                },
            )  # fmt: skip
        return {
            "at": at, "tried": len(found.mutants), "noticed": len(found.killed),
            "same": sum(told.get(one.id) is None for one in found.survivors), "questions": list(asked.values()),
        }  # fmt: skip


def turn_rows(subject: Encoding, found: Sequence[Turn], lang: str) -> list[dict[str, Any]]:
    """For each choice of a reading that is not the one taken, the case that turns on it, and both outcomes."""
    first = next(iter(subject.statute.words))
    return [
        {
            "about": "-".join(map(str, one.case.provision or first)),
            "citation": (one.case.provision or first).citation, "key": one.key, "choice": one.choice,
            "facts": sorted(one.case.facts), "deadline": one.case.deadline,
            "reading": visible(constant(one.key, "reading", lang)),
            "choice_words": visible(constant(one.choice, f"reading.{one.key}", lang)),
            "words": visible(case_dossier(replace(one.case, readings={}), lang)),
            "default": visible(case_outcome(replace(one.case, expect=one.default), lang)),
            "other": visible(case_outcome(replace(one.case, expect=one.other), lang)),
        }
        for one in found
    ]  # fmt: skip


def on_file(city: str, table: str, files: Mapping[str, str]) -> list[dict[str, Any]]:
    """The dossiers that somebody spoke of under the readings in force: their facts, and what was said."""
    if files:
        return list(elsewhere("on_file", {city: files}, city, table, {}))
    with beside(city, table) as place:
        subject = encoding(place)
        return [
            {
                "id": one.id, "facts": sorted(one.example.facts), "deadline": one.example.deadline,
                "state": one.state(subject), "by": one.signed.by, "on": one.signed.on, "remark": one.remark,
            }
            for one in opinions(path(subject)).values()
            if not one.example.readings
        ]  # fmt: skip
