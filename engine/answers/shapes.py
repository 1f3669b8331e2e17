"""Ties that are alike in everything but the names: the rules are told one of each shape, names are joined afterwards.

A tie of a reviewer with an applicant needs nothing but itself where neither touches kin, work together, control, an
individual who applies, an authority, a recommender or a coach. Such a tie is plain: whether it counts, and as what,
hangs on its predicate, its other fields and the applicant's day, and is the same for all of that shape. Whoever touches
anything else goes in whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from engine.case import Case
from engine.facts import Fact, text

OWN = ("declared_interest", "employed", "officer", "shareholder")
"""Facts of somebody's own tie: person, then applicant or organization, then what the rules may ask for."""
DAYS = ("handed_in", "submitted", "withdrawn")
"""Facts on which an applicant's day of reference hangs, or whether there is one."""

Row = tuple[str | int, ...]
Shape = tuple[str, Row, Row]
"""Predicate, the fields after the names, what is on file about the applicant's day."""


class Shapes:
    """The ties of a case, apart: those that go in whole, and the plain ones by shape."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._limbs: dict[Shape, tuple[str, ...]] = {}
        self._rows: dict[Shape, list[Row]] = {}
        days, plain = dict[Any, Row](self._days), self.plain
        for name in OWN:
            first = 3 if name == "declared_interest" else 2
            alike: dict[tuple[Row, Row], list[Row]] = defaultdict(list)
            for row in case.rows(name):
                if row[1] in days and row[0] in plain:
                    alike[row[first:], days[row[1]]].append(row)
            self._rows |= {(name, *shape): rows for shape, rows in alike.items()}
        self._first = {
            text(fact): (shape, fact) for shape, rows in self._rows.items() for fact in [Fact(shape[0], rows[0])]
        }

    @cached_property
    def _linked(self) -> frozenset[str]:
        """Whoever touches kin, work together or control."""
        ends = {end for name in ("kin", "works_with", "controls") for row in self._case.rows(name) for end in row[:2]}
        ends |= {end for row in self._case.rows("shareholder") if row[2] != "minor" for end in row[:2]}
        return frozenset(map(str, ends))

    @cached_property
    def _days(self) -> Mapping[str, Row]:
        """The applicants with whom a tie may be plain, each with what is on file about his day."""
        case = self._case
        special = {str(row[0]) for row in case.rows("authority")}
        special |= {str(row[1]) for name in ("recommended_by", "coached") for row in case.rows(name)}
        days: dict[str, list[str | int]] = defaultdict(list)
        for name in DAYS:
            for row in case.rows(name):
                days[str(row[0])] += (name, *row[1:])
        return {
            str(one): tuple(days[str(one)]) if str(one) in days else ()
            for one, kind in case.rows("applicant")
            if kind == "organization" and one not in self._linked and one not in special
        }

    @cached_property
    def _concerned(self) -> frozenset[str]:
        """With whom a tie may do more than it says: not plain, and no stranger to every applicant."""
        case = self._case
        applicants = {str(row[0]) for row in case.rows("applicant")}
        places = {row[1] for name in ("employed", "officer") for row in case.rows(name) if row[0] in applicants}
        special = {row[0] for row in case.rows("authority")}
        special |= {row[1] for name in ("recommended_by", "coached") for row in case.rows(name)}
        return frozenset(map(str, places | special)) | self._linked | (applicants - self._days.keys())

    @cached_property
    def _whole(self) -> frozenset[str]:
        """The people whose facts all go in."""
        case = self._case
        bodies = {str(row[1]) for row in case.rows("body_member")}
        tied = {row[0] for name in OWN for row in case.rows(name) if row[1] in self._concerned}
        whole = {str(row[0]) for row in case.rows("applicant")} | self._linked | bodies
        return frozenset(whole | {str(one) for one in tied})

    @cached_property
    def plain(self) -> frozenset[str]:
        """The reviewers all of whose ties are plain."""
        return frozenset(str(row[0]) for row in self._case.rows("reviewer")) - self._whole

    @property
    def told(self) -> Iterator[Fact]:
        """The facts that the rules take in: of the plain ties one of each shape, of the idle ones none."""
        whole = self._whole
        for fact in self._case.facts:
            if fact.predicate not in OWN or fact.arguments[0] in whole:
                yield fact
        yield from (fact for _, fact in self._first.values())

    def learn(self, bonds: Iterable[tuple[str, str]]) -> None:
        """Take in what the rules made of the representatives: a fact as text, and a limb that it gives."""
        found: dict[Shape, set[str]] = defaultdict(set)
        for fact, limb in bonds:
            if fact in self._first:
                found[self._first[fact][0]].add(limb)
        self._limbs = {shape: tuple(sorted(limbs)) for shape, limbs in found.items()}

    @cached_property
    def people(self) -> Mapping[str, Collection[str]]:
        """For everybody with a plain tie that counts the applicants it is with."""
        found: dict[Any, set[Any]] = defaultdict(set)
        for shape in self._limbs:
            for row in self._rows[shape]:
                found[row[0]].add(row[1])
        return found

    def between(self, person: str, applicant: str) -> Mapping[str, str]:
        """The limbs of somebody's plain ties with an applicant, each with the fact of the smallest text."""
        found: dict[str, str] = {}
        for name in OWN:
            rows = self._case.rows(name)
            for place in range(bisect_left(rows, (person,)), len(rows)):
                row = rows[place]
                if row[0] != person:
                    break
                if row[1] == applicant:
                    shape = (name, () if name == "declared_interest" else row[2:], self._days[applicant])
                    fact = text(Fact(name, row))
                    for limb in self._limbs.get(shape, ()):
                        found[limb] = min(found.get(limb, fact), fact)
        return found
