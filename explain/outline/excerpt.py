"""As much of an outline as one screen holds: a picture shows this, and says of each box how much is folded below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.words import width, wrap
from explain.outline.outlines import Item, Outline

SCREEN = 800.0
"""The height of one screen in points."""
DEPTH = 5
"""How many boxes one screen holds side by side."""
COLUMNS = 46
"""How many columns a line in a box may have."""
LINE = 14.0
LAW_LINE = 12.0
"""The height of a line of the law's words, in points."""
_BOX, _GROUP, _LAW = 18.0, 34.0, 12.0


@dataclass(frozen=True)
class Box:
    """One box of a picture: an item, or the grounds of one provision together; `hidden` items are folded below it.

    `short`: a ground with something folded below it is named only, for want of room; `lit`: there is room for the law's
    words in its frame.
    """

    item: Item
    below: tuple[str, ...]
    hidden: int
    short: bool = False
    together: tuple[Item, ...] = ()
    lit: bool = False


def lines(spans: Iterable[str]) -> list[str]:
    """The words of a provision that rules rest on, as its frame shows them."""
    return wrap(" … ".join(spans), COLUMNS + 6)


def boxes(outline: Outline, screen: float | None = SCREEN) -> Mapping[str, Box]:
    """The boxes of a picture in the order of reading; all of them where `screen` is None.

    The grounds come first, then level by level what stands below them, as long as there is room. Where the grounds
    alone are too many, those of a provision share a box.
    """
    items = outline.items
    root = items[outline.root]
    if screen is None:
        return {name: Box(item, item.below, 0, lit=True) for name, item in items.items()}
    shown = {root.id, *root.below}
    lit = _height(outline, shown, True) <= screen
    short = _height(outline, shown, False, lit) > screen
    if short and _height(outline, shown, True, lit) > screen:
        return _together(outline, root)
    level = [items[name] for name in root.below]
    for _ in range(DEPTH - 2):
        following = list[Item]()
        for item in level:
            fresh = {below for below in item.below if below not in shown}
            if fresh and _height(outline, shown | fresh, short, lit) <= screen:
                shown |= fresh
                following += [items[below] for below in item.below if below in fresh]
        level = following
    found = {}
    for name, item in items.items():
        if name in shown:
            below = tuple(one for one in item.below if one in shown)
            found[name] = Box(item, below, 0 if below else len(_under(outline, item)), short, lit=lit)
    return found


def _height(outline: Outline, shown: set[str], short: bool, lit: bool = True) -> float:
    """How high the picture becomes: what has nothing beside it stands one below the other, each group with a frame, in
    which (`lit`) the law's words stand too."""
    under = outline.provisions()
    groups = {under[name] for name in shown} - {""}
    ends = [outline.items[name] for name in shown if not shown.intersection(outline.items[name].below)]
    rows = sum(1 if short and item.below else 1 + min(width(item.words["zh"]) // COLUMNS, 1) for item in ends)
    spans = outline.lit() if lit else {}
    laws = sum(_LAW + len(lines(spans[group])) * LAW_LINE for group in groups if group in spans)
    return len(groups) * _GROUP + len(ends) * _BOX + rows * LINE + laws


def _together(outline: Outline, root: Item) -> Mapping[str, Box]:
    groups: dict[str, list[Item]] = {}
    for name in root.below:
        groups.setdefault(outline.items[name].provision or name, []).append(outline.items[name])
    found = {root.id: Box(root, tuple(grounds[0].id for grounds in groups.values()), 0)}
    for grounds in groups.values():
        hidden = set[str]().union(*(_under(outline, item) for item in grounds))
        found[grounds[0].id] = Box(grounds[0], (), len(hidden), together=tuple(grounds))
    return found


def _under(outline: Outline, item: Item) -> set[str]:
    todo, found = list(item.below), set[str]()
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += outline.items[name].below
    return found
