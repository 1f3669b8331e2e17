"""The draw against the slow and plain way of trying everything."""

import pytest

from engine.draw.lots import Draw, Impossible, draw
from tests.small_rosters import completable, frozen, random_roster

HUNDREDS = range(10)


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_a_set_is_drawn_exactly_when_one_exists(hundred: int) -> None:
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        if isinstance(draw(frozen(found, size), ["s"]), Draw) != completable(found, size):
            wrong.append(seed)

    assert wrong == []


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_each_verdict_is_true(hundred: int) -> None:
    """Walked again with the seats taken so far, trying everything in place of the look-ahead."""
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), ["s", str(seed)])
        if isinstance(drawn, Impossible):
            continue
        taken: list[tuple[str, str, str]] = []
        for walk in drawn.walks:
            seats = 1 if walk.role == "leader" else size - 1
            for place, name, verdict in walk.rows():
                inside = [n for g, _, n in taken if g == walk.group]
                if name not in found.fit[walk.group]:
                    want = "unqualified"
                elif name in inside:
                    want = "seated"
                elif not seats:
                    want = "full"
                elif sum(n == name for _, _, n in taken) == found.load[name]:
                    want = "load"
                elif completable(found, size, [*taken, (walk.group, walk.role, name)]):
                    want = "taken"
                    taken.append((walk.group, walk.role, name))
                    seats -= 1
                else:
                    want = "reserved"
                if verdict != want or (verdict == "reserved") != (place in walk.tight):
                    wrong.append((seed, walk.group, walk.role, name, verdict, want))

    assert wrong == []


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_each_tight_set_is_tight(hundred: int) -> None:
    """As many places as seats, counted anew at that moment; and one fewer once the name is taken."""
    wrong, counted = [], 0
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), ["s", str(seed)])
        if isinstance(drawn, Impossible):
            continue
        left = dict(found.load)
        need = {(g, role): n for g in found.groups for role, n in (("leader", 1), ("member", size - 1))}
        inside: dict[str, set[str]] = {g: set() for g in found.groups}
        for walk in drawn.walks:
            for place, name, verdict in walk.rows():
                if verdict == "taken":
                    left[name] -= 1
                    need[walk.group, walk.role] -= 1
                    inside[walk.group].add(name)
                if verdict == "reserved":
                    counted += 1
                    tight = walk.tight[place]
                    before = places(found, tight.seats, left, inside)
                    after = places(
                        found,
                        tight.seats,
                        {**left, name: left[name] - 1},
                        {**inside, walk.group: inside[walk.group] | {name}},
                    )
                    seats = sum(need[g, role] for g, role, _ in tight.seats)
                    if not (
                        tight.places == tight.number == seats == before == after + 1
                        and all(need[g, role] == n for g, role, n in tight.seats)
                        and name in tight.reviewers
                        and (walk.group, walk.role) not in {(g, role) for g, role, _ in tight.seats}
                    ):
                        wrong.append((seed, walk.group, walk.role, name, tight))

    assert wrong == []
    assert counted > 0


def places(found, seats, left, inside) -> int:  # type: ignore[no-untyped-def]
    """How many of some seats the reviewers who may serve them can fill together."""
    return sum(
        min(left[name], len({g for g, role, _ in seats if name in found.may_fill(g, role) and name not in inside[g]}))
        for name in found.reviewers
    )


@pytest.mark.parametrize("hundred", HUNDREDS)
def test_a_hall_set_lacks_places(hundred: int) -> None:
    wrong = []
    for seed in range(100 * hundred, 100 * hundred + 100):
        found, size = random_roster(seed)
        drawn = draw(frozen(found, size), ["s"])
        if isinstance(drawn, Impossible):
            count = places(found, drawn.hall.seats, found.load, {g: set() for g in found.groups})
            if not count == drawn.hall.places < drawn.hall.number:
                wrong.append((seed, drawn.hall))

    assert wrong == []
