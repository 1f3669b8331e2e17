"""What is wrong with what a user gave us, in words: the sentence behind a problem's code."""

from __future__ import annotations

from collections.abc import Mapping

from engine.words.messages import has, text


def problem_sentence(code: str, parameters: Mapping[str, object], lang: str) -> str:
    """The problem in words, without its place; a field and a predicate are named as the vocabulary words them.

    `parameters` fill the sentence `problem.<code>`; where they name a `predicate`, `{label}` is what its facts are
    called, or, where they name a `field` too, what that field is called.
    """
    filled = dict(parameters)
    if predicate := str(filled.get("predicate", "")):
        field = str(filled.get("field", ""))
        filled["label"] = field_label(predicate, field, lang) if field else text(f"vocabulary.{predicate}.label", lang)
    return text(f"problem.{code}", lang, **filled)


def field_label(predicate: str, field: str, lang: str) -> str:
    """What a field is called: the predicate's own word for it, or the one that all share."""
    own = f"vocabulary.{predicate}.fields.{field}"
    return text(own if has(own, lang) else f"vocabulary.fields.{field}", lang)
