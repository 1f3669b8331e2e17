"""Recorded facts as sentences, safe to print."""

from collections.abc import Mapping

from engine.words import visible


def recorded(fact: str, lang: str, names: Mapping[str, str] | None = None) -> str:
    """A fact, given as clingo writes it, in words; whoever it is about by name where names are given."""
    import clingo

    from engine.facts import sentence, vocabulary

    return visible(sentence(vocabulary.fact(clingo.parse_term(fact)), lang, names))
