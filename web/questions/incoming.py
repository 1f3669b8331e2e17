"""What comes in: a workbook read to a case, or refused with every reason; one fact put in place of another."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from desk.workbook import Offers, stamp, unread_kinds
from engine import read
from engine.case import Case, Mend
from engine.compare import hints
from engine.errors import CaseError, Place, Problem
from engine.facts import PREDICATES, Fact, Flaw, sentence, text
from engine.words import LANGUAGES, has, visible
from web.questions.known import case as known_case
from web.questions.known import refused
from web.questions.merging import slots
from web.questions.telling import account, hint, problem


def upload(files: dict[str, bytes], today: int, mends: list[dict[str, str]] | None = None) -> dict[str, Any]:
    """What was read of some files: `facts` as text where the case is sound, else empty; problems, hints, accounts.

    `mends` are read as they say (`engine.case.Mend`). `stamp` is the hash of the version that a workbook was given out
    for, empty where it bears none; `partial` what was read of a case that is not sound, as text, and `unread` the
    predicates of which something was not read.
    """
    stamps = [found for name, data in files.items() if name.lower().endswith(".xlsx") and (found := stamp(data))]
    answer: dict[str, Any] = {"facts": "", "partial": "", "problems": [], "hints": [], "accounts": [], "places": {}}
    answer["stamp"] = stamps[0] if len(stamps) == 1 else ""
    try:
        case = read(files, mends=[Mend(**mend) for mend in mends or ()])
    except CaseError as error:
        return answer | _refused(error, today)
    answer["accounts"] = [account(one) for one in case.accounts]
    offers = Offers(case.pile)
    if lacks := refused(case.canonical):
        return answer | {"problems": [problem(one, offers) for one in lacks], "partial": case.canonical, "unread": []}
    return answer | {
        "facts": case.canonical,
        "city": case.place,
        "number": case.round,
        "deadline": case.deadline,
        "applicants": len(case.rows("applicant")),
        "hints": [hint(one, offers) for one in hints(case, today)],
        "places": _places(case),
    }


def _refused(error: CaseError, today: int) -> dict[str, Any]:
    """What is wrong with a case that is not sound, and what was read of it all the same."""
    pile, offers = error.pile, Offers(error.pile)
    answer: dict[str, Any] = {
        "problems": [problem(one, offers) for one in error.problems],
        "accounts": [account(one) for one in error.accounts],
    }
    if pile is None or len(pile.rows["round"]) != 1:
        return answer
    part = replace(Case.of(Fact(name, row) for name, rows in pile.rows.items() for row in rows), pile=pile)
    lost = {name for source in pile.sources for name in source.broken} | set(unread_kinds(error.problems))
    return answer | {
        "partial": part.canonical,
        "unread": sorted(lost),
        "hints": [hint(one, offers) for one in hints(part, today)],
    }


def _places(case: Case) -> dict[str, str]:
    """Where each fact stands, by its text: sheet and cell, or the line of a file."""
    found: dict[str, str] = {}
    for source in case.pile.sources if case.pile else ():
        for name, rows in source.rows.items():
            for index, row in enumerate(rows):
                place = source.place(name, index)
                found.setdefault(text(Fact(name, row)), f"{place.sheet}!{place.cell}" if place.cell else "")
    return {fact: place for fact, place in found.items() if place}


def changed(facts: str, rows: list[list[Any]], gone: list[str], today: int) -> dict[str, Any]:
    """A case with facts put in (predicate and arguments; one that fills a slot takes the place of what was in it).

    `gone` are facts, as text, that go. Problems where a value will not do or the case would not be sound.
    """
    before = known_case(facts)
    kept = {slot: row for slot, row in slots(before.facts).items() if text(Fact(slot[0], row)) not in set(gone)}
    new, problems = [], list[Problem]()
    for name, *arguments in rows:
        one = checked(name, arguments, problems)
        if one is not None:
            new.append(one)
    if not problems:
        try:
            after = Case.checked(Fact(slot[0], row) for slot, row in {**kept, **slots(new)}.items())
        except CaseError as error:
            problems += error.problems
        else:
            problems += refused(after.canonical)
            if not problems:
                found = [hint(one) for one in hints(after, today)]
                return {"facts": after.canonical, "problems": [], "hints": found}
    return {"facts": "", "problems": [problem(one) for one in problems], "hints": []}


def begun(city: str, number: int, deadline: int, office: str) -> dict[str, Any]:
    """The first case of a round: nobody has applied yet."""
    problems: list[Problem] = []
    rows: list[tuple[str, list[Any]]] = [("round", [city, number, deadline])]
    rows += [("office", [office, "", ""])] if office else []
    facts = [one for name, row in rows if (one := checked(name, row, problems)) is not None]
    if not problems:
        try:
            return {"facts": Case.checked(facts).canonical, "problems": []}
        except CaseError as error:
            problems += error.problems
    return {"facts": "", "problems": [problem(one) for one in problems]}


def seen(facts: str, today: int) -> dict[str, Any]:
    """What a case that is kept as text is about, and its hints: for a version that came from no upload."""
    found = known_case(facts)
    return {"city": found.place, "number": found.round, "hints": [hint(one) for one in hints(found, today)]}


def describable(facts: str) -> list[dict[str, Any]]:
    """The facts of a case that say what was done only once somebody has described it: as data, in words, described."""
    found = known_case(facts)
    told = {str(fact): str(words) for fact, words in found.rows("described")}
    return [
        {
            "fact": text(one), "described": told.get(text(one), ""),
            "words": {lang: visible(sentence(one, lang, found.names)) for lang in LANGUAGES},
        }
        for one in found.facts
        if has(f"vocabulary.{one.predicate}.described", "zh")
    ]  # fmt: skip


def checked(name: str, arguments: list[Any], problems: list[Problem]) -> Fact | None:
    """One fact of raw values, each judged by its field."""
    good = []
    for field, value in zip(PREDICATES[name].fields, arguments, strict=True):
        found = field.check(value)
        if isinstance(found, Flaw):
            parameters = {"fact": name, "predicate": name, "field": field.name, "found": str(value), **found.parameters}
            problems.append(Problem(found.code, parameters, Place()))
        else:
            good.append(found)
    return Fact(name, tuple(good)) if len(good) == len(arguments) else None
