"""The record of a draw as JSON text, one row a line: everything needed to draw again, and what came out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from engine.draw.frozen import READINGS
from engine.draw.lots import RESERVED, Draw, Impossible, Walk, panel_json
from engine.draw.plan import Places
from engine.draw.replacement import Replacement
from engine.draw.replacement import as_dict as replaced
from engine.draw.tickets import GROUP, bits, ticket
from engine.law import rules_sha256, statute
from engine.panels import QUESTIONS, Roster

METHOD = "lots-1"
"""The method of this record: a change of what is hashed, or of what is walked, has a new name."""


def text(drawn: Draw, replacements: Sequence[Replacement] = ()) -> str:
    """The record as JSON text: the same case, size and seed give the same bytes."""
    parts = {
        "panels": [_line(panel_json(group, seats)) for group, seats in drawn.panels.items()],
        "walk": [_line(row) for walk in drawn.walks for row in rows(drawn.frozen.roster, walk)],
    }
    if replacements:
        roster = drawn.frozen.roster
        parts["replacements"] = [_line(replaced(one, list(rows(roster, one.walk)))) for one in replacements]
    body = "".join(f"{json.dumps(name)}: [\n{_joined(lines)}],\n" for name, lines in parts.items())
    return "{" + body + '"record": ' + json.dumps(record(drawn), ensure_ascii=False, indent=0) + "}\n"


def refusal(found: Impossible, repairs: Sequence[Any]) -> str:
    """What is printed where no set of panels exists."""
    entry = {"panels": None, "hall": found.hall.json(), "repairs": list(repairs)}
    return json.dumps(entry, ensure_ascii=False, indent=1) + "\n"


def rows(roster: Roster, walk: Walk) -> Iterator[dict[str, Any]]:
    """The walk, name by name, as the draw's JSON has it."""
    for place, name, verdict in walk.rows():
        found = roster.reasons(name, walk.group) if verdict in ("recused", "unqualified") else ()
        yield {
            "group": walk.group,
            "role": walk.role,
            "place": place,
            "reviewer": name,
            "verdict": verdict,
            "reasons": [reason.json() for reason in found],
            "tight": tight(walk.tight[place]) if verdict == RESERVED else None,
        }


def tight(places: Places) -> dict[str, Any]:
    """A tight set: as many seats as places, and which seats they are."""
    seats = [{"group": group, "role": role, "seats": number} for group, role, number in places.seats]
    return {**places.json(), "of": seats}


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
        "seed": list(drawn.seed),
        "bits": [bits(source) for source in drawn.seed],
        "demo": drawn.demo,
        "size": frozen.size,
        "pending": roster.reviewed.with_pending,
        "readings": {key: roster.readings[key] for key in READINGS},
        "order": [
            {"group": group, "ticket": ticket(drawn.seed, frozen.commitment, GROUP, group)} for group in drawn.order
        ],
        "rules_sha256": rules_sha256(city, *QUESTIONS, "panel", "walk"),
        "statute_sha256": statute(city).sha256,
        "frozen": frozen.file.splitlines(),
    }


def _line(entry: Any) -> str:
    return json.dumps(entry, ensure_ascii=False)


def _joined(lines: Iterable[str]) -> str:
    return ",\n".join(lines) + "\n"
