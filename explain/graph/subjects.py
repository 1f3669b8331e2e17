"""The facts of a case by whom they are about, and the answer sets of the few who were asked about, kept for a while."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from weakref import ref

from engine.case import Case
from engine.facts import Fact
from engine.law import rule_files
from engine.solve import Clock, symbols
from explain.dual import Atoms, Question, answer_set, program, some_atoms

KEPT = 64
"""The atoms that so many questions about a case came to are kept."""
MUCH = 2 / 3
"""The rules that tell why an atom holds are asked alone where they are less than this share of all that bear on it."""
Key = tuple[tuple[str, ...], tuple[str, ...]]
"""Whom an answer set is about, and the rule files beside those of eligibility."""
Place = tuple[str, int]
"""Where a rule stands: file and line."""


class People:
    """Everybody a case has facts about; `shared` are the facts about nobody."""

    def __init__(self, case: Case) -> None:
        self.names = case.names
        self.applicants = frozenset(str(row[0]) for row in case.rows("applicant"))
        self.shared = case.shared
        self._own = {id: case.about(id) for id in case.subjects}
        self._kept: deque[tuple[Key, Set[Place] | None, Atoms]] = deque(maxlen=KEPT)

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
        if rules:
            return self._solved(case, named, rules, None, clock)
        reach = program(rule_files(case.city)).reach
        why, whynot = reach.rules(questions, True), reach.rules(questions, False)
        if len(why) < MUCH * len(whynot):
            found = self._solved(case, named, rules, why, clock)
            if all(map(found.rows, questions)):
                return found
        return self._solved(case, named, rules, whynot, clock)

    def _solved(
        self, case: Case, named: Sequence[str], rules: tuple[str, ...], places: Set[Place] | None, clock: Clock | None
    ) -> Atoms:
        """What the rules at these places give, or what others that hold them gave; None: all of them, on every fact."""
        key = tuple(named), rules
        for about, given, atoms in tuple(self._kept):
            if about == key and (given is None or (places is not None and places <= given)):
                return atoms
        ready = program(rule_files(case.city, *rules))
        if places is None:
            fed = symbols(case.city, case.readings, case.facts, *rules)
            found = answer_set(ready.files, ready.dual, fed, clock)
        else:
            facts = [*self.shared, *(fact for name in named for fact in self._own.get(name, ()))]
            found = some_atoms(ready, places, symbols(case.city, case.readings, facts), clock)
        self._kept.append((key, places, found))
        return found


_known: dict[int, tuple[ref[Case], People]] = {}


def people(case: Case) -> People:
    """The people of a case, for as long as the case lives."""
    key = id(case)
    if key not in _known or _known[key][0]() is not case:
        _known[key] = ref(case, lambda _case: _known.pop(key, None)), People(case)
    return _known[key][1]
