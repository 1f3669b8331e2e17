"""A case: the facts of one round of one city, read from files and checked."""

from __future__ import annotations

import os
import re
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from itertools import chain, repeat
from pathlib import Path

from engine.case import contradictions
from engine.case.files import contents, utf8
from engine.case.pile import Pile
from engine.case.readers import reader, readers
from engine.case.source import Account, Mend, Row, Source
from engine.errors import CaseError, Place, Problems
from engine.facts import PREDICATES, Fact, text, whole
from engine.law import cities, city_named, several, vouched
from engine.words import no_collecting, speak_of, spoken

ABOUT_SOMEBODY = frozenset(
    name for name, one in PREDICATES.items() if one.fields and one.fields[0].kind == "identifier"
)
"""Predicates whose facts are about whoever their first field names."""


@dataclass(frozen=True)
class Case:
    """One round (届) of one city: its facts, sorted and each once, with the readings that were asked for.

    The facts `reading(Key, Choice)` are those of `readings`, so two cases that mean the same are equal.
    """

    city: str
    """The text that governs: the city's name, or, where it has several texts, that of one of them (`CITY-YYYYMMDD`)."""
    round: int
    deadline: int
    columns: Mapping[str, tuple[Row, ...]] = field(repr=False)
    """The arguments of its facts, sorted, by predicate, sorted too."""
    readings: Mapping[str, str]
    sources: tuple[str, ...] = field(default=(), compare=False)
    pile: Pile | None = field(default=None, compare=False, repr=False)
    """What the files say and where, for whoever points at a place; None for a case that came from no file,
    or from another process: files and their places stay where they were read."""

    @property
    def accounts(self) -> tuple[Account, ...]:
        """What was read of each sheet of its workbooks and what was left; empty where there is no workbook."""
        return tuple(account for source in (self.pile.sources if self.pile else ()) for account in source.accounts)

    @property
    def place(self) -> str:
        """The city, as its facts name it."""
        return city_named(self.city)

    def __getstate__(self) -> dict[str, object]:
        kept = {name: value for name, value in self.__dict__.items() if name in _FIELDS}
        return {**kept, "pile": None}

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.city, self.round, self.deadline, *self.columns.items()))

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Its facts, sorted and each once."""
        return tuple(chain.from_iterable(map(Fact, repeat(name), found) for name, found in self.columns.items()))

    def __setstate__(self, state: dict[str, object]) -> None:
        """In another process too a case's own regulation is the one spoken of."""
        self.__dict__.update(state)
        speak_of(self.city)

    @cached_property
    def canonical(self) -> str:
        """The facts as text, one a line: the same for the same case, whatever its files looked like."""
        return whole(self.columns)

    @cached_property
    def names(self) -> dict[str, str]:
        """What everybody and everything is called, by identifier; whoever has no name on file is missing."""
        return {str(id): str(name) for id, name in self.rows("name")}

    @property
    def predicates(self) -> tuple[str, ...]:
        """The predicates that it has facts of, sorted."""
        return tuple(self.columns)

    def rows(self, predicate: str) -> tuple[Row, ...]:
        """The arguments of a predicate's facts, sorted; empty if there is none."""
        return self.columns.get(predicate, ())

    @cached_property
    def _subjects(self) -> tuple[tuple[Fact, ...], Mapping[str, tuple[Fact, ...]]]:
        shared: list[Fact] = []
        own: dict[str, list[Fact]] = {}
        for fact in self.facts:
            if fact.predicate in ABOUT_SOMEBODY:
                own.setdefault(str(fact.arguments[0]), []).append(fact)
            else:
                shared.append(fact)
        return tuple(shared), {id: tuple(facts) for id, facts in own.items()}

    @property
    def shared(self) -> tuple[Fact, ...]:
        """The facts that are about nobody: the round, its readings, its papers; sorted."""
        return self._subjects[0]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Everybody the case has facts about, in the order of the facts."""
        return tuple(self._subjects[1])

    def about(self, id: str) -> tuple[Fact, ...]:
        """The facts about somebody: those whose first field is this identifier, sorted."""
        return self._subjects[1].get(id, ())

    def projected(self, id: str) -> Case:
        """The case as far as one applicant is concerned: the facts of the round and those about the applicant.

        What is said of facts or of somebody by name (a document behind a fact, a paper's number) is kept only where
        it is said of these; what these name (the group that the applicant is in) comes with its declaration, so that
        the part is a case by itself. The applicant's outcome is that of the whole case.
        """
        own = (*self.about(id), *self._declared(self.about(id)))
        said = {text(fact) for fact in (*own, *self.shared)}
        kept = [fact for fact in self.shared if _concerns(fact, id, said)]
        speak_of(self.city)
        return replace(Case.of((*kept, *own), self.sources), city=self.city)

    def _declared(self, facts: Iterable[Fact]) -> Iterator[Fact]:
        """The facts that declare what these name besides whom they are about."""
        for fact in facts:
            for one, value in list(zip(PREDICATES[fact.predicate].fields, fact.arguments, strict=True))[1:]:
                yield from (each for each in self.about(str(value)) if each.predicate in one.declared_by)

    def without(self, predicates: Container[str]) -> Case:
        """The case without the facts of some predicates."""
        kept = {name: rows for name, rows in self.columns.items() if name not in predicates}
        return replace(self, columns=kept, pile=None)

    def turned(self, key: str, choice: str) -> Case:
        """The case under another choice of one reading; what was found of its facts stays found."""
        other = replace(self, readings={**self.readings, key: choice})
        other.__dict__.update((name, found) for name, found in self.__dict__.items() if name not in _FIELDS)
        return other

    @classmethod
    def checked(cls, facts: Iterable[Fact], sources: tuple[str, ...] = ()) -> Case:
        """A case of facts that came from no file, checked as the facts of files are; CaseError with all problems."""
        source = Source("", lambda _predicate, _position: Place())
        facts = tuple(facts)
        speak_of(next((str(fact.arguments[0]) for fact in facts if fact.predicate == "round"), ""))
        for fact in facts:
            source.rows.setdefault(fact.predicate, []).append(fact.arguments)
            source.positions.setdefault(fact.predicate, array("Q")).append(0)
        return _piled([source], True, {}, sources, Problems())

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
    problems = Problems()
    with no_collecting():
        sources = _sources(dict.fromkeys(names), names, problems)
        return _piled(sources, all(sources), readings or {}, tuple(names), problems)


def read(files: Mapping[str, bytes], readings: Mapping[str, str] | None = None, mends: Sequence[Mend] = ()) -> Case:
    """The case in some files that are at hand as bytes, by name; else as `load`.

    `mends` say what in the workbooks among them is to be read as something else than it says.
    """
    problems = Problems()
    with no_collecting():
        sources = _sources(files, tuple(files), problems, mends)
        return _piled(sources, all(sources), readings or {}, tuple(files), problems)


def _piled(
    sources: Sequence[Source | None],
    complete: bool,
    asked: Mapping[str, str],
    names: tuple[str, ...],
    problems: Problems,
) -> Case:
    """The case that sources make up together, each contradiction between them told."""
    if not sources:
        problems.add("no_files", Place())
    pile = Pile((source for source in sources if source), complete)
    for lack in [one for source in pile.sources for one in source.lacks if not one.made_good(pile.sources)]:
        pile.complete = False
        problems.add(lack.problem.code, lack.problem.place, **lack.problem.parameters)
    contradictions.check(pile, problems)
    for key, choice in asked.items():
        contradictions.reading(key, choice, Place(), problems, city=contradictions.city_of(pile))
    if problems:
        refused = CaseError(problems.all())
        refused.accounts = tuple(account for source in pile.sources for account in source.accounts)
        refused.pile = pile
        raise refused
    rows: dict[str, Iterable[Row]] = {name: found for name, found in pile.rows.items() if found}
    if asked:
        kept = {row for row in rows.get("reading", ()) if row[0] not in asked}
        rows["reading"] = kept | set(asked.items())
    return _case(rows, names, pile)


def _sources(
    files: Mapping[str, bytes | None], names: Sequence[str], problems: Problems, mends: Sequence[Mend] = ()
) -> list[Source | None]:
    """Every file read, one a name, each choice by the tables of the regulation whose round one of them names.

    A text names it to a glance; a workbook, which is read first where no text does, when its sheets are open.
    """
    data: dict[str, bytes | None] = {}
    for name, given in files.items():
        data[name] = _contents(name, problems) if given is None else given
    texts = [name for name in data if not _binary(name)]
    named = {city for name in texts for city in _rounds_in(data[name] or b"") if city in cities()}
    speak_of(named.pop() if len(named) == 1 and not several(next(iter(named))) else "")
    first = texts if spoken() else [name for name in data if name not in texts]
    found = {
        name: _source(name, data[name], problems, mends) for name in sorted(data, key=lambda one: one not in first)
    }
    return [found[name] for name in names]


_ROUND = re.compile(rb'round(?:[ \t\r\n]*\([ \t\r\n]*([a-z]\w*)|"\s*:\s*\[\s*\{[^}]*?"city"\s*:\s*"([a-z]\w*)")')


def _rounds_in(data: bytes) -> set[str]:
    """The cities whose rounds a text of facts seems to name: a remark in it may name another than the facts do."""
    return {(found[1] or found[2]).decode() for found in _ROUND.finditer(data)}


def _binary(name: str) -> bool:
    return bool(getattr(reader(Path(name).suffix.lower()), "BINARY", False))


def _contents(name: str, problems: Problems) -> bytes | None:
    """A file's bytes from the disk; None where it is none that can be read."""
    suffix = Path(name).suffix.lower()
    if reader(suffix) is None:
        return None
    return contents(name, problems)


def _source(name: str, whole: bytes | None, problems: Problems, mends: Sequence[Mend]) -> Source | None:
    """Read one file; None if there is nothing to be read."""
    suffix = Path(name).suffix.lower()
    found = reader(suffix)
    if found is None:
        problems.add("suffix", Place(name), found=suffix, choices=", ".join(readers()))
        return None
    if whole is not None and not getattr(found, "BINARY", False):
        whole = utf8(name, whole, problems)
    if whole is None:
        return None
    before = problems.count(name)
    mended = (tuple(mends),) if mends and getattr(found, "MENDED", False) else ()
    source: Source | None = found.read(name, whole, problems, *mended)
    if source is not None and not source.rows and problems.count(name) == before:
        problems.add("no_facts", Place(name))
    return source


def _concerns(fact: Fact, id: str, said: Set[str]) -> bool:
    """Whether a fact that is about nobody by its first field says nothing of anybody else by another."""
    for one, value in zip(PREDICATES[fact.predicate].fields, fact.arguments, strict=True):
        if one.name == "fact" and value not in said:
            return False
        if one.name == "about" and value not in ("", id):
            return False
        if one.kind == "identifier" and value != id:
            return False
    return True


def _case(rows: Mapping[str, Iterable[Row]], sources: tuple[str, ...], pile: Pile | None = None) -> Case:
    columns: dict[str, tuple[Row, ...]] = {}
    for name in sorted(rows):
        mixed = any(field.decimal for field in PREDICATES[name].fields)
        columns[name] = tuple(sorted(rows[name], key=_integers_first) if mixed else sorted(rows[name]))
    (row,) = rows["round"]
    readings = {str(key): str(choice) for key, choice in sorted(rows.get("reading", ()))}
    said = (rows.get(name, ()) for name in ("announced", "submitted", "reading"))
    city = contradictions.governed_by(str(row[0]), int(row[2]), *said).text or str(row[0])
    if city != str(row[0]):
        speak_of(city)
    vouched(city)
    return Case(city, int(row[1]), int(row[2]), columns, readings, sources, pile)


def _integers_first(row: Row) -> tuple[tuple[bool, str | int], ...]:
    return tuple((isinstance(value, str), value) for value in row)


_FIELDS = frozenset(one.name for one in fields(Case))
