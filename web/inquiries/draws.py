"""Draws: the frozen file with its announcement, the numbers, the walk step by step, what comes after."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from hashlib import sha256
from typing import Any

from desk.text import afterwards, announcement
from engine.case import Case
from engine.draw import (
    BOUND,
    RECUSED,
    RESERVED,
    TAKEN,
    Claim,
    Draw,
    Event,
    Frozen,
    Impossible,
    Told,
    Walk,
    draw,
    events,
    faults,
    freeze,
    frozen_text,
    seed,
    thawed,
)
from engine.errors import CaseError, PingjiangError
from engine.facts import Fact
from engine.law import statute
from engine.panels import Roster, names, reason
from engine.record import NEWS, Later, Verified, facts_of, heeded, supplement, text, verify
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.inquiries.sitting import Paragraphs, rostered, shortage, told
from web.questions import case

_FILE = "record.json"


def frozen(facts: str, pending: bool, size: int) -> dict[str, Any]:
    """A case frozen: its file with K, C, the announcement; `size` 0 is the least that is lawful."""
    try:
        return _frozen(freeze(rostered(facts, pending), size or None))
    except PingjiangError as error:
        return {"problems": told(error)}


def supplemented(record: str, facts: str) -> dict[str, Any]:
    """What `frozen` says, of the supplementary freeze that follows a record: only free places are drawn again.

    What the case of now says about reviewers, groups and applicants that the record does not know is its news; `kept`
    are the panels that stand, `free` the places to be drawn, by group, `head` what it follows.
    """
    try:
        found = verify(_FILE, record.encode("utf-8"))
        news, anew = _news(found, facts)
        kept = supplement(found, news, anew)
        answer = _frozen(kept)
    except PingjiangError as error:
        return {"problems": told(error)}
    known = {id: visible(name) for id, name in names(kept.roster).items()}
    seats = kept.field.seats
    return answer | {
        "head": found.standing.head,
        "kept": [_panel(group, some, known) for group, some in kept.kept.items()],
        "free": [
            {"id": group, "name": known.get(group, ""), "seats": seats[group] - len(kept.kept.get(group, ()))}
            for group in kept.roster.groups
            if seats[group] > len(kept.kept.get(group, ()))
        ],
    }


def _news(found: Verified, facts: str) -> tuple[list[Fact], list[str]]:
    """What a case says that a record does not know yet, and which applicants are under review anew."""
    now, held = found.standing, set(found.standing.facts)
    anew = [id for id in rostered(facts, True).reviewed.under_review if id not in now.under]
    about: dict[str, Collection[str]] = {"applicant": anew, "withdrawn": now.under}
    news = [
        one
        for one in case(facts).facts
        if one.predicate in NEWS and one.predicate not in ("name", "replaced_freeze")
        if one.predicate in BOUND or one not in held
        if one.predicate not in about or one.arguments[0] in about[one.predicate]
    ]
    mentioned = {each for one in news for each in one.arguments}
    news += [one for one in case(facts).facts if one.predicate == "name" and one.arguments[0] in mentioned]
    return [one for one in news if one not in held or one.predicate in BOUND], anew


def _frozen(kept: Frozen) -> dict[str, Any]:
    sources = events(kept.roster.case)
    return {
        "problems": [],
        "text": frozen_text(kept),
        "commitment": kept.commitment,
        "size": kept.size,
        "groups": len(kept.roster.groups),
        "hall": shortage(kept),
        "sources": [_source(one) for one in sources],
        "announcement": {lang: list(announcement(kept, Paragraphs(lang))) for lang in LANGUAGES},
    }


def _source(one: Event) -> dict[str, Any]:
    return {
        "order": one.order,
        "name": visible(one.name),
        "day": one.day,
        "reserve": {"name": visible(one.reserve[0]), "day": one.reserve[1]} if one.reserve else None,
        "parts": [
            {
                "name": part.name,
                "numbers": part.numbers,
                "low": part.low,
                "high": part.high,
                "kind": {lang: message(f"panel.kind.{part.kind}", lang) for lang in LANGUAGES},
            }
            for part in one.parts
        ],
    }


def numbers(file: str, given: list[str], said: Mapping[str, Any]) -> dict[str, Any]:
    """The one text of some numbers; problems where they are not what was announced."""
    try:
        kept = thawed("frozen.json", file.encode("utf-8"))
        words = seed(events(kept.roster.case), given)
        if found := heeded(kept, words, _told(said)):
            raise CaseError(found)
    except PingjiangError as error:
        return {"seed": "", "problems": told(error)}
    return {"seed": words, "problems": []}


def panels_drawn(file: str, words: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """The draw of a frozen file from its seed: the record, checked by the rules, with its hash and its head."""
    kept = thawed("frozen.json", file.encode("utf-8"))
    found = draw(kept, words, _told(said))
    if isinstance(found, Impossible):
        return {"record": "", "hall": shortage(kept)}
    if wrong := faults(Claim.of(found)):
        raise RuntimeError("the rules hold against this draw: " + " ".join(wrong[:5]))
    record = text(found)
    digest = sha256(record.encode("utf-8")).hexdigest()
    return {"record": record, "sha256": digest, "head": digest, "hall": None}


def _told(said: Mapping[str, Any]) -> Told:
    place = said.get("published")
    return Told(
        (str(place[0]), int(place[1]), str(place[2])) if place else None,
        tuple(sorted((int(source), str(document)) for source, document in said.get("cancelled", ()))),
    )


def showing(record: str) -> dict[str, Any]:
    """A verified record, step by step as it is shown: a group, its names, its leader's lots; the panels at the end."""
    found = verify(_FILE, record.encode("utf-8"))
    one = found.drawn
    roster = one.frozen.roster
    known = {id: visible(name) for id, name in names(roster).items()}
    panels = [_panel(group, seats, known) for group, seats in one.panels.items()]
    sizes = {group: one.frozen.field.seats[group] for group in one.panels}
    return {
        "title": statute(roster.case.city).title,
        "commitment": one.frozen.commitment,
        "seed": one.seed,
        "seeds": dict(piece.split(":", 1) for piece in one.seed.split(";") if ":" in piece),
        "demo": one.demo,
        "sources": [_source(each) for each in events(roster.case)],
        "order": [{"id": group, "name": known.get(group, ""), "seats": sizes[group]} for group in one.order],
        "steps": _steps(one, known),
        "kept": [_panel(group, seats, known) for group, seats in one.frozen.kept.items()],
        "panels": panels,
        "names": known,
        "reviewers": [{"id": id, "name": known.get(id, "")} for id in roster.reviewers],
        "applicants": [{"id": id, "name": known.get(id, "")} for id in roster.reviewed.under_review],
        "head": found.standing.head,
    }


