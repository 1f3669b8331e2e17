"""The facts of a case by whom they are about, and the answer sets of the few who were asked about, kept for a while."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from weakref import ref

from clingo import Symbol

from engine.case import Case
from engine.facts import Fact
from engine.law import rule_files
from engine.solve import Clock, symbols
from explain.dual import answer_set, program

KEPT = 64
"""So many answer sets of a case are kept."""


class People:
    """Everybody a case has facts about; `shared` are the facts about nobody."""

    def __init__(self, case: Case) -> None:
        self.names = case.names
        self.applicants = frozenset(str(row[0]) for row in case.rows("applicant"))
        self.shared = case.shared
        self._own = {id: case.about(id) for id in case.subjects}
        self._answers: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Symbol]] = {}

    def facts(self, wanted: Mapping[str, Collection[str]] | None, every: Collection[str]) -> Iterator[Fact]:
        """The facts about nobody; about each that is wanted (None: all) those of its predicates and of `every`."""
        yield from self.shared
        for name in self._own if wanted is None else wanted:
            predicates = {*every, *(wanted[name] if wanted else ())}
            yield from (fact for fact in self._own.get(name, ()) if fact.predicate in predicates)

    def atoms(self, case: Case, named: Sequence[str], rules: tuple[str, ...], clock: Clock | None) -> list[Symbol]:
        """The answer set for some; with `rules` for the whole case."""
        key = tuple(named), rules
        if key not in self._answers:
            ready = program(rule_files(case.city, *rules))
            facts: Iterable[Fact] = case.facts
            if not rules:
                facts = [*self.shared, *(fact for name in named for fact in self._own.get(name, ()))]
            fed = symbols(case.city, case.readings, facts, *rules)
            found = answer_set(ready.files, ready.dual, fed, clock)
            while len(self._answers) >= KEPT:
                del self._answers[next(iter(self._answers))]
            self._answers[key] = found
        return self._answers[key]


_known: dict[int, tuple[ref[Case], People]] = {}


def people(case: Case) -> People:
    """The people of a case, for as long as the case lives."""
    key = id(case)
    if key not in _known or _known[key][0]() is not case:
        _known[key] = ref(case, lambda _case: _known.pop(key, None)), People(case)
    return _known[key][1]
