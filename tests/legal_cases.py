"""The legal cases of `rules/cases/<city>.toml`: how each departs from its base dossier, and what must come out."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from engine.law.statutes import RULES, cities

CASES = RULES / "cases"
CITIES = cities()

_SLOT = re.compile(r"\{(?:(T)|Y([+-]\d+)?)\}")


@dataclass(frozen=True)
class LegalCase:
    """One row of a case table: the applicant A of one round, and the outcome the law requires.

    `expect` holds `status` with the grounds as the table writes them, or `refused` (the provision for which the
    whole case is refused), or `bad_input` (what the message must name).
    """

    city: str
    id: str
    says: str
    round: int
    deadline: int
    readings: Mapping[str, str]
    facts: tuple[str, ...]
    expect: Mapping[str, Any]

    @property
    def text(self) -> str:
        """The case as a `.lp` file."""
        readings = (f"reading({key},{choice})" for key, choice in self.readings.items())
        lines = [f"round({self.city},{self.round},{self.deadline})", *readings, *self.facts]
        return "".join(f"{line}.\n" for line in lines)

    @property
    def outcome(self) -> dict[str, Any]:
        """What must come out, complete: an empty list for each kind of ground the table does not mention."""
        empty: dict[str, Any] = {"failed": [], "barred": {}, "open": [], "barred_prizes": [], "notes": []}
        return {**empty, **self.expect}


@cache
def legal_cases(city: str) -> tuple[LegalCase, ...]:
    """Every case of a city's tables, in their order: its own, and those the audit bench found."""
    tables = [_table(path.stem) for name in (city, f"{city}_audit") if (path := CASES / f"{name}.toml").exists()]
    return tuple(_case(table, row) for table in tables for row in table.get("case", ()))


def flawless(city: str, deadline: int, base: str = "organization") -> list[str]:
    """The facts of a base dossier, written out for a deadline."""
    return _base(_table(city), base, deadline)


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))


def _base(table: Mapping[str, Any], name: str, deadline: int) -> list[str]:
    return [_filled(fact, deadline) for fact in table["base"][name]]


def _case(table: Mapping[str, Any], row: Mapping[str, Any]) -> LegalCase:
    deadline = row.get("deadline", table["deadline"])
    base = _base(table, row.get("base", "organization"), deadline)
    for dropped in row.get("without", []):
        kept = [fact for fact in base if not _begins(fact, dropped)]
        assert len(kept) < len(base), f"{row['id']}: the base has no {dropped}"
        base = kept
    return LegalCase(
        city=table["city"],
        id=row["id"],
        says=row["says"],
        round=row.get("round", table["round"]),
        deadline=deadline,
        readings=row.get("readings", {}),
        facts=(*base, *row.get("facts", [])),
        expect=row["expect"],
    )


def _begins(fact: str, start: str) -> bool:
    return fact.startswith(start) if "(" in start else fact.partition("(")[0] == start


def _filled(fact: str, deadline: int) -> str:
    """A fact of the base with {T} and {Y-1} written out for a deadline."""
    return _SLOT.sub(lambda slot: str(deadline if slot[1] else deadline // 10000 + int(slot[2] or 0)), fact)


def outcome_of(applicant: Mapping[str, Any], notes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """A decision's JSON about one applicant, in the words of the table."""

    def ground(entry: Mapping[str, Any], key: str) -> str:
        return f"{entry['provision']} {entry[key]}"

    return {
        "status": applicant["status"],
        "failed": [ground(entry, "requirement") for entry in applicant["failed"]],
        "barred": {ground(entry, "ground"): entry["events"] for entry in applicant["barred"]},
        "open": [ground(entry, "requirement") for entry in applicant["open"]],
        "barred_prizes": applicant["barred_prizes"],
        "notes": [f"{note['kind']} {note['fact']}" for note in notes],
    }
