"""How a justification is condensed: from the leaves up, each node becomes an item, gives way to what is below, or goes.

Gives way: rules (what fails in them stands in their place), atoms the rule files mark as background, what repeats
the atom above it, and denials of all grounds at once. Goes: rules about something else, technical atoms (the records
below them stay), calculations that a worded atom has told, readings in force (they are listed apart), and
background that brings no new record beside a reason. Never goes: the question, and whatever is the only thing left
to say. What says the same with the same below it is one item.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx

from engine.messages import LANGUAGES, has, text
from engine.statute import Provision
from engine.visible import visible
from explain.outline import Item, Outline

LEAVES = {
    "recorded": "record", "contrary_record": "contrary", "no_record": "missing", "finding": "judgment",
    "finding_missing": "judgment_missing", "expired": "expired", "outside_window": "outside", "not_yet": "not_yet",
    "comparison": "number", "aggregate": "number", "conditional": "number", "stated": "stated", "value": "number",
    "not_stated": "not_stated", "no_rule": "not_stated", "chosen": "choice", "not_chosen": "choice",
    "assumed": "choice",
}  # fmt: skip
"""The kind of an item, by the kind of its node."""
PLAIN = ("derived", "refuted", "blocked")
CALCULATED = ("number", "not_yet", "outside", "expired")
ON_FILE = ("record", "contrary", "expired", "outside", "not_yet")
EVERYBODY = ("applicant", "round")
"""Records that every case has: they tell nothing unless they are the reason."""
READING = ("read_as", "reading", "reading_default", "reading_choice")
JUDGMENT = "finding"
FRAME = ("failed", "barred", "barring_event", "open", "missing", "overdue", "rejected", "pending")
"""The outcome's own predicates (rules/common.lp): denied for all grounds at once they say nothing by themselves."""
GROUNDS = {
    "failed": "requirement",
    "open": "requirement",
    "met": "requirement",
    "barred": "ground",
    "barring_event": "ground",
}
"""Atoms that name a ground of an outcome in their third argument, and the table that words it."""


@dataclass(frozen=True)
class Draft:
    """An item before it has its number; `below` holds keys of drafts, `taken` the words of records it took in."""

    kind: str
    truth: bool
    words: tuple[str, ...]
    provision: str
    below: tuple[str, ...]
    taken: tuple[tuple[str, ...], ...] = ()


