"""What a city asks and what it does not, read off its rules: columns that only another city knows are left out."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any

from clingo import ast

from desk.workbook.layout import Binding, Column, Sheet, sheets
from engine.facts import PREDICATES, Fact, choice
from engine.law import RULES, cities, rule_file

_SPREAD = ("finding", "material")
"""Predicates whose choices a city may not ask for: what its rules do not name, they never look at."""
_CUT = ("certificate",)
"""Predicates whose lists show only the choices that the city's rules name."""


class _Names(ast.Transformer):
    """Collects every name that stands in a rule, with its arity: predicates, and constants with 0."""

    def __init__(self) -> None:
        self.found: set[tuple[str, int]] = set()

    def visit_Function(self, node: Any) -> Any:
        self.found.add((node.name, len(node.arguments)))
        return node.update(**self.visit_children(node))

    def visit_SymbolicTerm(self, node: Any) -> Any:
        self.found.add((str(node.symbol), 0))
        return node


@cache
def named(city: str) -> frozenset[tuple[str, int]]:
    """The names in a city's own rule file."""
    names = _Names()
    for statement in rule_file(RULES / f"{city}.lp").statements:
        names.visit(statement.node)
    return frozenset(names.found)


@cache
def unasked(city: str) -> frozenset[tuple[str, int]]:
    """The names that some other city's rules know and this city's do not."""
    others = frozenset[tuple[str, int]]().union(*(named(other) for other in cities() if other != city))
    return others - named(city)


def layout(city: str, facts: Collection[Fact] = ()) -> tuple[Sheet, ...]:
    """The sheets for a city; what it does not ask stays only where the facts hold it."""
    left_out = unasked(city)
    held = {fact.predicate for fact in facts}
    spread = {(fact.predicate, argument) for fact in facts if fact.predicate in _SPREAD for argument in fact.arguments}

    def asks(binding: Binding) -> bool:
        name = binding.predicate
        asked_of_somebody = PREDICATES[name].group in ("applicants", "adverse")
        if asked_of_somebody and (name, len(PREDICATES[name].fields)) in left_out and name not in held:
            return False
        if name in _CUT and name not in held and all((one, 0) in left_out for one in _choices(name)):
            return False
        choices = binding.fixed.values() if name in _SPREAD else ()
        return not any((one, 0) in left_out and (name, one) not in spread for one in choices)

    return tuple(cut for sheet in sheets() if (cut := _cut(sheet, [b for b in sheet.bindings if asks(b)])).bindings)


def _choices(predicate: str) -> tuple[str, ...]:
    """What the lists of a predicate hold, all together."""
    return tuple(one for field in PREDICATES[predicate].fields if field.kind == "choice" for one in field.choices)


def _cut(sheet: Sheet, bindings: list[Binding]) -> Sheet:
    """A sheet with only these bindings and the columns they need."""
    used = {column for binding in bindings for column in (*binding.columns, binding.flag)}
    columns = tuple(c for c in sheet.columns if c.key in used or (not c.fields and not c.flag))
    return Sheet(sheet.name, columns, sheet.keys, tuple(bindings), sheet.typed, sheet.evidence)


def offered(city: str, sheet: Sheet, column: Column, lang: str) -> list[str]:
    """What the list of a column offers in a city, in words, each once; empty where there is no list."""
    found: dict[str, None] = {}
    left_out = unasked(city)
    held = {binding.predicate for binding in sheet.bindings}
    for predicate, name in column.fields:
        field = next(field for field in PREDICATES[predicate].fields if field.name == name)
        cut = left_out if predicate in _CUT else frozenset[tuple[str, int]]()
        if predicate in held and field.kind == "choice":
            found |= dict.fromkeys(choice(field, one, lang) for one in field.choices if (one, 0) not in cut)
    return list(found)
