"""To which of the changed facts a changed outcome is owed: those without which it would not have changed so.

Applicants do not depend on each other, so one decision tries a change for all of them at once: each is decided with
its own facts as they are now, but for the one that is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from engine.case import Case
from engine.compare.changes import Change, Changes
from engine.facts import Fact

_MOST = 40
"""Changes that are tried for one applicant; with more, all of them are named."""

Again = Callable[[Case, Collection[str]], Mapping[str, Any]]


def causes(
    old: Case,
    new: Case,
    facts: Changes,
    before: Mapping[str, Mapping[str, Any] | None],
    again: Again | None,
    judged: Callable[[Mapping[str, Any]], object],
) -> dict[str, tuple[str, ...]]:
    """For each applicant of `before` the changed facts its outcome is owed to, sorted.

    Where nothing can be tried (other rules, an applicant that came or went, too many changes) all that could matter.
    """
    shared = [one for one in facts.all if not one.about]
    own = {id: [one for one in facts.all if id in one.about] for id in before}
    there = {str(row[0]) for row in new.rows("applicant")}
    kept = {id: [*shared, *own[id]] for id in before}
    tried = [id for id in before if before[id] is not None and id in there and len(kept[id]) <= _MOST]
    if again is None or old.city != new.city:
        tried = []
    if again is not None and tried:
        wanted = _outcomes(again, new, tried, judged)
        for one in shared:
            found = _outcomes(again, _without(new, [one]), tried, judged)
            for id in tried:
                if found.get(id) == wanted[id]:
                    kept[id] = [other for other in kept[id] if other is not one]
        for at in range(max(len(own[id]) for id in tried)):
            here = {id: own[id][at] for id in tried if at < len(own[id])}
            dropped = [one for id in here for one in (*_gone(own[id], kept[id]), here[id])]
            found = _outcomes(again, _without(new, dropped), list(here), judged)
            for id, one in here.items():
                if found.get(id) == wanted[id]:
                    kept[id] = [other for other in kept[id] if other is not one]
    return {id: tuple(sorted(one.fact for one in (kept[id] or [*shared, *own[id]]))) for id in before}


def _gone(own: Sequence[Change], kept: Sequence[Change]) -> list[Change]:
    return [one for one in own if not any(one is other for other in kept)]


def _outcomes(
    again: Again, case: Case, ids: Sequence[str], judged: Callable[[Mapping[str, Any]], object]
) -> dict[str, object]:
    return {row["id"]: judged(row) for row in again(case, ids)["applicants"]}


def _without(case: Case, dropped: Sequence[Change]) -> Case:
    """The case as if these changes had not been made."""
    come = {Fact(one.predicate, one.new) for one in dropped if one.new is not None}
    gone = {Fact(one.predicate, one.old) for one in dropped if one.old is not None}
    return Case.of([fact for fact in case.facts if fact not in come] + sorted(gone, key=repr))
