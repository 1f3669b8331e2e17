"""A round of a table as a sentence: how it departs from its base, made from its facts in either language."""

from __future__ import annotations

import re

from audit.encoding import DECIDE, QUESTIONS, Example, Question, encoding
from audit.words import said
from engine.facts import PREDICATES, label
from engine.words import text


def question_of(case: Example) -> Question:
    """The question whose table a case stands in."""
    return QUESTIONS.get(case.file.partition("_")[0].partition(".")[0], DECIDE)


def key_of(case: Example) -> tuple[str, str]:
    """What tells a case from every other: its question and its id, which two questions may both have."""
    return question_of(case).name, case.id


def round_words(case: Example, lang: str) -> str:
    """What is on file in a round; the sentence of its table where that is in the language asked for."""
    if case.says and lang == "en":
        return case.says
    subject = encoding(case.city, question_of(case))
    flawless = [change[1:] for change in case.changes if change.startswith("=")]
    parts = [text("audit.flawless", lang, who=text("audit.and", lang).join(flawless))] if flawless else []
    for change in case.changes:
        if change.startswith("="):
            continue
        words = change.removeprefix("-")
        whole = words.endswith(")")
        name = re.match(r"\w+", words)
        known = label(name[0], lang) if name and name[0] in PREDICATES else words
        parts.append(text("audit.lacks", lang, fact=said(subject, words, lang) if whole else known)
                     if change.startswith("-") else said(subject, words, lang))  # fmt: skip
    parts += [said(subject, f"reading({key},{choice})", lang) for key, choice in case.readings.items()]
    return text("audit.join", lang).join(parts) or text("audit.round.base", lang)
