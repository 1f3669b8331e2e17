"""What papers take from a city's text and rules: names, provisions, periods. No paper cites what is not found there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from engine.case import Case, Row
from engine.errors import CaseError, Place, Problem
from engine.facts import day as day_words
from engine.law import RULES, Provision, calendar, rule_file, statute
from engine.law import last_day as calendar_end
from engine.words import text

_PROVISION = r"(art\(\d+,\d+,\d+\))"
_PERIOD = re.compile(r"不少于(\d+)个工作日")


def award(city: str) -> str:
    """The award's name: the regulation's title up to the word for regulation."""
    return re.sub("管理办法$", "", statute(city).title)


def measure(city: str, provision: Provision | None, lang: str) -> str:
    """The regulation with the provision meant, as papers cite it; without one, the regulation alone."""
    citation = provision.citation if provision else ""
    return text("paper.common.measure", lang, title=statute(city).title, citation=citation)


@cache
def _said(city: str, pattern: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a pattern in each statement of the city's rules that begins with it."""
    statements = (str(s.node).replace(" ", "") for s in rule_file(RULES / f"{city}.lp").statements)
    return tuple(found.groups() for one in statements if (found := re.match(pattern, one)))


def publishes(city: str, list_: str) -> Provision | None:
    """The provision under which a list is published."""
    found = _said(city, rf"publishes\({list_},{_PROVISION}\)\.")
    return Provision.parse(found[0][0]) if found else None


def supplement_duty(city: str) -> Provision | None:
    """The provision that is cited once papers can no longer be handed in."""
    found = _said(city, rf"supplement_duty\({_PROVISION},")
    return Provision.parse(found[0][0]) if found else None


@cache
def stated_by_others(city: str) -> frozenset[str]:
    """The requirements that wait for a person's finding or an authority's act, not for the applicant's papers."""
    findings = _said(city, rf"rests_on_finding\(A,{_PROVISION},(\w+),")
    awaited = _said(city, rf"awaits_others\(A,{_PROVISION},(\w+)\)(?!:-objection)")
    return frozenset(key for _, key in (*findings, *awaited))


def working_days(city: str, provision: Provision | None) -> int:
    """The working days that a provision demands, in its own words; 0 where it demands none."""
    found = _PERIOD.search(statute(city).text(provision)) if provision else None
    return int(found[1]) if found else 0


def last_day(first: int, days: int, counted: bool) -> int:
    """The day on which so many working days are full, the first counted or not.

    CaseError where the holiday notice of a year that must be counted is not out.
    """
    entries = calendar()
    start = entries.get(first)
    if start is not None:
        wanted = start.number + days - (start.working if counted else 0)
        for day in _after(first):
            if entries[day].number >= wanted:
                return day
    known = calendar_end() // 10000
    year = first // 10000 if start is None else known + 1
    raise CaseError([Problem("calendar_missing", {"year": year, "last": known}, Place())])


def _after(first: int) -> Iterator[int]:
    return (day for day in sorted(calendar()) if day >= first)


def period(case: Case, list_: str, day: int, lang: str) -> str:
    """The sentence on how long a list is public: from the notice on file, else from the day given, else left open."""
    days = working_days(case.city, publishes(case.city, list_))
    counted = case.readings.get("notice_first_day") == "included"
    filed = next(((int(first), int(last)) for kind, first, last in case.rows("notice") if kind == list_), None)
    first = filed[0] if filed else day
    if not first or not days:
        return text("paper.common.period_open", lang, days=days)
    last = last_day(first, days, counted)
    return text(
        "paper.common.period",
        lang,
        first=day_words(first, lang),
        last=day_words(max(last, filed[1]) if filed and filed[1] < 99990000 else last, lang),
        days=days,
        counted=text(f"paper.common.{'counted' if counted else 'uncounted'}", lang),
    )


def signed(case: Case, lang: str) -> tuple[str, tuple[str, ...]]:
    """The office that signs, and whom to ask; empty where the case does not say."""
    return office(case.rows("office"), lang)


def office(rows: Sequence[Row], lang: str) -> tuple[str, tuple[str, ...]]:
    """As `signed`, from the rows of the fact `office`."""
    for name, person, telephone in rows:
        contact = (
            *((text("paper.common.contact", lang, person=person),) if person else ()),
            *((text("paper.common.telephone", lang, telephone=telephone),) if telephone else ()),
        )
        return str(name), contact
    return "", ()


def names(case: Case) -> dict[str, str]:
    """What everything with an identifier is called."""
    return case.names


def kinds(case: Case) -> dict[str, str]:
    """Organization or individual, by applicant."""
    return {str(id): str(kind) for id, kind in case.rows("applicant")}
