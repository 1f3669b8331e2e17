"""Award sets: the lawful ones, who wins and why the others do not, a choice judged as it is typed, scores put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from desk.text import award as told_award
from engine.award import Award, AwardSet, award, check, need
from engine.case import Case
from engine.errors import PingjiangError
from engine.facts import Fact
from engine.words import LANGUAGES, shown, visible
from engine.words import text as message
from web.inquiries.sitting import Paragraphs, told
from web.questions import case, decision

PROPOSED = "proposed_winners"
LISTED = 20
"""So many sets are told; the others are counted."""


def award_sets(facts: str) -> dict[str, Any]:
    """The fullest sets: winners and what they get, places left, why the others have nothing; ties; no candidates."""
    known = case(facts)
    found = award(known, fullest=True, limit=LISTED)
    names = {id: visible(name) for id, name in known.names.items()}
    return {
        "count": found.count,
        "tie": [_called(id, names) for id in found.tie],
        "prizes": [{"key": prize, "words": _words(f"prize.{prize}")} for prize in found.who.prizes],
        "sets": [_set(found, one, names) for one in found.sets],
        "candidates": [_candidate(found, id, names) for id in found.who.candidates],
        "others": [
            {
                **_called(id, names),
                "words": _words(f"award.none.{reason}"),
                "citations": [provision.citation for provision in found.who.objected.get(id, ())],
            }
            for id, reason in found.who.others.items()
        ],
        "notes": [{"fact": visible(fact), "words": _words(f"note.{kind}")} for _, kind, fact in found.notes],
        "readings": [
            {"label": _words(f"reading.{key}.label"), "words": _words(f"reading.{key}.{choice}")}
            for key, choice in found.readings.items()
        ],
    }


def _set(found: Award, one: AwardSet, names: Mapping[str, str]) -> dict[str, Any]:
    prizes = []
    for prize, ids in one.winners.items():
        lines = {lang: list(told_award.winners(found, one, prize, names, Paragraphs(lang))) for lang in LANGUAGES}
        prizes.append(
            {
                "key": prize,
                "words": _words(f"prize.{prize}"),
                "winners": [_called(id, names) | _gets(found, id, prize) for id in ids],
                "nobody": {lang: some if not ids else [] for lang, some in lines.items()},
                "vacant": found.places_left(one, prize),
                "shared": [_words(f"prize.{other}") for other in found.shares(one, prize)],
            }
        )
    denied = []
    for id, rows in groupby(one.denied, key=lambda row: row[0]):
        listed = list(rows)
        lines = {
            lang: [visible(told_award.reason(found, one, *row, Paragraphs(lang))) for row in listed]
            for lang in LANGUAGES
        }
        denied.append({**_called(id, names), "words": lines})
    return {"prizes": prizes, "denied": denied}


def _gets(found: Award, id: str, prize: str) -> dict[str, Any]:
    winner = found.who.candidates[id]
    got = [thing for thing in found.who.things if thing in winner.brings.get(prize, ())]
    keys = [f"award.gets.{thing}" for thing in got]
    keys += ["award.again"] if prize in winner.rewin else []
    keys += ["award.beyond_quota"] if prize not in winner.counts else []
    gets = [{lang: message(key, lang).strip("；; ,") for lang in LANGUAGES} for key in keys]
    return {
        "score": shown(winner.score),
        "gets": gets,
        "citations": [provision.citation for provision in winner.cited.get(prize, ())],
    }


def _candidate(found: Award, id: str, names: Mapping[str, str]) -> dict[str, Any]:
    own = found.who.candidates[id]
    return {**_called(id, names), "score": shown(own.score), "rank": found.who.rank(id), "prizes": list(own.prizes)}


def _called(id: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"id": id, "name": names.get(id, "")}


def _words(key: str) -> dict[str, str]:
    return {lang: message(key, lang) for lang in LANGUAGES}


def award_why(facts: str, id: str) -> dict[str, Any] | None:
    """One candidate in every listed set, and what its score would have to be; None for whoever is no candidate."""
    known = case(facts)
    found = award(known, fullest=True, limit=LISTED)
    if id not in found.who.candidates:
        return None
    names = {one: visible(name) for one, name in known.names.items()}
    lines = {
        lang: [line.strip() for line in told_award.why(found, id, need(found, id), names, Paragraphs(lang))][1:]
        for lang in LANGUAGES
    }
    return {**_candidate(found, id, names), "words": lines}


def award_checked(facts: str, winners: Mapping[str, list[str]]) -> dict[str, Any]:
    """A committee's own choice, judged: lawful or each breach with its provision, and what it leaves vacant."""
    try:
        found = check(case(facts), winners)
    except PingjiangError as error:
        return {"lawful": False, "problems": told(error), "words": {lang: [] for lang in LANGUAGES}, "vacant": False}
    lines = {lang: [line.strip() for line in told_award.judgment(found, Paragraphs(lang))] for lang in LANGUAGES}
    return {"lawful": found.lawful, "problems": [], "words": lines, "vacant": bool(found.left_vacant)}


