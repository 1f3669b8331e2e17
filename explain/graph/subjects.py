"""The facts of a case by whom they are about, and the answer sets of the few who were asked about, kept for a while."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from weakref import ref

from clingo import Symbol

from engine.case import Case
from engine.facts import Fact, quote
from engine.law import rule_files
from engine.solve import Clock, symbols
from explain.dual import Atoms, answer_set, program

KEPT = 64
"""So many answer sets of a case are kept."""
PART, PARTS = 50, 32
"""So many applicants are solved together, and so many of these parts of a case are kept."""
PATIENCE = 25
"""A part is solved once one in so many of its applicants was asked about: solving one costs as much as 25 beside it."""
_STRING = re.compile(r'"(?:\\.|[^"\\])*"')


class People:
    """Everybody a case has facts about; `shared` are the facts about nobody."""

    def __init__(self, case: Case) -> None:
        self.names = case.names
        self.applicants = frozenset(str(row[0]) for row in case.rows("applicant"))
        self.shared = case.shared
        self._own = {id: case.about(id) for id in case.subjects}
        self._answers: dict[tuple[tuple[str, ...], tuple[str, ...]], Atoms] = {}
        self._parts: dict[int, dict[str, Atoms]] = {}
        self._asked: dict[int, set[str]] = {}

    def facts(self, wanted: Mapping[str, Collection[str]] | None, every: Collection[str]) -> Iterator[Fact]:
        """The facts about nobody; about each that is wanted (None: all) those of its predicates and of `every`."""
        yield from self.shared
        for name in self._own if wanted is None else wanted:
            predicates = {*every, *(wanted[name] if wanted else ())}
            yield from (fact for fact in self._own.get(name, ()) if fact.predicate in predicates)

    def atoms(self, case: Case, named: Sequence[str], rules: tuple[str, ...], clock: Clock | None) -> Atoms:
        """The answer set for some; with `rules` for the whole case.

        Where one applicant after another is asked about, it is found for a part of them at once.
        """
        key = tuple(named), rules
        found = self._answers.get(key)
        if found is None and len(named) == 1 and not rules and (clock is None or clock.end is None):
            found = self._of_part(case, named[0])
        if found is None:
            found = self._solved(case, named, rules, clock)
        if key not in self._answers:
            while len(self._answers) >= KEPT:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = found
        return found

    def _solved(self, case: Case, named: Sequence[str], rules: tuple[str, ...], clock: Clock | None) -> Atoms:
        ready = program(rule_files(case.city, *rules))
        facts: Iterable[Fact] = case.facts
        if not rules:
            facts = [*self.shared, *(fact for name in named for fact in self._own.get(name, ()))]
        return answer_set(ready.files, ready.dual, symbols(case.city, case.readings, facts, *rules), clock)

    @cached_property
    def _places(self) -> dict[str, int]:
        """The part that each applicant is in."""
        return {name: at // PART for at, name in enumerate(sorted(self.applicants))}

    def _of_part(self, case: Case, name: str) -> Atoms | None:
        """The answer set for one of a part that was solved; None for one of none, and where few of it were asked."""
        part = self._places.get(name)
        if part is None:
            return None
        if part not in self._parts:
            asked, members = self._asked.setdefault(part, set()), self._members(part)
            asked.add(name)
            if len(asked) <= 1 + len(members) // PATIENCE or len(members) == 1:
                return None
            while len(self._parts) >= PARTS:
                del self._parts[next(iter(self._parts))]
            self._parts[part] = split(self._solved(case, members, (), None), members)
        return self._parts[part].get(name)

    def _members(self, part: int) -> list[str]:
        return [name for name, at in self._places.items() if at == part]


def split(atoms: Iterable[Symbol], members: Collection[str]) -> dict[str, Atoms]:
    """An answer set for several as one for each: the atoms that name no other. Who is named beside another has none."""
    shared = list[Symbol]()
    own, tied = {quote(name): list[Symbol]() for name in members}, set[str]()
    for atom in atoms:
        words = str(atom)
        named = own.keys() & _STRING.findall(words) if '"' in words else ()
        for name in named:
            own[name].append(atom)
        if not named:
            shared.append(atom)
        elif len(named) > 1:
            tied |= named
    common = Atoms(shared)
    return {name: Atoms(own[quote(name)], common) for name in members if quote(name) not in tied}


_known: dict[int, tuple[ref[Case], People]] = {}


def people(case: Case) -> People:
    """The people of a case, for as long as the case lives."""
    key = id(case)
    if key not in _known or _known[key][0]() is not case:
        _known[key] = ref(case, lambda _case: _known.pop(key, None)), People(case)
    return _known[key][1]
