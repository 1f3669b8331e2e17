"""What a regulation says by itself: the facts that hold when its rule file is grounded without a case.

Nothing is searched for in a rule's text: pools, `#const` and rules resolve by themselves. What depends on a case, or on
what all regulations share (periods, readings), is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import clingo

from engine.errors import Place, Problem, RuleError
from engine.law.declared import misdeclared, shared_texts
from engine.law.keeping import kept
from engine.law.rulebook import without_includes
from engine.law.statutes import Provision, cities
from engine.words import by_regulation, called, has, home, spoken, text

Row = tuple[int | str, ...]


@dataclass(frozen=True)
class Regulation:
    """A regulation's own facts: `facts` maps a predicate with its arity to its rows, in the order of the file.

    Terms and numbers are as they stand (`gold`, 3), a provision is the text of its term (`art(4,0,0)`). `worded` are
    the terms that it words itself, by table, in the order of their `%@` lines.
    """

    name: str
    facts: Mapping[tuple[str, int], tuple[Row, ...]] = field(repr=False)
    worded: Mapping[str, tuple[str, ...]] = field(repr=False)
    path: Path = field(default=Path(), repr=False, compare=False)

    def rows(self, predicate: str, arity: int) -> tuple[Row, ...]:
        """The rows of a predicate; none where the regulation states none."""
        return self.facts.get((predicate, arity), ())

    def terms(self, table: str) -> tuple[str, ...]:
        """The terms that it declares in a table (`prize(gold).`), in the order of their words.

        Where it does not word all of them, in the order in which they are declared.
        """
        declared = dict.fromkeys(str(row[0]) for row in self.rows(table, 1))
        known = self.worded.get(table, ())
        if not declared.keys() <= {*known}:
            from engine.law.heads import heads  # hardly ever needed, and clingo's syntax with it

            known = tuple(one.arguments[0] for one in heads(self.path, table) if len(one.arguments) == 1)
        order = {term: at for at, term in enumerate(dict.fromkeys(known))}
        return tuple(sorted(declared, key=lambda term: order.get(term, len(order))))

    def provisions(self, predicate: str, *where: str | int) -> tuple[Provision, ...]:
        """The provisions in its facts of a predicate whose first arguments are `where`, by their numbers, each once."""
        found = {
            Provision.parse(str(value))
            for (name, _), rows in self.facts.items()
            if name == predicate
            for row in rows
            if where == row[: len(where)]
            for value in row
            if str(value).startswith("art(")
        }
        return tuple(sorted(found))

    @property
    def prizes(self) -> tuple[str, ...]:
        """The prizes, as the regulation names them."""
        return self.terms("prize")


def regulation(name: str | Path) -> Regulation:
    """The regulation of a city or text in `rules/`, or of a rule file; RuleError where its rules do not ground,
    or declare something of another kind than the shared rules take (`misdeclared`).
    """
    path = name if isinstance(name, Path) else home(name)
    return _grounded(path, without_includes(path))


def vouched(city: str) -> None:
    """RuleError, as `regulation` raises it, unless what a city or text declares is of its kind; looked at once, and
    what was found right is kept."""
    path = home(city)
    _vouched(path, without_includes(path))


@lru_cache(32)
def _vouched(path: Path, text: str) -> None:
    kept(["declared", text, *shared_texts()], ["engine/law"], lambda: bool(regulation(path)))


def cites(city: str, predicate: str, *where: str | int) -> Provision | None:
    """The provision under which a city's regulation states something: of several the first by number; None for none."""
    return next(iter(regulation(city).provisions(predicate, *where)), None)


FINDERS = ("role", "body", "proposer_office", "recommender")
"""The tables whose terms may be named as who makes a finding (`finder(Topic, Who)`)."""


@by_regulation
def finder(topic: str, lang: str) -> str:
    """Who makes the finding on a topic, as the regulation spoken of says and calls it; empty where it does not say."""
    if not spoken():
        return ""
    named = (who for one, who in regulation(spoken()).rows("finder", 2) if one == topic)
    keys = ([key for table in FINDERS if has(key := f"{called(table)}.{who}", lang)] for who in named)
    return text("finding.and", lang).join(text(found[0], lang) for found in keys if found)


_TERM = re.compile(r"^[ \t]*%@[ \t]*(\w+)\([ \t]*([a-z]\w*)[ \t]*\)[ \t]*$", re.MULTILINE)


_PLACE = re.compile(r"<block>:(\d+):[\d:-]+: (?:error: |note: )?")
"""Where clingo says that something stands in a text it was given."""
_UNSAFE = re.compile(r"'(\w+)' is unsafe")


@lru_cache(32)
def _grounded(path: Path, text: str) -> Regulation:
    said: list[str] = []
    control = clingo.Control(["--warn=none"], logger=lambda _code, words: said.append(words))
    try:
        control.add("base", [], text)
        control.ground([("base", [])])
    except RuntimeError as error:
        found = said[0].strip() if said else str(error)
        line = _PLACE.search(found)
        words = " ".join(_PLACE.sub("", found).replace("[#inc_base];", "").split())
        place = Place(path.name, int(line[1]) if line else None)
        if unsafe := _UNSAFE.findall(words):
            told = {"found": words.partition(": ")[2].partition(" '")[0], "variables": ", ".join(unsafe)}
            raise RuleError([Problem("rule_unsafe", told, place)]) from None
        raise RuleError([Problem("rule_unparsed", {"found": words}, place)]) from None
    stated = [atom.symbol for atom in control.symbolic_atoms if atom.is_fact]
    if problems := misdeclared(path, stated):
        raise RuleError(problems)
    facts: dict[tuple[str, int], list[Row]] = {}
    for fact in stated:
        facts.setdefault((fact.name, len(fact.arguments)), []).append(tuple(map(_value, fact.arguments)))
    worded: dict[str, list[str]] = {}
    for table, term in _TERM.findall(text):
        worded.setdefault(table, []).append(term)
    return Regulation(
        path.stem,
        {key: tuple(rows) for key, rows in facts.items()},
        {table: tuple(terms) for table, terms in worded.items()},
        path,
    )


def _value(term: clingo.Symbol) -> int | str:
    if term.type == clingo.SymbolType.Number:
        return term.number
    return term.string if term.type == clingo.SymbolType.String else str(term)


_STANDARD = {"organization": "body", "individual": "person"}


def nature(kind: str) -> str:
    """What applicants of a kind are: `body`, `person` or `work`; by the regulation that declares the kind."""
    if kind in _STANDARD:
        return _STANDARD[kind]
    declared = (str(row[1]) for city in cities() for row in regulation(city).rows("kind_is", 2) if row[0] == kind)
    return next(declared, "body")


def party(kind: str) -> str:
    """How whoever applies is spoken of: `individual` for a person, `organization` for a body and for its work."""
    return "individual" if nature(kind) == "person" else "organization"
