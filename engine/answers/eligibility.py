"""Who may apply: the decision on every applicant of a case, each ground with its provision."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from itertools import repeat
from typing import Any

import clingo

from engine.answers.afar import Afar, Files, shares
from engine.case import Case
from engine.errors import UsageError
from engine.facts import day_text
from engine.law import Provision, cited_json, city_named, rule_files, text_json, unencoded_json
from engine.solve import (
    SMALL,
    Clock,
    Part,
    answer_keys,
    atom,
    chunks,
    crew,
    fed,
    governed,
    parted,
    parts,
    processors,
    readings_in_force,
    record,
    run,
)
from engine.words import dumps

STATUSES = ("eligible", "pending", "rejected")
"""What is decided of an applicant."""
WITHDRAWN = "withdrawn"
"""The status of whoever withdrew: nothing is decided."""
_BESIDE = ("overdue", "rests_on_finding", "awaits_others")


@dataclass(frozen=True, order=True)
class Ground:
    """One ground of an outcome: the provision, the requirement or bar, the facts behind a bar."""

    provision: Provision
    key: str
    events: tuple[str, ...] = ()

    def __hash__(self) -> int:
        """By the key alone, which hardly two provisions share: grounds are looked up by the hundred thousand."""
        return hash(self.key)

    def json(self, name: str) -> dict[str, Any]:
        """The ground as VOCABULARY lists it; `name` is what its key is called (requirement, ground)."""
        row: dict[str, Any] = {
            **cited_json(self.provision),
            name: self.key,
        }
        return row | ({"events": list(self.events)} if name == "ground" else {})


@dataclass(frozen=True)
class Outcome:
    """The outcome of one applicant with all its grounds, sorted by provision and key."""

    id: str
    name: str | None
    status: str
    failed: tuple[Ground, ...]
    barred: tuple[Ground, ...]
    open: tuple[Ground, ...]
    barred_prizes: tuple[str, ...]
    overdue: frozenset[Ground] = frozenset()
    """Those of `failed` that are a paper missing after the time for supplements."""
    found_by_people: frozenset[Ground] = frozenset()
    """Those of `open` that a person must find."""
    done_by_others: frozenset[Ground] = frozenset()
    """Those of `open` that wait for an authority or another person's act, no finding."""

    @property
    def grounds(self) -> frozenset[Ground]:
        """All grounds of whatever kind, without the facts behind a bar: what two outcomes are compared by."""
        return frozenset(Ground(g.provision, g.key) for g in (*self.failed, *self.barred, *self.open))

    def actor(self, ground: Ground) -> str:
        """Who must act on what is open: `own` (the applicant, by its papers), `finding` (a person) or `authority`."""
        if ground in self.found_by_people:
            return "finding"
        return "authority" if ground in self.done_by_others else "own"

    def json(self) -> dict[str, Any]:
        """The applicant's entry in the decision's JSON."""
        return {
            "id": self.id,
            "name": self.name,
            "status": self.status,
            "failed": [ground.json("requirement") for ground in self.failed],
            "barred": [ground.json("ground") for ground in self.barred],
            "open": [ground.json("requirement") for ground in self.open],
            "barred_prizes": list(self.barred_prizes),
        }


@dataclass(frozen=True, order=True)
class Note:
    """Something the people who decide later must know about an applicant: kind and recorded fact."""

    id: str
    kind: str
    fact: str


@dataclass(frozen=True)
class Decision:
    """Every applicant of a case decided, under the readings in force."""

    city: str
    round: int
    deadline: int
    readings: Mapping[str, str]
    applicants: tuple[Outcome, ...]
    notes: tuple[Note, ...]
    record: Mapping[str, str]
    case: Case = field(repr=False, compare=False)

    def outcome(self, applicant: str) -> Outcome:
        """The outcome of one applicant; KeyError for an unknown one."""
        for outcome in self.applicants:
            if outcome.id == applicant:
                return outcome
        raise KeyError(applicant)

    def json(self) -> str:
        """The decision as JSON text: the same case gives the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The decision as VOCABULARY section 7 has it."""
        return {
            "city": city_named(self.city),
            **text_json(self.city),
            "round": self.round,
            "deadline": day_text(self.deadline),
            "readings": dict(self.readings),
            "applicants": [outcome.json() for outcome in self.applicants],
            "notes": [{"id": n.id, "kind": n.kind, "fact": n.fact} for n in self.notes],
            **unencoded_json(self.city, "decide"),
            "record": dict(self.record),
        }


