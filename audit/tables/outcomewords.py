"""Dossiers and outcomes in words: what departs from a flawless dossier, what came out, with its citations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import clingo

from audit.space import Dossier
from engine.facts import PREDICATES, Fact, day, label, sentence
from engine.law import Provision, party
from engine.words import has, text
from explain.say import constant

STATUSES = ("eligible", "pending", "rejected", "withdrawn")


def dossier_words(one: Dossier, base: Dossier, lang: str, slots: Mapping[Fact, str] | None = None) -> str:
    """A dossier in one sentence: what it has beyond a flawless one, what it lacks, under which readings."""
    lacks, has_ = one.departures(base)
    replaced = {(slots or {}).get(each) for each in has_} | {place(each) for each in has_}
    kind = party(next((str(f.arguments[1]) for f in one.facts if f.predicate == "applicant"), "organization"))
    parts = [fact_words(each, lang, kind) for each in has_]
    held = Counter(f.predicate for f in base.facts)
    parts += [
        text(
            "audit.lacks",
            lang,
            fact=fact_words(each, lang, kind) if held[each.predicate] > 1 else label(each.predicate, lang),
        )
        for each in lacks
        if not replaced & {(slots or {}).get(each, each), place(each) or each}  # another value in its place says enough
    ]
    parts += [
        text("audit.under", lang, key=constant(key, "reading", lang), choice=constant(choice, f"reading.{key}", lang))
        for key, choice in one.readings
    ]
    if not has_ and any(f.predicate == "activity" and f.arguments[1] == "nonprofit" for f in base.facts):
        parts.insert(0, text("audit.some.nonprofit", lang))
    return text("audit.join", lang).join(parts) or text("audit.flawless", lang, who=text(f"audit.some.{kind}", lang))


def place(each: Fact) -> tuple[object, ...] | None:
    """What a fact has one value for (the score of A, the accounts of A for a year); None for a record of many."""
    predicate = PREDICATES[each.predicate]
    keys = predicate.model.one_per
    return None if keys is None else (each.predicate, *(each.arguments[at] for at in predicate.at(*keys)))


def fact_words(each: Fact, lang: str, kind: str = "organization") -> str:
    """A fact as a sentence about some organization or some individual."""
    return sentence(each, lang, {"A": text(f"audit.some.{kind}", lang)})


def question(one: Dossier, base: Dossier, lang: str, slots: Mapping[Fact, str] | None = None, beside: str = "") -> str:
    """The question that tells two encodings apart, as a lawyer is asked it; `beside` is who else stands there."""
    words = dossier_words(one, base, lang, slots)
    if beside:
        words = text(f"audit.beside.{beside}", lang, dossier=words)
    return text("audit.question", lang, dossier=words, deadline=day(one.deadline, lang))


def outcome_words(shown: Iterable[str], lang: str) -> str:
    """What an encoding shows of a dossier: the status and each ground with its citation."""
    status, grounds = outcome(shown)
    named = [ground_words(kind, provision, key, lang) for kind, provision, key in grounds]
    word = text("audit.refused", lang) if status == "refused" else text(f"status.{status}", lang)
    return word if not named else text("audit.outcome", lang, status=word, grounds=text("audit.join", lang).join(named))


def ground_words(kind: str, place: Provision, key: str, lang: str) -> str:
    """A ground with its citation."""
    return text(f"audit.ground.{kind}", lang, citation=place.citation, key=key_words(kind, key, lang))


def key_words(kind: str, key: str, lang: str) -> str:
    """A requirement or ground in words; its key where the catalogue has none."""
    table = {"barred": "ground", "refused": "audit.refusal"}.get(kind, "requirement")
    return text(f"{table}.{key}", lang) if has(f"{table}.{key}", lang) else key


def outcome(shown: Iterable[str]) -> tuple[str, list[tuple[str, Provision, str]]]:
    """Status and grounds (failed, barred, open, refused; provision; key) from shown atoms, sorted."""
    status, grounds = "refused", set()
    for atom in map(clingo.parse_term, shown):
        if atom.name in STATUSES:
            status = atom.name
        elif atom.name in ("failed", "open", "barred"):
            grounds.add((atom.name, Provision.of(atom.arguments[1]), atom.arguments[2].name))
        elif atom.name == "refused":
            grounds.add(("refused", Provision.of(atom.arguments[0]), atom.arguments[1].name))
    return status, sorted(grounds, key=lambda g: (g[1], g[0], g[2]))
