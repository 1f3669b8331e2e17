"""Merging cases: symmetric, nothing lost, nothing invented, what was chosen is done; as a property of the function."""

from collections.abc import Iterator
from random import Random
from typing import Any

from engine.facts import Fact
from web.questions.merging import Conflict, merge, slots

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
