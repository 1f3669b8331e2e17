"""The record of a draw as JSON text, one row a line: everything needed to draw again, and what came out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from math import floor
from typing import Any

from engine.draw import (
    DEMO,
    GROUP,
    METHOD,
    READINGS,
    RESERVED,
    Draw,
    Frozen,
    Impossible,
    Told,
    Walk,
    bits,
    events,
    panel_json,
    ticket,
)
from engine.errors import Place, Problem
from engine.facts import day_text
from engine.law import rules_sha256, statute
from engine.panels import QUESTIONS, Roster
from engine.record.entries import Entry
from engine.record.standing import Standing
from engine.words import dumps


def text(drawn: Draw, entries: Sequence[Entry] = ()) -> str:
    """The record as JSON text: the same frozen file, seed and entries give the same bytes."""
    walked = (row for walk in drawn.walks for row in rows(drawn.frozen.roster, walk))
    return whole(drawn, walked, record(drawn), [entry.as_dict() for entry in entries])


def whole(
    drawn: Draw, walked: Iterable[Mapping[str, Any]], about: Mapping[str, Any], after: Sequence[Mapping[str, Any]]
) -> str:
    """A record of these rows, this basis and these entries, one row a line."""
    leaders = (
        {
            "group": one.group,
            "reviewer": one.reviewer,
            "lots": [{"reviewer": name, "ticket": lot} for name, lot in one.lots],
        }
        for one in drawn.leaders
    )
    parts = {
        "panels": [_line(panel_json(group, seats)) for group, seats in drawn.panels.items()],
        "walk": map(_line, walked),
        "leaders": map(_line, leaders),
    }
    body = "".join(f"{json.dumps(name)}: [\n{_joined(lines)}],\n" for name, lines in parts.items())
    more = f',\n"after": [\n{_joined(map(_line, after))}]' if after else ""
    return "{" + body + '"record": ' + json.dumps(about, ensure_ascii=False, indent=0) + more + "}\n"


def standing(drawn: Draw) -> Standing:
    """How a draw stands before any entry: its chain begins with the hash of the record's bytes."""
    return Standing(drawn, sha256(text(drawn).encode("utf-8")).hexdigest())


def refusal(found: Impossible, repairs: Sequence[Any]) -> str:
    """What is printed where no set of panels exists."""
    entry = {"panels": None, "hall": found.hall.json(), "repairs": list(repairs)}
    return dumps(entry)


def rows(roster: Roster, walk: Walk) -> Iterator[dict[str, Any]]:
    """The walk, name by name, as the draw's JSON has it."""
    for place, name, verdict in walk.rows():
        found = roster.reasons(name, walk.group) if verdict in ("recused", "unqualified") else ()
        yield {
            "group": walk.group,
            "place": place,
            "reviewer": name,
            "verdict": verdict,
            "reasons": [reason.json() for reason in found],
            "tight": walk.tight[place].json() if verdict == RESERVED else None,
        }


def record(drawn: Draw) -> dict[str, Any]:
    """What the draw was made from."""
    frozen = drawn.frozen
    roster = frozen.roster
    city = roster.case.city
    return {
        "method": METHOD,
        "city": city,
        "round": roster.case.round,
        "commitment": frozen.commitment,
        "seed": drawn.seed,
        "bits": 0 if drawn.demo else floor(bits(events(roster.case))),
        "demo": drawn.demo,
        **told(drawn.told),
        "size": frozen.size,
        "readings": {key: roster.readings[key] for key in READINGS},
        "order": [
            {"group": group, "ticket": ticket(drawn.seed, frozen.commitment, GROUP, group)} for group in drawn.order
        ],
        "rules_sha256": rules_sha256(city, *QUESTIONS, "panel"),
        "statute_sha256": statute(city).sha256,
        "key": frozen.key,
        "frozen": frozen.file.splitlines(),
    }


def heeded(frozen: Frozen, seed: str, said: Told) -> list[Problem]:
    """What is wrong with what is said of publication and cancelled events; C is published before any event is held."""
    sources = () if seed == DEMO else events(frozen.roster.case)
    problems = []
    if said.published and sources:
        first = min(one.day for one in sources)
        frozen_on = next((int(day) for (day,) in frozen.roster.case.rows("frozen_on")), 0)
        if not frozen_on <= said.published[1] < first:
            days = {"found": day_text(said.published[1]), "before": day_text(first)}
            problems.append(Problem("published_late", days, Place()))
    reserves = {int(piece.partition("r.")[0]) for piece in seed.split(";") if "r." in piece.partition(":")[0]}
    documents = {source for source, _ in said.cancelled}
    problems += [Problem("cancelled_undocumented", {"order": one}, Place()) for one in sorted(reserves - documents)]
    problems += [Problem("cancelled_held", {"order": one}, Place()) for one in sorted(documents - reserves)]
    return problems


def told(found: Told) -> dict[str, Any]:
    """Where C was published and which events were cancelled, as the record has it; nothing where nobody said so."""
    entry: dict[str, Any] = {}
    if found.published:
        place, day, document = found.published
        entry["published"] = {"place": place, "day": day_text(day), "document": document}
    if found.cancelled:
        entry["cancelled"] = [{"source": source, "document": document} for source, document in found.cancelled]
    return entry


def _line(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines) + "\n"
