"""What the rules of a provision say, point by point: each requirement, finding, bar and reading with its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audit.encoding import Encoding, Rule
from audit.words import Plain, plain_words
from engine.words import text
from explain.say import constant

_REQUIREMENT = ("requires", "met", "evidence", "awaits_others")
_KINDS = {
    **dict.fromkeys(_REQUIREMENT, ("requirement", 2)),
    "rests_on_finding": ("finding", 2),
    "barring_event": ("bar", 2),
    "reading_default": ("reading", 0),
}
"""For a predicate of the rule files the kind of point it makes, and the argument that names the point."""
_TABLES = {"requirement": "requirement", "finding": "requirement", "bar": "ground", "reading": "reading"}


@dataclass(frozen=True)
class Clause:
    """One point: its heading (none for a plain statement) and, under labels, alternatives of which one is enough."""

    heading: str
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    rules: tuple[Rule, ...]


def clauses(encoding: Encoding, rules: Sequence[Rule], lang: str) -> list[Clause]:
    """The points that rules make, in the order of the rule file; definitions that serve the machine alone left out."""
    plain = plain_words(encoding, lang)
    points: dict[tuple[str, str], list[Rule]] = {}
    for rule in rules:
        name = next(iter(rule.heads), ("", 0))[0]
        kind, place = _KINDS.get(name, ("", -1))
        if kind:
            key = str(encoding.node(rule).head.atom.symbol.arguments[place])
            points.setdefault((kind, key), []).append(rule)
        elif plain.worded(rule):
            points.setdefault(("", str(rule.number)), []).append(rule)
    return [_clause(plain, kind, key, own) for (kind, key), own in points.items()]


def _clause(plain: Plain, kind: str, key: str, rules: Sequence[Rule]) -> Clause:
    if not kind:
        return Clause("", (("", (plain.rule(rules[0]),)),), tuple(rules))
    words = plain.term(rules[0], _KINDS[next(iter(rules[0].heads))[0]][1], _TABLES[kind])
    parts = _choices(plain, key) if kind == "reading" else _parts(plain, rules)
    return Clause(text(f"audit.clause.{kind}", plain.lang, words=words), tuple(parts), tuple(rules))


def _parts(plain: Plain, rules: Sequence[Rule]) -> Iterator[tuple[str, tuple[str, ...]]]:
    labels: dict[str, list[str]] = {}
    for rule in rules:
        name = next(iter(rule.heads))[0]
        label = "requires" if name == "rests_on_finding" else name
        labels.setdefault(label, []).append(plain.when(rule) or text("audit.clause.always", plain.lang))
    for label in (*_REQUIREMENT, "barring_event"):
        if label in labels:
            yield text(f"audit.clause.{label}", plain.lang), tuple(labels[label])


def _choices(plain: Plain, key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The choices of a reading, the default first."""
    reading = plain.encoding.readings[key]
    others = [choice for choice in reading.choices if choice != reading.default]
    for label, choices in (("standard", [reading.default]), ("other", others)):
        said = tuple(constant(choice, f"reading.{key}", plain.lang) for choice in choices)
        yield text(f"audit.clause.{label}", plain.lang), said
