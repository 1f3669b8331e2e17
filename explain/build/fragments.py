"""Fragments of graphs, found by what they were made from: everything that was read of the evidence, in its order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from explain.build.canvas import Canvas, Task
from explain.build.seen import Read, Seen

Result = TypeVar("Result")


class Fragment(NamedTuple):
    """An atom explained down to the atoms below it, `below`: their nodes, and how they are asked for.

    `contents` numbers what is on a node: equal numbers, equal attributes. Fragments of one number are equal.
    """

    number: int
    root: str
    nodes: dict[str, dict[str, Any]]
    rows: dict[str, dict[str, dict[str, Any]]]
    contents: dict[str, int]
    below: tuple[tuple[str, Task], ...]


@dataclass(eq=False)
class _Spot:
    """What is read next, and by what was found where that leads: to what is read then, or to a result."""

    read: Read
    leads: dict[object, Any] = field(default_factory=dict)


class Trail(Generic[Result]):
    """Results by what was asked for, and by all that was read for them, in its order."""

    def __init__(self) -> None:
        self._begun: dict[object, Any] = {}

    def of(self, asked: object, seen: Seen) -> Result | None:
        """The result for whoever has the evidence seen; None if none was kept for what it says."""
        spot = self._begun.get(asked)
        while isinstance(spot, _Spot):
            spot = spot.leads.get(seen.answer(spot.read))
        found: Result | None = spot
        return found

    def keep(self, asked: object, read: Mapping[Read, object], result: Result) -> None:
        """Keep a result under all that was read for it."""
        leads, found = self._begun, asked
        for one, answer in read.items():
            spot = leads.setdefault(found, _Spot(one))
            if not isinstance(spot, _Spot) or spot.read != one:
                return  # the same was read, and then something else: it was no reading that settled it
            leads, found = spot.leads, answer
        leads.setdefault(found, result)


class Fragments:
    """Fragments by atom, by whom the question names, and by reading."""

    def __init__(self) -> None:
        self._atoms: Trail[Fragment] = Trail()
        self._contents: dict[Any, int] = {}
        self._numbers: dict[Any, int] = {}

    def of(self, atom: Task, seen: Seen) -> Fragment | None:
        """The fragment of an atom for whoever has the evidence seen; None if none was made from what it says."""
        found = self._atoms.of((atom, seen.named), seen)
        seen.log.clear()
        return found

    def keep(self, atom: Task, seen: Seen, fragment: Fragment) -> Fragment:
        """Keep a fragment under all that was read for it."""
        self._atoms.keep((atom, seen.named), seen.log, fragment)
        return fragment

    def fragment(self, root: str, canvas: Canvas) -> Fragment:
        """What was drawn on a canvas for one atom; what waits there still is below it."""
        waiting = {task[1]: (task[0], task[2], task[3] if task[0] == "false" else (), task[-1]) for task in canvas.todo}
        own = {node: attributes for node, attributes in canvas.nodes.items() if node not in waiting}
        contents = {
            node: self._contents.setdefault((node, frozen(attributes)), len(self._contents))
            for node, attributes in own.items()
        }
        below = tuple(waiting.items())
        whole = root, tuple(contents.items()), frozen(canvas.rows), below
        number = self._numbers.setdefault(whole, len(self._numbers))
        return Fragment(number, root, own, canvas.rows, contents, below)


def frozen(value: Any) -> Any:
    """A value of a node, as something that is equal where it is the same."""
    if isinstance(value, dict):
        return tuple([(key, frozen(one)) for key, one in value.items()])
    if isinstance(value, tuple):
        return tuple(map(frozen, value))
    return value
