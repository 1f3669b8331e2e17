"""Items in the making: found by key, those that say the same with the same below them one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from explain.outline.nodekinds import ON_FILE


@dataclass(frozen=True)
class Draft:
    """An item before it has its number; `below` holds keys of drafts, `taken` the words of records it took in."""

    kind: str
    truth: bool
    words: tuple[str, ...]
    provision: str
    below: tuple[str, ...]
    taken: tuple[tuple[str, ...], ...] = ()


class Drafts:
    """All drafts of one outline; with `apart` those of different nodes stay different."""

    def __init__(self, apart: bool) -> None:
        self.apart = apart
        self._drafts: dict[str, Draft] = {}
        self._keys: dict[tuple[Draft, str], str] = {}
        self._told: dict[str, frozenset[tuple[str, ...]]] = {}
        self._places: dict[tuple[str, str], str] = {}

    def __getitem__(self, key: str) -> Draft:
        return self._drafts[key]

    def told(self, item: str) -> frozenset[tuple[str, ...]]:
        """The words of an item and of all that stands below it."""
        if item not in self._told:
            draft = self._drafts[item]
            self._told[item] = frozenset({draft.words, *draft.taken}).union(*map(self.told, draft.below))
        return self._told[item]

    def once(self, items: list[str]) -> tuple[str, ...]:
        """Items of one parent, those that say the same joined."""
        same: dict[tuple[Any, ...], list[str]] = {}
        for item in dict.fromkeys(items):
            draft = self._drafts[item]
            kind = "record" if draft.kind in ON_FILE else draft.kind
            same.setdefault((kind, draft.words, draft.provision), []).append(item)
        return tuple(self._joined(alike) for alike in same.values())

    def _joined(self, items: list[str]) -> str:
        if len(items) == 1:
            return items[0]
        drafts = [self._drafts[item] for item in items]
        first = next((one for one in drafts if one.kind != "record"), drafts[0])
        below = self.once([item for draft in drafts for item in draft.below])
        return self.keep(replace(first, below=below), items[drafts.index(first)].rstrip(" "))

    def placed(self, item: str, provision: str) -> str:
        """The item under a provision, and what is below it, as far as they are under none."""
        draft = self._drafts[item]
        if draft.provision or not provision:
            return item
        if (item, provision) not in self._places:
            below = tuple(self.placed(one, provision) for one in draft.below)
            placed = replace(draft, provision=provision, below=below)
            self._places[item, provision] = self.keep(placed, item.rstrip(" "))
        return self._places[item, provision]

    def keep(self, draft: Draft, node: str) -> str:
        """The key of a draft: its node, with spaces where the node stands for other drafts already."""
        apart = node if self.apart else ""
        if (draft, apart) not in self._keys:
            key = node
            while key in self._drafts:
                key += " "
            self._drafts[key] = draft
            self._keys[draft, apart] = key
        return self._keys[draft, apart]
