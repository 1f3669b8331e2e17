"""A set of rule files made ready for explanation, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.rulebook import rule_file
from engine.vocabulary import PREDICATES
from explain.dual import Dual, Signature
from explain.literals import Rule
from explain.normal import rules


@dataclass(frozen=True, eq=False)
class Program:
    """Rule files with their normal rules, the dual program, and a label for each rule: `file:line` or `file:line#n`."""

    files: tuple[Path, ...]
    rules: tuple[Rule, ...]
    dual: Dual
    labels: Mapping[int, str]


@cache
def program(files: tuple[Path, ...]) -> Program:
    """Read rule files. Raises RuntimeError from clingo where one does not parse."""
    found = tuple(rules(statement for file in files for statement in rule_file(file).statements))
    return Program(files, found, Dual(found, (), about()), _labels(found))


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
