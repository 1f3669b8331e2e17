"""Templates filled with what a justification says: variables, and the sentences of what stands below a node.

A template's placeholders: `{Name}` a variable of the atom's signature, of the rule applied or of the instances below,
or a `#const`; `{years A B}` the time between two days in full, `{short A B N}` how it falls short of N years;
`{@predicate}` the sentence of the nearest atom of that predicate below; `{reasons}` what fails below, `{causes}` the
same without records that are missing and without the records tried, `{facts}` what holds below, `{aggregate}` what an
aggregate of the rule comes to. Of a group `[…|…]` the first part stays whose placeholders are all filled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, Protocol

from clingo import Symbol, SymbolType

from engine.words import text
from explain.dual import Program
from explain.rules import Words
from explain.say import slots
from explain.say.leafkinds import Data, Rows
from explain.say.values import anything, worded

_PLACE = re.compile(r"\{([^{}]+)\}")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_MARK = "\ue001"
_QUOTED = re.compile(f'[“"]({_MARK}[^{_MARK}]*{_MARK})[”"]')
"""What is open stands in no quotation marks."""


class Stretch(NamedTuple):
    """A part of a template: a group with its alternatives, or what stands between groups; texts and places by turns."""

    group: bool
    alternatives: tuple[tuple[str, ...], ...]


@cache
def stretches(template: str) -> tuple[Stretch, ...]:
    """A template cut at its groups."""
    return tuple(
        Stretch(group, tuple(tuple(_PLACE.split(one)) for one in (text.split("|") if group else [text])))
        for number, text in enumerate(_GROUP.split(template))
        if (group := number % 2 == 1) or text
    )


class Said(Protocol):
    """What a graph's sentences can say where a template asks for it."""

    def of(self, node: str) -> str:
        """The sentence of a node, without a full stop."""

    def reasons(self, node: str, records: bool) -> list[str]:
        """The sentences of what fails below a node; `records` takes in what was found or is missing."""

    def facts(self, node: str) -> Iterator[str]:
        """The sentences of what holds below a node."""


@dataclass
class Templates:
    """Fills templates for the nodes of one graph in one language; `names` gives what identifiers are called."""

    program: Program
    lang: str
    names: Mapping[str, str]
    data: Data
    rows: Rows
    said: Said

    def fill(self, node: str, template: str, words: Words, reasons: str | None = None) -> str:
        """A template with its placeholders filled; `reasons` in place of those that stand below the node."""
        return "".join([self._stretch(node, stretch, words, reasons) for stretch in stretches(template)])

    def _stretch(self, node: str, stretch: Stretch, words: Words, reasons: str | None) -> str:
        """The first alternative whose placeholders are all filled; one that is no group is filled as it is."""
        for alternative in stretch.alternatives:
            filled = list(alternative)
            for number in range(1, len(filled), 2):
                place = filled[number]
                filled[number] = self._place(node, place, words, reasons)
                if not filled[number] and not stretch.group:
                    filled[number] = self._anything(node, place, words)
                if stretch.group and not filled[number]:
                    break
                filled[number] = self._once(filled[number - 1], filled[number])
            else:
                self._quotations(filled)
                said = "".join(filled)
                return _QUOTED.sub(r"\1", said).replace(_MARK, "") if _MARK in said else said
        return ""

    def _once(self, before: str, value: str) -> str:
        """A period's open end whose first word the template says already: 至{To} and 至今 are 至今 together."""
        until = text("reason.until", self.lang)
        return (
            value.removeprefix(until)
            if before.endswith(until) and value == text("reason.open_day", self.lang)
            else value
        )

    @staticmethod
    def _quotations(filled: list[str]) -> None:
        """What stands in quotation marks has single ones inside."""
        for number in range(1, len(filled), 2):
            if filled[number - 1].endswith("“") and filled[number + 1].startswith("”"):
                filled[number] = filled[number].replace("“", "‘").replace("”", "’")

    def _anything(self, node: str, place: str, words: Words) -> str:
        """What an open argument is called; nothing for any other placeholder."""
        attributes = self.data[node]
        if place not in words.names or None not in attributes.get("arguments", ()):
            return ""
        position = words.names.index(place)
        if attributes["arguments"][position] is not None:
            return ""
        kind = self.program.types.get(((attributes["predicate"], len(words.names)), position), "")
        return f"{_MARK}{anything(kind, self.lang)}{_MARK}"

    def _place(self, node: str, place: str, words: Words, reasons: str | None) -> str:
        if place == "reasons":
            if reasons is not None:
                return reasons
            how = "or" if self.data[node]["role"] == "atom" and not self.data[node]["truth"] else "and"
            return join(self.lang, how, self.said.reasons(node, True))
        if place == "causes":
            return join(self.lang, "and", self.said.reasons(node, False))
        if place == "aggregate":
            below = [one for one in self.rows[node] if self.data[one]["role"] == "aggregate"]
            return join(self.lang, "and", [self.said.of(one) for one in below])
        if place == "facts":
            return join(self.lang, "and", list(self.said.facts(node)))
        if place.startswith("@"):
            return self._nearest(node, place[1:])
        if place.startswith("years "):
            first, last = (self._number(node, name, words) for name in place.split()[1:])
            return slots.span(first, last, self.lang) if first and last else ""
        if place.startswith("short "):
            first, last, asked = (self._number(node, name, words) for name in place.split()[1:])
            return slots.short(first, last, asked, self.lang) if asked else ""
        value, kind = self._variable(node, place, words)
        if value is None:
            return str(self.program.constants.get(place, ""))
        return worded(value, kind, self.lang, self.names)

    def _number(self, node: str, name: str, words: Words) -> str:
        """A number that is not zero, or the slot of one; empty for anything else."""
        value, _ = self._variable(node, name, words)
        if value is None or (value.type == SymbolType.Number and not value.number):
            return ""
        return str(value) if value.type == SymbolType.Number or slots.is_slot(value) else ""

    def _variable(self, node: str, name: str, words: Words) -> tuple[Symbol | None, str]:
        """A variable of the signature; else of the rule; else of what stands below it."""
        attributes = self.data[node]
        if name in words.names and "arguments" in attributes:
            position = words.names.index(name)
            value = attributes["arguments"][position]
            kind = self.program.types.get(((attributes["predicate"], len(words.names)), position), "")
            if kind.startswith("reading_of "):
                key, _ = self._variable(node, kind.removeprefix("reading_of "), words)
                kind = f"reading.{key}"
            return value, kind
        todo, seen = [node], {node}
        for one in todo:
            found = self.data[one]
            if name in found.get("binding", {}) and "rule" in found:
                return found["binding"][name], self.program.variables(found["rule"]).get(name, "")
            for target, edge in self.rows[one].items():
                if edge["role"] in ("rule", "tries", "fails", "condition") and target not in seen:
                    seen.add(target)
                    todo.append(target)
        return None, ""

    def _nearest(self, node: str, predicate: str) -> str:
        todo, seen = [node], {node}
        for one in todo:
            for target in self.rows[one]:
                attributes = self.data[target]
                if attributes["role"] == "atom" and attributes["truth"] and attributes.get("predicate") == predicate:
                    return self.said.of(target)
                if target not in seen:
                    seen.add(target)
                    todo.append(target)
        return ""


def join(lang: str, how: str, parts: list[str]) -> str:
    """Several sentences as one: `how` is a key of the catalogue (`and`, `or`)."""
    said = [part for part in parts if part]
    return text(f"reason.join.{how}", lang).join(said) if len(said) > 1 else "".join(said)
