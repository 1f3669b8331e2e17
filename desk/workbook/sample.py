"""Invented facts for the example sheet: one of each kind, made from the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator

from desk.workbook.layout import Binding, Sheet
from engine.predicate import Field
from engine.terms import OPEN
from engine.vocabulary import PREDICATES, Fact

_IDENTIFIERS = {"reviewer": "R01", "group": "G1", "person": "P01", "other": "P02", "controller": "P01"}


def sample(city: str, sheet: Sheet) -> Iterator[Fact]:
    """A fact for each way a sheet has of saying one."""
    for binding in sheet.bindings:
        if binding.predicate != "winner":
            yield Fact(binding.predicate, _arguments(city, binding))


def _arguments(city: str, binding: Binding) -> tuple[str | int, ...]:
    fields = PREDICATES[binding.predicate].fields
    if binding.predicate == "reading":
        return ("lookback", "calendar_years")
    return tuple(binding.fixed.get(at, _value(city, binding.predicate, field)) for at, field in enumerate(fields))


def _value(city: str, predicate: str, field: Field) -> str | int:
    match field.kind:
        case "identifier":
            return _IDENTIFIERS.get(field.name, "J01")
        case "choice":
            return city if city in field.choices else field.choices[0]
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
        case "text" if field.name == "code":
            return "C38"
        case "text" if field.name == "fact":
            return 'operating_since("J01",20100601)'
        case _:
            return "……"