def award_objections(facts: str, winners: Mapping[str, list[str]] | None) -> list[dict[str, Any]]:
    """The objections to the proposed winners, and what each changes: one that is pending, if it were upheld; one that
    is upheld, beside its having been dismissed.

    `moves` are applicants who could win other prizes then, each with the prizes before and after; `before` and `after`
    count the lawful sets; `checked` judges the committee's choice (`winners`) once the objection is upheld.
    """
    known = case(facts)
    names = {id: visible(name) for id, name in known.names.items()}
    rows = []
    for id, list_, state in known.rows("objection"):
        if list_ != PROPOSED:
            continue
        row: dict[str, Any] = {
            **_called(str(id), names),
            "state": state,
            "words": _words(f"vocabulary.choices.objection.{state}"),
            "moves": [],
        }
        if state != "dismissed":
            with_, without = (_with(known, str(id), str(state), other) for other in ("upheld", "dismissed"))
            row |= _moved(with_, without, names)
            row["checked"] = award_checked(with_.canonical, winners) if winners else None
        rows.append(row)
    return rows


def _with(known: Case, id: str, state: str, other: str) -> Case:
    """The case with an objection in another state."""
    old, new = (Fact("objection", (id, PROPOSED, each)) for each in (state, other))
    return Case.checked(new if each == old else each for each in known.facts)


def _moved(with_: Case, without: Case, names: Mapping[str, str]) -> dict[str, Any]:
    """Who could win what with an objection and without it."""
    one, other = (award(each, fullest=True, limit=LISTED) for each in (without, with_))
    before, after = (_reach(each) for each in (one, other))
    moves = [
        {**_called(id, names), "before": _prizes(before.get(id, ())), "after": _prizes(after.get(id, ()))}
        for id in sorted(before.keys() | after.keys())
        if before.get(id) != after.get(id)
    ]
    return {"before": one.count, "after": other.count, "moves": moves, "tie": [_called(id, names) for id in other.tie]}


def _reach(found: Award) -> dict[str, list[str]]:
    """What each winner gets in one listed set or another; `""` where it gets nothing in some."""
    got: dict[str, list[str]] = {}
    for id in found.who.candidates:
        sets = [next((prize for prize, ids in one.winners.items() if id in ids), "") for one in found.sets]
        if any(sets):
            got[id] = sorted(set(sets), key=lambda prize: (not prize, [*found.who.prizes, ""].index(prize)))
    return got


def _prizes(keys: Iterable[str]) -> list[dict[str, str]]:
    return [_words(f"prize.{key}") if key else _words("web.awards.nothing") for key in keys]


def scored(facts: str) -> list[dict[str, Any]]:
    """Whoever is to be scored: the applicants that are admitted or pending, each with the score on file."""
    known = case(facts)
    names = {id: visible(name) for id, name in known.names.items()}
    points = {str(id): str(score) for id, score in known.rows("score")}
    return [
        {**_called(one.id, names), "score": points.get(one.id, ""), "status": one.status}
        for one in decision(facts).applicants
        if one.status in ("eligible", "pending")
    ]