def _panel(group: str, seats: Sequence[Any], known: Mapping[str, str]) -> dict[str, Any]:
    members = [
        {"id": seat.id, "name": known.get(seat.id, ""), "leader": seat.leader, "place": seat.place} for seat in seats
    ]
    return {"group": group, "name": known.get(group, ""), "members": members}


def _steps(one: Draw, known: Mapping[str, str]) -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = []
    sits: dict[str, list[str]] = {}
    for group, stay in one.frozen.kept.items():
        for seat in stay:
            sits.setdefault(seat.id, []).append(group)
    leaders = {each.group: each for each in one.leaders}
    for at, walk in enumerate(one.walks, 1):
        base = {"group": walk.group, "at": at, "of": len(walk.names)}
        steps.append({**base, "kind": "group"})
        last = max((place for place, _ in walk.taken), default=0)
        steps += [{**base, **step} for step in _walked(one.frozen.roster, walk, last, known, sits)]
        rest = [{"id": id, "name": known.get(id, "")} for id in walk.names[last:]]
        if rest:
            steps.append({**base, "kind": "rest", "first": last + 1, "rest": rest})
        if (led := leaders.get(walk.group)) is not None:
            lots = [{"id": id, "name": known.get(id, ""), "lot": lot} for id, lot in led.lots]
            steps.append(
                {**base, "kind": "leader", "id": led.reviewer, "name": known.get(led.reviewer, ""), "lots": lots}
            )
    return [*steps, {"kind": "result", "group": "", "at": len(one.walks), "of": 0}]


def _walked(
    roster: Roster, walk: Walk, last: int, known: Mapping[str, str], sits: dict[str, list[str]]
) -> list[dict[str, Any]]:
    steps = []
    staying = sum(walk.group in groups for groups in sits.values())
    for place, id, verdict in walk.rows():
        if place > last:
            break
        barred = verdict in (RECUSED, "unqualified", "left")
        reasons = list(roster.reasons(id, walk.group)) if barred else []
        kinds = {each.reason: each for each in reasons}
        step: dict[str, Any] = {
            "kind": "name",
            "place": place,
            "id": id,
            "name": known.get(id, id),
            "verdict": verdict,
            "kinds": [
                {"kind": kind, "citation": each.provision.citation if each.provision else ""}
                for kind, each in kinds.items()
            ],
            "words": {lang: [visible(reason(each, roster, lang, known)) for each in reasons] for lang in LANGUAGES},
            "sits": [{"id": group, "name": known.get(group, "")} for group in sits.get(id, ())],
            "load": roster.load[id],
            "tight": None,
        }
        if verdict == RESERVED:
            tight = walk.tight[place]
            step["tight"] = {
                "places": [
                    {"id": each.group, "name": known.get(each.group, ""), "free": each.free, "only": each.only}
                    for each in tight.places
                ],
                "need": tight.need,
                "give": [
                    {"id": each.reviewer, "name": known.get(each.reviewer, ""), "gives": each.gives}
                    for each in tight.give
                ],
            }
        if verdict == TAKEN:
            sits.setdefault(id, []).append(walk.group)
            step["seat"] = sum(1 for before, _ in walk.taken if before <= place) + staying
        steps.append(step)
    return steps


def standing(record: str) -> dict[str, Any]:
    """How a record stands now: the panels after its entries, each entry in words, who might be asked next."""
    found = verify(_FILE, record.encode("utf-8"))
    return _standing(found)


