"""A case: the facts of one round of one city, read from files and checked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from itertools import chain, groupby, repeat
from operator import attrgetter
from pathlib import Path

from engine.case import contradictions as consistency
from engine.case.files import contents
from engine.case.pile import Pile
from engine.case.readers import READERS
from engine.case.source import Account, Row, Source
from engine.errors import CaseError, Place, Problems
from engine.facts import PREDICATES, Fact, texts
from engine.words import no_collecting


@dataclass(frozen=True)
class Case:
    """One round (届) of one city: its facts, sorted and each once, with the readings that were asked for.

    The facts `reading(Key, Choice)` are those of `readings`, so two cases that mean the same are equal.
    """

    city: str
    round: int
    deadline: int
    facts: tuple[Fact, ...] = field(repr=False)
    readings: Mapping[str, str] = field(hash=False)
    sources: tuple[str, ...] = field(default=(), compare=False)
    pile: Pile | None = field(default=None, compare=False, repr=False)
    """What the files say and where, for whoever points at a place; None for a case that came from no file,
    or from another process: files and their places stay where they were read."""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """What was read of each sheet of its workbooks and what was left; empty where there is no workbook."""
        return tuple(account for source in (self.pile.sources if self.pile else ()) for account in source.accounts)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "pile": None}

    @cached_property
    def canonical(self) -> str:
        """The facts as text, one a line: the same for the same case, whatever its files looked like."""
        written = chain.from_iterable(texts(name, rows) for name, rows in self._rows.items())
        return ".\n".join(written) + ".\n"

    @cached_property
    def _rows(self) -> Mapping[str, tuple[Row, ...]]:
        grouped = groupby(self.facts, key=attrgetter("predicate"))
        return {name: tuple(fact.arguments for fact in facts) for name, facts in grouped}

    def rows(self, predicate: str) -> tuple[Row, ...]:
        """The arguments of a predicate's facts, sorted; empty if there is none."""
        return self._rows.get(predicate, ())

    @classmethod
    def of(cls, facts: Iterable[Fact], sources: tuple[str, ...] = ()) -> Case:
        """The case that checked facts make up."""
        rows: dict[str, set[Row]] = {}
        for name, row in facts:
            rows.setdefault(name, set()).add(row)
        return _case(rows, sources)


def load(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], readings: Mapping[str, str] | None = None
) -> Case:
    """Read the files of one case; `readings` override the case's own. CaseError with all problems of all files."""
    names = [os.fspath(paths)] if isinstance(paths, (str, os.PathLike)) else [os.fspath(path) for path in paths]
    asked = dict(readings or {})
    problems = Problems()
    with no_collecting():
        sources = [_source(name, problems) for name in names]
        if not names:
            problems.add("no_files", Place())
        pile = Pile((source for source in sources if source), complete=all(sources))
        for lack in [one for source in pile.sources for one in source.lacks if not one.made_good(pile)]:
            pile.complete = False
            problems.add(lack.problem.code, lack.problem.place, **lack.problem.parameters)
        consistency.check(pile, problems)
        for key, choice in asked.items():
            consistency.reading(key, choice, Place(), problems)
        if problems:
            refused = CaseError(problems.all())
            refused.accounts = tuple(account for source in pile.sources for account in source.accounts)
            raise refused
        rows: dict[str, Set[Row]] = {name: found for name, found in pile.rows.items() if found}
        if asked:
            kept = {row for row in rows.get("reading", ()) if row[0] not in asked}
            rows["reading"] = kept | set(asked.items())
        return _case(rows, tuple(names), pile)


def _source(name: str, problems: Problems) -> Source | None:
    """Read one file; None if there is nothing to be read."""
    suffix = Path(name).suffix.lower()
    if suffix not in READERS:
        problems.add("suffix", Place(name), found=suffix, choices=", ".join(READERS))
        return None
    reader = import_module(READERS[suffix])
    data = contents(name, problems, as_text=not getattr(reader, "BINARY", False))
    if data is None:
        return None
    before = problems.count(name)
    source: Source | None = reader.read(name, data, problems)
    if source is not None and not source.rows and problems.count(name) == before:
        problems.add("no_facts", Place(name))
    return source


def _case(rows: Mapping[str, Iterable[Row]], sources: tuple[str, ...], pile: Pile | None = None) -> Case:
    facts: list[Fact] = []
    for name in sorted(rows):
        mixed = any(field.kind == "score" for field in PREDICATES[name].fields)
        found = sorted(rows[name], key=_integers_first) if mixed else sorted(rows[name])
        facts.extend(map(Fact, repeat(name), found))
    (row,) = rows["round"]
    readings = {str(key): str(choice) for key, choice in sorted(rows.get("reading", ()))}
    return Case(str(row[0]), int(row[1]), int(row[2]), tuple(facts), readings, sources, pile)


def _integers_first(row: Row) -> tuple[tuple[bool, str | int], ...]:
    return tuple((isinstance(value, str), value) for value in row)
