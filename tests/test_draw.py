"""The draw against the slow and plain way of trying everything."""

from collections import Counter
from collections.abc import Iterable, Mapping

import pytest

from engine.draw.bench import complete, fullest
from engine.draw.lots import Draw, Impossible, draw, walks
from engine.draw.plan import Places
from engine.panels.rosters import Roster
from tests.small_rosters import completable, frozen, random_roster

HUNDREDS = range(10)


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_a_set_is_drawn_exactly_when_one_exists(hundred: int) -> None:
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        if isinstance(draw(frozen(found, size), "s"), Draw) != completable(found, size):
            wrong.append(seed)

    assert wrong == []


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_each_verdict_is_true(hundred: int) -> None:
    """Walked again with the seats taken so far, trying everything in place of the look-ahead."""
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), f"s{seed}")
        if isinstance(drawn, Impossible):
            continue
        taken: list[tuple[str, str]] = []
        for walk in drawn.walks:
            for place, name, verdict in walk.rows():
                want = wanted(found, size, taken, walk.group, name)
                taken += [(walk.group, name)] if want == "taken" else []
                if verdict != want or (verdict == "reserved") != (place in walk.tight):
                    wrong.append((seed, walk.group, name, verdict, want))

    assert wrong == []


def wanted(found: Roster, size: int, taken: list[tuple[str, str]], group: str, name: str) -> str:
    """The verdict on a name after some seats were taken."""
    inside = [one for g, one in taken if g == group]
    if name not in found.fit[group]:
        return "unqualified"
    if len(inside) == size:
        return "full"
    if sum(one == name for _, one in taken) == found.load[name]:
        return "load"
    if completable(found, size, [*taken, (group, name)]):
        return "taken"
    last = len(inside) == size - 1 and found.leaders.isdisjoint((*inside, name))
    return "for_leader" if last else "reserved"


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_each_leader_has_the_smallest_lot_of_those_seated(hundred: int) -> None:
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 20):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), f"s{seed}")
        if isinstance(drawn, Draw):
            for one in drawn.leaders:
                able = {seat.id for seat in drawn.panels[one.group]} & found.leaders
                lots = dict(one.lots)
                if set(lots) != able or one.reviewer != min(able, key=lots.__getitem__):
                    wrong.append((seed, one))

    assert wrong == []


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_each_tight_set_is_tight(hundred: int) -> None:
    """As many places as can be given, counted anew at that moment; all the passed-over name has left is among them."""
    wrong, counted = [], 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), f"s{seed}")
        if isinstance(drawn, Impossible):
            continue
        left, inside = dict(found.load), {group: set[str]() for group in found.groups}
        for walk in drawn.walks:
            for place, name, verdict in walk.rows():
                if verdict == "taken":
                    left[name] -= 1
                    inside[walk.group].add(name)
                if verdict == "reserved":
                    counted += 1
                    tight = walk.tight[place]
                    given = gifts(found, tight, left, inside)
                    own = next(one for one in tight.give if one.reviewer == name)
                    if not (
                        tight.need == tight.given == sum(given.values()) == need(found, size, tight, inside)
                        and {one.reviewer: one.gives for one in tight.give} == given
                        and own.gives == own.left == left[name]
                        and all(one.group != walk.group or one.only == "leader" for one in tight.places)
                    ):
                        wrong.append((seed, walk.group, name, tight))

    assert wrong == []
    assert counted > 0


def need(found: Roster, size: int, tight: Places, inside: Mapping[str, Iterable[str]]) -> int:
    """How many places a set has, counted from who is seated."""
    free = {group: size - len(list(ones)) for group, ones in inside.items()}
    assert all(found.leaders.isdisjoint(inside[one.group]) for one in tight.places if one.only == "leader")
    return sum(free[one.group] if one.only == "whole" else 1 for one in tight.places)


def gifts(found: Roster, tight: Places, left: Mapping[str, int], inside: Mapping[str, set[str]]) -> dict[str, int]:
    """What each reviewer can give a set: the smaller of his panels left and of its groups open to him."""
    given = {
        name: min(
            left[name],
            sum(
                name in found.may_fill(one.group, "leader" if one.only == "leader" else "member")
                and name not in inside[one.group]
                for one in tight.places
            ),
        )
        for name in found.reviewers
    }
    return {name: many for name, many in given.items() if many}


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_a_hall_set_lacks_places(hundred: int) -> None:
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), "s")
        if isinstance(drawn, Impossible):
            inside = {group: set[str]() for group in found.groups}
            count = sum(gifts(found, drawn.hall, found.load, inside).values())
            if not count == drawn.hall.given < drawn.hall.need == need(found, size, drawn.hall, inside):
                wrong.append((seed, drawn.hall))

    assert wrong == []


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_the_plan_that_the_walk_begins_with_changes_nothing(hundred: int) -> None:
    """Found at sight or by a maximum flow, it fills every seat, and verdicts and tight sets are the same."""
    at_sight = 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        one, other = (frozen(*random_roster(seed)).field.bench() for _ in range(2))
        if (planned := complete(one)) is None:
            continue
        assert [len(set(names)) for names in planned] == list(one.need)
        assert all(set(names) <= fit for names, fit in zip(planned, one.members, strict=True))
        seats = Counter((node >> 1, name) for node, names in enumerate(planned) for name in names)
        held = Counter(name for _, name in seats)
        assert set(seats.values()) <= {1} and all(number <= one.load[name] for name, number in held.items())
        other.__dict__["fullest"] = fullest(other)
        given = frozen(*random_roster(seed))
        assert [*walks(given, one, f"s{seed}")] == [*walks(given, other, f"s{seed}")]
        at_sight += 1

    assert 30 < at_sight < 100
