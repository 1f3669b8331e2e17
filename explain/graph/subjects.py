"""The facts of a case by whom they are about, and the answer sets of the few who were asked about, kept for a while."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from weakref import ref

from engine.case import Case
from engine.facts import Fact
from engine.law import rule_files
from engine.solve import Clock, symbols
from explain.dual import Atoms, Question, answer_set, program, some_atoms

KEPT = 64
"""So many answer sets of a case are kept."""
MUCH = 2 / 3
"""The rules that tell why an atom holds are asked alone where they are less than this share of all that bear on it."""
Key = tuple[tuple[str, ...], tuple[str, ...]]
"""Whom an answer set is about, and the rule files beside those of eligibility."""


class People:
    """Everybody a case has facts about; `shared` are the facts about nobody."""

    def __init__(self, case: Case) -> None:
        self.names = case.names
        self.applicants = frozenset(str(row[0]) for row in case.rows("applicant"))
        self.shared = case.shared
        self._own = {id: case.about(id) for id in case.subjects}
        self._answers: dict[Key, tuple[frozenset[tuple[str, int]], Atoms]] = {}

    def facts(self, wanted: Mapping[str, Collection[str]] | None, every: Collection[str]) -> Iterator[Fact]:
        """The facts about nobody; about each that is wanted (None: all) those of its predicates and of `every`."""
        yield from self.shared
        for name in self._own if wanted is None else wanted:
            predicates = {*every, *(wanted[name] if wanted else ())}
            yield from (fact for fact in self._own.get(name, ()) if fact.predicate in predicates)

    def atoms(
        self,
        case: Case,
        questions: Sequence[Question],
        named: Sequence[str],
        rules: tuple[str, ...],
        clock: Clock | None,
    ) -> Atoms:
        """The atoms that questions about some can come to; with `rules` all atoms of the whole case.

        First those that tell why the atoms asked hold; where one does not, whatever may bear on it.
        """
        ready, key = program(rule_files(case.city, *rules)), (tuple(named), rules)
        places, found = self._answers.get(key, (frozenset[tuple[str, int]](), None))
        if rules:
            if found is None:
                fed = symbols(case.city, case.readings, case.facts, *rules)
                found = self._keep(key, places, answer_set(ready.files, ready.dual, fed, clock))
            return found
        why, whynot = ready.reach.rules(questions, True), ready.reach.rules(questions, False)
        for wanted in (why, whynot) if len(why) < MUCH * len(whynot) else (whynot,):
            if found is None or not wanted <= places:
                facts = [*self.shared, *(fact for name in named for fact in self._own.get(name, ()))]
                places |= wanted
                fed = symbols(case.city, case.readings, facts)
                found = self._keep(key, places, some_atoms(ready, places, fed, clock))
            if all(map(found.rows, questions)):
                break
        assert found is not None
        return found

    def _keep(self, key: Key, places: frozenset[tuple[str, int]], found: Atoms) -> Atoms:
        """Keep atoms, with the places of the rules that gave them, for whoever asks about the same again."""
        self._answers.pop(key, None)
        while len(self._answers) >= KEPT:
            del self._answers[next(iter(self._answers))]
        self._answers[key] = places, found
        return found


_known: dict[int, tuple[ref[Case], People]] = {}


def people(case: Case) -> People:
    """The people of a case, for as long as the case lives."""
    key = id(case)
    if key not in _known or _known[key][0]() is not case:
        _known[key] = ref(case, lambda _case: _known.pop(key, None)), People(case)
    return _known[key][1]
