"""Three-way merge of cases as a pure function on slots, and as a question about facts as text.

A predicate of which one fact may stand for a key (`one_per` of the vocabulary) has a slot for each key; of any other
each record is a slot of its own. A slot changed in two ways is a conflict, so is a record that both sides replaced.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.facts import PREDICATES, Fact, text

Row = tuple[str | int, ...]
Slot = tuple[str, Row]
"""The predicate, and the values that name the slot: its key, or the whole record."""
Slots = Mapping[Slot, Row]


@dataclass(frozen=True, order=True)
class Conflict:
    """What the two sides want otherwise: `slots` with the value of each in base, mine and theirs (None: not there)."""

    slots: tuple[Slot, ...]
    base: tuple[Row | None, ...]
    mine: tuple[Row | None, ...]
    theirs: tuple[Row | None, ...]

    @property
    def name(self) -> str:
        """A name for whoever chooses: the same for the same slots."""
        return repr(self.slots)


@dataclass(frozen=True)
class Merged:
    """What comes out of a merge: the slots as they are now, the conflicts (their slots left out), what each changed."""

    slots: Slots
    conflicts: tuple[Conflict, ...]
    mine: frozenset[Slot]
    theirs: frozenset[Slot]

    def beside(self) -> frozenset[Slot]:
        """What the other side changed about whoever my changes are about, or about the round: no conflict, but said."""
        own = {_subject(slot) for slot in self.mine}
        return frozenset(s for s in self.theirs - self.mine if _subject(s) in own or (not _subject(s) and self.mine))


def slots(facts: Iterable[Fact]) -> dict[Slot, Row]:
    """Facts by their slots."""
    found: dict[Slot, Row] = {}
    for name, row in facts:
        key = PREDICATES[name].model.one_per
        found[name, row if key is None else tuple(row[at] for at in PREDICATES[name].at(*key))] = row
    return found


def merge(base: Slots, mine: Slots, theirs: Slots, choices: Mapping[str, str] | None = None) -> Merged:
    """Merge two sets of changes to one base; `choices` settles conflicts by name, as `mine` or `theirs`."""
    every = sorted({*base, *mine, *theirs}, key=repr)
    changed = {
        side: frozenset(slot for slot in every if base.get(slot) != other.get(slot))
        for side, other in (("mine", mine), ("theirs", theirs))
    }
    fought: list[tuple[Slot, ...]] = [
        (slot,) for slot in every if _fought(base.get(slot), mine.get(slot), theirs.get(slot))
    ]
    fought += list(_replaced(base, mine, theirs, every))
    conflicts, settled = [], dict[Slot, Row | None]()
    for group in sorted(fought, key=repr):
        sides = [tuple(side.get(slot) for slot in group) for side in (base, mine, theirs)]
        one = Conflict(group, *sides)
        choice = (choices or {}).get(one.name)
        if choice is None:
            conflicts.append(one)
        taken: Slots = theirs if choice == "theirs" else mine
        settled |= {slot: taken.get(slot) if choice else None for slot in group}
    merged: dict[Slot, Row] = {}
    for slot in every:
        own = (mine if slot in changed["mine"] else theirs).get(slot)
        value = settled.get(slot, own)
        if value is not None:
            merged[slot] = value
    return Merged(merged, tuple(conflicts), changed["mine"], changed["theirs"])


def _fought(base: Row | None, mine: Row | None, theirs: Row | None) -> bool:
    return mine != theirs and base not in (mine, theirs)


def _replaced(base: Slots, mine: Slots, theirs: Slots, every: Iterable[Slot]) -> Iterable[tuple[Slot, ...]]:
    """Records that both sides took away and put different ones in their place, of one kind about one subject."""
    groups: dict[tuple[str, str], list[Slot]] = {}
    for slot in every:
        if PREDICATES[slot[0]].model.one_per is None:
            groups.setdefault((slot[0], _subject(slot)), []).append(slot)
    for members in groups.values():
        gone = [slot for slot in members if slot in base and slot not in mine and slot not in theirs]
        new = [slot for slot in members if slot not in base]
        own, other = ([slot for slot in new if slot in side] for side in (mine, theirs))
        if gone and own and other and own != other:
            apart = [slot for slot in new if (slot in mine) != (slot in theirs)]
            yield tuple(sorted({*gone, *apart}, key=repr))


def _subject(slot: Slot) -> str:
    """Whom a slot is about; empty for the round."""
    fields = PREDICATES[slot[0]].fields
    return str(slot[1][0]) if fields and fields[0].kind == "identifier" and slot[1] else ""


def merged(
    base: str, mine: str, theirs: str, choices: dict[str, str], keep: bool = False, gone: list[str] | None = None
) -> dict[str, Any]:
    """The question: cases as text in; `facts` (empty while anything is open), conflicts and changes in words out.

    `keep`: mine did not see the base: what only theirs holds is kept, but for the facts, as text, in `gone`.
    """
    from engine.case import Case
    from engine.errors import CaseError
    from web.questions.known import case, refused
    from web.questions.telling import problem, told

    sides = {name: slots(case(facts).facts) for name, facts in (("base", base), ("mine", mine), ("theirs", theirs))}
    if keep:
        held = {s: row for s, row in sides["theirs"].items() if text(Fact(s[0], row)) not in set(gone or ())}
        sides["mine"] = {**held, **sides["mine"]}
    found = merge(sides["base"], sides["mine"], sides["theirs"], choices)
    names = {**case(theirs).names, **case(mine).names}
    answer: dict[str, Any] = {
        "facts": "",
        "conflicts": [_worded(one, names) for one in found.conflicts],
        "mine": len(found.mine),
        "theirs": len(found.theirs),
        "beside": [told(one, names) for one in _beside(found, sides)],
        "problems": [],
    }
    if not found.conflicts:
        try:
            whole = Case.checked(Fact(slot[0], row) for slot, row in found.slots.items())
        except CaseError as error:
            answer["problems"] = [problem(one) for one in error.problems]
        else:
            answer["problems"] = [problem(one) for one in refused(whole.canonical)]
            answer["facts"] = "" if answer["problems"] else whole.canonical
    return answer


def _beside(found: Merged, sides: Mapping[str, Slots]) -> list[Fact]:
    """What the other side changed beside my changes, as it is now, or as it was where it is gone."""
    return [
        Fact(slot[0], sides["theirs"].get(slot) or sides["base"][slot]) for slot in sorted(found.beside(), key=repr)
    ]


def _worded(one: Conflict, names: Mapping[str, str]) -> dict[str, Any]:
    from web.questions.telling import told

    return {"name": one.name} | {
        side: [told(Fact(slot[0], row), names) for slot, row in zip(one.slots, values, strict=True) if row is not None]
        for side, values in (("base", one.base), ("mine", one.mine), ("theirs", one.theirs))
    }
