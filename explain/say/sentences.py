"""Sentences for the nodes of a justification, from the wording in the rule files and of the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from weakref import proxy

from clingo import Symbol, SymbolType

from engine.facts import PREDICATES
from engine.law import finder
from engine.words import by_regulation, has, text
from explain.dual import Program
from explain.rules import NEGATED, Words, of_field
from explain.say import slots
from explain.say.leafkinds import Data, Rows
from explain.say.templates import Templates, join
from explain.say.values import recorded, worded

_BELOW = re.compile(r"\{(?:@|reasons\b|causes\b|facts\b|aggregate\b)")
"""What a template asks for that stands below its node."""
_ADDED = re.compile(r"[：:] ?{0}|\[[^][]*{0}[^][]*\]".replace("{0}", r"\{(?:reasons|causes|facts|aggregate)\}"))
"""That, where it is added to a sentence that stands without it."""
MISSING = ("no_record", "finding_missing", "not_stated", "no_rule")


class Sentences:
    """Words the nodes of one graph in one language; `names` gives what identifiers are called."""

    def __init__(self, program: Program, lang: str, names: Mapping[str, str], data: Data, rows: Rows) -> None:
        self.program = program
        self.lang = lang
        self.names = names
        self.data = data
        self.rows = rows
        # A proxy, so that what was worded goes without a collector.
        self._templates = Templates(program, lang, names, data, rows, proxy(self))
        self._done: dict[str, str] = {}
        self.doubtful = False
        """Whether what was told as two sentences could be one, were the numbers in their slots known."""

    def of(self, node: str) -> str:
        """The sentence of a node, without a full stop."""
        if node not in self._done:
            self._done[node] = ""  # the graph is acyclic; a template that asks for itself gets nothing
            self._done[node] = self._sentence(node)
        return self._done[node]

    def _sentence(self, node: str) -> str:
        attributes = self.data[node]
        kind, role = attributes["kind"], attributes["role"]
        if kind in ("unsupported", "external", "not_pursued", "undefined", "not_chosen", "recursive_aggregate"):
            return self._say(
                kind,
                atom=self._atom(node),
                location=attributes.get("location", ""),
                construct=self._construct(attributes.get("construct")),
            )
        if kind == "more":
            return self._say(kind, count=str(attributes["count"]))
        if kind in ("assumed", "circular"):
            told = attributes.get("told", {})
            members = dict.fromkeys(self._member(one, told) for one in attributes["members"])
            return self._say(kind, atom=self._join("and", list(members)))
        if role == "comparison":
            return self._comparison(attributes)
        if role == "aggregate":
            return self._aggregate(node, attributes)
        if role == "conditional":
            return self._join("and", self.reasons(node, True)) or str(attributes["atom"])
        if role == "rule":
            return self._blocked(node, attributes, self.reasons(node, True), True)
        if role == "instance":
            return self._found(node)
        return self._atom_sentence(node, attributes)

    # Roles ----------------------------------------------------------------------------------------------------------

    def _atom_sentence(self, node: str, attributes: Mapping[str, Any]) -> str:
        if attributes["truth"] and (words := self._rule_words(attributes)):
            return self._templates.fill(node, words.templates[self.lang, True], words)
        words = self.program.wording.predicates.get((attributes["predicate"], len(attributes["arguments"])))
        template = words.templates.get((self.lang, attributes["truth"])) if words else None
        return self._atom(node) if words is None or template is None else self._templates.fill(node, template, words)

    def _atom(self, node: str) -> str:
        """An atom by itself: a fact by the vocabulary, or as clingo writes it."""
        attributes = self.data[node]
        name, arguments = attributes.get("predicate", ""), attributes.get("arguments", ())
        if name in PREDICATES and len(PREDICATES[name].fields) == len(arguments):
            if attributes["truth"]:
                return recorded(name, arguments, self.lang, self.names)
            return self._record_missing(node, name, arguments)
        return self._say("holds" if attributes["truth"] else "fails", atom=attributes["atom"])

    def _member(self, node: str, told: Mapping[str, dict[str, Any]]) -> str:
        """An atom of a circle in its words, where these ask for nothing below it, which would lead round the circle.

        `told` has those that may be nowhere else in the graph.
        """
        attributes = self.data[node] if node in self.data else told[node]
        words = self.program.wording.predicates.get((attributes["predicate"], len(attributes["arguments"])))
        template = _ADDED.sub("", words.templates.get((self.lang, attributes["truth"]), "")) if words else ""
        if words is None or not template or _BELOW.search(template):
            return self._say("holds" if attributes["truth"] else "fails", atom=attributes["atom"])
        alone = Templates(self.program, self.lang, self.names, {node: attributes}, {node: {}}, proxy(self))
        return alone.fill(node, template, words)

    def _record_missing(self, node: str, name: str, arguments: tuple[Symbol | None, ...]) -> str:
        contrary = [self.of(target) for target, role in self._edges(node) if role == "contrary"]
        if contrary:
            return self._join("and", contrary)
        fields, about = [], ""
        key = self.program.dual.about.get((name, len(arguments)), len(arguments))
        silent = None not in arguments[:key]
        for number, (place, value) in enumerate(zip(PREDICATES[name].fields, arguments, strict=True)):
            if value is None or (silent and number >= key):
                continue  # no record says anything about it, so what it should have said does not matter
            kind = of_field(place)
            shown = worded(value, kind, self.lang, self.names)
            if place.kind == "identifier" and not about:
                about = shown
            else:
                fields.append(self._say("field", label=_label(name, place.name, self.lang), value=shown))
        if self.data[node]["kind"] == "finding_missing" and arguments[1] is not None:
            topic = worded(arguments[1], "choice:topic", self.lang, self.names)
            by = finder(str(arguments[1]), self.lang)
            return self._say("finding_missing_by" if by else "finding_missing", about=about, topic=topic, finder=by)
        label = text(f"vocabulary.{name}.label", self.lang)
        details = self._say("details", fields=self._join("and", fields)) if fields else ""
        return self._say(
            "record_missing" if about else "record_missing_round", about=about, label=label, details=details
        )

    def _comparison(self, attributes: Mapping[str, Any]) -> str:
        values, kinds = attributes.get("values", ()), attributes.get("types", ())
        if len(values) != 2 or attributes.get("negated"):
            return str(attributes["atom"])
        shown = [self._value(value, kind) for value, kind in zip(values, kinds or ("", ""), strict=True)]
        operator = attributes["operators"][0]
        if attributes["kind"] in ("expired", "outside_window", "not_yet"):
            small, large = shown[::-1] if operator in (">", ">=") else shown
            return self._say(attributes["kind"], small=small, large=large)
        if not attributes["truth"]:
            operator = NEGATED[operator]
        return self._say(f"compared.{_WORDS[operator]}", one=shown[0], other=shown[1])

    def _value(self, value: Symbol, kind: str) -> str:
        ends = _ends(value)
        return self._say("range", low=ends[0], high=ends[1]) if ends else worded(value, kind, self.lang, self.names)

    def _aggregate(self, node: str, attributes: Mapping[str, Any]) -> str:
        targets = [target for target, role in self._edges(node) if role == "counts"]
        counted = [self.of(target) for target in targets if not self._background(target)]
        value = str(attributes["value"])
        thresholds = [
            self._say(f"than.{_WORDS[operator if attributes['truth'] else NEGATED[operator]]}", other=str(threshold))
            for operator, threshold in zip(attributes["operators"], attributes["thresholds"], strict=False)
        ]
        sentence = self._say(f"aggregate.{attributes['function'].strip('#+')}", value=value)
        if counted:
            sentence += self._say("counted", contributors=self._join("and", sorted(counted)))
        return self._join("and", [sentence, *thresholds])

    # Below a node -----------------------------------------------------------------------------------------------------

    def reasons(self, node: str, records: bool, said: set[str] | None = None) -> list[str]:
        """The sentences of what fails below a node, none twice; `records` takes in what was found or is missing."""
        told = set() if said is None else said
        found = []
        for target in self._failing(node):
            attributes = self.data[target]
            if not records and attributes["kind"] in MISSING:
                continue
            if attributes["role"] == "rule":
                sentence = self._blocked(target, attributes, self.reasons(target, records, told), records)
            elif attributes["kind"] == "more":
                sentence = self.of(target)
            elif attributes["role"] == "instance":
                parts = self.reasons(target, records, told)
                if parts and records and (record := self.record(target)) and not self._told(record, told):
                    told.add(record)
                    parts.insert(0, record)
                sentence = self._join("and", parts)
            else:
                sentence = self.of(target)
                if self._told(sentence, told):
                    continue
                told.add(sentence)
            if sentence:
                found.append(sentence)
        return found

    def _told(self, sentence: str, told: set[str]) -> bool:
        """Whether a sentence was told."""
        if sentence in told:
            return True
        some = (one for one in told if slots.has_slots(one) or slots.has_slots(sentence))
        self.doubtful |= not all(slots.apart(sentence, one) for one in some)
        return False

    def _blocked(self, node: str, attributes: Mapping[str, Any], reasons: list[str], records: bool) -> str:
        """What a blocked rule says of the reasons below it that were not yet said."""
        if attributes["kind"] != "blocked":
            return self.of(node)
        words = self.program.wording.rules.get(self._line(attributes))
        template = words.templates.get((self.lang, False)) if words and records else None
        joined = self._join("and", reasons)
        return self._templates.fill(node, template, words, joined) if words and template and reasons else joined

    def record(self, node: str) -> str:
        """What was found before something else failed, if it is a reason by itself."""
        return "" if "predicate" not in self.data[node] or self._background(node) else self._found(node)

    def _found(self, node: str) -> str:
        """What an instance is: the atom that was found, or a value."""
        derived = [target for target, role in self._edges(node) if role == "context"]
        attributes = self.data[node]
        if derived:
            return self.of(derived[0])
        named = attributes.get("predicate", "") not in (*PREDICATES, "")
        return self._atom_sentence(node, attributes) if named else self._atom(node)

    def _failing(self, node: str) -> list[str]:
        """What fails directly below: rules that might have applied, conditions, instances."""
        attributes = self.data[node]
        rows = self._edges(node)
        if attributes["role"] == "atom" and attributes["truth"]:
            false = [target for target, role in rows if role == "condition" and not self.data[target]["truth"]]
            return [target for target in false if not self._background(target)] or false
        rules = [target for target, role in rows if role == "rule"]
        if rules:
            return [rule for rule in rules if not self.data[rule].get("idle")] or rules
        return [target for target, role in rows if role in ("fails", "tries", "contrary", "rule")]

    def facts(self, node: str) -> Iterator[str]:
        """The sentences of what holds below a node."""
        for target, role in self._edges(node):
            attributes = self.data[target]
            atom = role == "condition" and attributes["truth"] and attributes["role"] == "atom"
            if atom and not self._background(target):
                yield self.of(target)

    def _background(self, node: str) -> bool:
        """Whether an atom is no reason by itself."""
        attributes = self.data[node]
        signature = attributes.get("predicate", ""), len(attributes.get("arguments", ()))
        words = self.program.wording.predicates.get(signature)
        return words is not None and (words.background or words.technical)

    def _rule_words(self, attributes: Mapping[str, Any]) -> Words | None:
        words = self.program.wording.rules.get(self._line(attributes)) if "rule" in attributes else None
        return words if words and (self.lang, True) in words.templates else None

    def _line(self, attributes: Mapping[str, Any]) -> tuple[str, int]:
        rule = self.program.rules[attributes["rule"]]
        return rule.file, rule.line

    def _edges(self, node: str) -> list[tuple[str, str]]:
        return [
            (target, role) for target, edge in self.rows[node].items() for role in edge.get("roles", (edge["role"],))
        ]

    def _join(self, how: str, parts: list[str]) -> str:
        return join(self.lang, how, parts)

    def _say(self, key: str, **parameters: str) -> str:
        return text(f"reason.{key}", self.lang, **parameters)

    def _construct(self, construct: str | None) -> str:
        return self._say(f"construct.{construct}") if construct else ""


@lru_cache(50_000)
def _ends(value: Symbol) -> list[str]:
    """The ends of an interval; none of another value."""
    interval = value.type == SymbolType.Function and value.name == "__range"
    return [str(end) for end in value.arguments] if interval else []


@by_regulation
def _label(name: str, field: str, lang: str) -> str:
    """What a field is called, of its predicate or of all."""
    own = f"vocabulary.{name}.fields.{field}"
    return text(own if has(own, lang) else f"vocabulary.fields.{field}", lang)


_WORDS = {"<": "less", "<=": "at_most", ">": "more", ">=": "at_least", "=": "equal", "!=": "unequal"}
