"""Two runs side by side: which fact changed, hence whose outcome, by which provision, hence what else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.answers import decide
from engine.award import award
from engine.case import Case
from engine.compare.causes import causes
from engine.compare.changes import Changes, changes
from engine.solve import Clock
from engine.words import dumps

_LISTS = ("failed", "barred", "open", "barred_prizes")
_BASIS = ("rules", "statutes", "program")


@dataclass(frozen=True)
class Run:
    """One run: the case, and what came out of it, each as its JSON; `basis` the hashes it rests on, by part and name.

    `again` decides facts as this run did; None where they were decided by rules that are no longer here.
    """

    case: Case
    decision: Mapping[str, Any]
    award: Mapping[str, Any] | None = None
    draw: Mapping[str, Any] | None = None
    basis: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    again: Callable[[Case, Collection[str]], Mapping[str, Any]] | None = None


@dataclass(frozen=True)
class Turned:
    """Somebody whose outcome is another one: the facts it is owed to, and the provisions that decide it otherwise."""

    id: str
    old: str | None
    new: str | None
    because: tuple[str, ...]
    provisions: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        told = {"id": self.id, "old": self.old, "new": self.new}
        return told | {"because": list(self.because), "provisions": list(self.provisions)}


@dataclass(frozen=True)
class Difference:
    """What differs between two runs."""

    facts: Changes
    outcomes: tuple[Turned, ...]
    awards: Mapping[str, Any]
    panels: tuple[Mapping[str, Any], ...]
    basis: Mapping[str, list[str]]
    text: tuple[str, str] | None = None
    """The texts of the same city that govern the one and the other, where these are not the same."""

    def __bool__(self) -> bool:
        sets = self.awards["sets"]["same"] and not any(self.awards["candidates"].values())
        found = self.text or self.facts.all or self.outcomes or self.panels or any(self.basis.values())
        return bool(found) or not sets

    def as_dict(self) -> dict[str, Any]:
        """As VOCABULARY section 13 has it; first the texts, where another one governs."""
        return {
            **({"text": dict(zip(("old", "new"), self.text, strict=True))} if self.text else {}),
            "facts": self.facts.as_dict(),
            "outcomes": [one.as_dict() for one in self.outcomes],
            "awards": dict(self.awards),
            "panels": [dict(row) for row in self.panels],
            "basis": dict(self.basis),
        }

    def json(self) -> str:
        """The same as JSON text."""
        return dumps(self.as_dict())


def run(case: Case, basis: Mapping[str, Mapping[str, str]], *, clock: Clock | None = None) -> Run:
    """The run of a case with the rules that are here; Stopped when the clock runs out."""

    def again(other: Case, only: Collection[str]) -> Mapping[str, Any]:
        return decide(other, only=tuple(only), clock=clock).as_dict()

    decision = decide(case, clock=clock).as_dict()
    sets = award(case, clock=clock).as_dict() if case.rows("score") else None
    return Run(case, decision, sets, None, basis, again)


def difference(old: Run, new: Run) -> Difference:
    """Compare two runs, whatever their rounds."""
    facts = changes(old.case, new.case)
    return Difference(
        facts,
        tuple(_outcomes(old, new, facts)),
        _awards(old.award, new.award),
        tuple(_panels(old, new)),
        _basis(old, new),
        _texts(old.decision, new.decision),
    )


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, str] | None:
    """The texts that two decisions of one city rest on, where they are not the same."""
    before, after = (str(one.get("text", one["city"])) for one in (old, new))
    return (before, after) if old["city"] == new["city"] and before != after else None


def _outcomes(old: Run, new: Run, facts: Changes) -> Iterator[Turned]:
    """Everybody whose status or lists differ, by identifier."""
    before, after = ({row["id"]: row for row in one.decision["applicants"]} for one in (old, new))
    turned = [
        id
        for id in sorted({*before, *after})
        if id not in before or id not in after or _judged(before[id]) != _judged(after[id])
    ]
    owed = causes(old.case, new.case, facts, {id: before.get(id) for id in turned}, new.again, _judged)
    for id in turned:
        was, now = before.get(id), after.get(id)
        grounds = _grounds(was) ^ _grounds(now)
        provisions = sorted({provision for _, provision, _ in grounds}, key=_numbers)
        yield Turned(id, was and was["status"], now and now["status"], owed[id], tuple(provisions))


def _judged(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (row["status"], *(row[name] for name in _LISTS))


def _grounds(row: Mapping[str, Any] | None) -> set[tuple[str, str, str]]:
    if row is None:
        return set()
    return {
        (name, one["provision"], json.dumps(one, sort_keys=True))
        for name in ("failed", "barred", "open")
        for one in row[name]
    }


def _numbers(provision: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", provision)))


def _awards(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    """Who became a candidate or is none any more, and how many sets there are; null where no award was asked for."""
    before, after = ({row["id"] for row in one["candidates"]} if one else set() for one in (old, new))
    counts = [None if one is None else one.get("count", len(one["sets"])) for one in (old, new)]
    same = [one and one["sets"] for one in (old, new)]
    return {
        "candidates": {"added": sorted(after - before), "removed": sorted(before - after)},
        "sets": {"old": counts[0], "new": counts[1], "same": same[0] == same[1] and counts[0] == counts[1]},
    }


def _panels(old: Run, new: Run) -> Iterator[dict[str, Any]]:
    """The groups whose panel, as drawn, is another one."""
    before, after = (_seats(one.draw) for one in (old, new))
    for group in sorted({*before, *after}):
        if before.get(group) != after.get(group):
            yield {"group": group, "old": before.get(group, []), "new": after.get(group, [])}


def _seats(draw: Mapping[str, Any] | None) -> dict[str, list[str]]:
    after = (draw or {}).get("after")
    panels = after[-1]["panels"] if after else (draw or {}).get("panels") or ()
    return {row["group"]: [one["id"] for one in row["members"]] for row in panels}


def _basis(old: Run, new: Run) -> dict[str, list[str]]:
    """The rule files, texts and parts of the program that are not the same."""
    found = {}
    for part in _BASIS:
        before, after = old.basis.get(part, {}), new.basis.get(part, {})
        found[part] = sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
    return found
