"""The evidence about one subject, who goes by a mark in it: what is read of it is the same for all it is alike for.

Numbers have slots, so that subjects are alike too who differ in numbers alone that nothing but words are made of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any
from weakref import proxy

import clingo
from clingo import Symbol

from engine.facts import quote
from explain.dual import Evidence, Patterns, Readings, Row
from explain.say import slots

ID, NAME = "\ue002", "\ue003"
"""Stand for the identifier of the subject, and for what it is called."""
QUOTED = quote(ID)
Read = tuple[str, str, Row]
"""What was read: by which method, of which predicate, under which key."""
LEAST = 3
"""Figures of a number that may have a slot."""
_NUMBER = re.compile(r'"(?:\\.|[^"\\])*"|art\([^()]*\)|(?<![\w-])(\d+)(?!\w)')
"""Numbers inside a term; not those of a provision, and none in a string."""
_PLAIN = re.compile(r"\w(?:[\w·（）()& .-]*[\w）)])?")


class Marks(dict[str, str]):
    """Texts of the evidence with what stands in them for a subject: a mark for its identifier, slots for numbers.

    `known` are the numbers that stand for themselves, as rules name them; None where all do. A slot is called by where
    its number was met first, `source`, so that subjects of whom the same is read have the same slots.
    """

    def __init__(self, subject: str, known: frozenset[str] | None) -> None:
        super().__init__()
        self.numbers: dict[str, str] = {}
        """The numbers by their slots."""
        self.source = ""
        self.texts = _Texts(self)
        self.quoted = quote(subject)
        self.known = known
        self._slots: dict[str, str] = {}
        self._counts: dict[str, int] = {}

    def __missing__(self, text: str) -> str:
        marked = text
        if self.known is not None:
            if text.isdigit():
                marked = self._slot(text)
            elif "(" in text:
                marked = _NUMBER.sub(lambda found: self._slot(found[1]) if found[1] else found[0], text)
        if self.quoted in marked:
            marked = marked.replace(self.quoted, QUOTED)
        self[text] = marked
        return marked

    def _slot(self, number: str) -> str:
        """What stands for a number: itself, where it is short or known."""
        if len(number) < LEAST or number in (self.known or ()):
            return number
        found = self._slots.get(number)
        if found is None:
            source = "".join(filter(str.isalnum, self.source))
            self._counts[source] = count = self._counts.get(source, 0) + 1
            found = self._slots[number] = slots.slot(f"{source}x{count}", number)
            self.numbers[found] = number
        return found


class _Texts(dict[str, str]):
    """Texts of the evidence by what they are with marks."""

    def __init__(self, marks: Marks) -> None:
        super().__init__()
        self._marks = proxy(marks)

    def __missing__(self, marked: str) -> str:
        text = marked
        if slots.has_slots(text):
            text = slots.TOKEN.sub(lambda found: self._marks.numbers[found[0]], text)
        if QUOTED in text:
            text = text.replace(QUOTED, self._marks.quoted)
        self[marked] = text
        return text


class Seen(Readings):
    """Evidence with marks for a subject; `log` holds what was read since it was emptied, `read` all, in order.

    `named` are the strings in the question, the mark among them.
    """

    def __init__(
        self, evidence: Evidence, patterns: Patterns, marks: Marks, others: frozenset[str], symbols: dict[str, Symbol]
    ) -> None:
        super().__init__(patterns)
        self.named = others | {ID}
        self.log: dict[Read, object] = {}
        self.read: dict[Read, object] = {}
        self.marks = marks
        self._evidence = evidence
        self._symbols = symbols

    def marked(self, row: Row) -> Row:
        """A row with its marks."""
        return tuple(map(self.marks.__getitem__, row))

    def answer(self, read: Read) -> object:
        """What is read, as something that can be compared."""
        found = self.read.get(read)
        if found is None:
            kind, name, marked = read
            key, each = tuple(map(self.marks.texts.__getitem__, marked)), self.marks.__getitem__
            self.marks.source = name
            if kind == "rows":
                found = tuple([tuple(map(each, row)) for row in self._evidence.rows(name, key)])
            elif kind == "rules":
                told = sorted(self._evidence.rules(name, key).items())
                found = tuple([(number, tuple([tuple(map(each, row)) for row in rows])) for number, rows in told])
            else:
                found = self._evidence.has(name, key) if kind == "has" else self._evidence.gives(name, key)
            self.read[read] = found
        return found

    def _read(self, kind: str, name: str, key: Row) -> Any:
        read = kind, name, key
        found = self.log[read] = self.answer(read)
        return found

    def rules(self, letter: str, key: Row) -> Mapping[int, Sequence[Row]]:
        """For a goal's arguments: the rules that a kind of predicate tells of, by number, with their sorted rows."""
        found: Mapping[int, Sequence[Row]] = dict(self._read("rules", letter, key))
        return found

    def rows(self, name: str, key: Sequence[str]) -> Sequence[Row]:
        """The rows of a predicate under a key, sorted."""
        found: Sequence[Row] = self._read("rows", name, tuple(key))
        return found

    def has(self, name: str, key: Sequence[str]) -> bool:
        """Whether there is a row under the key."""
        return bool(self._read("has", name, tuple(key)))

    def gives(self, name: str, arguments: Row) -> bool:
        """Whether an atom that rules derive was fed as a fact too."""
        return bool(self._read("gives", name, arguments))

    def sign(self, text: str) -> int:
        """1 for a positive number, as slots have them, -1 for a negative one; 0 for zero and for what is no number."""
        return 1 if text.startswith(slots.OPENS) else super().sign(text)

    def symbol(self, text: str) -> Symbol:
        """The value of a text."""
        found = self._symbols.get(text)
        if found is None:
            found = self._symbols[text] = clingo.parse_term(text)
        return found


def distinct(*words: str) -> bool:
    """Whether words may stand for marks: texts with marks are then equal exactly if they are equal once filled.

    The words are plain, so that whatever is done with the text around them leaves them alone, and none overlaps with
    one of them, itself included, so that it is found where it was put and nowhere else; where a text has a word of
    itself is for whoever fills it to see.
    """
    return all(map(_PLAIN.fullmatch, words)) and not any(
        (first != second and one in other) or _overlap(one, other)
        for (first, one), (second, other) in product(enumerate(words), repeat=2)
    )


def _overlap(one: str, other: str) -> bool:
    """Whether a word ends as another, or it itself, begins."""
    return any(one.endswith(other[:size]) for size in range(1, min(len(one), len(other))))
