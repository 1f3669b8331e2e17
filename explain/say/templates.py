"""Templates filled with what a justification says: variables, and the sentences of what stands below a node.

A template's placeholders: `{Name}` a variable of the atom's signature, of the rule applied or of the instances below,
or a `#const`; `{years A B}` the time between two days in full, `{short A B N}` how it falls short of N years;
`{@predicate}` the sentence of the nearest atom of that predicate below; `{reasons}` what fails below, `{causes}` the
same without records that are missing and without the records tried, `{facts}` what holds below, `{aggregate}` what an
aggregate of the rule comes to. Of a group `[…|…]` the first part stays whose placeholders are all filled.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple, Protocol

from clingo import Symbol, SymbolType

from engine.words import text
from explain.dual import Program
from explain.rules import Words
from explain.say.leafkinds import Data, Rows
from explain.say.values import anything, worded

_PLACE = re.compile(r"\{([^{}]+)\}")
_GROUP = re.compile(r"\[([^\[\]]*)\]")
_MARK = "\ue001"
_QUOTED = re.compile(f'[“"]({_MARK}[^{_MARK}]*{_MARK})[”"]')
"""What is open stands in no quotation marks."""
_CLOSE = 31
"""Up to so many days short of what is asked are counted out."""


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
            return _span(first, last, self.lang) if first and last else ""
        if place.startswith("short "):
            first, last, asked = (self._number(node, name, words) for name in place.split()[1:])
            return _short(first, last, asked, self.lang) if asked else ""
        value, kind = self._variable(node, place, words)
        if value is None:
            return str(self.program.constants.get(place, ""))
        return worded(value, kind, self.lang, self.names)

    def _number(self, node: str, name: str, words: Words) -> int:
        value, _ = self._variable(node, name, words)
        return value.number if value is not None and value.type == SymbolType.Number else 0

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


def _short(first: int, last: int, asked: int, lang: str) -> str:
    """How the time from a day to another (yyyymmdd) falls short of the years asked for: 差1日满5年, else 不满5年."""
    years = _counted("years", asked, lang)
    days = (_after(first, asked * 12) - _date(last)).days if first and last else 0
    if not 0 < days <= _CLOSE:
        return text("reason.span.fewer", lang, years=years)
    return text("reason.span.short", lang, days=_counted("days", days, lang), years=years)


def _span(first: int, last: int, lang: str) -> str:
    """The time from a day to another (yyyymmdd) in full: 4年零8个月又29日; that it has not begun where it has not."""
    end = _date(last)
    if first > last:
        return text("reason.span.not_begun", lang)
    whole = (end.year - first // 10000) * 12 + end.month - first // 100 % 100
    whole = max(0, whole - (_after(first, whole) > end))
    years, months = divmod(whole, 12)
    days = (end - _after(first, whole)).days
    named = [_counted(key, n, lang) for key, n in (("years", years), ("months", months)) if n]
    words = text("reason.span.and", lang).join(named)
    if not words or not days:
        return words or _counted("days", max(0, days), lang)
    return text("reason.span.more", lang, span=words, days=_counted("days", days, lang))


def _counted(unit: str, number: int, lang: str) -> str:
    return text(f"reason.span.{unit}{'_one' if number == 1 else ''}", lang, number=number)


def _date(day: int) -> date:
    return date(day // 10000, day // 100 % 100, day % 100)


def _after(first: int, months: int) -> date:
    """The corresponding day some months later; the month's last where it has none (民法典 第二百零二条)."""
    years, month = divmod(first // 100 % 100 - 1 + months, 12)
    year = first // 10000 + years
    return date(year, month + 1, min(first % 100, monthrange(year, month + 1)[1]))
