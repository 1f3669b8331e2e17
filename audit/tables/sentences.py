"""A case of a table as a sentence: in Chinese what was signed, in another language made from the same facts."""

from __future__ import annotations

import re

import clingo

from audit.encoding import Example
from audit.tables.outcomewords import fact_words, ground_words, place
from engine.facts import PREDICATES, fact, label
from engine.law import Provision, party
from engine.words import has, text
from explain.say import constant


def sentence(case: Example, lang: str) -> str:
    """What a case is about and what comes out: in Chinese as its table has it, else worded from its facts."""
    if lang == "zh" and case.says:
        return case.says
    return text("audit.case", lang, dossier=case_dossier(case, lang), outcome=case_outcome(case, lang))


def case_dossier(case: Example, lang: str) -> str:
    """The facts by which a case departs from its base, and its readings."""
    kind = party(next((str(s.arguments[1]) for s in case.symbols if s.name == "applicant"), "organization"))
    put = {_place(change) for change in case.changes if not change.startswith("-")} - {None}
    put |= {(each[0],) for each in put if each}
    parts = []
    for change in case.changes:
        words = _fact(change.removeprefix("-"), lang, kind)
        if not change.startswith("-"):
            parts.append(words)
        elif (_place(change[1:]) or (change[1:],)) not in put:  # another value in its place says enough
            parts.append(text("audit.lacks", lang, fact=words))
    for key, choice in case.readings.items():
        named = constant(key, "reading", lang), constant(choice, f"reading.{key}", lang)
        parts.append(text("audit.under", lang, key=named[0], choice=named[1]))
    return text("audit.join", lang).join(parts) or text("audit.flawless", lang, who=text(f"audit.some.{kind}", lang))


def _fact(words: str, lang: str, kind: str) -> str:
    """A fact in words; of a beginning (`certificate("A",qms`) what its predicate is called."""
    name = re.match(r"\w+", words)
    if words.endswith(")") and name and name[0] in PREDICATES:
        return fact_words(fact(clingo.parse_term(words)), lang, kind)
    return label(name[0], lang) if name and name[0] in PREDICATES else words


def _place(words: str) -> tuple[object, ...] | None:
    """The place of a whole fact; None for a predicate's name or the beginning of a fact."""
    name = words.partition("(")[0]
    return place(fact(clingo.parse_term(words))) if words.endswith(")") and name in PREDICATES else None


def expected(case: Example, lang: str) -> tuple[str, str]:
    """What must come out: its code, and in words without the grounds."""
    status = str(case.expect.get("status", "")) or ("refused" if "refused" in case.expect else "")
    if not status:
        return "bad", text("audit.bad_input", lang) if "bad_input" in case.expect else ""
    return status, text("audit.refused", lang) if status == "refused" else text(f"status.{status}", lang)


def note_words(row: str, lang: str) -> str:
    """A note of a table in words; its kind where nothing words it."""
    kind = row.partition(" ")[0]
    return text(f"note.{kind}", lang) if has(f"note.{kind}", lang) else kind


def case_outcome(case: Example, lang: str) -> str:
    """What must come out, with each ground and its citation."""
    found: list[str] = []
    for kind in ("failed", "open", "barred"):
        for row in case.expect.get(kind, ()):
            term, _, key = row.partition(" ")
            found.append(ground_words(kind, Provision.parse(term), key, lang))
    if prizes := [text(f"prize.{prize}", lang) for prize in case.expect.get("barred_prizes", ())]:
        found.append(text("audit.closed_to", lang, prizes=text("audit.list", lang).join(prizes)))
    for row in case.expect.get("notes", ()):
        found.append(text("audit.noted", lang, note=note_words(row, lang)))
    if "refused" in case.expect:
        found.append(Provision.parse(str(case.expect["refused"])).citation)
    status = expected(case, lang)[1]
    return text("audit.outcome", lang, status=status, grounds=text("audit.join", lang).join(found)) if found else status
