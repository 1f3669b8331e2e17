"""Recorded facts as sentences, safe to print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from engine.words import visible

if TYPE_CHECKING:
    from engine.facts import Fact


def recorded(fact: str | Fact, lang: str, names: Mapping[str, str] | None = None) -> str:
    """A fact, itself or as clingo writes it, in words; whoever it is about by name where names are given."""
    from engine.facts import sentence, vocabulary

    if isinstance(fact, str):
        import clingo

        fact = vocabulary.fact(clingo.parse_term(fact))
    return visible(sentence(fact, lang, names))