class Condenser:
    """Condenses one graph; with `full` every node is an item."""

    def __init__(self, graph: networkx.DiGraph, full: bool = False) -> None:
        self.graph = graph
        self.nodes = graph.nodes
        self.full = full
        self.root = str(graph.graph["root"])
        self.below: dict[str, tuple[str, ...]] = {}
        self.drafts: dict[str, Draft] = {}
        self._known: dict[tuple[Draft, str], str] = {}

    def outline(self) -> Outline:
        """The condensed view."""
        for node in reversed(list(networkx.lexicographical_topological_sort(self.graph))):
            self.below[node] = self._below(node)
        return self._numbered(self._item(self.root))

    # What stands below a node -----------------------------------------------------------------------------------------

    def _below(self, node: str) -> tuple[str, ...]:
        edges = [(target, str(role)) for _, target, role in self.graph.out_edges(node, data="role")]
        if self.full:
            return tuple(dict.fromkeys(self._item(target) for target, _ in edges))
        attributes = self.nodes[node]
        if self._is(node, READING) or (attributes["role"] == "atom" and attributes["kind"] == "contrary_record"):
            return ()
        main, aside, denied = list[str](), list[str](), list[str]()
        for target, role in edges:
            shown = self._shown(node, target, role)
            (denied if self._denied(node, target) else aside if self._aside(node, target, shown) else main).extend(
                shown
            )
        told = set[tuple[str, ...]]().union(*map(self._told, main))
        further = [item for item in aside if self._adds(item, told)]
        silent = not attributes["truth"] or not attributes.get("worded")
        found = self._once([*main, *further] or (aside if silent else []) or denied)
        if attributes.get("technical"):
            return tuple(item for item in found if self.drafts[item].kind not in CALCULATED)
        if self._background(node):
            return tuple(item for item in found if self.drafts[item].kind != "number")
        if not found and attributes["role"] == "atom" and not attributes["truth"] and not attributes.get("worded"):
            return tuple(self._item(target) for target, role in edges if role in ("fails", "tries", "rule"))
        return found

    def _shown(self, parent: str, node: str, role: str) -> tuple[str, ...]:
        """The items that tell of a node under another, placed under the provision of the rule that makes the step."""
        provision = str(self.graph.edges[parent, node].get("provision", ""))
        return tuple(self._placed(item, provision) for item in self._telling(parent, node, role))

    def _telling(self, parent: str, node: str, role: str) -> tuple[str, ...]:
        """A node itself, what is below it, or nothing."""
        attributes = self.nodes[node]
        kind, part, truth = attributes["kind"], attributes["role"], attributes["truth"]
        itself = (self._item(node),)
        if attributes.get("idle") or role == "contrary":
            return ()
        if role == "context":
            return () if self._background(node) else self.below[node]
        if part == "rule":
            return self.below[node] if kind == "blocked" else itself
        if self._is(node, READING) or kind in ("technical", "stated"):
            return () if truth else itself
        if part == "comparison":
            told = truth and (self.nodes[parent].get("worded") or "=" in attributes.get("operators", ()))
            return () if told else itself
        if part == "instance":
            lifted = kind == "value" or self._background(node) or self._is(node, EVERYBODY)
            return self.below[node] if lifted else itself
        if truth and role == "condition" and self._is(node, EVERYBODY):
            return ()
        if kind == "no_record" and not attributes["arguments"]:
            return ()
        if self._background(node) or self._repeats(parent, node) or self._frame(node):
            return self.below[node]
        return itself

    def _aside(self, parent: str, node: str, shown: tuple[str, ...]) -> bool:
        """Whether a node only accompanies the reason: background, or denied because of a reading not taken."""
        if self.nodes[node]["role"] != "atom":
            return False
        if self._background(node):
            return True
        denied = self.nodes[parent]["truth"] and not self.nodes[node]["truth"]
        return bool(denied and shown and all(map(self._by_reading, shown)))

    def _denied(self, parent: str, node: str) -> bool:
        """Whether a node only says that the atom above it has no further ground."""
        denied = self.nodes[parent]["truth"] and not self.nodes[node]["truth"]
        return bool(denied and self.nodes[parent]["role"] == "atom" and self._is(node, FRAME))

    def _by_reading(self, item: str) -> bool:
        draft = self.drafts[item]
        return draft.kind == "reading" or (bool(draft.below) and all(map(self._by_reading, draft.below)))

    def _adds(self, item: str, told: set[tuple[str, ...]]) -> bool:
        """Whether an accompanying item brings a record that was not told yet."""
        draft = self.drafts[item]
        if draft.below:
            return any(self._adds(below, told) for below in draft.below)
        return draft.kind in ("record", "judgment") and draft.truth and not told.intersection([draft.words])

    def _told(self, item: str) -> set[tuple[str, ...]]:
        draft = self.drafts[item]
        return {draft.words, *draft.taken}.union(*map(self._told, draft.below))

    def _once(self, items: list[str]) -> tuple[str, ...]:
        """Items of one parent, those that say the same joined."""
        same: dict[tuple[Any, ...], list[str]] = {}
        for item in dict.fromkeys(items):
            draft = self.drafts[item]
            kind = "record" if draft.kind in ON_FILE else draft.kind
            same.setdefault((kind, draft.words, draft.provision), []).append(item)
        return tuple(self._joined(alike) for alike in same.values())

    def _joined(self, items: list[str]) -> str:
        if len(items) == 1:
            return items[0]
        drafts = [self.drafts[item] for item in items]
        first = next((one for one in drafts if one.kind != "record"), drafts[0])
        below = self._once([item for draft in drafts for item in draft.below])
        return self._kept(replace(first, below=below), items[drafts.index(first)].rstrip(" "))

    def _placed(self, item: str, provision: str) -> str:
        draft = self.drafts[item]
        if draft.provision or not provision:
            return item
        below = tuple(self._placed(one, provision) for one in draft.below)
        return self._kept(replace(draft, provision=provision, below=below), item.rstrip(" "))

    # What a node is ---------------------------------------------------------------------------------------------------

    def _background(self, node: str) -> bool:
        return bool(self.nodes[node].get("background") or self.nodes[node].get("technical"))

    def _is(self, node: str, predicates: tuple[str, ...]) -> bool:
        return self.nodes[node].get("predicate") in predicates

    def _repeats(self, parent: str, node: str) -> bool:
        """Whether an atom is about the same ground as the one above it: that one's arguments, and perhaps more."""
        above, own = self.nodes[parent].get("arguments", ()), self.nodes[node].get("arguments", ())
        if self.nodes[parent]["role"] != "atom" or not _named(above):
            return False
        alike = [one for one in self.graph.successors(parent) if self._is(one, (self.nodes[node]["predicate"],))]
        return bool(own[: len(above)] == above and len(alike) == 1)

    def _frame(self, node: str) -> bool:
        """Whether an atom is an outcome's own step: what is below it says why."""
        arguments = self.nodes[node].get("arguments", ())
        return self._is(node, FRAME) and (None in arguments or len(arguments) == 1)

    def _kind(self, attributes: Mapping[str, Any]) -> str:
        kind = str(attributes["kind"])
        if attributes.get("predicate") in READING and not attributes["truth"]:
            return "reading"
        if attributes.get("predicate") == JUDGMENT and kind != "finding_missing":
            return "judgment"
        if kind in PLAIN and attributes["truth"] and attributes.get("predicate") in GROUNDS:
            return str(attributes["predicate"]).replace("barring_event", "barred")
        if kind in PLAIN:
            return "holds" if attributes["truth"] else "fails"
        return LEAVES.get(kind, "limit")

    # Items ------------------------------------------------------------------------------------------------------------

    def _item(self, node: str) -> str:
        """The key of a node's item."""
        attributes = self.nodes[node]
        draft = Draft(
            kind="outcome" if node == self.root else self._kind(attributes),
            truth=bool(attributes["truth"]),
            words=tuple(visible(str(attributes.get(lang) or attributes["atom"])) for lang in LANGUAGES),
            provision=str(attributes.get("provision", "")),
            below=self.below[node],
        )
        return self._kept(draft if self.full else self._condensed(draft, attributes), node)

    def _condensed(self, draft: Draft, attributes: Mapping[str, Any]) -> Draft:
        """An item that says in one what its only reason would say again."""
        below = [self.drafts[item] for item in draft.below]
        only = below[0] if len(below) == 1 and not below[0].below else None
        if attributes["role"] == "instance":
            record = tuple(visible(str(attributes.get(f"record_{lang}") or "")) for lang in LANGUAGES)
            if not all(record) or not below:
                return draft
            if only is None or only.kind not in CALCULATED:
                return replace(draft, words=record)
            joined = zip(record, only.words, LANGUAGES, strict=True)
            words = tuple(text("outline.joined", lang, record=one, reason=two) for one, two, lang in joined)
            return replace(draft, kind=only.kind, truth=only.truth, words=words, below=(), taken=(record,))
        if draft.kind not in ("holds", "fails") or _named(attributes.get("arguments", ())):
            return draft
        if len(below) == 1 and below[0].kind not in CALCULATED and below[0].words[0] in draft.words[0]:
            kind = draft.kind if below[0].below else below[0].kind
            return replace(draft, kind=kind, below=below[0].below, taken=(below[0].words, *below[0].taken))
        calculated = all(one.kind in CALCULATED and not one.below and not one.taken for one in below)
        if below and attributes.get("worded") and calculated:
            return replace(draft, kind=below[0].kind if only and not draft.truth else draft.kind, below=())
        return draft

    def _brief(self, node: str, words: Mapping[str, str]) -> Mapping[str, str]:
        """A ground in a few words, for where its reasons stand below it."""
        attributes = self.nodes[node]
        predicate, arguments = attributes.get("predicate", ""), attributes.get("arguments", ())
        if predicate not in GROUNDS or len(arguments) < 3 or not attributes["truth"]:
            return words
        key = f"{GROUNDS[predicate]}.{arguments[2]}"
        if not all(has(key, lang) for lang in words):
            return words
        return {lang: text(f"outline.brief.{predicate}", lang, label=text(key, lang)) for lang in words}

    def _kept(self, draft: Draft, node: str) -> str:
        """The key of a draft: its node, with spaces where the node stands for other drafts already."""
        apart = node if self.full else ""
        if (draft, apart) not in self._known:
            key = node
            while key in self.drafts:
                key += " "
            self.drafts[key] = draft
            self._known[draft, apart] = key
        return self._known[draft, apart]

    def _numbered(self, root: str) -> Outline:
        order: dict[str, tuple[str, ...]] = {}
        todo = [root]
        while todo:
            key = todo.pop()
            if key not in order:
                order[key] = self._by_law(self.drafts[key])
                todo += reversed(order[key])
        names = {key: f"n{number}" for number, key in enumerate(order, 1)}
        items = {}
        for key, below in order.items():
            draft, node = self.drafts[key], key.rstrip(" ")
            words = dict(zip(LANGUAGES, draft.words, strict=True))
            items[names[key]] = Item(
                id=names[key],
                node=node,
                kind=draft.kind,
                truth=draft.truth,
                words=words,
                brief=words if self.full else self._brief(node, words),
                atom=visible(str(self.nodes[node]["atom"])),
                provision=draft.provision,
                location=str(self.nodes[node].get("location", "")),
                below=tuple(names[one] for one in below),
            )
        asked = self.graph.graph
        return Outline(
            visible(str(asked["question"])), bool(asked["truth"]), names[root], items, self._readings(), len(self.graph)
        )

    def _by_law(self, draft: Draft) -> tuple[str, ...]:
        """What is below an item; grounds under one that has no provision in the order of the law."""
        if draft.provision or self.full:
            return draft.below
        named = [self.drafts[key].provision for key in draft.below]
        place = {key: Provision.parse(name) if name else (9999,) for key, name in zip(draft.below, named, strict=True)}
        return tuple(sorted(draft.below, key=lambda key: tuple(place[key])))

    def _readings(self) -> tuple[tuple[str, str], ...]:
        used = set()
        for _, attributes in self.graph.nodes(data=True):
            if attributes.get("predicate") == "read_as" and attributes["truth"] and attributes["role"] == "atom":
                key, choice = attributes["arguments"]
                used.add((str(key), str(choice)))
        return tuple(sorted(used))


def _named(arguments: Iterable[object]) -> bool:
    """Whether arguments name a provision."""
    return any(str(one).startswith("art(") for one in arguments)