@dataclass(frozen=True)
class Answer:
    """What the rules say of one part of a cohort."""

    outcomes: tuple[Outcome, ...]
    notes: tuple[Note, ...]
    refused: frozenset[tuple[Provision, str]]


def decide(
    case: Case,
    only: Collection[str] = (),
    clock: Clock | None = None,
    processes: int | None = None,
    progress: Callable[[int], None] = lambda _done: None,
    afar: Afar | None = None,
) -> Decision:
    """Decide every applicant of a case, or only some.

    `only` holds identifiers; `clock` limits the time; `processes` limits the worker processes that a large
    cohort is split over (default: one a processor); `progress` is told how many applicants each step decided.
    `afar` names workers that find the case in files, and these.
    Raises CaseError where the regulation does not govern the case, UsageError for an unknown identifier,
    Stopped when the time is over: then nothing is decided.
    """
    clock = clock or Clock()
    clock.check()
    asked = cohort(case, only)
    if afar:
        over, files = afar
        told = run(partial(decide_share, files), shares(asked), over, clock, lambda done: progress(len(done.outcomes)))
        answers = [*told]
    else:
        number = len(chunks(asked))
        given = parts(case, asked, SMALL if number == 1 else 0)
        with crew(min(number, processes or processors()), parts=number) as over:
            told = run(partial(decide_part, clock=clock), given, over, clock, lambda done: progress(len(done.outcomes)))
            answers = [*told]
    refused = {pair for a in answers for pair in a.refused}
    governed(case, refused)
    return Decision(
        case.city,
        case.round,
        case.deadline,
        readings_in_force(case.city, case.readings),
        tuple(sorted((o for a in answers for o in a.outcomes), key=lambda o: o.id)),
        tuple(sorted(n for a in answers for n in a.notes)),
        record(case),
        case,
    )


def cohort(case: Case, only: Collection[str] = ()) -> list[str]:
    """The applicants of a case, or those asked for, sorted; UsageError names the unknown ones."""
    applicants = {str(row[0]) for row in case.rows("applicant")}
    if unknown := sorted(set(only) - applicants):
        raise UsageError("unknown_applicant", {"found": ", ".join(unknown)})
    return sorted(set(only) or applicants)


def decide_share(files: Files, applicants: tuple[str, ...]) -> Answer:
    """Decide some applicants of the case in files, wherever this is asked; CaseError where the case is another here."""
    (part,) = parts(files.case, applicants)
    return decide_part(part, Clock())


def decide_part(part: Part, clock: Clock) -> Answer:
    """Decide one part of a cohort in this process; its clock is the whole question's.

    Inside the rules an applicant is its number in the part: no rule compares or orders identifiers.
    """
    numbers = {id: number for number, id in enumerate(part.applicants)}
    facts = fed(part.city, part.readings, part.columns, local=numbers)
    return _read(part, answer_keys(rule_files(part.city), facts, clock))


@dataclass
class _Found:
    """What the atoms say of one applicant."""

    status: str = ""
    failed: list[Ground] = field(default_factory=list)
    open: list[Ground] = field(default_factory=list)
    overdue: list[Ground] = field(default_factory=list)
    rests_on_finding: list[Ground] = field(default_factory=list)
    awaits_others: list[Ground] = field(default_factory=list)
    events: dict[Ground, list[str]] = field(default_factory=dict)
    prizes: list[str] = field(default_factory=list)


