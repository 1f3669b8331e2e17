"""The evidence about one subject, who goes by a mark in it: what is read of it is the same for all it is alike for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import clingo
from clingo import Symbol

from engine.facts import quote
from explain.dual import Evidence, Readings, Row

ID, NAME = "\ue002", "\ue003"
"""Stand for the identifier of the subject, and for what it is called."""
QUOTED = quote(ID)
Read = tuple[str, str, Row]
"""What was read: by which method, of which predicate, under which key."""
_PLAIN = re.compile(r"\w(?:[\w·（）()& .-]*[\w）)])?")


class Seen(Readings):
    """Evidence in which a subject's identifier is `ID`; `log` holds what was read since it was emptied, in order.

    `named` are the strings in the question, the mark among them.
    """

    def __init__(self, evidence: Evidence, subject: str, others: frozenset[str], symbols: dict[str, Symbol]) -> None:
        super().__init__(evidence.patterns)
        self.named = others | {ID}
        self.log: dict[Read, object] = {}
        self._evidence = evidence
        self._quoted = quote(subject)
        self._symbols = symbols
        self._answers: dict[Read, object] = {}

    def marked(self, row: Row) -> Row:
        """A row with the mark for the subject."""
        quoted = self._quoted
        return tuple([text.replace(quoted, QUOTED) if quoted in text else text for text in row])

    def answer(self, read: Read) -> object:
        """What is read, as something that can be compared."""
        found = self._answers.get(read)
        if found is None:
            kind, name, marked = read
            key = tuple([text.replace(QUOTED, self._quoted) if QUOTED in text else text for text in marked])
            if kind == "rows":
                found = tuple([self.marked(row) for row in self._evidence.rows(name, key)])
            elif kind == "rules":
                told = sorted(self._evidence.rules(name, key).items())
                found = tuple([(number, tuple([self.marked(row) for row in rows])) for number, rows in told])
            else:
                found = self._evidence.has(name, key) if kind == "has" else self._evidence.gives(name, key)
            self._answers[read] = found
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

    def symbol(self, text: str) -> Symbol:
        """The value of a text."""
        if ID not in text:
            return self._evidence.symbol(text)
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
