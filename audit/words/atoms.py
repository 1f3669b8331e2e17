"""An atom without variables in words: a fact as the vocabulary has it, what is derived as the rules word it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import clingo

from audit.encoding import Encoding
from engine.facts import PREDICATES
from engine.law import rule_file
from engine.words import has, number
from engine.words import template as raw
from explain.rules import Wording, Words, wording
from explain.say import recorded, worded

DECIMAL = {"hundredths": "score", "mark_hundredths": "pass_mark", "points": "score"}
"""Scores with decimals, which the rules take in hundredths."""
_SLOT = re.compile(r"\{([^{}]*)\}")
_TYPED = re.compile(r"\{(\d)(?::([\w.:]+))?\}")
_WHOLE = re.compile(r"\{(facts|reasons|aggregate)\}")
_EMPTY = re.compile(r"\s*[（(：:]\s*\{(?:facts|reasons|aggregate)\}\s*[）)]?")


def said(encoding: Encoding, atom: str, lang: str) -> str:
    """The atom as a sentence; as the rules write it where nothing words it."""
    symbol = _decimal(clingo.parse_term(atom))
    if symbol.name in PREDICATES and len(PREDICATES[symbol.name].fields) == len(symbol.arguments):
        return recorded(symbol.name, symbol.arguments, lang, {})
    if has(f"audit.atom.{symbol.name}", lang):
        template = raw(f"audit.atom.{symbol.name}", lang)
        return _TYPED.sub(lambda slot: worded(symbol.arguments[int(slot[1])], slot[2] or "", lang, {}), template)
    words = _wording(encoding.paths).predicates.get((symbol.name, len(symbol.arguments)), Words())
    template = _EMPTY.sub("", words.templates.get((lang, True), ""))
    if not template or _WHOLE.search(template):
        return atom
    values = dict(zip(words.names, symbol.arguments, strict=True))

    def value(slot: re.Match[str]) -> str:
        if slot[1] not in values:
            return slot[1]
        kind = words.types.get(slot[1], "")
        if kind.startswith("reading_of "):
            kind = f"reading.{values[kind.removeprefix('reading_of ')].name}"
        return worded(values[slot[1]], kind, lang, {})

    return _SLOT.sub(value, template.replace("[", "").replace("]", ""))


def _decimal(symbol: clingo.Symbol) -> clingo.Symbol:
    """A score in hundredths as the case has it."""
    if symbol.name not in DECIMAL or len(symbol.arguments) != 2:
        return symbol
    whom, points = symbol.arguments
    return clingo.Function(DECIMAL[symbol.name], [whom, clingo.String(f"{number(points.number):.2f}")])


@cache
def _wording(paths: tuple[Path, ...]) -> Wording:
    return wording([rule_file(path) for path in paths])
