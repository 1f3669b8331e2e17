"""Small rosters by hand: the table `rules/cases/choosing.toml`, read as data.

A row says which `groups` there are and their industries, which applicants are reviewed where, and what each reviewer
brings: the codes he knows, `lead`, in how many panels he may sit if in more than one. `ties` are interests, reviewer
and applicant; `facts` whatever else is on record. The table ends with the slips that no case can show, and why.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from audit.encoding import CASES, DEADLINE, ROUND
from audit.tables.rounds import case_of
from engine.answers import Reviewed
from engine.draw import Frozen, Wish, freeze, wishes
from engine.panels import compose
from engine.repair import Repair, Step

CITY = "jiyuan"
"""Whose rules say who may sit where, where a row names no other."""


@dataclass(frozen=True)
class RosterRow:
    """One row: a sentence, a small roster, and what must come out."""

    id: str
    says: str
    table: Mapping[str, Any]

    @property
    def expect(self) -> list[str]:
        """What must come out, in order: each set of panels, or each of the cheapest repairs."""
        return list(self.table["expect"])

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The roster as facts."""
        city = self.table.get("city", CITY)
        return (f"round({city},{ROUND},{DEADLINE})", *self._groups(), *self._reviewers(), *self.table.get("facts", ()))

    @cached_property
    def frozen(self) -> Frozen:
        """The roster, frozen: whoever applies is reviewed."""
        case = case_of("".join(f"{fact}.\n" for fact in self.facts))
        everybody = tuple(sorted(str(row[0]) for row in case.rows("applicant")))
        return freeze(compose(case, Reviewed(everybody, (), (), True)))

    def wishes(self, key: str) -> tuple[Wish, ...]:
        """The choices made by hand, wanted or unwanted."""
        return wishes(self.frozen.roster, self.table.get(key, ()))

    def _groups(self) -> Iterator[str]:
        for group, code in self.table["groups"].items():
            yield f'group("{group}","{code}")'
        for applicant, homes in self.table["applicants"].items():
            yield f'applicant("{applicant}",organization)'
            yield from (f'in_group("{applicant}","{group}")' for group in homes.split())

    def _reviewers(self) -> Iterator[str]:
        for name, words in self.table["reviewers"].items():
            yield f'reviewer("{name}")'
            for word in words.split():
                if word == "lead":
                    yield f'can_lead("{name}")'
                else:
                    yield f'panel_load("{name}",{word})' if word.isdigit() else f'expertise("{name}","{word}")'
        for tie in self.table.get("ties", ()):
            name, applicant = tie.split()
            yield f'declared_interest("{name}","{applicant}","x")'


def roster_rows(kind: str, folder: Path = CASES) -> list[RosterRow]:
    """The rows of one kind, `panels` or `repair`."""
    data = tomllib.loads((folder / "choosing.toml").read_text("utf-8"))
    return [RosterRow(row["id"], row["says"], row) for row in data[kind]]


def equivalents(folder: Path = CASES) -> dict[str, str]:
    """The slips that change nothing, as the table lists them, each with the reason."""
    data = tomllib.loads((folder / "choosing.toml").read_text("utf-8"))
    return {slip: entry["why"] for entry in data["equivalent"] for slip in entry["slips"]}


def repair_text(repair: Repair) -> str:
    """A repair as the table writes it: its price, then its steps."""
    return f"{repair.cost}: {' + '.join(map(_step, repair.steps))}"


def _step(step: Step) -> str:
    if step.kind == "move":
        return f"move {step.of} {step.origin} {step.to}"
    return f"{step.kind} {step.of} {step.number}"
