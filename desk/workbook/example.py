"""Invented facts for the example sheet: one of each kind, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from desk.workbook.asked import unasked
from desk.workbook.layout import Binding, Sheet
from engine.facts import OPEN, PREDICATES, CreditCode, Fact, Field, text
from engine.words import messages

_IDENTIFIERS = {"reviewer": "R01", "group": "G1", "person": "P01", "other": "P02", "controller": "P01"}


def sample(city: str, sheet: Sheet, lang: str) -> Iterator[Fact]:
    """A fact for each way a sheet has of saying one; the first that may rest on a document does."""
    cited = False
    for binding in sheet.bindings:
        if binding.predicate == "winner":
            continue
        fact = Fact(binding.predicate, _arguments(city, binding, lang))
        yield fact
        if binding.predicate in sheet.evidence and not (sheet.keys or cited):
            cited = True
            yield Fact("source", (text(fact), _words("source", "document", lang), _words("source", "number", lang)))


def _arguments(city: str, binding: Binding, lang: str) -> tuple[str | int, ...]:
    fields = PREDICATES[binding.predicate].fields
    if binding.predicate == "reading":
        return ("lookback", "calendar_years")
    return tuple(binding.fixed.get(at, _value(city, binding.predicate, field, lang)) for at, field in enumerate(fields))


def _words(predicate: str, field: str, lang: str) -> str:
    own = f"workbook.sample.{predicate}.{field}"
    return messages.text(own if messages.has(own, lang) else "workbook.sample.text", lang)


def _value(city: str, predicate: str, field: Field, lang: str) -> str | int:
    match field.kind:
        case "identifier":
            return _IDENTIFIERS.get(field.name, "J01")
        case "choice":
            left_out = unasked(city) if predicate == "certificate" else frozenset[tuple[str, int]]()
            offered = [one for one in field.choices if (one, 0) not in left_out] or list(field.choices)
            return city if city in offered else offered[0]
        case "day":
            return 20250930 if field.name == "deadline" else 20250315
        case "open_day":
            return OPEN if predicate in ("dishonesty_listing", "employed") else 20251231
        case "year":
            return 2024
        case "number":
            return min(600, (field.bounds or (0, 600))[1]) if field.name == "points" else 3
        case "score":
            return 842
        case "sum":
            return 5_000_000
        case "text" if field.type == CreditCode:
            return "91350100M000100Y43"
        case "text" if field.name == "code":
            return "C38"
        case "provision":
            return "art(27,0,0)"
        case "text" if field.name == "fact":
            return 'operating_since("J01",20100601)'
        case _:
            return _words(predicate, field.name, lang)
