"""Facts laid out as rows of sheets, and back again without loss: the other half of the reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from desk.workbook.cells import put
from desk.workbook.layout import DOCUMENT, NUMBER, OPTIONAL, TYPE, Binding, Sheet
from engine.facts import PREDICATES, Fact, label, text

Value = object
Row = dict[str, Value]
_TICK = "√"


def laid_out(sheets: Sequence[Sheet], facts: Iterable[Fact], lang: str) -> dict[str, list[Row]]:
    """The rows of each sheet; cells as they are to be written."""
    facts = list(facts)
    sources: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for fact in facts:
        if fact.predicate == "source":
            sources[str(fact.arguments[0])].append((str(fact.arguments[1]), str(fact.arguments[2])))
    declared = _declared(facts)
    placer = {sheet.name: _Placer(sheet, lang) for sheet in sheets}
    homes = _homes(sheets)
    inline = set()
    for fact in facts:
        if fact.predicate == "source":
            continue
        home = _home(homes[fact.predicate], fact, declared)
        rests_on = sources.get(text(fact), []) if fact.predicate in home.evidence else []
        first = min(rests_on, default=None)
        placer[home.name].place(fact, first)
        if first is not None:
            inline.add((text(fact), *first))
    for fact in facts:
        if fact.predicate == "source" and fact.arguments not in inline:
            placer["sources"].place(fact, None)
    return {name: found.rows() for name, found in placer.items()}


def _declared(facts: Iterable[Fact]) -> dict[str, set[str]]:
    """The identifiers that each declaring predicate makes known."""
    found: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if field := PREDICATES[fact.predicate].model.declares:
            found[fact.predicate].add(str(fact.arguments[PREDICATES[fact.predicate].at(field)[0]]))
    return found


def _homes(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    homes: dict[str, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        for predicate in dict.fromkeys(binding.predicate for binding in sheet.bindings):
            homes[predicate].append(sheet)
    return homes


def _home(sheets: Sequence[Sheet], fact: Fact, declared: dict[str, set[str]]) -> Sheet:
    """The sheet of a fact: a name stands where what it names is declared."""
    for sheet in sheets:
        own = [name for name in sheet.own if sheet.keys]
        if fact.predicate in own or not own or any(str(fact.arguments[0]) in declared[name] for name in own):
            return sheet
    return sheets[-1]


class _Placer:
    """Fills one sheet: a fact goes into the first row of its key that still has room."""

    def __init__(self, sheet: Sheet, lang: str) -> None:
        self.sheet = sheet
        self.lang = lang
        self.by_key: dict[object, list[Row]] = {}

    def place(self, fact: Fact, evidence: tuple[str, str] | None) -> None:
        """Put a fact in."""
        bindings = [b for b in self.sheet.bindings if b.predicate == fact.predicate and _fits(b, fact)]
        if not self.sheet.keys and (self.sheet.typed or len(self.sheet.bindings) == 1):
            self.by_key.setdefault(None, []).append(self._cells(bindings[0], fact) | self._evidence(evidence))
            return
        key = (bindings[0].key(self.sheet.keys, fact.arguments), evidence)
        rows = self.by_key.setdefault(key, [])
        for row in rows:
            for binding in bindings:
                if not _taken(row, binding, self.sheet):
                    row |= self._cells(binding, fact)
                    return
        rows.append(self._cells(bindings[0], fact) | self._evidence(evidence))

    def rows(self) -> list[Row]:
        """The rows by their keys; records by whom they are about."""
        keys: list[Any] = list(self.by_key)
        if self.sheet.keys:
            keys.sort(key=lambda key: (key[0], key[1] or ()))
        found = [row for key in keys for row in self.by_key[key]]
        if self.sheet.typed:
            column = self.sheet.columns[0].key
            found.sort(key=lambda row: str(row.get(column, "")))
        return found

    def _cells(self, binding: Binding, fact: Fact) -> Row:
        fields = PREDICATES[fact.predicate].fields
        cells: Row = {}
        if self.sheet.typed:
            cells[TYPE] = label(fact.predicate, self.lang)
        if fact.predicate == "reading":
            return cells | _reading(fact, self.lang)
        empty = [
            f.name
            for f, v in zip(fields, fact.arguments, strict=True)
            if v == "" and (fact.predicate, f.name) in OPTIONAL
        ]
        if len(empty) == len(binding.values(self.sheet.keys)):
            empty = empty[1:]
        for field, held, column in zip(fields, fact.arguments, binding.columns, strict=True):
            if column and field.name not in empty:
                cells[column] = put(field, held, self.lang)
        if binding.flag:
            cells[binding.flag] = _TICK
        return cells

    def _evidence(self, evidence: tuple[str, str] | None) -> Row:
        if evidence is None:
            return {}
        document, number = PREDICATES["source"].fields[1:]
        cells: Row = {DOCUMENT: put(document, evidence[0], self.lang)}
        if evidence[1]:
            cells[NUMBER] = put(number, evidence[1], self.lang)
        return cells


def _fits(binding: Binding, fact: Fact) -> bool:
    return all(fact.arguments[at] == constant for at, constant in binding.fixed.items())


def _taken(row: Row, binding: Binding, sheet: Sheet) -> bool:
    """Whether the columns that a binding needs are filled."""
    values = binding.values(sheet.keys)
    return any(column in row for column in values) or (binding.flag in row if binding.flag else False)


def _reading(fact: Fact, lang: str) -> Row:
    from engine.words import has, text

    key, choice = map(str, fact.arguments)
    word = f"reading.{key}"
    return {
        "key": text(f"{word}.label", lang) if has(f"{word}.label", lang) else key,
        "choice": text(f"{word}.{choice}", lang) if has(f"{word}.{choice}", lang) else choice,
    }
