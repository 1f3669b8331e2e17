"""Who may sit on which panel and why not: by group, by reviewer with every chain, and as a picture."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import Any

from desk.files import conflict_picture
from desk.shell import Shell
from desk.text import impossible
from engine.draw import Frozen, freeze, least_size
from engine.draw import shortage as short
from engine.errors import PingjiangError
from engine.panels import Roster, names, reason, roster
from engine.repair import repairs
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.questions import case

FEW = 2
"""Rosters that a process keeps: pages ask about the same one again and again."""


class Paragraphs(Shell):
    """What terminals print, a paragraph a line and without colours."""

    @cached_property
    def columns(self) -> int:
        """Nothing is wrapped."""
        return 1_000_000

    @cached_property
    def coloured(self) -> bool:
        """Nothing is coloured."""
        return False


@lru_cache(FEW)
def rostered(facts: str, pending: bool) -> Roster:
    """Who may sit where; `pending` says whether applicants with open points are reviewed."""
    return roster(case(facts), pending=pending)


def sitting(facts: str, pending: bool) -> dict[str, Any]:
    """Groups with whoever may sit there and whoever may not, by kind and provision; whether panels are possible."""
    found = rostered(facts, pending)
    known = {id: visible(name) for id, name in names(found).items()}
    answer: dict[str, Any] = {
        "profile": [_reading(found, key) for key in ("interest", "recusal_scope")],
        "groups": [_group(found, one, known) for one in found.groups],
        "reviewers": [_person(found, one, known) for one in found.reviewers],
        "ungrouped": [_called(one, known) for one in found.ungrouped],
        "idle": [_called(one, known) for one in found.every_group if one not in found.groups],
        "nowhere": [_called(one, known) for one in found.without_group],
        "pending": [_called(one, known) for one in found.reviewed.pending],
        "size": 0,
        "unknown_size": False,
        "problems": [],
        "hall": None,
    }
    try:
        kept = freeze(found, None, "0" * 64)
    except PingjiangError as error:
        codes = {one.code for one in error.problems}
        answer["unknown_size"] = "size_unknown" in codes
        answer["size"] = least_size(found)
        answer["problems"] = [] if answer["unknown_size"] else told(error)
        return answer
    return answer | {"size": kept.size, "hall": shortage(kept)}


def shortage(kept: Frozen) -> dict[str, list[str]] | None:
    """Why no set of panels exists and what would make one possible, paragraph by paragraph; None where one does."""
    hall = short(kept)
    if hall is None:
        return None
    steps = repairs(kept)
    return {lang: _lines(impossible(kept, hall, steps, Paragraphs(lang))) for lang in LANGUAGES}


def _lines(words: Any) -> list[str]:
    return [line.strip() for line in words if line.strip()]


def told(error: PingjiangError) -> list[dict[str, Any]]:
    """What is wrong, in words."""
    return [
        {"code": one.code, "found": str(one.parameters.get("found", "")), "part": str(one.parameters.get("part", ""))}
        | {"words": {lang: visible(one.sentence(lang)) for lang in LANGUAGES}}
        for one in error.problems
    ]


def _called(id: str, known: dict[str, str]) -> dict[str, str]:
    return {"id": id, "name": known.get(id, "")}


def _reading(found: Roster, key: str) -> dict[str, Any]:
    choice = found.readings[key]
    return {
        "label": {lang: message(f"reading.{key}.label", lang) for lang in LANGUAGES},
        "words": {lang: message(f"reading.{key}.{choice}", lang) for lang in LANGUAGES},
    }


def _person(found: Roster, id: str, known: dict[str, str]) -> dict[str, Any]:
    return {
        **_called(id, known),
        "leader": id in found.leaders,
        "load": found.load[id],
        "ties": len(list(found.ties.of(id))),
        "groups": [group for group in found.groups if id in found.fit[group]],
    }


def _group(found: Roster, group: str, known: dict[str, str]) -> dict[str, Any]:
    out = []
    for id in found.reviewers:
        if kinds := found.kinds(id, group):
            out.append({**_called(id, known), "why": [_kind(found, kind) for kind in kinds]})
    return {
        **_called(group, known),
        "applicants": [_called(one, known) for one in found.applicants(group)],
        "fit": [
            {**_called(id, known), "leader": id in found.leaders} for id in found.reviewers if id in found.fit[group]
        ],
        "out": out,
    }


def _kind(found: Roster, kind: str) -> dict[str, Any]:
    provision = found.provisions.get(kind)
    return {
        "kind": kind,
        "citation": provision.citation if provision else "",
        "words": {lang: message(f"panels.reason.{kind}", lang) for lang in LANGUAGES},
    }


def reviewer(facts: str, id: str, pending: bool) -> dict[str, Any] | None:
    """One reviewer: each group with every reason against it, ties with their chains; None for an unknown id."""
    found = rostered(facts, pending)
    if id not in found.reviewers:
        return None
    known = names(found)
    groups = []
    for group in found.groups:
        reasons = list(found.reasons(id, group))
        groups.append(
            {
                **_called(group, {one: visible(name) for one, name in known.items()}),
                "fit": id in found.fit[group],
                "why": [
                    {
                        "kind": one.reason,
                        "applicant": one.interest.applicant if one.interest else "",
                        "words": {lang: visible(reason(one, found, lang, known)) for lang in LANGUAGES},
                    }
                    for one in reasons
                ],
            }
        )
    return {**_person(found, id, known), "groups": groups}


def ties_picture(facts: str, pending: bool, lang: str) -> str:
    """Every tie of the round as an SVG."""
    return str(conflict_picture(rostered(facts, pending), "ties.svg", lang))
