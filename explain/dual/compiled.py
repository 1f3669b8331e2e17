"""A set of rule files made ready for explanation, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TypeGuard

from clingo.ast import ASTType

from engine.facts import PREDICATES
from engine.law import RuleFile, kept, rule_file, valued, without_includes
from explain.dual.dependency import Reach
from explain.dual.duals import Dual
from explain.dual.generator import Generator
from explain.dual.goals import atoms
from explain.rules import Atom, Literal, Rule, Signature, Wording, rules, wording
from explain.rules import valuekinds as inference

KEPT = 256
"""So many sets of rule files are kept ready."""


_STATING = ("requires", "barring_event")
"""The heads that state a requirement or a bar."""


@dataclass(frozen=True, eq=False)
class Program:
    """Rule files with their normal rules, these as goals meet them, the wording, and the kinds of arguments.

    `labels` names each rule by its place, `file:line` or `file:line#n`; `constants` are the `#const` as written.
    """

    files: tuple[Path, ...]
    rules: tuple[Rule, ...]
    dual: Dual
    labels: Mapping[int, str]
    constants: Mapping[str, str]
    wording: Wording
    types: inference.Types
    _statements: Mapping[tuple[str, int], str]
    _variables: dict[int, dict[str, str]]

    def cone(self, places: Collection[tuple[str, int]]) -> str:
        """The text of the rules at some places, with the constants."""
        return "\n".join(
            text for place, text in self._statements.items() if place in places or text.startswith("#const")
        )

    @cached_property
    def grounded_in(self) -> frozenset[str]:
        """The provisions, as terms, that requirements and bars are stated for."""
        return frozenset(
            told
            for rule in self.rules
            if rule.head is not None
            for one in atoms([rule.head])
            if one.name in _STATING and (told := str(one.arguments[1]).replace(" ", "")).startswith("art(")
        )

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The numbers that the rules name, in figures."""
        return frozenset(re.findall(r"\d+", "\n".join(self._statements.values())))

    @cached_property
    def arities(self) -> Mapping[str, Collection[int]]:
        """The predicates that the rules derive or read, with their numbers of arguments.

        A record that no rule reads is not among them: it is not among the facts an outcome is decided on.
        """
        known: dict[str, set[int]] = {}
        for rule in self.rules:
            heads = [rule.head] if rule.head is not None else []
            for atom in atoms([*heads, *rule.body]):
                known.setdefault(atom.name, set()).add(len(atom.arguments))
        return known

    @cached_property
    def generator(self) -> Generator:
        """What writes the dual program."""
        return Generator(self.dual)

    @cached_property
    def reach(self) -> Reach:
        """What questions can come to."""
        return Reach(self._by_head)

    @cached_property
    def _by_head(self) -> dict[Signature, list[Rule]]:
        found: dict[Signature, list[Rule]] = {}
        for rule in self.rules:
            if rule.head is not None:
                found.setdefault(rule.head.signature, []).append(rule)
        return found

    def variables(self, rule: int) -> Mapping[str, str]:
        """The kinds of the variables of a rule."""
        if rule not in self._variables:
            self._variables[rule] = inference.variable_kinds(self.rules[rule], self.types)
        return self._variables[rule]


def program(files: tuple[Path, ...]) -> Program:
    """Rule files as they stand now, made ready once for each text of theirs.

    Raises RuleError where one does not parse, or has a bad `%!` or `%@`.
    """
    return _ready(files, tuple(without_includes(file) for file in files))


_ROOMS = ("explain/rules", "explain/dual", "engine/law", "engine/facts")
"""What settles how rules are read."""


@lru_cache(KEPT)
def _ready(files: tuple[Path, ...], texts: tuple[str, ...]) -> Program:
    found = kept(["dual", *(file.name for file in files), *texts], _ROOMS, lambda: _read(files))
    technical = [signature for signature, one in found.wording.predicates.items() if one.technical]
    return Program(
        files,
        found.rules,
        Dual(found.rules, technical, about()),
        _labels(found.rules),
        found.constants,
        found.wording,
        found.types,
        found.statements,
        {},
    )


@dataclass(frozen=True)
class _Read:
    """What the texts of rule files say."""

    rules: tuple[Rule, ...]
    constants: Mapping[str, str]
    wording: Wording
    types: inference.Types
    statements: Mapping[tuple[str, int], str]


def _read(files: Sequence[Path]) -> _Read:
    read = tuple(rule_file(file) for file in files)
    words = wording(read)
    found = _of_this_text(tuple(rules(s for file in read for s in file.statements)), words)
    given = {
        (signature, position): one.types[name]
        for signature, one in words.predicates.items()
        for position, name in enumerate(one.names)
        if name in one.types
    }
    return _Read(
        found,
        {name: str(value) for name, value in valued(s.node for file in read for s in file.statements).items()},
        words,
        inference.infer(found, given),
        _texts(read),
    )


def _of_this_text(every: tuple[Rule, ...], words: Wording) -> tuple[Rule, ...]:
    """The rules but for those that rest on a declaration (`declared`) which this text does not make."""
    standing = every
    lacking = {signature for signature, one in words.predicates.items() if one.declared} - _heads(every)
    while lacking:
        left = [rule for rule in standing if lacking & {one.signature for one in rule.body if _asked(one)}]
        standing = tuple(rule for rule in standing if rule not in left)
        lacking = _heads(left) - _heads(standing)
    return tuple(replace(rule, index=number) for number, rule in enumerate(standing))


def _asked(literal: Literal) -> TypeGuard[Atom]:
    return isinstance(literal, Atom) and not literal.sign


def _heads(some: Iterable[Rule]) -> set[Signature]:
    return {rule.head.signature for rule in some if rule.head is not None}


def _texts(read: Iterable[RuleFile]) -> dict[tuple[str, int], str]:
    """The statements of rule files by their place, constants at the head."""
    texts: dict[tuple[str, int], str] = {}
    for file in read:
        for statement in file.statements:
            if statement.node.ast_type in (ASTType.Rule, ASTType.Definition):
                place = (statement.file, statement.line)
                texts[place] = f"{texts[place]}\n{statement.node}" if place in texts else str(statement.node)
    return texts


@cache
def about() -> Mapping[Signature, int]:
    """For records: how many of the first arguments say what the record is about, the others what it says."""
    keys: dict[Signature, int] = {}
    for name, predicate in PREDICATES.items():
        names = predicate.names
        key = predicate.model.one_per
        if key is not None and names[: len(key)] == key and len(key) < len(names):
            keys[name, len(names)] = len(key)
        elif key is None and names and names[-1] == "result":
            keys[name, len(names)] = len(names) - 1
    return keys


def _labels(found: tuple[Rule, ...]) -> dict[int, str]:
    count = Counter(rule.place for rule in found)
    seen: Counter[str] = Counter()
    labels = {}
    for rule in found:
        seen[rule.place] += 1
        labels[rule.index] = rule.place if count[rule.place] == 1 else f"{rule.place}#{seen[rule.place]}"
    return labels