def _read(part: Part, keys: Iterable[Any]) -> Answer:
    """Sort the shown atoms into one outcome an applicant, and notes."""
    found = [_Found() for _ in part.applicants]
    notes, refused = [], set()
    if len(_SAID) > _MOST:
        _SAID.clear()
        _NUMBERS.clear()
    for key in keys:
        name, number, told = _SAID[key]
        if name == "refused":
            refused.add(told)
        elif name:
            one = found[number]
            if name in _GROUNDS:
                getattr(one, name).append(told)
            elif name == "status":
                one.status = told
            elif name == "barring_event":
                ground, fact = told
                one.events.setdefault(ground, []).append(_named(fact, part.applicants[number]))
            elif name == "closed_prize":
                one.prizes.append(told)
            else:
                kind, fact = told
                id = part.applicants[number]
                notes.append(Note(id, kind, _named(fact, id)))
    return Answer(tuple(map(_outcome, part.applicants, found, repeat(part.names))), tuple(notes), frozenset(refused))


def _outcome(id: str, one: _Found, names: Mapping[str, str]) -> Outcome:
    finding = frozenset(one.rests_on_finding)
    return Outcome(
        id,
        names.get(id),
        one.status,
        tuple(sorted(one.failed)),
        tuple(sorted(Ground(g.provision, g.key, tuple(sorted(events))) for g, events in one.events.items())),
        tuple(sorted(one.open)),
        tuple(sorted(one.prizes)),
        frozenset(one.overdue),
        finding,
        frozenset(one.awaits_others) - finding,
    )


_GROUNDS = frozenset(("failed", "open", *_BESIDE))
_STATUS = frozenset((*STATUSES, WITHDRAWN))
_MOST = 20_000
"""What shown atoms say is kept of so many, those of some twenty parts; then it is begun anew."""


class _Said(dict[Any, tuple[str, int, Any]]):
    """What a shown atom says, by its key: what it is, the applicant's number, the rest; each is read once a process."""

    def __missing__(self, key: Any) -> tuple[str, int, Any]:
        said = self[key] = self._of(*parted(key))
        return said

    @staticmethod
    def _of(name: str, arguments: Sequence[Any]) -> tuple[str, int, Any]:
        if name == "refused":
            return name, -1, (Provision.of(atom(arguments[0])), atom(arguments[1]).name)
        number = _NUMBERS[arguments[0]] if arguments else -1
        if number < 0:
            return "", -1, None
        if name in _STATUS:
            return "status", number, name
        if name in _GROUNDS:
            return name, number, _GROUND[arguments[1], arguments[2]]
        if name == "barring_event":
            return name, number, (_GROUND[arguments[1], arguments[2]], atom(arguments[3]))
        if name == "closed_prize":
            return name, number, atom(arguments[1]).name
        if name == "note":
            return name, number, (atom(arguments[1]).name, atom(arguments[2]))
        return "", -1, None


class _Numbers(dict[Any, int]):
    """An applicant's number in its part by the key of the term; -1 where it is none."""

    def __missing__(self, key: Any) -> int:
        term = atom(key)
        text = term.string if term.type == clingo.SymbolType.String else ""
        number = self[key] = int(text) if text.isdecimal() else -1
        return number


class _Grounds(dict[tuple[Any, Any], Ground]):
    """Grounds by the keys of provision and key: equal ones are one."""

    def __missing__(self, pair: tuple[Any, Any]) -> Ground:
        provision, key = map(atom, pair)
        ground = self[pair] = _ground(*(number.number for number in provision.arguments), key.name)
        return ground


@cache
def _ground(article: int, paragraph: int, item: int, key: str) -> Ground:
    return Ground(Provision(article, paragraph, item), key)


def _named(fact: clingo.Symbol, id: str) -> str:
    """The recorded fact as text, about whom it is about."""
    return str(clingo.Function(fact.name, [clingo.String(id), *fact.arguments[1:]]))


_SAID, _NUMBERS, _GROUND = _Said(), _Numbers(), _Grounds()
