"""Which text of a city governs a round: the last that is in force on the day that decides.

A city has one text (`CITY.md`, `CITY.lp`) or several: further ones are `CITY-YYYYMMDD`, and a text without a document
number or a day of issue is a draft, which governs nothing. The day from which a text is in force is what its rules say
under its own readings; the file's name has no meaning.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import clingo

from engine.law.regulation import regulation
from engine.law.rulebook import COMMON, ROUND_TEXT, without_includes
from engine.law.statutes import RULES, stems, versions
from engine.words import home


@dataclass(frozen=True)
class Force:
    """A text with the day from which it is in force, and the last day of its own term, 0 where it sets none (yyyymmdd).

    `transition` is `announced` or `submitted` where it leaves to the text before it what was announced, or applied
    for, before it was in force, else empty; `under` are the provisions (`art(23,0,0)`) that say either.
    """

    text: str
    first: int
    ends: int
    transition: str
    under: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Governed:
    """Which text governs a round; where none does, the code of the problem, and the text that it rests on if any."""

    text: str
    problem: str = ""
    force: Force | None = None


def in_force(city: str, chosen: Mapping[str, str]) -> tuple[Force, ...]:
    """The texts of a city that may govern, by the day from which they are in force; drafts left out."""
    found = (_read(stem, chosen) for stem in versions(city))
    return tuple(sorted((one for one in found if one.first), key=lambda one: one.first))


def governing(
    city: str,
    deadline: int,
    announced: int = 0,
    chosen: Mapping[str, str] | None = None,
    submitted: Collection[int] = (),
) -> str:
    """The text that governs a round: the city's own name where it has one text, empty where none governs."""
    return governed(city, deadline, announced, chosen, submitted).text


def governed(
    city: str,
    deadline: int,
    announced: int = 0,
    chosen: Mapping[str, str] | None = None,
    submitted: Collection[int] = (),
) -> Governed:
    """The text that governs a round, or why none does.

    `announced` is the day of the announcement, 0 where none is on file; `submitted` are the days of the applications on
    file, `chosen` the readings of the case. A text that leaves earlier applications to the text before it takes a round
    of which all were made before it as that text's; one of which only some were is a problem: a round is one.
    """
    asked = chosen or {}
    if not several(city):
        return _alone(city, deadline, announced, submitted, asked) if _limited(city) else Governed(city)
    texts = in_force(city, asked)
    found = last_on(texts, announced if asked.get(ROUND_TEXT.key) == "announcement" else deadline)
    earlier = _before(found, announced, submitted) if found else ()
    if found and earlier:
        if found.transition == "submitted" and len(earlier) < len(submitted):
            return Governed("", "text_split", found)
        found = last_on(tuple(one for one in texts if one is not found), max(earlier))
    return Governed(found.text, force=found) if found else Governed("", "no_text_governs")


def _alone(city: str, deadline: int, announced: int, submitted: Collection[int], chosen: Mapping[str, str]) -> Governed:
    """The same of a city's only text: what it leaves to one before it, or what lies after its term, has no text."""
    own = _read(city, chosen)
    if earlier := _before(own, announced, submitted):
        split = own.transition == "submitted" and len(earlier) < len(submitted)
        return Governed("", "text_split" if split else "earlier_text", own)
    if 0 < own.ends < deadline:
        return Governed("", "text_ended", own)
    return Governed(city, force=own)


def _before(found: Force, announced: int, submitted: Collection[int]) -> list[int]:
    """The days on which what a text leaves to the one before it was done; none where it leaves nothing."""
    days = {"announced": [announced] if announced else [], "submitted": list(submitted)}.get(found.transition, [])
    return [day for day in days if day < found.first]


def _limited(city: str) -> bool:
    """Whether a text limits itself: by a term of its own, or by what it leaves to the text before it."""
    return _limits(without_includes(home(city)))


@lru_cache(16)
def _limits(own: str) -> bool:
    """The same of a text's rules as they stand: every fact of a case asks, and they are long."""
    return any(f"{name}(" in own for name in (*_LIMITS, _YEARS))


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


def governs_until(text: str, chosen: Mapping[str, str] | None = None) -> int:
    """The last deadline that a text may govern: the end of its own term, or the eve of the city's next text.

    As yyyymmdd; 0 where neither is set.
    """
    later: list[int] = []
    if several(text):
        texts = in_force(city_named(text), chosen or {})
        own = next((one.first for one in texts if one.text == text), 0)
        later = [_eve(one.first) for one in texts if own and one.first > own]
    ends = _read(text, chosen or {}).ends if _limited(text) else 0
    return min([*later, *([ends] if ends else [])], default=0)


def city_named(text: str) -> str:
    """The city of a text: what its facts call it."""
    beginning = text.partition("-")[0]
    return beginning if beginning in stems() else text


def several(city: str) -> bool:
    """Whether a city has more than one text, drafts left out of account."""
    return len(versions(city_named(city))) > 1


_LIMITS = ("ends_day", "transition")
"""What a text may say of its own limits, each under a provision."""
_YEARS = "in_force_years"
"""How a text says its term in years: its first day is one of them, so the last is the day before the corresponding."""


def _read(text: str, chosen: Mapping[str, str]) -> Force:
    return _force(text, without_includes(RULES / COMMON), without_includes(home(text)), tuple(sorted(chosen.items())))


@lru_cache(64)
def _force(stem: str, common: str, own: str, chosen: tuple[tuple[str, str], ...]) -> Force:
    control = clingo.Control(["--warn=none"], logger=lambda _code, _words: None)
    try:
        control.add("base", [], common + own + "".join(f"reading({key},{choice}).\n" for key, choice in chosen))
        control.ground([("base", [])])
    except RuntimeError:
        regulation(stem)  # says what is wrong with the text, and in which line
        raise
    said: dict[str, clingo.Symbol] = {}
    under: dict[str, str] = {}
    for name, arity in (("in_force_day", 1), *((name, 2) for name in (*_LIMITS, _YEARS))):
        for atom in control.symbolic_atoms.by_signature(name, arity):
            if atom.is_fact:
                said[name] = atom.symbol.arguments[-1]
                under[name] = str(atom.symbol.arguments[0])
    first, ends, left = (said.get(name) for name in ("in_force_day", *_LIMITS))
    last = ends.number if ends else 0
    if first and (years := said.get(_YEARS)):
        last, under["ends_day"] = _eve(first.number + years.number * 10000), under[_YEARS]
    return Force(stem, first.number if first else 0, last, left.name if left else "", under)


def _eve(day: int) -> int:
    """The day before a day, or before the first of March where the year has no such 29 February (yyyymmdd)."""
    year, month, number = day // 10000, day // 100 % 100, day % 100
    if number > 1:
        return day - 1
    eve = date(year, month, 1) - timedelta(days=1)
    return eve.year * 10000 + eve.month * 100 + eve.day


def text_json(text: str) -> dict[str, str]:
    """The key `text` of an answer: which text it rests on, where the city has several; nothing where it has one."""
    return {"text": text} if several(text) else {}
