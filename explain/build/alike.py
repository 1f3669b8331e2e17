"""Graphs of many subjects: what is alike but for who it is about, and for numbers, is made and worded once.

Each atom is explained by itself, down to the atoms below it (a fragment), from what is read of the evidence; the same
reading comes to the same fragment. Fragments with what is below them make nodes, which are finished once, with marks
for the subject's identifier and name and with slots for numbers, and filled in for each subject. Of whom all is read
that was read for another, the nodes are the other's. Where words or their order could depend on a number in a slot, it
stands for itself. Whoever's words could be taken for others is left to `Joint`, and so is a subject two of whose nodes
would bear one name: comparisons that compare the same for two days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from weakref import ref

from clingo import Symbol, parse_term

from engine.facts import OPEN
from engine.words import LANGUAGES, text
from explain.build.builder import Builder
from explain.build.canvas import Canvas, Inconsistent, Task
from explain.build.fragments import Fragment, Fragments, Trail
from explain.build.seen import ID, NAME, Marks, Seen, distinct
from explain.dual import Asked, Evidence, Goal, Patterns, Program
from explain.say import Finish, slots

if TYPE_CHECKING:
    import networkx


class _Words(dict[str, str]):
    """What fills marks and slots of a subject."""

    def __init__(self, known: Mapping[str, str], marks: Marks) -> None:
        super().__init__(known)
        self._marks = marks

    def __missing__(self, mark: str) -> str:
        found = self[mark] = slots.filled(mark, self._marks.numbers)
        return found


class Subject:
    """Whoever a graph is about: what fills marks and slots, and what was filled before."""

    def __init__(self, id: str, name: str, marks: Marks) -> None:
        self.id, self.marks = id, marks
        self.nodes: dict[str, tuple[str, dict[str, Any]]] = {}
        self._words = _Words({ID: id, NAME: name, "": "", BETWEEN: BETWEEN}, marks)
        self._symbols: dict[str, Symbol] = {}

    def fill(self, words: str) -> str:
        """A text with the subject in place of the marks."""
        return self.join(cut(words)) if marked(words) else words

    def join(self, pieces: Sequence[str]) -> str:
        """The pieces of a text that was cut at its marks, with the subject in their place."""
        filled = [*pieces]
        filled[1::2] = map(self._words.__getitem__, pieces[1::2])
        return "".join(filled)

    def symbol(self, words: str) -> Symbol:
        """The value of a text with marks."""
        found = self._symbols.get(words)
        if found is None:
            found = self._symbols[words] = parse_term(self.marks.texts[words])
        return found


_MARK = re.compile(f"({ID}|{NAME}|{slots.TOKEN.pattern})")


BETWEEN = ", "
"""May stand between two texts that were cut, in the place of a mark, as may nothing."""


def marked(words: str) -> bool:
    """Whether a text has marks or slots."""
    return ID in words or NAME in words or slots.has_slots(words)


def cut(words: str) -> list[str]:
    """A text cut at its marks, which stand at every other place."""
    return _MARK.split(words)


Closure = tuple[int, tuple[str, ...]]
"""A fragment, by its number, over certain nodes, by their keys."""
Filling = Callable[[Subject], Any]
"""Makes of a value with marks that of a subject."""


def filling(value: Any) -> Filling | None:
    """What makes of a value with marks that of a subject; None where it has no mark."""
    if isinstance(value, str):
        if not marked(value):
            return None
        pieces = cut(value)
        return lambda subject: subject.join(pieces)
    if isinstance(value, Symbol):
        words = str(value)
        return (lambda subject: subject.symbol(words)) if marked(words) else None
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
    """Makes graphs for many subjects, over one answer set after the other.

    `names` are what identifiers are called; `numbers` are known to all subjects, as those are that the rules name.
    """

    def __init__(self, program: Program, names: Mapping[str, str], worded: bool, numbers: Collection[str] = ()) -> None:
        self.made = Made()
        self._program = program
        self.names = names
        self._worded = worded
        self._finish = Finish(program, self.made.data, self.made.rows, {**names, ID: NAME}, ID, worded)
        self._fragments = Fragments()
        self._wholes: Trail[tuple[str, ...]] = Trail()
        self._patterns: Patterns = {}
        self._symbols: dict[str, Symbol] = {}
        self._keys: dict[Any, str] = {}
        self._closures: dict[Closure, str] = {}
        self._below: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, str] = {}
        self._last: Subject | None = None
        self._readings = 0
        self._compared = [text(f"reason.{key}", lang) for key in ("open_day", "until") for lang in LANGUAGES]
        """The words that a template's values are compared with."""
        self._known = program.numbers | {str(OPEN), *numbers}
        self._unmarked = _unmarked([*names, *names.values()])
        self._over: ref[Evidence] | None = None
        self._evidence_unmarked = False

    def full(self) -> bool:
        """Whether so much was made that it is time to begin anew."""
        return max(len(self.made.data), len(self._symbols), self._readings // 8) > MOST

    def sketches(
        self, evidence: Evidence, id: str, others: frozenset[str], asked: Sequence[Asked]
    ) -> list[Sketch] | None:
        """The graphs of a subject's goals that name others too; None where they must be made by themselves."""
        if self._over is None or self._over() is not evidence:
            self._over, self._last = ref(evidence), None
            self._evidence_unmarked = _unmarked(evidence.texts())
        words = (id, self.names.get(id, id)) if self._worded else (id,)
        marks = self._unmarked and self._evidence_unmarked and distinct(*words)
        if not marks or any(word in said for word in words for said in self._compared):
            return None
        try:
            for known in (None,) if self._like_numbers(words) else (self._known, None):
                subject = self._subject(id, words[-1], known)
                roots = self._roots(Seen(evidence, self._patterns, subject.marks, others, self._symbols), known, asked)
                if roots:
                    break
            else:
                return None
        except Inconsistent:  # told by whoever makes the graph by itself, with the names of its nodes
            return None
        if any(word in self._said(root) for root in roots for word in words):
            return None
        return [Sketch(self, root, subject) for root in roots]

    def _like_numbers(self, words: Sequence[str]) -> bool:
        """Whether what a subject is called could be taken for words of a number."""
        return any(map(slots.like_numbers, words)) or (self._worded and slots.begins_like_one(words[-1]))

    def _subject(self, id: str, name: str, known: frozenset[str] | None) -> Subject:
        """The subject, who is the same as last where it is asked about again."""
        if self._last is None or self._last.id != id or self._last.marks.known is not known:
            self._last = Subject(id, name, Marks(id, known))
        return self._last

    def _roots(self, seen: Seen, known: frozenset[str] | None, asked: Sequence[Asked]) -> tuple[str, ...]:
        """The nodes of a subject's goals; none where they must be made otherwise."""
        seen.marks.source = "asked"
        tasks = tuple([self._task(seen, goal, row) for goal, row in asked])
        whole = tasks, seen.named, known is None
        roots = self._wholes.of(whole, seen)
        if roots is None:
            found: dict[str, str] = {}
            roots = tuple([self._node(seen, found, task) for task in tasks])
            keys = set().union(*map(self.below, roots))
            if len({self.made.names[key] for key in keys}) < len(keys) or not self.made.bad.isdisjoint(keys):
                roots = ()
            self._wholes.keep(whole, seen.read, roots)
            self._readings += len(seen.read)
        return roots

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

    @staticmethod
    def _task(seen: Seen, goal: Goal, row: tuple[str, ...]) -> Task:
        name, given = goal.signature[0], seen.marked(row)
        return ("true", name, (), given) if goal.truth else ("false", name, goal.bound, given)

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
        doubtful = self._finish.nodes(fresh)
        made = self.made
        for one in fresh:
            attributes = made.data[one]
            made.texts[one] = "\n".join([made.names[one], *(attributes.get(lang, "") for lang in LANGUAGES)])
            if doubtful or (attributes["role"] == "aggregate" and not self._in_order(one)):
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
    """Whether two texts differ first, if at all, where neither has a mark or a slot."""
    differing = next(((a, b) for a, b in zip(one, other, strict=False) if a != b), ("", ""))
    return not {ID, NAME}.intersection(differing) and slots.settled(one, other)


def _unmarked(some: Iterable[str]) -> bool:
    """Whether nothing in some texts could be taken for a mark or a slot."""
    every = "\n".join(some)
    return not any(mark in every for mark in (ID, NAME, slots.OPENS, slots.BEGIN, slots.NEXT, slots.END))


MOST = 20_000
"""Nodes, or values, made for all that are alike, after which it is begun anew."""
