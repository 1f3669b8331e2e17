"""How a justification is condensed: from the leaves up, each node becomes an item, gives way to what is below, or goes.

Gives way: rules (what fails in them stands in their place), atoms the rule files mark as background, what repeats
the atom above it or is the rest of a chain, and denials of all grounds at once. Goes: rules about something else,
technical atoms (the records below them stay), calculations that a worded atom has told, readings in force (they are
listed apart), and background that brings no new record beside a reason. Never goes: the question, and whatever is the
only thing left to say. What says the same with the same below it is one item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import networkx

from engine.law import Provision
from engine.words import LANGUAGES, text, visible
from explain.outline.items import Draft, Drafts
from explain.outline.nodekinds import (
    CALCULATED,
    EVERYBODY,
    FRAME,
    GROUNDS,
    READING,
    brief,
    kind_of,
    names_provision,
    readings,
)
from explain.outline.outlines import Item, Outline

_LITTLE = 24


def outline(graph: networkx.DiGraph, full: bool = False, in_force: Mapping[str, str] | None = None) -> Outline:
    """The condensed view of a justification; with `full` every step of it.

    `in_force` are the decision's readings: with them, readings that were asked for and not taken are told too.
    """
    return Condenser(graph, full, in_force or {}).outline()


class Condenser:
    """Condenses one graph; with `full` every node is an item."""

    def __init__(self, graph: networkx.DiGraph, full: bool, in_force: Mapping[str, str]) -> None:
        self.graph = graph
        self.nodes = graph.nodes
        self.full = full
        self.in_force = in_force
        self.root = str(graph.graph["root"])
        self.below: dict[str, tuple[str, ...]] = {}
        self.drafts = Drafts(apart=full)

    def outline(self) -> Outline:
        """The condensed view."""
        for node in reversed(list(networkx.lexicographical_topological_sort(self.graph))):
            self.below[node] = self._below(node)
        return self._numbered(self._item(self.root))

    # What stands below a node -----------------------------------------------------------------------------------------

    def _below(self, node: str) -> tuple[str, ...]:
        rows = self.graph.out_edges(node, data=True)
        edges = [(target, str(role)) for _, target, edge in rows for role in edge.get("roles", (edge["role"],))]
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
        told = frozenset[tuple[str, ...]]().union(*map(self.drafts.told, main))
        further = [item for item in aside if self._adds(item, told)]
        silent = not attributes["truth"] or not attributes.get("worded")
        found = self.drafts.once([*main, *further] or (aside if silent else []) or denied)
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
        return tuple(self.drafts.placed(item, provision) for item in self._telling(parent, node, role))

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
        if kind in ("not_stated", "no_rule"):
            return itself
        if self._background(node) or self._repeats(parent, node) or self._frame(node) or self._sums_up(node):
            return self.below[node]
        if self._continues(parent, node):
            return self.below[node]
        return itself

    def _aside(self, parent: str, node: str, shown: tuple[str, ...]) -> bool:
        """Whether a node only accompanies the reason: background, or denied because of a reading not taken."""
        if self.nodes[node]["role"] != "atom":
            return False
        if self._background(node):
            # That the law does not name a recorded kind of thing is a reason; that a rule is about another is none.
            named = self.nodes[node]["kind"] in ("not_stated", "no_rule") and self.nodes[parent]["role"] == "instance"
            return not named or self.nodes[parent]["kind"] == "derived"
        denied = self.nodes[parent]["truth"] and not self.nodes[node]["truth"]
        return bool(denied and shown and all(map(self._by_reading, shown)))

    def _denied(self, parent: str, node: str) -> bool:
        """Whether a node only says that the atom above it has no further ground."""
        denied = self.nodes[parent]["truth"] and not self.nodes[node]["truth"]
        return bool(denied and self.nodes[parent]["role"] == "atom" and self._is(node, FRAME))

    def _by_reading(self, item: str) -> bool:
        draft = self.drafts[item]
        return draft.kind == "reading" or (bool(draft.below) and all(map(self._by_reading, draft.below)))

    def _adds(self, item: str, told: frozenset[tuple[str, ...]]) -> bool:
        """Whether an accompanying item brings a record that was not told yet."""
        draft = self.drafts[item]
        if draft.below:
            return any(self._adds(below, told) for below in draft.below)
        return draft.kind in ("record", "judgment") and draft.truth and not told.intersection([draft.words])

    # What a node is ---------------------------------------------------------------------------------------------------

    def _background(self, node: str) -> bool:
        return bool(self.nodes[node].get("background") or self.nodes[node].get("technical"))

    def _is(self, node: str, predicates: tuple[str, ...]) -> bool:
        return self.nodes[node].get("predicate") in predicates

    def _repeats(self, parent: str, node: str) -> bool:
        """Whether an atom is about the same ground as the one above it: that one's arguments, and perhaps more."""
        above, own = self.nodes[parent].get("arguments", ()), self.nodes[node].get("arguments", ())
        if self.nodes[parent]["role"] != "atom" or not names_provision(above):
            return False
        predicate = self.nodes[node].get("predicate", "")
        alike = [one for one in self.graph.successors(parent) if self._is(one, (predicate,))]
        return bool(own[: len(above)] == above and len(alike) == 1)

    def _continues(self, parent: str, node: str) -> bool:
        """Whether an atom is what the one above it is, one link further on: a chain is told link by link."""
        above, own = self.nodes[parent], self.nodes[node]
        alike = above.get("predicate") == own.get("predicate") is not None
        return bool(alike and above["role"] == own["role"] == "atom" and above["truth"] and own["truth"])

    def _sums_up(self, node: str) -> bool:
        """Whether an atom's words are no more than those of the several items below it, one after the other."""
        attributes, below = self.nodes[node], [self.drafts[item] for item in self.below[node]]
        if len(below) < 2 or attributes.get("predicate") in GROUNDS or self.full:
            return False
        own = [visible(str(attributes.get(lang) or "")) for lang in LANGUAGES]
        left = own
        for draft in below:
            if any(part not in said for part, said in zip(draft.words, own, strict=True)):
                return False
            left = [said.replace(part, "") for part, said in zip(draft.words, left, strict=True)]
        return all(len(said) < _LITTLE for said in left)

    def _frame(self, node: str) -> bool:
        """Whether an atom is an outcome's own step: what is below it says why."""
        arguments = self.nodes[node].get("arguments", ())
        return self._is(node, FRAME) and (None in arguments or len(arguments) == 1)

    # Items ------------------------------------------------------------------------------------------------------------

    def _item(self, node: str) -> str:
        """The key of a node's item."""
        attributes = self.nodes[node]
        draft = Draft(
            kind="outcome" if node == self.root else kind_of(attributes),
            truth=bool(attributes["truth"]),
            words=tuple(visible(str(attributes.get(lang) or attributes["atom"])) for lang in LANGUAGES),
            provision=str(attributes.get("provision", "")),
            below=self.below[node],
        )
        return self.drafts.keep(draft if self.full else self._condensed(draft, attributes), node)

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
        if draft.kind not in ("holds", "fails") or attributes.get("predicate") in GROUNDS:
            return draft
        if len(below) == 1 and below[0].kind not in CALCULATED and below[0].words[0] in draft.words[0]:
            kind = draft.kind if below[0].below else below[0].kind
            return replace(draft, kind=kind, below=below[0].below, taken=(below[0].words, *below[0].taken))
        calculated = all(one.kind in CALCULATED and not one.below and not one.taken for one in below)
        if below and attributes.get("worded") and calculated:
            return replace(draft, kind=below[0].kind if only and not draft.truth else draft.kind, below=())
        return draft

    def _numbered(self, root: str) -> Outline:
        order: dict[str, tuple[str, ...]] = {}
        todo = [root]
        while todo:
            key = todo.pop()
            if key not in order:
                order[key] = self._by_law(self.drafts[key])
                todo += reversed(order[key])
        names = {key: f"n{number}" for number, key in enumerate(order, 1)}
        items, rests = {}, self._rests()
        for key, below in order.items():
            draft, node = self.drafts[key], key.rstrip(" ")
            words = dict(zip(LANGUAGES, draft.words, strict=True))
            items[names[key]] = Item(
                id=names[key],
                node=node,
                kind=draft.kind,
                truth=draft.truth,
                words=words,
                brief=words if self.full else brief(self.nodes[node], words),
                atom=visible(str(self.nodes[node]["atom"])),
                provision=draft.provision,
                location=str(self.nodes[node].get("location", "")),
                below=tuple(names[one] for one in below),
                rests=rests[node],
            )
        asked = self.graph.graph
        return Outline(
            visible(str(asked["question"])),
            bool(asked["truth"]),
            names[root],
            items,
            readings(self.graph, self.in_force),
            len(self.graph),
            tuple(map(visible, asked.get("answers", ()))),
        )

    def _rests(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """For each node the words that its rule, and those of all nodes below it, rest on, with their provisions."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for node in reversed(list(networkx.topological_sort(self.graph))):
            data = self.nodes[node]
            own = [(str(data["provision"]), words) for words in data.get("spans", ()) if data.get("provision")]
            found[node] = tuple(dict.fromkeys((*own, *(pair for one in self.graph[node] for pair in found[one]))))
        return found

    def _by_law(self, draft: Draft) -> tuple[str, ...]:
        """What is below an item; grounds under one that has no provision in the order of the law."""
        if draft.provision or self.full:
            return draft.below
        named = [self.drafts[key].provision for key in draft.below]
        place = {key: Provision.parse(name) if name else (9999,) for key, name in zip(draft.below, named, strict=True)}
        return tuple(sorted(draft.below, key=lambda key: tuple(place[key])))
