"""Which facts differ between two cases: added, removed, and changed where the vocabulary says what may stand once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from engine.case import Case, Row
from engine.facts import OPEN, PREDICATES, Fact, Field, day_text, text


@dataclass(frozen=True)
class Change:
    """One fact that is new, gone, or says something else under the same key: then `old` and `new` are both there."""

    predicate: str
    old: Row | None
    new: Row | None

    @property
    def fact(self) -> str:
        """The fact as clingo writes it: as it is now, or as it was."""
        return text(Fact(self.predicate, self.new if self.new is not None else self.old or ()))

    @property
    def about(self) -> frozenset[str]:
        """The identifiers in it; empty for a fact about the round."""
        fields = PREDICATES[self.predicate].fields
        rows = [row for row in (self.old, self.new) if row is not None]
        found = {str(row[at]) for row in rows for at, field in enumerate(fields) if field.kind == "identifier"}
        return frozenset(found)

    def fields(self) -> Iterator[dict[str, Any]]:
        """For a changed fact: each field that differs, with both values as JSON has them."""
        if self.old is None or self.new is None:
            return
        for at, one in enumerate(PREDICATES[self.predicate].fields):
            if self.old[at] != self.new[at]:
                values = {"old": _value(one, self.old[at]), "new": _value(one, self.new[at])}
                yield {"fact": self.fact, "field": one.name, **values}


@dataclass(frozen=True)
class Changes:
    """All changes between two cases."""

    all: tuple[Change, ...] = field(default=())

    def as_dict(self) -> dict[str, Any]:
        """As VOCABULARY section 13 has them; each list sorted."""
        return {
            "added": [one.fact for one in self.all if one.old is None],
            "removed": [one.fact for one in self.all if one.new is None],
            "changed": [row for one in self.all for row in one.fields()],
        }


def changes(old: Case, new: Case) -> Changes:
    """What must be done to the facts of the old case to have those of the new one, sorted by fact."""
    found = [one for name in PREDICATES for one in _changes(name, set(old.rows(name)), set(new.rows(name)))]
    return Changes(tuple(sorted(found, key=attrgetter("fact"))))


def _changes(name: str, old: set[Row], new: set[Row]) -> Iterator[Change]:
    gone, come = old - new, new - old
    key = PREDICATES[name].model.one_per
    if key is not None:
        at = PREDICATES[name].at(*key)
        before: Mapping[Row, Row] = {tuple(row[i] for i in at): row for row in gone}
        for row in sorted(come, key=repr):
            if (same := before.get(tuple(row[i] for i in at))) is not None:
                yield Change(name, same, row)
                come, gone = come - {row}, gone - {same}
    yield from (Change(name, row, None) for row in gone)
    yield from (Change(name, None, row) for row in come)


def _value(field: Field, value: str | int) -> str | int | float | None:
    if field.kind in ("day", "open_day"):
        return None if value == OPEN else day_text(int(value))
    if field.decimal and isinstance(value, str):
        return float(value)
    return value
