"""What a city asks and what it does not, read off its rules: columns that only another city knows are left out."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from desk.workbook.layout import Binding, Column, Sheet, sheets
from engine.facts import PREDICATES, Fact, asks, choice, offered
from engine.law import cities, names_in, regulation

_SPREAD = ("finding", "material")
"""Predicates whose choices a city may not ask for: what its rules do not name, they never look at."""
_CUT = ("certificate",)
"""Predicates whose lists show only the choices that the city's rules name."""

_NAMED = ("pool",)
"""Predicates whose choices a text with tables of its own asks for only where its rules name them."""


@cache
def unasked(city: str) -> frozenset[tuple[str, int]]:
    """The names that some other city's rules know and this city's do not."""
    others = frozenset[tuple[str, int]]().union(*(names_in(other) for other in cities() if other != city))
    return others - names_in(city)


def layout(city: str, facts: Collection[Fact] = ()) -> tuple[Sheet, ...]:
    """The sheets for a city; what it does not ask stays only where the facts hold it."""
    left_out = unasked(city)
    held = {fact.predicate for fact in facts}
    spread = {(fact.predicate, argument) for fact in facts if fact.predicate in _SPREAD for argument in fact.arguments}

    def asked(binding: Binding) -> bool:
        name = binding.predicate
        if PREDICATES[name].model.further:
            return _offers(binding) or any(_says(binding, fact) for fact in facts)
        if name not in held and not asked_for(city, name):
            return False
        if name in _NAMED and _worded(city) and name not in held:
            return all((one, 0) in names_in(city) for one in binding.fixed.values())
        if name in _CUT and name not in held and all((one, 0) in left_out for one in _choices(name)):
            return False
        choices = binding.fixed.values() if name in _SPREAD else ()
        return not any((one, 0) in left_out and (name, one) not in spread for one in choices)

    return tuple(cut for sheet in sheets() if (cut := _cut(sheet, [b for b in sheet.bindings if asked(b)])).bindings)


def asked_for(city: str, predicate: str) -> bool:
    """Whether a city asks for a predicate: what is said of applicants it may not, where only another city names it."""
    one = PREDICATES[predicate]
    if one.model.further:
        return asks(predicate)
    if predicate == "finding_by":
        return any((topic, 0) not in unasked(city) for topic in _choices(predicate))
    if one.group not in ("applicants", "adverse") or (predicate, len(one.fields)) not in unasked(city):
        return True
    return any(name in one.model.through for name, _ in names_in(city))


def _worded(city: str) -> bool:
    """Whether a city's text declares terms of its own, not only words for what every text may ask."""
    return bool(regulation(city).worded.keys() - {"requirement", "bar_ground", "name"})


def _offers(binding: Binding) -> bool:
    """Whether the regulation spoken of asks for what only some ask for, and for these choices of it."""
    names = PREDICATES[binding.predicate].names
    spread = [names[at] for at in sorted(binding.fixed)]
    return asks(binding.predicate) and tuple(binding.fixed[at] for at in sorted(binding.fixed)) in offered(
        binding.predicate, *spread
    )


def _says(binding: Binding, fact: Fact) -> bool:
    return fact.predicate == binding.predicate and all(fact.arguments[at] == one for at, one in binding.fixed.items())


def _choices(predicate: str) -> tuple[str, ...]:
    """What the lists of a predicate hold, all together."""
    return tuple(one for field in PREDICATES[predicate].fields if field.kind == "choice" for one in field.choices)


def _cut(sheet: Sheet, bindings: list[Binding]) -> Sheet:
    """A sheet with only these bindings and the columns they need."""
    used = {column for binding in bindings for column in (*binding.columns, binding.flag)}
    columns = tuple(c for c in sheet.columns if c.key in used or (not c.fields and not c.flag))
    return Sheet(sheet.name, columns, sheet.keys, tuple(bindings), sheet.typed, sheet.evidence)


def listed(city: str, sheet: Sheet, column: Column, lang: str) -> list[str]:
    """What the list of a column offers in a city, in words, each once; empty where there is no list."""
    found: dict[str, None] = {}
    left_out = unasked(city)
    held = {binding.predicate for binding in sheet.bindings}
    for predicate, name in column.fields:
        field = next(field for field in PREDICATES[predicate].fields if field.name == name)
        cut = left_out if predicate in _CUT else frozenset[tuple[str, int]]()
        if predicate in held and PREDICATES[predicate].model.further and field.kind == "choice":
            found |= dict.fromkeys(choice(field, one, lang) for (one,) in offered(predicate, name))
        elif predicate in held and field.kind == "choice":
            found |= dict.fromkeys(choice(field, one, lang) for one in field.choices if (one, 0) not in cut)
    return list(found)
