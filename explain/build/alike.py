"""Graphs of many subjects over one answer set: what is alike but for who it is about is made and worded once.

Each atom is explained by itself, down to the atoms below it (a fragment), from what is read of the evidence; the same
reading comes to the same fragment. Fragments with what is below them make nodes, which are finished once, with marks
for the subject's identifier and name, and filled in for each subject. Whoever's words could be taken for others is left
to `Joint`, and so is a subject two of whose nodes would bear one name: comparisons that compare the same for two days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clingo import Symbol, parse_term

from engine.facts import quote
from engine.words import LANGUAGES, text
from explain.build.builder import Builder
from explain.build.canvas import Canvas, Inconsistent, Task
from explain.build.fragments import Fragment, Fragments
from explain.build.seen import ID, NAME, QUOTED, Seen, distinct
from explain.dual import Asked, Evidence, Program
from explain.say import Finish

if TYPE_CHECKING:
    import networkx


class Subject:
    """Whoever a graph is about: what fills the marks, and what was filled before."""

    def __init__(self, id: str, name: str) -> None:
        self.id, self.name = id, name
        self.nodes: dict[str, tuple[str, dict[str, Any]]] = {}
        self._symbols: dict[str, Symbol] = {}

    def fill(self, words: str) -> str:
        """A text with the subject in place of the marks."""
        return words.replace(ID, self.id).replace(NAME, self.name)

    def symbol(self, words: str) -> Symbol:
        """The value of a text with marks."""
        found = self._symbols.get(words)
        if found is None:
            found = self._symbols[words] = parse_term(words.replace(QUOTED, quote(self.id)))
        return found


Closure = tuple[int, tuple[str, ...]]
"""A fragment, by its number, over certain nodes, by their keys."""
Filling = Callable[[Subject], Any]
"""Makes of a value with marks that of a subject."""


def filling(value: Any) -> Filling | None:
    """What makes of a value with marks that of a subject; None where it has no mark."""
    if isinstance(value, str):
        return (lambda subject: subject.fill(value)) if ID in value or NAME in value else None
    if isinstance(value, Symbol):
        words = str(value)
        return (lambda subject: subject.symbol(words)) if ID in words else None
    if isinstance(value, dict):
        named = [(key, one, filling(one)) for key, one in value.items()]
        if any(fill for *_, fill in named):
            return lambda subject: {key: fill(subject) if fill else one for key, one, fill in named}
    if isinstance(value, tuple):
        parts = [(one, filling(one)) for one in value]
        if any(fill for _, fill in parts):
            return lambda subject: tuple([fill(subject) if fill else one for one, fill in parts])
    return None


@dataclass(eq=False)
class Made:
    """Nodes finished once: attributes and edges by key, and by key the name of the node.

    `texts` are the name and the sentences, which are all that is ever compared; `bad` are the nodes that may not be
    filled in.
    """

    data: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    bad: set[str] = field(default_factory=set)
    _marked: dict[str, list[tuple[str, Filling]]] = field(default_factory=dict)

    def filled(self, key: str, subject: Subject) -> tuple[str, dict[str, Any]]:
        """A node of a subject: its name and attributes."""
        marked = self._marked.get(key)
        if marked is None:
            found = ((name, filling(value)) for name, value in self.data[key].items())
            marked = self._marked[key] = [(name, fill) for name, fill in found if fill is not None]
        attributes = self.data[key]
        if marked:
            attributes = {**attributes, **{name: fill(subject) for name, fill in marked}}
        return subject.fill(self.names[key]), attributes


class Sketch:
    """The graph of a question about a subject, to be drawn when it is wanted."""

    def __init__(self, alike: Alike, root: str, subject: Subject) -> None:
        self.alike, self.root, self.subject = alike, root, subject

    def graph(self) -> networkx.DiGraph:
        """The graph, its nodes in the order in which they are reached from the root."""
        import networkx

        made, filled = self.alike.made, self.subject.nodes
        below = self.alike.below(self.root)
        for key in below:
            if key not in filled:
                filled[key] = made.filled(key, self.subject)
        part = networkx.DiGraph(root=filled[self.root][0])
        part.add_nodes_from([filled[key] for key in below])
        part.add_edges_from(
            [(filled[key][0], filled[target][0], edge) for key in below for target, edge in made.rows[key].items()]
        )
        return part


class Alike:
    """Makes graphs over one answer set for many subjects; `names` are what identifiers are called."""

    def __init__(self, program: Program, evidence: Evidence, names: Mapping[str, str], worded: bool) -> None:
        self.made = Made()
        self._program = program
        self._evidence = evidence
        self._names = names
        self._worded = worded
        self._finish = Finish(program, self.made.data, self.made.rows, {**names, ID: NAME}, ID, worded)
        self._fragments = Fragments()
        self._symbols: dict[str, Symbol] = {}
        self._keys: dict[Any, str] = {}
        self._closures: dict[Closure, str] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, str] = {}
        self._last: Subject | None = None
        self._compared = [text(f"reason.{key}", lang) for key in ("open_day", "until") for lang in LANGUAGES]
        """The words that a template's values are compared with."""
        every = "\n".join([*names, *names.values(), *evidence.texts()])
        self._unmarked = ID not in every and NAME not in every

    def sketches(self, id: str, others: frozenset[str], asked: Iterable[Asked]) -> list[Sketch] | None:
        """The graphs of a subject's goals that name others too; None where they must be made by themselves."""
        words = (id, self._names.get(id, id)) if self._worded else (id,)
        if not self._unmarked or not distinct(*words) or any(word in said for word in words for said in self._compared):
            return None
        seen = Seen(self._evidence, id, others, self._symbols)
        found: dict[str, str] = {}
        try:
            roots = [self._asked(seen, found, goal, row) for goal, row in asked]
        except Inconsistent:  # told by whoever makes the graph by itself, with the names of its nodes
            return None
        keys = set().union(*map(self.below, roots))
        if len({self.made.names[key] for key in keys}) < len(keys) or not self.made.bad.isdisjoint(keys):
            return None
        if any(word in self._said(root) for root in roots for word in words):
            return None
        if self._last is None or self._last.id != id:
            self._last = Subject(id, words[-1])
        return [Sketch(self, root, self._last) for root in roots]

    def below(self, root: str) -> tuple[str, ...]:
        """A node with all that is below it, breadth first."""
        found = self._below.get(root)
        if found is None:
            reached = dict.fromkeys([root])
            for key in (todo := [root]):
                fresh = [target for target in self.made.rows[key] if target not in reached]
                reached.update(dict.fromkeys(fresh))
                todo += fresh
            found = self._below[root] = tuple(todo)
        return found

    def _said(self, root: str) -> str:
        """What is said in a node and all that is below it."""
        found = self._words.get(root)
        if found is None:
            found = self._words[root] = "\n".join([self.made.texts[key] for key in self.below(root)])
        return found

    def _asked(self, seen: Seen, found: dict[str, str], goal: Any, row: tuple[str, ...]) -> str:
        name, marked = goal.signature[0], seen.marked(row)
        return self._node(
            seen, found, ("true", name, (), marked) if goal.truth else ("false", name, goal.bound, marked)
        )

    def _node(self, seen: Seen, found: dict[str, str], atom: Task) -> str:
        """The key of an atom's node for a subject, made with what is below it where nobody had it before."""
        fragment = self._fragments.of(atom, seen) or self._fragments.keep(atom, seen, self._drawn(seen, atom))
        below = []
        for node, other in fragment.below:
            if node not in found:
                found[node] = self._node(seen, found, other)
            below.append(found[node])
        closure = fragment.number, tuple(below)
        key = self._closures.get(closure)
        if key is None:
            key = self._closures[closure] = self._put(
                fragment, {node: found[node] for node, _ in fragment.below}, closure
            )
        found[fragment.root] = key
        return key

    def _drawn(self, seen: Seen, atom: Task) -> Fragment:
        """An atom explained down to the atoms below it, on a canvas of its own."""
        truth, name, bound, arguments = atom
        canvas = Canvas(self._program.dual, seen, self._program.labels, seen.named)
        builder = Builder(canvas)
        root = canvas.true(name, arguments) if truth == "true" else canvas.false(name, bound, arguments)
        if canvas.todo:
            builder.step(canvas.todo.pop())
        return self._fragments.fragment(root, canvas)

    def _put(self, fragment: Fragment, keys: dict[str, str], closure: Closure) -> str:
        """The key of a fragment's root over certain nodes below; what of it is new is finished."""
        fresh: list[str] = []
        root = self._key(fragment, fragment.root, keys, fresh, closure)
        self._finish.nodes(fresh)
        made = self.made
        for one in fresh:
            attributes = made.data[one]
            made.texts[one] = "\n".join([made.names[one], *(attributes.get(lang, "") for lang in LANGUAGES)])
            if attributes["role"] == "aggregate" and not self._in_order(one):
                made.bad.add(one)
        return root

    def _key(self, fragment: Fragment, node: str, keys: dict[str, str], fresh: list[str], closure: Closure) -> str:
        """The key of a node of a fragment; of those that are known, `keys`, that is looked up.

        Whether a rule is idle hangs on those beside it: it is a node of this fragment over these nodes alone.
        """
        known = keys.get(node)
        if known is None:
            edges = fragment.rows[node].items()
            row = [(self._key(fragment, target, keys, fresh, closure), edge) for target, edge in edges]
            beside = closure if fragment.nodes[node]["role"] == "rule" else None
            content = fragment.contents[node], tuple([(at, tuple(edge.items())) for at, edge in row]), beside
            known = self._keys.get(content)
            if known is None:
                known = self._keys[content] = str(len(self._keys))
                self.made.data[known], self.made.rows[known] = dict(fragment.nodes[node]), dict(row)
                self.made.names[known] = node
                fresh.append(known)
            keys[node] = known
        return known

    def _in_order(self, key: str) -> bool:
        """Whether what counts is told in the same order whatever fills the marks: sentences are sorted there."""
        row = self.made.rows[key].items()
        counted = [target for target, edge in row if "counts" in edge.get("roles", (edge["role"],))]
        return all(
            _settled(*pair)
            for sentences in self._finish.sentences
            for pair in pairwise(sorted(map(sentences.of, counted)))
        )


def _settled(one: str, other: str) -> bool:
    """Whether two texts differ first, if at all, where neither has a mark."""
    differing = next(((a, b) for a, b in zip(one, other, strict=False) if a != b), ("", ""))
    return not {ID, NAME}.intersection(differing)
