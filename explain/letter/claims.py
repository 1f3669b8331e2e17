"""Sentences of a letter as claims: each with the facts and provisions it stands on and the key of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from engine.facts import Fact
from engine.facts import text as fact_text
from engine.law import Provision, chinese
from engine.words import text


@dataclass(frozen=True)
class Claim:
    """A sentence with what it stands on: facts as the rules write them, provisions, the key of its words."""

    text: str
    key: str
    facts: tuple[str, ...] = ()
    provisions: tuple[Provision, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The claim as `letter --json` lists it."""
        provisions = [str(provision) for provision in self.provisions]
        return {"text": self.text, "facts": list(self.facts), "provisions": provisions, "key": self.key}


def claim(
    key: str, lang: str, facts: Iterable[Fact] = (), provisions: Iterable[Provision] = (), **words: object
) -> Claim:
    """The sentence of a key of `letter`, filled, with what it stands on."""
    named = tuple(dict.fromkeys(map(fact_text, facts)))
    said = text(f"letter.{key}", lang, **words)
    said = said[:1].upper() + said[1:]
    return Claim(said, f"letter.{key}", named, tuple(dict.fromkeys(provisions)))


def cited(provisions: Iterable[Provision], lang: str) -> str:
    """Provisions in the order of the text as convention joins them: 第八条第（一）项、第（二）项，第十条."""
    provisions = sorted(set(provisions))
    rows = groupby(provisions, key=lambda p: (p.article, p.paragraph))
    articles = []
    for (article, paragraph), same in rows:
        head = Provision(article, paragraph).citation
        items = [item(p) for p in same if p.item]
        articles.append(head + text("letter.and", lang).join(items))
    between = "between_articles" if any(p.item for p in provisions) else "and"
    return text(f"letter.{between}", lang).join(articles)


def item(provision: Provision) -> str:
    """第（五）项 of a provision; empty where it has no item."""
    return f"第（{chinese(provision.item)}）项" if provision.item else ""


def inner(words: str) -> str:
    """Words inside a quotation: their own quotation marks become single."""
    return words.replace("“", "‘").replace("”", "’")


def listed(words: Sequence[str], lang: str) -> str:
    """Things side by side."""
    return text("letter.and", lang).join(words)
