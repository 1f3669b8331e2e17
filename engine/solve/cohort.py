"""A cohort cut into parts: applicants do not depend on each other, so each part is decided by itself.

Parts keep memory flat (one grounding holds one part) and let several processes share the work.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from engine.case import ABOUT_SOMEBODY, Case, Row
from engine.facts import Fact

SIZE = 1000
"""Applicants in a part: one grounding of a quarter of a second; larger ones leave the processor's cache."""
SMALL = 250
"""Applicants in a part of a cohort that is no more than SIZE: a fifth less memory in the same time."""


Columns = Mapping[str, tuple[tuple[str | int, ...], ...]]
"""Facts by predicate, of each the arguments place by place: half as long on the way to another process as row by row.
A predicate without arguments has no column."""


@dataclass(frozen=True)
class Part:
    """Some applicants of a case with the facts about them and the facts about the round."""

    city: str
    readings: Mapping[str, str]
    applicants: tuple[str, ...]
    columns: Columns
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, applicants: Sequence[str], facts: Iterable[Fact]) -> Part:
        """Some applicants with these facts, under the readings of a case."""
        rows: dict[str, list[Row]] = {}
        for name, row in facts:
            rows.setdefault(name, []).append(row)
        return cls(case.city, dict(case.readings), tuple(applicants), columns(rows))


def columns(rows: Mapping[str, Sequence[Row]]) -> Columns:
    """Rows by predicate as columns; of a predicate without rows there is nothing."""
    return {name: tuple(zip(*some, strict=True)) for name, some in rows.items() if some}


def parts(case: Case, applicants: Sequence[str], size: int = 0) -> list[Part]:
    """Cut a cohort, sorted, into parts of at most SIZE applicants; `size` says of how many.

    That a list is published is known to all of them: for each list a fact that says so of somebody goes into each part.
    """
    published = {row[1]: row for row in case.rows("listed")}
    shared = columns({name: rows for name, rows in case.columns.items() if name not in ABOUT_SOMEBODY})
    own = [name for name in case.predicates if name in ABOUT_SOMEBODY and name != "name"]
    found = []
    for chunk in chunks(applicants, size):
        rows = {name: _about(case.rows(name), chunk) for name in own}
        rows["listed"] = (*published.values(), *rows.get("listed", ()))
        names = {applicant: case.names[applicant] for applicant in chunk if applicant in case.names}
        found.append(Part(case.city, dict(case.readings), tuple(chunk), {**shared, **columns(rows)}, names))
    return found


def chunks(applicants: Sequence[str], size: int = 0) -> list[Sequence[str]]:
    """The applicants of each part; one that has none where there are none."""
    size = size or SIZE
    return [applicants[at : at + size] for at in range(0, max(len(applicants), 1), size)]


def _about(rows: tuple[Row, ...], applicants: Sequence[str]) -> tuple[Row, ...]:
    """The rows, sorted, whose first value is one of the applicants, sorted."""
    if not applicants:
        return ()
    first = itemgetter(0)
    some = rows[bisect_left(rows, applicants[0], key=first) : bisect_right(rows, applicants[-1], key=first)]
    among = frozenset(applicants)
    return some if among.issuperset(map(first, some)) else tuple(row for row in some if row[0] in among)
