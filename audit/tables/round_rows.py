"""A record that tells two encodings apart, as a row of a table: `rules/cases/<question>_<city>_audit.toml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import clingo

from audit.encoding import DEADLINE, ROUND, Example, Question
from audit.space import Record, Telling
from audit.tables.rounds import made, of_row
from audit.tables.rowtext import quoted
from audit.words import DECIMAL
from engine.facts import PREDICATES
from engine.words import number

_FED = ("covers", "under_review")
"""What the engine works out from the case by itself."""
_NAMED = re.compile(r'"(?:[^"\\]|\\.)*"')


def as_row(found: Telling) -> dict[str, Any]:
    """The row behind a record that tells two encodings apart."""
    return round_row(found.record, found.lost, found.gained)


def round_row(record: Record, holds: Sequence[str], lacks: Sequence[str] = ()) -> dict[str, Any]:
    """A record as a row: what the scene and clingo put on file, what must hold of it and what must not."""
    chosen = {name for atom in (*record.facts, *holds, *lacks) for name in _NAMED.findall(atom)}
    fixed = [atom for atom in record.fixed if not record.scene.given or chosen.issuperset(_NAMED.findall(atom))]
    held = [clingo.parse_term(atom) for atom in (*fixed, *record.facts)]
    dossiers = [fact for fact in record.scene.given if fact.startswith("applicant(")]
    applicants = [id.strip('"') for fact in dossiers for id in _NAMED.findall(fact) if id in chosen]
    found: dict[str, Any] = {
        "round": record.round,
        "deadline": record.scene.deadline,
        "readings": dict(record.readings),
        "applicants": applicants,
        "facts": [_fact(atom) for atom in held if atom.name in (*PREDICATES, *DECIMAL)],
        "beside": [str(atom) for atom in held if atom.name not in (*PREDICATES, *DECIMAL, *_FED, "as_of")],
    }
    for atom in held:
        if atom.name == "as_of":
            found["as_of"] = atom.arguments[0].number
    if record.scene.name == "panels":
        reviewed = {atom.arguments[0].string for atom in held if atom.name == "under_review"}
        everybody = [atom.arguments[0].string for atom in held if atom.name == "applicant"]
        found["rejected"] = [id for id in everybody if id not in reviewed]
    found["expect"] = {"holds": list(holds), "lacks": list(lacks)}
    return found


def example(found: Telling | Record, question: Question, id: str) -> Example:
    """The record as a case, as its row is read from a table."""
    whole, city = (
        (as_row(found), found.record.scene.city)
        if isinstance(found, Telling)
        else (round_row(found, ()), found.scene.city)
    )
    [one] = of_row(question, made(city, {"id": id, **whole}))
    return one


def _fact(atom: clingo.Symbol) -> str:
    if atom.name in DECIMAL:
        subject, points = atom.arguments
        return f'{DECIMAL[atom.name]}({subject},"{number(points.number):.2f}")'
    return str(atom)


def toml(id: str, row: Mapping[str, Any]) -> str:
    """The row as TOML; what is as the tables have it anyway is left out."""
    lines = ["[[case]]", f"id = {quoted(id)}"]
    usual = {
        "round": ROUND,
        "deadline": DEADLINE,
        "readings": {},
        "applicants": [],
        "facts": [],
        "beside": [],
        "rejected": [],
    }
    lines += [f"{key} = {_quoted(value)}" for key, value in row.items() if key != "expect" and usual.get(key) != value]
    lines += ["[case.expect]", *(f"{key} = {_quoted(value)}" for key, value in row["expect"].items())]
    return "\n".join(lines) + "\n"


def _quoted(value: Any) -> str:
    return str(value) if isinstance(value, int) else quoted(value)
