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

CASE = Case("jiyuan", 6, 20250930, (), {})


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
    return Frozen(found, size, "", "c" * 64)


def completable(found: Roster, size: int, taken: Iterable[tuple[str, str, str]] = ()) -> bool:
    """Whether seats already taken (group, role, reviewer) can be completed to a set of panels, by trying everything."""
    fixed = frozenset(taken)
    left = dict(found.load)
    for _, _, name in fixed:
        left[name] -= 1
    if min(left.values(), default=0) < 0:
        return False
    return _fill(found, size, fixed, found.groups, tuple(sorted(left.items())))


def _fill(
    found: Roster,
    size: int,
    fixed: frozenset[tuple[str, str, str]],
    groups: tuple[str, ...],
    left: tuple[tuple[str, int], ...],
) -> bool:
    @cache
    def fill(rest: tuple[str, ...], places: tuple[tuple[str, int], ...]) -> bool:
        if not rest:
            return True
        group, free = rest[0], dict(places)
        leading = [name for g, role, name in fixed if g == group and role == "leader"]
        members = [name for g, role, name in fixed if g == group and role == "member"]
        if len(leading) > 1 or len(members) > size - 1 or set(leading) & set(members):
            return False
        for leader in leading or [n for n in found.may_fill(group, "leader") if free[n] and n not in members]:
            others = [n for n in found.fit[group] if free[n] and n != leader and n not in members]
            for more in combinations(sorted(others), size - 1 - len(members)):
                after = dict(free)
                for name in (*more, *(() if leading else (leader,))):
                    after[name] -= 1
                if fill(rest[1:], tuple(sorted(after.items()))):
                    return True
        return False

    return fill(groups, left)
