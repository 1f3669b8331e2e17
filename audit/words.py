"""Dossiers and outcomes in words: what departs from a flawless dossier, what came out, with its citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import clingo

from audit.dossier import Dossier
from engine.messages import has, text
from engine.statute import Provision
from engine.vocabulary import Fact, day_text, symbol
from explain.values import constant, fact

STATUSES = ("eligible", "pending", "rejected")


def dossier_words(one: Dossier, base: Dossier, lang: str, slots: Mapping[Fact, str] | None = None) -> str:
    """A dossier in one sentence: what it has beyond a flawless one, what it lacks, under which readings."""
    lacks, has_ = one.departures(base)
    replaced = {(slots or {}).get(each) for each in has_} - {None}
    kind = next((str(f.arguments[1]) for f in one.facts if f.predicate == "applicant"), "organization")
    parts = [fact_words(each, lang, kind) for each in has_]
    parts += [
        text("audit.lacks", lang, fact=fact_words(each, lang, kind))
        for each in lacks
        if (slots or {}).get(each) not in replaced
    ]
    parts += [
        text("audit.under", lang, key=constant(key, "reading", lang), choice=constant(choice, f"reading.{key}", lang))
        for key, choice in one.readings
    ]
    return text("audit.join", lang).join(parts) if parts else text("audit.flawless", lang)


def fact_words(each: Fact, lang: str, kind: str = "organization") -> str:
    """A fact as a sentence about some organization or some individual."""
    found = symbol(each)
    return fact(found.name, list(found.arguments), lang, {"A": text(f"audit.some.{kind}", lang)})


def question(one: Dossier, base: Dossier, lang: str, slots: Mapping[Fact, str] | None = None) -> str:
    """The question that tells two encodings apart, as a lawyer is asked it."""
    words = dossier_words(one, base, lang, slots)
    return text("audit.question", lang, dossier=words, deadline=day_text(one.deadline))


def outcome_words(shown: Iterable[str], lang: str) -> str:
    """What an encoding shows of a dossier: the status and each ground with its citation."""
    status, grounds = outcome(shown)
    named = [
        text(f"audit.ground.{kind}", lang, citation=provision.citation, key=key_words(kind, key, lang))
        for kind, provision, key in grounds
    ]
    word = text("audit.refused", lang) if status == "refused" else text(f"status.{status}", lang)
    return word if not named else text("audit.outcome", lang, status=word, grounds=text("audit.join", lang).join(named))


def key_words(kind: str, key: str, lang: str) -> str:
    """A requirement or ground in words; its key where the catalogue has none."""
    for name in (f"{'ground' if kind == 'barred' else 'requirement'}.{key}", f"problem.refused.{key}"):
        if has(name, lang) and name.startswith(("ground", "requirement")):
            return text(name, lang)
    return key


def outcome(shown: Iterable[str]) -> tuple[str, list[tuple[str, Provision, str]]]:
    """Status and grounds (failed, barred, open, refused; provision; key) from shown atoms, sorted."""
    status, grounds = "refused", set()
    for atom in map(clingo.parse_term, shown):
        if atom.name in STATUSES:
            status = atom.name
        elif atom.name in ("failed", "open", "barred"):
            grounds.add((atom.name, provision(atom.arguments[1]), atom.arguments[2].name))
        elif atom.name == "refused":
            grounds.add(("refused", provision(atom.arguments[0]), atom.arguments[1].name))
    return status, sorted(grounds, key=lambda g: (g[1], g[0], g[2]))


def provision(term: clingo.Symbol) -> Provision:
    """The provision behind the term art(Article, Paragraph, Item)."""
    return Provision(*(argument.number for argument in term.arguments))
