"""Recorded facts as sentences, safe to print."""

from engine.words import visible


def recorded(fact: str, lang: str) -> str:
    """A fact, given as clingo writes it, in words."""
    import clingo

    from engine.facts import sentence, vocabulary

    return visible(sentence(vocabulary.fact(clingo.parse_term(fact)), lang))
