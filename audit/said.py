"""An atom without variables in words: a fact as the vocabulary has it, what is derived as the rules word it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import clingo

from audit.encoding import Encoding
from engine.rulebook import rule_file
from engine.vocabulary import PREDICATES
from explain.values import fact, worded
from explain.wording import Wording, Words, wording

_SLOT = re.compile(r"\{([^{}]*)\}")
_WHOLE = re.compile(r"\{(facts|reasons|aggregate)\}")
_EMPTY = re.compile(r"\s*[（(：:]\s*\{(?:facts|reasons|aggregate)\}\s*[）)]?")


def said(encoding: Encoding, atom: str, lang: str) -> str:
    """The atom as a sentence; as the rules write it where nothing words it."""
    symbol = clingo.parse_term(atom)
    if symbol.name in PREDICATES and len(PREDICATES[symbol.name].fields) == len(symbol.arguments):
        return fact(symbol.name, symbol.arguments, lang, {})
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


@cache
def _wording(paths: tuple[Path, ...]) -> Wording:
    return wording([rule_file(path) for path in paths])