def _standing(found: Verified) -> dict[str, Any]:
    roster = found.standing.roster
    known = {id: visible(name) for id, name in names(roster).items()}
    last = found.entries[-1] if found.entries else None
    return {
        "head": found.standing.head,
        "panels": [_panel(group, seats, known) for group, seats in found.standing.panels.items()],
        "seats": dict(found.standing.seats),
        "entries": [_entry(found, at, known) for at in range(len(found.entries))],
        "vacant": bool(last and last.hall),
        "asking": [{"id": id, "name": known.get(id, "")} for id in last.asking] if last else [],
        "not_given": list(found.not_given),
    }


def _entry(found: Verified, at: int, known: Mapping[str, str]) -> dict[str, Any]:
    one = found.entries[at]
    roster = found.standing.roster
    lines = {lang: list(afterwards(one, roster, Paragraphs(lang))) for lang in LANGUAGES}
    return {
        "number": one.number,
        "day": one.later.day,
        "because": visible(one.later.because),
        "document": visible(one.later.document),
        "leaves": [{"id": id, "name": known.get(id, ""), "group": group} for id, group, _ in one.leaves],
        "follows": [
            {"id": id, "name": known.get(id, ""), "group": walk.group, "place": place}
            for walk in one.walks
            for place, id in walk.taken
        ],
        "vacant": bool(one.hall),
        "words": {lang: [line.strip() for line in some[1 : -2 if one.asking else -1]] for lang, some in lines.items()},
        "hash": one.hash,
    }


def added(record: str, news: Mapping[str, Any]) -> dict[str, Any]:
    """A record with one entry more: what became known, who must go and who follows; problems where it is none.

    `news`: day, because, document, `facts` (lines), `unavailable` (reviewer and group or empty), `asked` (reviewer and
    whether he accepted), `fewer` (group and seats), `reopen`.
    """
    try:
        found = verify(_FILE, record.encode("utf-8"))
        entry = found.standing.add(
            Later(
                day=int(news["day"]),
                because=str(news["because"]),
                document=str(news["document"]),
                facts=facts_of(list(news.get("facts", ())), Case.of(found.standing.facts)),
                unavailable=tuple((str(who), str(group) or None) for who, group in news.get("unavailable", ())),
                asked=tuple((str(who), bool(accepted)) for who, accepted in news.get("asked", ())),
                fewer=tuple((str(group), int(seats)) for group, seats in news.get("fewer", ())),
                reopen=bool(news.get("reopen")),
            )
        )
    except PingjiangError as error:
        return {"record": "", "problems": told(error)}
    if wrong := faults(found.standing.claims[-1]):
        raise RuntimeError("the rules hold against this entry: " + " ".join(wrong[:5]))
    entries = (*found.entries, entry)
    made = text(found.drawn, entries)
    after = Verified(found.drawn, entries, found.standing, ())
    return {"record": made, "problems": [], "head": found.standing.head, **_last(after)}


def _last(found: Verified) -> dict[str, Any]:
    told_ = _standing(found)
    return {
        "entry": told_["entries"][-1],
        "panels": told_["panels"],
        "vacant": told_["vacant"],
        "asking": told_["asking"],
    }


def news_fact(name: str, values: list[Any], known: Mapping[str, str]) -> dict[str, Any]:
    """A fact that became known, as clingo writes it, and in words; problems where a value will not do."""
    from engine.errors import Problem
    from engine.facts import sentence
    from engine.facts import text as written
    from web.questions import checked

    problems: list[Problem] = []
    made: Fact | None = checked(name, values, problems)
    if made is None:
        return {"fact": "", "problems": told(CaseError(problems))}
    return {
        "fact": f"{written(made)}.",
        "problems": [],
        "words": {lang: visible(sentence(made, lang, known)) for lang in LANGUAGES},
    }


def announced(facts: str) -> dict[str, Any]:
    """What a case says of its draw already: sources, days, earlier freezes; and those facts as text."""
    from engine.facts import text as written

    found = case(facts)
    sources = [
        {
            "order": one.order,
            "name": one.name,
            "day": one.day,
            "shape": [[part.numbers, part.low, part.high, part.kind] for part in one.parts],
            "reserve": list(one.reserve) if one.reserve else None,
        }
        for one in (events(found) if found.rows("seed_part") else ())
    ]
    return {
        "sources": sources,
        "until": next((int(day) for (day,) in found.rows("objections_until")), 0),
        "replaced": [list(row) for row in found.rows("replaced_freeze")],
        "facts": [written(fact) for fact in found.facts if fact.predicate in BOUND],
    }


def public_copy(record: str) -> str:
    """The record as everybody may have it: ties as salted hashes."""
    from engine.record import public_text

    found = verify(_FILE, record.encode("utf-8"))
    return public_text(found.drawn, found.entries)


def check_page(lang: str) -> str:
    """The page that checks a record in anybody's browser, without a network."""
    from desk.files import verify_page

    return verify_page(lang)
