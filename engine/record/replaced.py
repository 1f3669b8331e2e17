"""A published freeze replaced by another: it is named, and drawn too once one of its events has been held.

The new freeze names the old commitment, the day it was published, the reason and its document (`replaced_freeze`), and
every commitment that the old one had replaced. Otherwise whoever dislikes an outcome would freeze again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.draw import Frozen, events, thawed
from engine.errors import Place, Problem
from engine.facts import day_text
from engine.record.verification import Verified, verify


@dataclass(frozen=True)
class Old:
    """A freeze that is replaced: its frozen file, and the record of its draw where it was drawn."""

    name: str
    frozen: Frozen
    drawn: Verified | None = None


def old_freeze(name: str, data: bytes) -> Old:
    """The replaced freeze in a file: a frozen file, or the record of its draw. Raises CaseError for anything else."""
    if b'"record"' in data:
        found = verify(name, data)
        return Old(name, found.drawn.frozen, found)
    return Old(name, thawed(name, data))


def unreplaced(frozen: Frozen, olds: Mapping[str, Old], day: int) -> list[Problem]:
    """What keeps a freeze from replacing others; `day` is the day of the freeze (yyyymmdd) where the case has none."""
    return list(_problems(frozen, olds, next((int(row[0]) for row in frozen.roster.case.rows("frozen_on")), day)))


def _problems(frozen: Frozen, olds: Mapping[str, Old], day: int) -> Iterator[Problem]:
    named = {str(row[0]) for row in frozen.roster.case.rows("replaced_freeze")}
    shown = {old.frozen.commitment for old in olds.values()}
    for old in olds.values():
        earlier = {str(row[0]) for row in old.frozen.roster.case.rows("replaced_freeze")}
        shown |= earlier
        if old.frozen.commitment not in named:
            yield Problem("replaces_unnamed", {"found": old.frozen.commitment}, Place(old.name))
        for one in sorted(earlier - named):
            yield Problem("replaces_forgotten", {"found": one}, Place(old.name))
        if old.drawn is None:
            for event in events(old.frozen.roster.case):
                if event.day <= day:
                    told: dict[str, str | int] = {"name": event.name, "day": day_text(event.day), "order": event.order}
                    yield Problem("replaces_held", told, Place(old.name))
    for one in sorted(named - shown):
        yield Problem("replaces_missing", {"found": one}, Place())
