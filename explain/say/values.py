"""Values in words: days, provisions, choices, identifiers and facts, as templates show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from clingo import Function, Number, Symbol, SymbolType

from engine.facts import OPEN, PREDICATES, Fact, choice, sentence, wording
from engine.law import Provision, cities
from engine.words import by_regulation, has, spoken, text
from explain.dual import ANYTHING
from explain.say import slots

_OPEN = Number(OPEN)
DAYS = ("day", "open_day", "end")
PARTED = {"cell": ("choice:applicant_kind", "choice:track")}
"""Terms told by their parts, and the kinds of these: whom places are counted of."""
NO_PART = Function("none")


def worded(value: Symbol, kind: str, lang: str, names: Mapping[str, str]) -> str:
    """A value in words; `kind` is a kind of the vocabulary or the name of a catalogue's table (`requirement`)."""
    said = _nameless(value, kind, lang, spoken())
    if said is not None:
        return said
    identifier = _string(value)
    if identifier is not None:
        return names.get(identifier, identifier)
    if value.name in PREDICATES and len(PREDICATES[value.name].fields) == len(value.arguments):
        return recorded(value.name, value.arguments, lang, names)
    return str(value)


@lru_cache(50_000)
def _nameless(value: Symbol, kind: str, lang: str, _own: str) -> str | None:
    """A value that names nobody, in words: a number, a provision, a constant; None for others.

    `_own` is the regulation spoken of: what is kept of one is not said of another.
    """
    if value.type == SymbolType.Number:
        return number(value.number, kind, lang)
    if value == ANYTHING:
        return anything(kind, lang)
    if value.type != SymbolType.Function:
        return None if value.type == SymbolType.String else str(value)
    if value.name == "art" and len(value.arguments) == 3:
        known = provision(value)
        return known.citation if known else anything("provision", lang)
    if slots.is_slot(value):
        return slots.number(
            value.name, "day" if kind in DAYS or (not kind and slots.is_day(value.name)) else kind, lang
        )
    if value.name in PARTED and len(value.arguments) == len(PARTED[value.name]):
        parts = zip(value.arguments, PARTED[value.name], strict=True)
        told = [worded(part, each, lang, {}) for part, each in parts if part != NO_PART]
        return text("reason.join.parts", lang).join(told)
    return None if value.arguments else constant(value.name, kind, lang)


@by_regulation
def anything(kind: str, lang: str) -> str:
    """What may be any value of a kind."""
    key = f"reason.any.{kind.partition(':')[0].partition(' ')[0] or 'value'}"
    return text(key if has(key, lang) else "reason.any.value", lang)


@lru_cache(50_000)
def provision(value: Symbol) -> Provision | None:
    """The provision a term names, of a pattern the part that is given; None for what is none."""
    if value.type != SymbolType.Function or value.name != "art" or len(value.arguments) != 3:
        return None
    parts = [part.number if part.type == SymbolType.Number else 0 for part in value.arguments]
    return Provision(*parts) if parts[0] else None


@lru_cache(50_000)
def _string(value: Symbol) -> str | None:
    return value.string if value.type == SymbolType.String else None


@by_regulation
def number(value: int, kind: str, lang: str) -> str:
    """A number; a day and a round as the vocabulary words them."""
    if value == OPEN:
        return text("reason.open_day", lang)
    day = kind in DAYS or (not kind and 19000101 <= value <= 21001231)
    return wording.number(value, "day" if day else kind, lang)


@by_regulation
def constant(name: str, kind: str, lang: str) -> str:
    """A choice of the vocabulary, or an entry of a catalogue's table; the bare name where nothing words it."""
    if kind.startswith("choice:"):
        table = kind.removeprefix("choice:")
        if table in ("city", "seat") and name in cities():
            field = next(f for f in PREDICATES["seat"].fields if f.kind == "choice")
            return choice(field, name, lang)
        kind = f"vocabulary.choices.{table}"
    label = f"reading.{name}.label"
    if kind == "key" and has(label, lang):
        return text(label, lang)  # a fact's key that is the key of a reading
    if kind == "reading":
        return text(label if has(label, lang) else "reason.other_reading", lang)
    key = f"{kind}.{name}"
    return text(key, lang) if kind and has(key, lang) else name


def recorded(name: str, arguments: Sequence[Symbol], lang: str, names: Mapping[str, str]) -> str:
    """A recorded fact as the vocabulary words it."""
    return sentence(Fact(name, _plain(name, tuple(arguments), lang)), lang, names)


@lru_cache(5_000)
def _plain(name: str, arguments: tuple[Symbol, ...], lang: str) -> tuple[str | int, ...]:
    """Values as facts hold them, slots worded, found once: a fact is worded wherever it is told again."""
    if not any(map(slots.is_slot, arguments)):
        return tuple(map(_value, arguments))
    return tuple(
        slots.number(value.name, field.wording or field.kind, lang) if slots.is_slot(value) else _value(value)
        for field, value in zip(PREDICATES[name].fields, arguments, strict=True)
    )


def _value(term: Symbol) -> str | int:
    kind = term.type
    return term.number if kind == SymbolType.Number else term.string if kind == SymbolType.String else str(term)
