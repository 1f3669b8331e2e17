"""Merging cases: symmetric, nothing lost, nothing invented, what was chosen is done; as a property of the function."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from typing import Any

import pytest

from engine.facts import Fact
from web.questions.merging import Conflict, Row, Slot, Slots, merge, slots

POSSIBLE = [
    *(Fact("self_score", (id, points)) for id in ("J1", "J2") for points in (1, 2, 3)),
    *(Fact("submitted", (id, day)) for id in ("J1", "J2") for day in (20250901, 20250902)),
    *(
        Fact("spot_check", (id, day, "national", "fail"))
        for id in ("J1", "J2")
        for day in (20250901, 20250902, 20250903)
    ),
]


def triples() -> Iterator[tuple[Any, Any, Any]]:
    """Three thousand bases with what two people made of each: few facts, so that they meet often."""
    random = Random(17)
    for _ in range(3000):
        base = random.sample(POSSIBLE, random.randrange(7))
        sides = []
        for _side in range(2):
            gone = random.sample(base, random.randrange(len(base) + 1))
            sides.append([one for one in base if one not in gone] + random.sample(POSSIBLE, random.randrange(4)))
        yield slots(base), slots(sides[0]), slots(sides[1])


def test_a_merge_loses_nothing_and_invents_nothing() -> None:
    """Per slot: one side's change is taken, the same once; two different ones are a conflict and stand nowhere."""
    met = 0
    for base, mine, theirs in triples():
        found = merge(base, mine, theirs)
        fought = {slot for one in found.conflicts for slot in one.slots}
        met += bool(fought)
        for slot in {*base, *mine, *theirs} - fought:
            sides = {side.get(slot) for side in (mine, theirs) if side.get(slot) != base.get(slot)}
            assert found.slots.get(slot) == (sides.pop() if sides else base.get(slot))
        assert not fought & set(found.slots)
        assert set(found.slots) <= {*base, *mine, *theirs}

    assert met > 300


def test_a_merge_is_symmetric() -> None:
    """Whoever comes first: the same facts, the same conflicts with the sides changed over."""
    for base, mine, theirs in triples():
        one, other = merge(base, mine, theirs), merge(base, theirs, mine)
        assert one.slots == other.slots
        assert [Conflict(c.slots, c.base, c.theirs, c.mine) for c in other.conflicts] == list(one.conflicts)


def test_what_is_chosen_is_done() -> None:
    """With every conflict settled one way that side's values stand in its slots, and nothing is open."""
    for base, mine, theirs in triples():
        open_ = merge(base, mine, theirs)
        for choice, side in (("mine", mine), ("theirs", theirs)):
            found = merge(base, mine, theirs, {one.name: choice for one in open_.conflicts})
            for one in open_.conflicts:
                assert [found.slots.get(slot) for slot in one.slots] == [side.get(slot) for slot in one.slots]
            assert found.conflicts == ()


def test_any_order_of_coming_gives_the_same() -> None:
    """Three people from one base, in any order, where none of them meets another: the same case in the end."""
    random = Random(5)
    for base, mine, theirs in triples():
        if merge(base, mine, theirs).conflicts:
            continue
        order = [mine, theirs]
        random.shuffle(order)
        head = base
        for side in order:
            head = dict(merge(base, side, head).slots)
        assert head == merge(base, mine, theirs).slots


class Round:
    """A round as several people change it, each from a version seen at some time: versions, and who wrote each slot."""

    def __init__(self, base: Slots) -> None:
        self.versions = [base]
        self.wrote: dict[Slot, Row | None] = dict(base)
        self.refused = 0

    def put(self, seen: int, mine: Slots, choice: str) -> bool:
        """Merge a draft made from a version into the head, conflicts settled by `choice` or, without, refused."""
        base, head = self.versions[seen], self.versions[-1]
        found = merge(base, mine, head)
        names = {one.name: choice for one in found.conflicts}
        if found.conflicts and not choice:
            self.refused += 1
            return False
        if found.conflicts:
            found = merge(base, mine, head, names)
        own = {slot for slot in {*base, *mine} if base.get(slot) != mine.get(slot)}
        if choice == "theirs":
            own -= {slot for one in merge(base, mine, head).conflicts for slot in one.slots}
        elif names:
            own |= {slot for one in merge(base, mine, head).conflicts for slot in one.slots}
        self.wrote |= {slot: mine.get(slot) for slot in own}
        self.versions.append(found.slots)
        return True


