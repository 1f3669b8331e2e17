"""Facts, problems and hints as a page tells them: in both languages, safe to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import PurePath
from typing import Any

from engine.case import Account, Hint, lpfile
from engine.compare import hint_words
from engine.errors import Problem, Problems
from engine.facts import PREDICATES, Fact, label, sentence, text, words
from engine.words import LANGUAGES, visible
from engine.words import text as message

UNREAD = ("column", "outside")
"""What of a sheet was left that may hold records: until it is read, nothing is decided."""


def told(fact: Fact, names: Mapping[str, str], sources: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A fact: as clingo writes it, whom it is about, what it is called, what it says, what it rests on.

    `of` is its predicate, or that of the fact it speaks of.
    """
    of = spoken_of(fact)
    subject = subject_of(of or fact)
    written = text(fact)
    if of is not None:
        (at,) = PREDICATES[fact.predicate].at(PREDICATES[fact.predicate].model.speaks_of or "")
        own = {lang: sentence(of, lang, names) for lang in LANGUAGES}
        by_lang = {lang: _with(fact, at, own[lang]) for lang in LANGUAGES}
    else:
        by_lang = dict.fromkeys(LANGUAGES, fact)
    return {
        "fact": written,
        "predicate": fact.predicate,
        "of": (of or fact).predicate,
        "id": subject,
        "name": visible(names.get(subject, "")),
        "label": {lang: label(fact.predicate, lang) for lang in LANGUAGES},
        "words": {lang: visible(sentence(by_lang[lang], lang, names)) for lang in LANGUAGES},
        "values": {lang: visible(_values(by_lang[lang], lang, names)) for lang in LANGUAGES},
        "sources": list((sources or {}).get(written, ())),
    }


def subject_of(fact: Fact) -> str:
    """Whom a fact is about; empty for the round."""
    fields = PREDICATES[fact.predicate].fields
    return str(fact.arguments[0]) if fields and fields[0].kind == "identifier" else ""


def spoken_of(fact: Fact) -> Fact | None:
    """The fact that a fact speaks of (the one that a document is the source of); None for every other."""
    name = PREDICATES[fact.predicate].model.speaks_of
    if not name:
        return None
    (at,) = PREDICATES[fact.predicate].at(name)
    source = lpfile.read("", f"{fact.arguments[at]}.".encode("utf-8", "surrogatepass"), Problems())
    found = [Fact(name, row) for name, rows in source.rows.items() for row in rows] if source else []
    return found[0] if len(found) == 1 else None


def _with(fact: Fact, at: int, words_: str) -> Fact:
    return Fact(fact.predicate, (*fact.arguments[:at], words_, *fact.arguments[at + 1 :]))


def _values(fact: Fact, lang: str, names: Mapping[str, str]) -> str:
    """What a fact says besides whom it is about."""
    said = words(fact, lang, names)
    fields = PREDICATES[fact.predicate].fields
    own = fields[1:] if fields and fields[0].kind == "identifier" else fields
    values = [
        message("web.facts.round", lang, number=value) if value and field.wording == "round" else value
        for field in own
        for value in [str(said.get(field.name, ""))]
    ]
    running = message("web.facts.running", lang)
    return message("web.and", lang).join(running if value == "99991231" else value for value in values if value)


def problem(one: Problem, offers: Any = None) -> dict[str, Any]:
    """What is wrong, with its place, and the mend that is offered for it (`desk.workbook.Offers`)."""
    from desk.workbook import plain

    place = one.place
    found = one.parameters.get("found", "")
    return {
        "file": PurePath(place.file).name,
        "sheet": place.sheet or "",
        "cell": place.cell or "",
        "line": place.line or 0,
        "code": one.code,
        "field": str(one.parameters.get("field", "")),
        "predicate": str(one.parameters.get("predicate", "")),
        "found": visible(str(found)),
        "words": {lang: visible(plain(one, lang).sentence(lang)) for lang in LANGUAGES},
        "mend": (offered := _mend(one, offers)),
        "name": str(found) if one.code == "undeclared" and place.sheet and not offered else "",
    }


def _mend(one: Problem | Hint, offers: Any) -> dict[str, str] | None:
    mend = offers.of(one) if offers else None
    return asdict(mend) if mend else None


def hint(one: Hint, offers: Any = None) -> dict[str, Any]:
    """What is well formed and may still be a slip, and the mend that is offered for it."""
    return {
        "kind": one.kind,
        "ids": list(one.ids),
        "place": visible(one.where),
        "words": {lang: visible(hint_words(one, lang)) for lang in LANGUAGES},
        "mend": _mend(one, offers),
    }


def account(one: Account) -> dict[str, Any]:
    """A sheet: read or not, what of it was left, whether that may hold records, and what a person can say of it."""
    from desk.workbook import choices
    from desk.workbook import words as sheets

    left = [{"cell": each.cell, "why": each.why, "found": visible(each.found)} for each in one.left]
    return {
        "sheet": visible(one.sheet),
        "known": sheets.folded(one.sheet) in sheets.known_sheets(),
        "aside": sheets.folded(one.sheet) in sheets.asides(),
        "read": one.read,
        "rows": one.rows,
        "columns": one.columns,
        "left": left,
        "unread": [each for each in left if each["why"] in UNREAD],
        "choices": [asdict(mend) for mend in choices(one)],
    }
