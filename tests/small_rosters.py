"""Small random rosters, and the slow and plain way to see what can be done with them."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import combinations

from engine.answers.participants import Reviewed
from engine.answers.ties import Ties
from engine.case.case import Case
from engine.draw.frozen import Frozen
from engine.panels.rosters import Roster

CASE = Case("jiyuan", 6, 20250930, {}, {})


def roster(
    fit: Mapping[str, Iterable[str]],
    leaders: Iterable[str],
    load: Mapping[str, int],
    unqualified: Mapping[str, tuple[str, ...]] | None = None,
) -> Roster:
    """A roster in which the given reviewers, and no others, know the trade of each group."""
    groups = tuple(sorted(fit))
    return Roster(
        CASE,
        Reviewed((), (), (), True),
        {"interest": "procurement", "recusal_scope": "panel"},
        groups,
        groups,
        (),
        tuple(sorted(load)),
        frozenset(leaders),
        load,
        Ties(()),
        {},
        unqualified or {},
        {group: frozenset(names) for group, names in fit.items()},
        {},
    )


def random_roster(seed: int) -> tuple[Roster, int]:
    """A roster of up to 9 reviewers and 4 groups, and a size of 2 or 3; about as often too small as not."""
    lots = random.Random(seed)
    size, number = lots.choice((2, 2, 3)), lots.randint(1, 4)
    groups = [f"G{n}" for n in range(1, number + 1)]
    people = [f"R{n}" for n in range(1, max(2, size * number * 3 // 4 + lots.randint(0, 3)) + 1)]
    share = lots.choice((0.5, 0.7, 0.9, 1.0))
    fit = {group: [one for one in people if lots.random() < share] for group in groups}
    leaders = [one for one in people if lots.random() < 0.6]
    load = {one: lots.choice((1, 1, 1, 2, 2, 3)) for one in people}
    return roster(fit, leaders, load), size


def frozen(found: Roster, size: int) -> Frozen:
    """The roster as if frozen; its commitment is not that of a file."""
    return Frozen(found, size, "", "00" * 32, "c" * 64)


def completable(found: Roster, size: int, taken: Iterable[tuple[str, str]] = ()) -> bool:
    """Whether seats already taken (group, reviewer) can be completed to a set of panels, by trying everything."""
    inside: dict[str, list[str]] = {group: [] for group in found.groups}
    left = dict(found.load)
    for group, name in taken:
        inside[group].append(name)
        left[name] -= 1

    @cache
    def fill(rest: tuple[str, ...], places: tuple[tuple[str, int], ...]) -> bool:
        if not rest:
            return True
        group, free = rest[0], dict(places)
        seated = inside[group]
        others = sorted(name for name in found.fit[group] if free[name] > 0 and name not in seated)
        for more in combinations(others, size - len(seated)):
            if found.leaders.isdisjoint((*seated, *more)):
                continue
            after = tuple((name, many - (name in more)) for name, many in places)
            if fill(rest[1:], after):
                return True
        return False

    if min(left.values(), default=0) < 0 or any(len(ones) > size for ones in inside.values()):
        return False
    return fill(found.groups, tuple(sorted(left.items())))
