"""Rounds: the tables `rules/cases/{award,review,panels,procedure}_<city>.toml`, read as data.

A row starts from the `base` of its table and says how it departs: `without` drops facts (a predicate's name, or the
beginning of a fact), `facts` adds some, `scores` gives flawless candidates with their final scores (a table may, for
all its rows), `applicants` flawless ones without. `beside` holds what is no fact of a case: a set of winners, a set of
panels, what a draw says of itself. A row that the bench found says what `holds` of it and what it `lacks`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

import clingo

from audit.encoding import CASES, DEADLINE, ROUND, Attestation, Example, Question, begins, flawless, frame, words
from engine.answers import Reviewed
from engine.answers import conduct as procedure
from engine.answers import revocation as review
from engine.award import candidacy as candidates
from engine.case import Case, lpfile, read
from engine.errors import CaseError, Place, Problem, Problems
from engine.facts import Fact
from engine.law import regulation
from engine.panels import rosters as roster
from engine.solve import symbols

_SELF = ("round", "reading", "calendar_day", "calendar_start", "calendar_end")
"""What an example holds apart from its facts."""


@dataclass(frozen=True)
class Row:
    """One row of a table: a sentence, the facts of the round, and what must come out; `whole` is the table."""

    city: str
    id: str
    says: str
    whole: Mapping[str, Any]
    table: Mapping[str, Any]
    file: str = ""

    @cached_property
    def text(self) -> str:
        """The facts of the round; CaseError where the row drops what its base does not have."""
        return _text(self)

    @property
    def expect(self) -> Mapping[str, Any]:
        """What must come out; what is not named is not asked."""
        found: Mapping[str, Any] = self.table["expect"]
        return found

    @cached_property
    def case(self) -> Case:
        """The row's facts as a case; what the bench found is a record as small as can be, and declares nobody."""
        return record_of(self.text) if self.found else case_of(self.text)

    @property
    def found(self) -> bool:
        """Whether the bench found the row, and nobody wrote it."""
        return not self.file or self.file.endswith("_audit.toml")


@cache
def rows(question: str, city: str, folder: Path = CASES) -> tuple[Row, ...]:
    """Every row that people wrote about a question: of the table all cities share, and of the city's own."""
    return tuple(row for name in (question, f"{question}_{city}") for row in table(city, folder / f"{name}.toml"))


def found_rows(question: str, city: str, folder: Path = CASES) -> tuple[Row, ...]:
    """The rows about a question that the bench found, each for what tells the rules from some slip."""
    return tuple(table(city, folder / f"{question}_{city}_audit.toml"))


def table(city: str, file: Path) -> Iterator[Row]:
    """The rows of one table; none where there is none."""
    data = tomllib.loads(file.read_text("utf-8")) if file.exists() else {"case": ()}
    for row in data["case"]:
        yield made(city, row, data, file.name)


def made(city: str, row: Mapping[str, Any], table: Mapping[str, Any] = {}, file: str = "") -> Row:
    """A row as the table it stands in completes it."""
    return Row(city, row["id"], row.get("says", ""), table, row, file)


def _text(one: Row) -> str:
    city, table, row = one.city, one.whole, one.table
    deadline, number = row.get("deadline", DEADLINE), row.get("round", ROUND)
    scores = row.get("scores", table.get("scores", {}))
    facts = list(table.get("base", ()))
    for id in row.get("applicants", []):
        facts += dossier(city, id, _kind(id), deadline)
    lines = round_text(city, scores, facts, row.get("readings"), number, deadline).splitlines()
    for dropped in row.get("without", []):
        kept = [line for line in lines if not begins(line, dropped)]
        if len(kept) == len(lines):
            parameters = {"id": one.id, "found": dropped}
            raise CaseError([Problem("audit.row_without", parameters, Place(one.file, path=one.id))])
        lines = kept
    return "".join(f"{line}\n" for line in [*lines, *(f"{fact}." for fact in row.get("facts", []))])


def case_of(text: str) -> Case:
    """The case in a text of facts; CaseError where it cannot be read, or contradicts itself."""
    return read({"case.lp": text.encode("utf-8")})


def record_of(text: str) -> Case:
    """The record in a text of facts, whoever is left undeclared in it; CaseError where it cannot be read."""
    problems = Problems()
    source = lpfile.read("case.lp", text.encode("utf-8"), problems)
    if problems:
        raise CaseError(problems.all())
    return Case.of(Fact(name, row) for name, found in source.rows.items() for row in found)


def dossier(city: str, id: str, base: str = "organization", deadline: int = DEADLINE) -> list[str]:
    """The facts of a flawless applicant under an identifier."""
    return [fact.replace('"A"', f'"{id}"') for fact in flawless(city, deadline, base)]


def _kind(id: str) -> str:
    return "individual" if id.startswith("I") else "organization"


