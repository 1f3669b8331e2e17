"""Rounds for the tables `{award,review,procedure}_<city>.toml`: flawless dossiers, scores, and more facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from engine.case import Case, load
from tests.legal_cases import CASES, flawless

DEADLINE = 20250930
ROUND = 6


@dataclass(frozen=True)
class Row:
    """One row of a table: a sentence, the facts of the round, and what must come out."""

    city: str
    id: str
    says: str
    text: str
    table: Mapping[str, Any]

    @property
    def expect(self) -> Mapping[str, Any]:
        """What must come out; what is not named is not asked."""
        found: Mapping[str, Any] = self.table["expect"]
        return found

    @property
    def case(self) -> Case:
        """The row's facts as a case."""
        return case_of(self.text)


def rows(question: str, city: str) -> list[Row]:
    """Every row of a table, in its order."""
    table = tomllib.loads((CASES / f"{question}_{city}.toml").read_text("utf-8"))
    return [_row(city, row) for row in table["case"]]


def case_of(text: str) -> Case:
    """The case in a text of facts."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "case.lp"
        file.write_text(text, "utf-8")
        return load([file])


def dossier(city: str, id: str, base: str = "organization", deadline: int = DEADLINE) -> list[str]:
    """The facts of a flawless applicant under an identifier."""
    return [fact.replace('"A"', f'"{id}"') for fact in flawless(city, deadline, base)]


def round_text(
    city: str,
    scores: Mapping[str, int | float],
    facts: Iterable[str] = (),
    readings: Mapping[str, str] | None = None,
    number: int = ROUND,
) -> str:
    """A round of flawless candidates with scores; identifiers with I are individuals."""
    lines = [f"round({city},{number},{DEADLINE})"]
    for id, points in scores.items():
        lines += dossier(city, id, "individual" if id.startswith("I") else "organization")
        lines.append(f'score("{id}",{points})' if isinstance(points, int) else f'score("{id}","{points:.2f}")')
    lines += [f"reading({key},{choice})" for key, choice in (readings or {}).items()]
    return "".join(f"{line}.\n" for line in [*lines, *facts])


def _row(city: str, row: Mapping[str, Any]) -> Row:
    facts = [f"{fact}" for fact in row.get("facts", [])]
    for id in row.get("applicants", []):
        facts += dossier(city, id)
    text = round_text(city, row.get("scores", {}), facts, row.get("readings"), row.get("round", ROUND))
    return Row(city, row["id"], row["says"], text, row)
