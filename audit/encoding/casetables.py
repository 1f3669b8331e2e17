"""The cases a city's rules are held to: the tables of `rules/cases`, read as data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import clingo

from engine.law import RULES, Provision
from engine.solve import COUNTED, noticed

CASES = RULES / "cases"
DEADLINE, ROUND = 20250930, 6
"""The deadline and the round of a table that names none."""
_SLOT = re.compile(r"\{(?:(T)|Y([+-]\d+)?)\}")


@dataclass(frozen=True)
class Attestation:
    """Who accepted a case, when, the hash of the provision and rules that he saw, and as what he spoke."""

    by: str
    on: str
    seal: str
    role: str = ""


@dataclass(frozen=True)
class Word:
    """An earlier word on a case: accepted or contested, by whom, what had come out then, an objection's remark."""

    said: str
    signed: Attestation
    expect: Mapping[str, Any] = field(default_factory=dict, hash=False)
    remark: str = ""


@dataclass(frozen=True)
class Example:
    """One case of a table: the facts of one dossier and round, and what must come out."""

    id: str
    city: str
    says: str
    round: int
    deadline: int
    readings: Mapping[str, str]
    facts: tuple[str, ...]
    expect: Mapping[str, Any]
    signed: Attestation | None = None
    file: str = ""
    changes: tuple[str, ...] = field(default=(), compare=False)
    earlier: tuple[Word, ...] = field(default=(), compare=False)

    @cached_property
    def symbols(self) -> tuple[clingo.Symbol, ...]:
        """Its facts with round and readings, as the rules take them in."""
        return (*frame(self), *map(_term, self.facts))

    @cached_property
    def provision(self) -> Provision | None:
        """The provision its id begins with: a8_i1_… is 第八条第（一）项; none where it names none."""
        found = re.match(r"a(\d+)(?:_p(\d+))?(?:_i(\d+))?(?:_|$)", self.id)
        return Provision(*(int(group or 0) for group in found.groups())) if found else None

    @property
    def decidable(self) -> bool:
        """Whether the rules see it at all: bad input is stopped before them, a year without a calendar by them."""
        return str(self.expect.get("bad_input", "0")).isdecimal()

    @cached_property
    def notice_days(self) -> set[int]:
        """The days whose place among the working days is asked for."""
        found: set[int] = set()
        for symbol in self.symbols:
            if (name := symbol.name) in COUNTED:
                found.update(noticed(name, _plain(symbol)))
        return found


@cache
def _term(text: str) -> clingo.Symbol:
    """A fact as clingo holds it: many cases share it."""
    return clingo.parse_term(text)


def frame(case: Example) -> Iterator[clingo.Symbol]:
    """The round and the readings of a case."""
    yield _term(f"round({case.city},{case.round},{case.deadline})")
    yield from (_term(f"reading({key},{choice})") for key, choice in case.readings.items())


def _plain(symbol: clingo.Symbol) -> list[str | int]:
    """The arguments of a fact, numbers as numbers."""
    return [each.number if each.type == clingo.SymbolType.Number else str(each) for each in symbol.arguments]


@cache
def examples(city: str, folder: Path = CASES) -> tuple[Example, ...]:
    """Every case of a city, of all its tables (`<city>.toml`, `<city>_*.toml`), in their order."""
    paths = sorted(path for path in folder.glob("*.toml") if path.stem == city or path.stem.startswith(f"{city}_"))
    return tuple(example for path in paths for example in table(path))


def table(path: Path) -> tuple[Example, ...]:
    """The cases of one table."""
    data = tomllib.loads(path.read_text("utf-8"))
    return tuple(case_of_row(data, row, path.name) for row in data.get("case", ()))


def case_of_row(data: Mapping[str, Any], row: Mapping[str, Any], file: str) -> Example:
    deadline = row.get("deadline", data["deadline"])
    base = [filled(fact, deadline) for fact in data["base"][row.get("base", "organization")]]
    dropped = row.get("without", [])
    return Example(
        row["id"],
        data["city"],
        row["says"],
        row.get("round", data["round"]),
        deadline,
        row.get("readings", {}),
        (*(fact for fact in base if not any(begins(fact, start) for start in dropped)), *row.get("facts", [])),
        row["expect"],
        Attestation(**row["signed"]) if "signed" in row else None,
        file,
        (*(f"-{start}" for start in dropped), *row.get("facts", [])),
        words(row),
    )


def words(row: Mapping[str, Any]) -> tuple[Word, ...]:
    """What was said of a case before what is said of it now, the oldest first."""
    return tuple(
        Word(each["said"], Attestation(**each["signed"]), each.get("expect", {}), each.get("remark", ""))
        for each in row.get("earlier", ())
    )


def told(word: Word) -> dict[str, Any]:
    """An earlier word as a table has it."""
    found: dict[str, Any] = {"said": word.said, "signed": attested(word.signed)}
    found |= {"expect": dict(word.expect)} if word.expect else {}
    return found | ({"remark": word.remark} if word.remark else {})


def attested(signed: Attestation) -> dict[str, str]:
    """A signature as a table has it."""
    found = {"by": signed.by, "on": signed.on, "seal": signed.seal}
    return found | ({"role": signed.role} if signed.role else {})


def begins(fact: str, start: str) -> bool:
    """Whether a fact is meant by a predicate's name or by its own beginning."""
    return fact.startswith(start) if "(" in start else fact.partition("(")[0] == start


@cache
def flawless(city: str, deadline: int, base: str = "organization", folder: Path = CASES) -> tuple[str, ...]:
    """The facts of a base dossier of a city's table, for a deadline; none where the table has no such base."""
    return tuple(filled(fact, deadline) for fact in _bases(folder / f"{city}.toml").get(base, ()))


@cache
def _bases(file: Path) -> Mapping[str, Sequence[str]]:
    """The base dossiers of a table, read once for all deadlines and kinds; none where there is no table."""
    data = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
    return dict(data.get("base", {}))


def filled(fact: str, deadline: int) -> str:
    """A fact of a base with {T} and {Y-1} written out for a deadline."""
    return _SLOT.sub(lambda slot: str(deadline if slot[1] else deadline // 10000 + int(slot[2] or 0)), fact)
