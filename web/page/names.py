"""What a round is called where only its name in addresses is at hand."""

from __future__ import annotations

from engine.law import chinese, cities
from engine.words import names_of


def round_called(city: str, number: int, lang: str) -> str:
    """A round as people name it."""
    name = names_of(city, lang)["city"]
    return f"{name} · 第{chinese(number)}届" if lang == "zh" else f"{name} · round {number}"


def object_called(about: str, lang: str) -> str:
    """What an act concerns: a round as people name it, anything else by its name alone."""
    kind, _, name = about.partition(" ")
    city, _, number = name.rpartition("-")
    known = kind == "round" and city in cities() and number.isdecimal() and number.isascii()
    return round_called(city, int(number), lang) if known and 0 < int(number) < 1000 else name
