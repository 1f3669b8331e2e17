"""Which text of a city governs a round: the last that is in force on the day that decides.

A city has one text (`CITY.md`, `CITY.lp`) or several: further ones are `CITY-YYYYMMDD`, and a text without a document
number or a day of issue is a draft, which governs nothing. The day from which a text is in force is what its rules say
under its own readings; the file's name has no meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import clingo

from engine.law.rulebook import COMMON, ROUND_TEXT, without_includes
from engine.law.statutes import RULES, stems, versions
from engine.words import home


@dataclass(frozen=True)
class Force:
    """A text with the day from which it is in force, and the last day of its own term, 0 where it sets none (yyyymmdd).

    `transition` is `announced` where it leaves rounds announced before it to the text before, else empty.
    """

    text: str
    first: int
    ends: int
    transition: str


def in_force(city: str, chosen: Mapping[str, str]) -> tuple[Force, ...]:
    """The texts of a city that may govern, by the day from which they are in force; drafts left out."""
    common, readings = without_includes(RULES / COMMON), tuple(sorted(chosen.items()))
    found = [_force(stem, common, without_includes(home(stem)), readings) for stem in versions(city)]
    return tuple(sorted((one for one in found if one.first), key=lambda one: one.first))


def governing(city: str, deadline: int, announced: int = 0, chosen: Mapping[str, str] | None = None) -> str:
    """The text that governs a round: the city's own name where it has one text, empty where none of several governs.

    `announced` is the day of the announcement, 0 where none is on file; `chosen` the readings of the case.
    """
    if not several(city):
        return city
    asked = chosen or {}
    texts = in_force(city, asked)
    day = announced if asked.get(ROUND_TEXT.key) == "announcement" else deadline
    found = last_on(texts, day)
    if found and found.transition == "announced" and 0 < announced < found.first:
        found = last_on(tuple(one for one in texts if one is not found), announced)
    return found.text if found else ""


def on_day(text: str, day: int, chosen: Mapping[str, str] | None = None) -> str:
    """The text of the same city that is in force on a day; the text itself where none is, or there is no other."""
    city = city_named(text)
    if not several(city):
        return text
    found = last_on(in_force(city, chosen or {}), day)
    return found.text if found else text


def last_on(texts: tuple[Force, ...], day: int) -> Force | None:
    """The last of some texts in force on a day; None where it is before all of them or after the term of the last."""
    found = [one for one in texts if one.first <= day]
    return found[-1] if found and not 0 < found[-1].ends < day else None


def city_named(text: str) -> str:
    """The city of a text: what its facts call it."""
    beginning = text.partition("-")[0]
    return beginning if beginning in stems() else text


def several(city: str) -> bool:
    """Whether a city has more than one text, drafts left out of account."""
    return len(versions(city_named(city))) > 1


_ASKED = ("in_force_day", "ends_day", "transition")


@lru_cache(64)
def _force(stem: str, common: str, own: str, chosen: tuple[tuple[str, str], ...]) -> Force:
    control = clingo.Control(["--warn=none"])
    control.add("base", [], common + own + "".join(f"reading({key},{choice}).\n" for key, choice in chosen))
    control.ground([("base", [])])
    said: dict[str, clingo.Symbol] = {}
    for name in _ASKED:
        for atom in (*control.symbolic_atoms.by_signature(name, 1), *control.symbolic_atoms.by_signature(name, 2)):
            if atom.is_fact:
                said[name] = atom.symbol.arguments[-1]
    first, ends, left = (said.get(name) for name in _ASKED)
    return Force(stem, first.number if first else 0, ends.number if ends else 0, left.name if left else "")


def text_json(text: str) -> dict[str, str]:
    """The key `text` of an answer: which text it rests on, where the city has several; nothing where it has one."""
    return {"text": text} if several(text) else {}
