"""Lists in order, made of so many members of each group: who of equals comes first is what they differ in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Needs = tuple[tuple[int, int], ...]
"""How many members of which group, sorted by group; a group of which none is needed is not named."""


def lists(pool: Sequence[tuple[str, int]], kinds: Sequence[Needs]) -> Iterator[tuple[tuple[str, ...], Needs]]:
    """Every list that keeps the pool's order and meets one of the needs, each with that need, in lexicographic order.

    `pool` holds the members with their groups. Nothing is kept but the way to the list at hand.
    """
    left = _left(pool)
    stack: list[tuple[tuple[str, ...], int, list[tuple[dict[int, int], Needs]]]] = [
        ((), 0, [(dict(kind), kind) for kind in dict.fromkeys(kinds)])
    ]
    while stack:
        chosen, at, live = stack.pop()
        yield from ((chosen, kind) for open_, kind in live if not open_)
        after = []
        for j in range(at, len(pool)):
            id, group = pool[j]
            live = [(o, kind) for o, kind in live if o and all(left[j].get(g, 0) >= n for g, n in o.items())]
            if not live:
                break
            if taken := [(_less(o, group), kind) for o, kind in live if group in o]:
                after.append(((*chosen, id), j + 1, taken))
        stack.extend(sorted(after, key=lambda node: node[0][-1], reverse=True))


def _less(needs: dict[int, int], group: int) -> dict[int, int]:
    """The needs after one more of a group is taken."""
    rest = {g: n for g, n in needs.items() if g != group}
    return rest | {group: needs[group] - 1} if needs[group] > 1 else rest


def _left(pool: Sequence[tuple[str, int]]) -> list[dict[int, int]]:
    """How many members of each group stand at or after each place."""
    left: list[dict[int, int]] = [{}]
    for _, group in reversed(pool):
        left.append(left[-1] | {group: left[-1].get(group, 0) + 1})
    return left[:0:-1]
