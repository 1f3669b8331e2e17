"""What the dual program answered: rows by predicate and key, and the values of a rule's terms under a binding.

Inside the explanation a value is its text as clingo writes it: texts are compared and found faster than symbols, and
the names of nodes are made of them. `symbol` gives the value back.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence

import clingo
from clingo import Symbol

from engine.solve import texts
from explain.dual.goals import pattern
from explain.rules import Atom, Bound, Getter, getter, plain

Row = tuple[str, ...]
OF_RULES = "qruv"
"""The letters of the predicates that tell of a rule; they are found by the goal, for all rules at once."""
Env = Mapping[str, str]
Patterns = dict[tuple[str, int], tuple[tuple[Bound, ...], list[Getter] | None]]


_QUOTED = r'"(?:\\.|[^"\\])*"'
_INNER = rf"\((?:[^()\"]|{_QUOTED})*\)"
_ARGUMENT = re.compile(rf"(?:[^,()\"]|{_QUOTED}|\((?:[^()\"]|{_QUOTED}|{_INNER})*\))+")
"""A term as clingo writes it, down to a function in a function."""


def parts(text: str) -> tuple[str, Row]:
    """The name of an atom, with its sign, and its arguments, as clingo writes them."""
    name, _, rest = text.partition("(")
    inside = rest[:-1]
    if '"' not in inside and "(" not in inside:
        return name, tuple(inside.split(",")) if inside else ()
    found = tuple(_ARGUMENT.findall(inside))
    return name, found if ",".join(found) == inside else tuple(map(str, clingo.parse_term(text).arguments))


class Readings(ABC):
    """What a justification reads of the evidence, and the values of a rule's terms under a binding.

    `patterns` are those of the atoms that are missing, made once for all who read the same evidence.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    @abstractmethod
    def rules(self, letter: str, key: Row) -> Mapping[int, Sequence[Row]]:
        """For a goal's arguments: the rules that a kind of predicate tells of, by number, with their sorted rows."""

    @abstractmethod
    def rows(self, name: str, key: Sequence[str]) -> Sequence[Row]:
        """The rows of a predicate under a key, sorted."""

    @abstractmethod
    def has(self, name: str, key: Sequence[str]) -> bool:
        """Whether there is a row under the key."""

    @abstractmethod
    def gives(self, name: str, arguments: Row) -> bool:
        """Whether an atom that rules derive was fed as a fact too."""

    @abstractmethod
    def symbol(self, text: str) -> Symbol:
        """The value of a text."""

    def sign(self, text: str) -> int:
        """1 for a positive number, -1 for a negative one; 0 for zero and for what is no number."""
        value = self.symbol(text)
        number = value.number if value.type == clingo.SymbolType.Number else 0
        return (number > 0) - (number < 0)

    def symbols(self, row: Iterable[str]) -> tuple[Symbol, ...]:
        """The values of a row."""
        return tuple([self.symbol(text) for text in row])

    def binding(self, env: Env) -> dict[str, Symbol]:
        """The values of variables."""
        return {name: self.symbol(text) for name, text in env.items()}

    def present(self, tag: str, key: Sequence[str], literal: Atom, env: Env) -> Sequence[Row]:
        """The atoms there are behind a literal: the one it names, or all that refute its negation."""
        if literal.values is not None:
            values = [value for read in literal.values if (value := read(env)) is not None]
            if len(values) == len(literal.values):
                return [tuple(values)]
        return self.rows(f"__o{tag}", [env[name] for name in key])

    def asked(self, tag: str, key: Sequence[str], literal: Atom, env: Env) -> tuple[tuple[Bound, ...], Row] | None:
        """The pattern of an atom that is missing, with the values of its bound arguments; None if it has none."""
        known = self.patterns.get((tag, len(key)))
        if known is None:
            found = pattern(literal, key)
            if found is None:
                return None
            bound, terms = found
            known = bound, [getter(term) for term in terms] if all(map(plain, terms)) else None
            self.patterns[tag, len(key)] = known
        bound, readers = known
        if readers is not None:
            return bound, tuple([one for one in [read(env) for read in readers] if one is not None])
        rows = self.rows(f"__w{tag}", [env[name] for name in key])
        return (bound, rows[0]) if rows else None


class Evidence(Readings):
    """The atoms of the dual, each predicate's rows found by the first arguments that are its key.

    `given` are the facts fed of predicates that rules derive too: name and arguments.
    """

    def __init__(self, atoms: Iterable[Symbol], keys: Mapping[str, int], given: Iterable[tuple[str, Row]] = ()) -> None:
        super().__init__({})
        self._given = frozenset(given)
        self._rows: dict[str, dict[Row, list[Row]]] = {}
        self._sorted: set[tuple[str, Row]] = set()
        self._rules: dict[str, dict[Row, dict[int, list[Row]]]] = {letter: {} for letter in OF_RULES}
        self._symbols: dict[str, Symbol] = {}
        for text in texts(atoms):
            name, row = parts(text)
            size = keys.get(name)
            if size is None:
                continue
            key, rest = row[:size], row[size:]
            if name[2] in OF_RULES:
                self._rules[name[2]].setdefault(key, {}).setdefault(int(name[3:]), []).append(rest)
            else:
                self._rows.setdefault(name, {}).setdefault(key, []).append(rest)

    def symbol(self, text: str) -> Symbol:
        """The value of a text."""
        found = self._symbols.get(text)
        if found is None:
            found = self._symbols[text] = clingo.parse_term(text)
        return found

    def rules(self, letter: str, key: Row) -> dict[int, list[Row]]:
        """For a goal's arguments: the rules that a kind of predicate tells of, by number, with their sorted rows."""
        found = self._rules[letter].get(key, {})
        for several in found.values():
            if len(several) > 1:
                several.sort(key=self.symbols)
        return found

    def rows(self, name: str, key: Sequence[str]) -> list[Row]:
        """The rows of a predicate under a key, sorted."""
        found = self._rows.get(name, {}).get(tuple(key))
        if found is None:
            return []
        if len(found) > 1 and (name, tuple(key)) not in self._sorted:
            found.sort(key=self.symbols)
            self._sorted.add((name, tuple(key)))
        return found

    def has(self, name: str, key: Sequence[str]) -> bool:
        """Whether there is a row under the key."""
        return tuple(key) in self._rows.get(name, {})

    def gives(self, name: str, arguments: Row) -> bool:
        """Whether an atom that rules derive was fed as a fact too."""
        return (name, arguments) in self._given

    def texts(self) -> Iterator[str]:
        """All that is in it, as clingo writes it, a row at a time."""
        rows = (row for found in self._rows.values() for key, several in found.items() for row in (key, *several))
        told = (one for found in self._rules.values() for one in found.items())
        rules = (row for key, several in told for row in (key, *(row for some in several.values() for row in some)))
        yield from ("".join(row) for some in (rows, rules, (row for _, row in self._given)) for row in some)
