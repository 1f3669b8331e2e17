"""Ties that are alike in everything but the names: the rules are told one of each shape, names are joined afterwards.

A tie of a reviewer with an applicant needs nothing but itself where neither touches kin, work together, control, an
individual who applies, an authority, a recommender or a coach. Such a tie is plain: whether it counts, and as what,
hangs on its predicate, its other fields and the applicant's day, and is the same for all of that shape. Whoever touches
anything else goes in whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from itertools import compress, repeat
from operator import itemgetter
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
        self._rows = {name: self._plain_rows(name) for name in OWN}
        self._first = {
            text(fact): (shape, fact)
            for name in OWN
            for shape, row in dict(zip(self._shapes(name), reversed(self._rows[name]), strict=True)).items()
            for fact in [Fact(name, row)]
        }

    def _shapes(self, name: str) -> Iterator[Shape]:
        """The shape of each plain tie of one predicate, the last first."""
        rows = self._rows[name]
        rests = map(itemgetter(slice(_first(name), None)), reversed(rows))
        days: Iterable[Row] = map(self._days.__getitem__, map(itemgetter(1), reversed(rows)))
        if len(self._different) == 1:
            days = repeat(*self._different)
        return zip(repeat(name), rests, days)

    def _plain_rows(self, name: str) -> Sequence[Row]:
        """The plain ties of one predicate; most cases have no others, which is seen without going through them."""
        rows = self._case.rows(name)
        people, ends = self._ends[name]
        if people <= self.plain and ends <= self._days.keys():
            return rows
        return [row for row in rows if row[1] in self._days and row[0] in self.plain]

    @cached_property
    def _different(self) -> frozenset[Row]:
        """All that is on file about the day of one applicant or another."""
        return frozenset(self._days.values())

    @cached_property
    def _ends(self) -> Mapping[str, tuple[Set[Any], Set[Any]]]:
        """For each predicate whose ties, and with whom."""
        return {
            name: (set(map(itemgetter(0), rows)), set(map(itemgetter(1), rows)))
            for name in OWN
            for rows in [self._case.rows(name)]
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
        special |= {str(row[1]) for name in ("recommended_by", "coached", "part_of") for row in case.rows(name)}
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
        places = {
            row[1]
            for name in ("employed", "officer")
            if not applicants.isdisjoint(self._ends[name][0])
            for row in case.rows(name)
            if row[0] in applicants
        }
        special = {row[0] for row in case.rows("authority")}
        special |= {row[1] for name in ("recommended_by", "coached", "part_of") for row in case.rows(name)}
        return frozenset(map(str, places | special)) | self._linked | (applicants - self._days.keys())

    @cached_property
    def _whole(self) -> frozenset[str]:
        """The people whose facts all go in."""
        case = self._case
        bodies = {str(row[1]) for row in case.rows("body_member")}
        tied = {
            row[0]
            for name in OWN
            if not self._concerned.isdisjoint(self._ends[name][1])
            for row in case.rows(name)
            if row[1] in self._concerned
        }
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
        for name in self._case.predicates:
            rows: Iterable[Row] = self._case.rows(name)
            if name in OWN:
                rows = () if whole.isdisjoint(self._ends[name][0]) else (row for row in rows if row[0] in whole)
            yield from map(Fact, repeat(name), rows)
        yield from (fact for _, fact in self._first.values())

    def learn(self, bonds: Iterable[tuple[str, str]]) -> None:
        """Take in what the rules made of the representatives: a fact as text, and a limb that it gives."""
        found: dict[Shape, set[str]] = defaultdict(set)
        for fact, limb in bonds:
            if fact in self._first:
                found[self._first[fact][0]].add(limb)
        self._limbs = {shape: tuple(sorted(limbs)) for shape, limbs in found.items()}

    def interested(self) -> dict[str, set[str]]:
        """For each applicant with whom somebody has a plain tie that counts whoever has one."""
        found: dict[Any, set[Any]] = defaultdict(set)
        idle = {shape for shape, _ in self._first.values()} - self._limbs.keys()
        for name, rows in self._rows.items():
            counting: Iterable[Row] = rows
            if any(shape[0] == name for shape in idle):
                counts = map(self._limbs.__contains__, self._shapes(name))
                counting = compress(reversed(rows), counts)
            for row in counting:
                found[row[1]].add(row[0])
        return found

    def applicants(self, person: str) -> Collection[str]:
        """The applicants with whom somebody has a plain tie that counts."""
        return {applicant for applicant, _, _ in self._counting(person)}

    def between(self, person: str, applicant: str) -> Mapping[str, str]:
        """The limbs of somebody's plain ties with an applicant, each with the fact of the smallest text."""
        found: dict[str, str] = {}
        for other, limbs, tie in self._counting(person):
            if other == applicant:
                fact = text(tie)
                for limb in limbs:
                    found[limb] = min(found.get(limb, fact), fact)
        return found

    def _counting(self, person: str) -> Iterator[tuple[str, tuple[str, ...], Fact]]:
        """Somebody's plain ties that count: with whom, the limbs they give, the fact."""
        for name in OWN:
            rows = self._case.rows(name)
            for place in range(bisect_left(rows, (person,)), len(rows)):
                row = rows[place]
                if row[0] != person:
                    break
                applicant = str(row[1])
                if applicant in self._days:
                    limbs = self._limbs.get((name, row[_first(name) :], self._days[applicant]))
                    if limbs:
                        yield applicant, limbs, Fact(name, row)


def _first(name: str) -> int:
    """The first field of a tie on which its shape hangs: what somebody declares in his own words says nothing of it."""
    return 3 if name == "declared_interest" else 2
