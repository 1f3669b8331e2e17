"""A justification condensed for readers: what a person would say, the steps in between folded and counted.

Every picture and page is made from an Outline, none from the graph itself; explain/outline/condenser.py says what is
folded.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

KINDS = (
    "outcome", "barred", "failed", "open", "met", "holds", "fails", "record", "contrary", "missing", "judgment",
    "judgment_missing", "expired", "outside", "not_yet", "number", "stated", "not_stated", "choice", "reading", "limit",
)  # fmt: skip
"""What an item is to a reader; explain/outline/shapes.py gives each its sign, shape and colour.

outcome: what was asked · barred, failed, open, met: a ground · holds, fails: another condition of the law ·
record: a fact on file · contrary: a fact on file that says otherwise · missing: no such fact on file · judgment,
judgment_missing: a person's, given or not · expired, outside (a window), not_yet: by a day · number: values compared ·
stated, not_stated: in the rules themselves · choice: nothing compels it · reading: not how the text is read here ·
limit: what cannot be explained.
"""


@dataclass(frozen=True)
class Item:
    """One line or box: what is said, the provision it stands under, and the items it rests on.

    `brief` is what is said of a ground where its reasons stand below it; `rests` the words of the law that the rules
    behind it rest on, each with its provision.
    """

    id: str
    node: str
    kind: str
    truth: bool
    words: Mapping[str, str]
    brief: Mapping[str, str]
    atom: str
    provision: str
    location: str
    below: tuple[str, ...]
    rests: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Outline:
    """The condensed view: items in the order of reading, the root first.

    `readings` are those the answer rests on, `steps` how many nodes the whole justification has,
    `answers` the atoms that answer an open question, where there are several: the first is told.
    """

    question: str
    truth: bool
    root: str
    items: Mapping[str, Item]
    readings: tuple[tuple[str, str], ...]
    steps: int
    answers: tuple[str, ...] = ()

    @property
    def folded(self) -> int:
        """How many steps of the justification are not shown."""
        return self.steps - len({item.node for item in self.items.values()})

    def rows(self) -> Iterator[tuple[int, Item, bool]]:
        """Depth, item, and whether it was told before: then what is below it is not repeated."""
        todo = [(0, self.root)]
        told: set[str] = set()
        while todo:
            depth, name = todo.pop()
            item = self.items[name]
            yield depth, item, name in told and bool(item.below)
            if name not in told:
                todo += [(depth + 1, below) for below in reversed(item.below)]
            told.add(name)

    def lit(self) -> dict[str, tuple[str, ...]]:
        """The words that the rules behind the items rest on, of each provision."""
        found: dict[str, dict[str, None]] = {}
        for item in self.items.values():
            for provision, words in item.rests:
                found.setdefault(provision, {})[words] = None
        return {provision: tuple(words) for provision, words in found.items()}

    def provisions(self) -> dict[str, str]:
        """For each item the provision it stands under: its own, else that of the first item above that has one."""
        under: dict[str, str] = {}
        for _, item, _ in self.rows():
            own = under.setdefault(item.id, item.provision)
            for below in item.below:
                under.setdefault(below, self.items[below].provision or own)
        return under
