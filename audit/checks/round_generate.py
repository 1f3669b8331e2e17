"""Generated cases about awards, reviews, panels and procedure: the least record of each point, both sides of each line.

A point is what a case can be about (audit/points): a ground, a remedy, a reason, a check. A line is where an outcome
turns when a day, a score or a number of one record moves by one step of the case space.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import clingo

from audit.checks.generate import lawful
from audit.encoding import Encoding, results
from audit.space import Asked, Record
from audit.tables import example
from engine.facts import PREDICATES
from engine.facts import fact as as_fact
from engine.law import Provision

Points = Mapping[str, tuple[Record, Provision | None]]
_NUMBER = re.compile(r'(?<![\w"])-?\d+(?![\w"])')


@dataclass(frozen=True)
class RoundCase:
    """A case nobody wrote: its record, what came out, the provision it is about (none: a shared rule)."""

    id: str
    provision: Provision | None
    record: Record
    shown: frozenset[str]
    usual: frozenset[str]

    @property
    def gained(self) -> tuple[str, ...]:
        """What comes out beyond what comes out where nothing of all this is on file."""
        return tuple(sorted(self.shown - self.usual))


def generated_rounds(encoding: Encoding) -> list[RoundCase]:
    """The least record of each point, then the lines of each."""
    asked = Asked(encoding)
    records: dict[str, tuple[Record, Provision | None]] = {}
    for point in asked.every("point", 2):
        provision = _provision(point.arguments[1])
        found = asked.least(point)
        if found is not None and (found, provision) not in records.values():
            records[_id(encoding, provision, *_WORD.findall(str(point.arguments[0])))] = found, provision
    tried = dict(_moved(asked, records))
    cases = {**{id: record for id, (record, _) in records.items()}, **tried}
    cases |= {_usual(record): replace(record, facts=_kept(record), readings=()) for record in list(cases.values())}
    shown = results(encoding, [example(record, encoding.question, id) for id, record in cases.items()])
    found_ = [
        RoundCase(id, provision, record, shown[id], shown[_usual(record)])
        for id, (record, provision) in records.items()
    ]
    return [*found_, *_lines(tried, records, shown)]


def _kept(record: Record) -> tuple[str, ...]:
    """The day of a review, without which nothing is asked."""
    return tuple(fact for fact in record.facts if fact.startswith("as_of("))


def _usual(record: Record) -> str:
    return f"usual {record.scene.name} {record.scene.lines[-2:]} {record.round} {_kept(record)}"


_WORD = re.compile(r"[a-z0-9_]+")


def _provision(term: clingo.Symbol) -> Provision | None:
    return Provision.of(term) if term.type == clingo.SymbolType.Function else None


def _id(encoding: Encoding, provision: Provision | None, *words: object) -> str:
    if provision is None:
        return "_".join([encoding.question.name, *map(str, words)])
    place = f"a{provision.article}" + (f"_p{provision.paragraph}" if provision.paragraph else "")
    return "_".join([place + (f"_i{provision.item}" if provision.item else ""), *map(str, words)])


def _moved(asked: Asked, records: Points) -> Iterator[tuple[str, Record]]:
    """Each record with one number of one of its facts moved to every other value of the space."""
    near: dict[tuple[str, str], set[str]] = defaultdict(set)
    for number, scene in enumerate(asked.scenes):
        for symbol in asked.choosable(number):
            near[scene.name + str(number), _NUMBER.sub("#", str(symbol))].add(str(symbol))
    for id, (record, _) in records.items():
        number = asked.scenes.index(record.scene)
        for fact in record.facts:
            places = list(_NUMBER.finditer(fact))
            for at, place in enumerate(places):
                rest = fact[: place.start()], fact[place.end() :]
                for other in near[record.scene.name + str(number), _NUMBER.sub("#", fact)]:
                    if other.startswith(rest[0]) and other.endswith(rest[1]):
                        value = other[len(rest[0]) : len(other) - len(rest[1])]
                        facts = tuple(sorted({*record.facts} - {fact} | {other}))
                        if _NUMBER.fullmatch(value) and _lawful(facts):
                            yield f"{id}|{fact}|{at}|{value}", replace(record, facts=facts)


def _lawful(facts: Iterable[str]) -> bool:
    """Whether some atoms, but for those that are no facts of a case, may stand together on file."""
    return lawful({as_fact(symbol) for symbol in map(clingo.parse_term, facts) if symbol.name in PREDICATES})


def _lines(
    tried: Mapping[str, Record],
    records: Points,
    shown: Mapping[str, frozenset[str]],
) -> Iterator[RoundCase]:
    """The values between which an outcome turns: the last before and the first after."""
    rows: dict[str, list[str]] = defaultdict(list)
    for id in tried:
        rows[id.rpartition("|")[0]].append(id)
    told: set[tuple[str, ...]] = set()
    for row, ids in rows.items():
        id, fact, at = row.split("|")
        ids.sort(key=lambda one: int(one.rpartition("|")[2]))
        for before, after in pairwise(ids):
            turn = (fact.partition("(")[0], at, *sorted(_plain(shown[before]) ^ _plain(shown[after])))
            if len(turn) == 2 or turn in told:
                continue
            told.add(turn)
            for one in (before, after):
                name = f"{id}_{fact.partition('(')[0]}_{one.rpartition('|')[2]}"
                yield RoundCase(name, records[id][1], tried[one], shown[one], shown[_usual(tried[one])])


def _plain(shown: Iterable[str]) -> set[str]:
    """What is shown, but for its numbers."""
    return {_NUMBER.sub("#", atom) for atom in shown}