def round_text(
    city: str,
    scores: Mapping[str, int | float],
    facts: Iterable[str] = (),
    readings: Mapping[str, str] | None = None,
    number: int = ROUND,
    deadline: int = DEADLINE,
) -> str:
    """A round of flawless candidates with scores; identifiers with I are individuals."""
    lines = [f"round({city},{number},{deadline})"]
    for id, points in scores.items():
        lines += dossier(city, id, _kind(id), deadline)
        lines.append(f'score("{id}",{points})' if isinstance(points, int) else f'score("{id}","{points:.2f}")')
    lines += [f"reading({key},{choice})" for key, choice in (readings or {}).items()]
    return "".join(f"{line}.\n" for line in [*lines, *facts])


def examples(question: Question, city: str, folder: Path = CASES) -> tuple[Example, ...]:
    """The rows about a question as the rules take them in: an award's once for each set that its row names."""
    found = (*rows(question.name, city, folder), *found_rows(question.name, city, folder))
    return tuple(example for row in found for example in of_row(question, row))


@lru_cache(32)
def readable(
    question: Question, city: str, folder: Path = CASES
) -> tuple[tuple[tuple[Row, tuple[Example, ...]], ...], tuple[Problem, ...]]:
    """The rows about a question, each as the rules take it in, and what is wrong with those that cannot be read."""
    found, problems = [], []
    for row in (*rows(question.name, city, folder), *found_rows(question.name, city, folder)):
        try:
            found.append((row, tuple(of_row(question, row))))
        except CaseError as error:
            problems += [replace(each, place=Place(row.file, path=row.id)) for each in error.problems]
    return tuple(found), tuple(problems)


def of_row(question: Question, row: Row) -> Iterator[Example]:
    """A row as the rules take it in."""
    case = row.case
    beside = [list(row.table.get("beside", ()))]
    if question.name == "award" and "beside" not in row.table:
        beside = [[*beside[0], *won] for won in _sets(row.city, row.expect)]
    taken = [symbol for symbol in fed(question, case, row.table) if symbol.name not in _SELF]
    facts = [str(symbol) for symbol in taken]
    for number, more in enumerate(beside):
        made = Example(
            row.id if len(beside) == 1 else f"{row.id}#{number + 1}",
            row.city,
            row.says,
            case.round,
            case.deadline,
            case.readings,
            (*facts, *more),
            row.expect,
            Attestation(**row.table["signed"]) if "signed" in row.table else None,
            row.file,
            (*_departures(row), *more),
            words(row.table),
        )
        # What the case would find by parsing its own text.
        vars(made)["symbols"] = (*frame(made), *taken, *map(clingo.parse_term, more))
        yield made


def _departures(row: Row) -> Iterator[str]:
    """What a row puts on file: whose dossiers are flawless (`=ID`), what it drops, its scores, what it adds, a day."""
    yield from (f"={id}" for id in (*row.table.get("applicants", []), *row.table.get("scores", {})))
    yield from (f"-{start}" for start in row.table.get("without", []))
    for id, points in row.table.get("scores", {}).items():
        yield f'score("{id}",{points})' if isinstance(points, int) else f'score("{id}","{points:.2f}")'
    yield from row.table.get("facts", [])
    if "as_of" in row.table:
        yield f"as_of({row.table['as_of']})"


def fed(question: Question, case: Case, table: Mapping[str, Any]) -> Iterable[clingo.Symbol]:
    """What the rules of a question take in of a case, as the engine gives it to them."""
    match question.name:
        case "award":
            return candidates.feed(case)
        case "review":
            return review.facts(case, table["as_of"])
        case "panels":
            return roster.feed(case, _reviewed(case, table), *question.files)
        case "procedure":
            return symbols(case.city, case.readings, case.facts, *procedure.QUESTIONS)
    raise KeyError(question.name)


def _reviewed(case: Case, table: Mapping[str, Any]) -> Reviewed:
    """Who is reviewed: everybody who applies, but those whom the row calls rejected."""
    out = set(table.get("rejected", ()))
    everybody = [str(row[0]) for row in case.rows("applicant")]
    return Reviewed(tuple(sorted({*everybody} - out)), (), tuple(sorted(out)), True)


def prizes(city: str) -> tuple[str, ...]:
    """The prizes of a city's regulation, in its order."""
    return regulation(city).prizes


def _sets(city: str, expect: Mapping[str, Any]) -> list[list[str]]:
    """The sets of winners a row names, as atoms; the empty one where it names none."""
    order = prizes(city)
    named = [dict(zip(order, one.split("|"), strict=True)) for one in expect.get("sets", ())]
    if "check" in expect or not named:
        named.append({prize: expect.get("check", {}).get(prize, "") for prize in order})
    return [[f'won("{id}",{prize})' for prize in order for id in one[prize].split()] for one in named]
