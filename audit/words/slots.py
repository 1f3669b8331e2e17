"""The places of a template filled with the arguments of a rule's atom; optional parts dropped where nothing fits."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from clingo.ast import AST

from audit.words.termwords import SLOT, Terms
from explain.rules import Words

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def filled(whole: str, atom: AST, words: Words, terms: Terms, fixed: Mapping[str, str]) -> str:
    """A template filled as far as a rule goes; empty where it needs a dossier's own reasons.

    A place is an argument's name or number, or one of `fixed`. Of an optional part `[this|that]` the first alternative
    is taken whose places are all named by the rule; none where the rule leaves them open or calculates them.
    """
    arguments = dict(zip(words.names, atom.arguments, strict=False))
    arguments |= {str(place): each for place, each in enumerate(atom.arguments)}
    kinds = dict(enumerate(words.types.get(name, "") for name in words.names))

    def named(place: str) -> bool:
        kind = kinds.get(int(place), "") if place.isdecimal() else words.types.get(place, "")
        return str(arguments[place]) != "_" and not terms.unspoken(arguments[place], kind)

    open_ones = {place for place in arguments if not named(place)}

    def fits(part: str, also: Collection[str] = ()) -> bool:
        return all((slot in arguments or slot in fixed) and slot not in also for slot, _ in SLOT.findall(part))

    def option(found: re.Match[str]) -> str:
        return next((part for part in found[1].split("|") if fits(part, open_ones)), "")

    def said(slot: re.Match[str]) -> str:
        if slot[1] not in arguments:
            return fixed[slot[1]]
        name = dict(enumerate(words.names)).get(int(slot[1]), "") if slot[1].isdecimal() else slot[1]
        kind = slot[2] or words.types.get(name, "")
        if kind.startswith("reading_of "):
            kind = f"reading.{arguments[kind.removeprefix('reading_of ')]}"
        return terms.value(arguments[slot[1]], kind, name)

    whole = _OPTIONAL.sub(option, whole)
    return SLOT.sub(said, whole) if fits(whole) else ""