def edited(random: Random, facts: Slots) -> Slots:
    """A few facts taken out of a version, a few put in."""
    kept = [Fact(slot[0], row) for slot, row in facts.items() if random.random() > 0.3]
    return slots([*kept, *random.sample(POSSIBLE, random.randrange(3))])


def test_a_thousand_interleavings_lose_nothing() -> None:
    """Each slot is as the last act that was taken in wrote it; refused ones leave no trace: without them the same."""
    refused = 0
    for seed in range(1000):
        random = Random(seed)
        round_ = Round(slots(random.sample(POSSIBLE, random.randrange(7))))
        taken: list[tuple[int, Slots, str]] = []
        for _ in range(random.randrange(2, 9)):
            seen = random.randrange(max(0, len(round_.versions) - 3), len(round_.versions))
            draft = (seen, edited(random, round_.versions[seen]), random.choice(("", "", "mine", "theirs")))
            before = list(round_.versions)
            if round_.put(*draft):
                taken.append(draft)
            else:
                assert round_.versions == before
        assert round_.versions[-1] == {slot: row for slot, row in round_.wrote.items() if row is not None}
        again = Round(round_.versions[0])
        assert all(again.put(*draft) for draft in taken)
        assert again.versions == round_.versions
        refused += round_.refused

    assert refused > 100


DECLARED = [
    Fact("round", ("jiyuan", 6, 20250930)),
    *(Fact("applicant", (id, "organization")) for id in ("J1", "J2")),
    *(Fact("name", (id, f"虚构{id}公司")) for id in ("J1", "J2")),
]


@pytest.mark.parametrize("many", [25, pytest.param(3000, marks=pytest.mark.slow)])
def test_what_a_merge_gives_is_sound(many: int) -> None:
    """The question gives either a case that stands by itself, the merged slots and no others, or nothing and why."""
    from engine.case import Case
    from engine.errors import CaseError
    from web.questions.known import case
    from web.questions.merging import merged

    outcomes = {"sound": 0, "open": 0, "unsound": 0}
    for base, mine, theirs in islice(triples(), many):
        sides = []
        for side in (base, mine, theirs):
            try:
                found = Case.checked([*DECLARED, *(Fact(slot[0], row) for slot, row in side.items())])
            except CaseError:
                break
            sides.append(found.canonical)
        if len(sides) < 3:
            outcomes["unsound"] += 1
            continue
        told = merged(*sides, {})
        pure = merge(base, mine, theirs)
        assert bool(told["facts"]) == (not told["conflicts"] and not told["problems"])
        assert len(told["conflicts"]) == len(pure.conflicts)
        if told["facts"]:
            outcomes["sound"] += 1
            assert slots(case(told["facts"]).facts) == {**slots(DECLARED), **pure.slots}
        else:
            outcomes["open"] += 1

    assert outcomes["sound"] > many // 5 and outcomes["open"] > many // 20


def test_two_who_replace_one_record_are_in_conflict() -> None:
    """One spot check corrected in two ways is two records; that both replaced the same one is seen."""
    old, one, two = (Fact("spot_check", ("J1", day, "national", "fail")) for day in (20250901, 20250902, 20250903))
    found = merge(slots([old]), slots([one]), slots([two]))

    assert [conflict.slots for conflict in found.conflicts] == [
        tuple((f.predicate, f.arguments) for f in (old, one, two))
    ]
    assert found.slots == {}


def test_what_others_changed_beside_is_said() -> None:
    """Another fact of the same applicant, and the round itself, is no conflict, but told."""
    base = slots([Fact("self_score", ("J1", 1)), Fact("announced", (20250901,))])
    mine = slots([Fact("self_score", ("J1", 2)), Fact("announced", (20250901,))])
    theirs = slots(
        [
            Fact("self_score", ("J1", 1)),
            Fact("submitted", ("J1", 20250902)),
            Fact("submitted", ("J2", 20250902)),
            Fact("announced", (20250903,)),
        ]
    )
    found = merge(base, mine, theirs)

    assert found.conflicts == ()
    assert found.beside() == {("submitted", ("J1",)), ("announced", ())}
