"""A case whose table and rules say different things, in words: "the table says …, the rules say …"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from audit.encoding import DECIDE, Encoding
from audit.tables.round_sentence import round_words
from audit.tables.sentences import case_dossier, case_outcome
from audit.tables.verdicts import Verdict
from audit.words import said
from engine.law import Provision, regulation
from engine.words import has, speaking, template, text

_PRIZE, _GROUND = "vocabulary.choices.prize", "review.ground"
TABLES = {
    "vacant": (_PRIZE,),
    "reasons": (_PRIZE, "award.reason"),
    "gets": (_PRIZE, "paper.thing", "audit.column_word"),
    "others": ("award.none",),
    "check": ("award.breach",),
    "notes": ("note",),
    "revocations": (_PRIZE, _GROUND, "review.remedy"),
    "before_in_force": (_PRIZE, _GROUND),
    "proposers": ("review.proposer",),
    "violations": ("procedure.check",),
    "unchecked": ("procedure.check",),
    "all_unchecked": ("procedure.check",),
    "interests": ("panels.limb",),
    "excluded": ("panels.reason",),
    "fit": ("panels.role",),
    "breaches": ("panels.verdict",),
    "falsehoods": ("panels.verdict", "panels.reason"),
    "provisions": ("audit.plain.value",),
}
"""Which tables of the catalogues word the keys in a column of the tables of cases."""
_FACT = re.compile(r"[a-z]\w*\(.*\)")
_PROVISION = re.compile(r"art\(\d+,\d+,\d+\)")


def difference_words(encoding: Encoding, verdict: Verdict, lang: str) -> tuple[str, str, str]:
    """The case in words, what its table says must come out, and what the rules say; the city's own names in them."""
    with speaking(encoding.text):
        return _difference_words(encoding, verdict, lang)


def _difference_words(encoding: Encoding, verdict: Verdict, lang: str) -> tuple[str, str, str]:
    case = verdict.example
    if verdict.question == DECIDE.name:
        now = replace(case, expect=verdict.outcome)
        return case_dossier(case, lang), case_outcome(case, lang), case_outcome(now, lang)
    sides = []
    for own, other in ((verdict.wanted, verdict.found), (verdict.found, verdict.wanted)):
        told = [_column(encoding, name, value, other.get(name), lang) for name, value in own.items()]
        sides.append(text("audit.join", lang).join(filter(None, told)) or text("audit.none", lang))
    return round_words(case, lang), sides[0], sides[1]


def round_outcome(encoding: Encoding, verdict: Verdict, lang: str) -> str:
    """What the rules say of a round, as far as its table asks for it; whole, as nothing stands beside it."""
    with speaking(encoding.text):
        told = [_column(encoding, name, value, None, lang) for name, value in verdict.outcome.items()]
        return text("audit.join", lang).join(filter(None, told)) or text("audit.none", lang)


def _column(encoding: Encoding, name: str, value: Any, other: Any, lang: str) -> str:
    """What one side says in a column and the other does not; all of it where the two differ in order alone."""
    lines, others = _lines(value), _lines(other)
    own = [line for line in lines if line not in others] or ([] if len(lines) < len(others) else lines)
    words = [*dict.fromkeys(_line(encoding, name, line, lang) for line in own)] or [text("audit.none", lang)]
    return text(
        "audit.column", lang, name=text(f"audit.columns.{name}", lang), lines=text("audit.list", lang).join(words)
    )


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [" ".join((str(key), *map(str, _lines(each)))) for key, each in value.items()]
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return [] if value is None else [str(value)]


def _line(encoding: Encoding, name: str, line: str, lang: str) -> str:
    if name in ("holds", "lacks", "events"):
        return said(encoding, line, lang)
    if name == "refused":
        return Provision.parse(line).citation
    if name == "sets":
        return text("audit.prizes_and", lang).join(
            text(
                "audit.prize",
                lang,
                prize=text(f"prize.{prize}", lang),
                names=winners.strip() or text("audit.none", lang),
            )
            for prize, winners in zip(regulation(encoding.paths[1]).prizes, line.split("|"), strict=True)
        )
    cited = _PROVISION.sub(lambda found: Provision.parse(found[0]).citation, line)
    words = (_known(word, TABLES.get(name, ()), lang) for word in cited.split(" "))
    return text("audit.words", lang).join(
        said(encoding, word, lang) if _FACT.fullmatch(word) else word for word in words
    )


def _known(word: str, tables: Iterable[str], lang: str) -> str:
    """A key in words, of a sentence that goes on with whom it concerns what stands before; as it is where no table
    knows it."""
    for table in tables:
        if has(key := f"{table}.{word}", lang):
            try:
                words = text(key, lang)
            except KeyError:  # it goes on with whom it concerns
                words = template(key, lang).partition("{")[0].strip(" ：:，,")
            return words or word
    return word
