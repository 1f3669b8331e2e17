"""Lawful changes in words."""

from __future__ import annotations

from collections.abc import Mapping

from engine.facts import words
from engine.words import text
from explain.change.corrections import Change


def who(change: Change, lang: str) -> str:
    """Who or what brings a change about, in a word."""
    return text(f"change.{change.kind}", lang)


def sentence(change: Change, lang: str, names: Mapping[str, str] | None = None) -> str:
    """A change as an instruction without a full stop."""
    fact = change.after or change.before
    assert fact is not None
    table = "proof" if change.kind == "prove" else "fact"
    return text(f"change.{table}.{fact.predicate}", lang, **words(fact, lang, names))
