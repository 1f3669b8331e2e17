"""Which readings a letter names: those that, changed alone, remove a ground or move a day or round that it prints."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from engine.answers import Decision, Ground, Outcome, decide
from engine.case import Case, Row
from engine.errors import CaseError
from engine.facts import Fact
from engine.law import Provision, readings, rule_files, statute, without_includes
from engine.solve import answer, symbols
from explain.letter.basis import Basis, bases
from explain.letter.ends import End, ends

KINDS = ("barred", "failed")
"""The kinds of grounds that reject somebody."""


@dataclass(frozen=True)
class Bearing:
    """A reading in force that matters to a letter, with the grounds it matters to."""

    key: str
    choice: str
    grounds: tuple[Ground, ...]


class Others:
    """The same case under each other choice of one reading, decided and read once for all letters.

    `found` is what the grounds of each letter rest on, by applicant.
    """

    def __init__(self, decision: Decision, found: Mapping[str, Sequence[Basis]]) -> None:
        self._decision = decision
        self._found = found
        self._law = statute(decision.city)
        self._register = readings(decision.city)
        self._printed = {id: [e for e in ends(rows, self._law) if e.day or e.round] for id, rows in found.items()}
        self._asked = {id: {key for basis in rows for key in basis.readings} for id, rows in found.items()}
        self._known: dict[tuple[str, str], Decision | None] = {}
        self._ends: dict[tuple[str, str], dict[str, list[End]]] = {}

    def bearing(self, applicant: str) -> list[Bearing]:
        """The readings that bear on the letter to one applicant."""
        rows = []
        for key in sorted(self._asked[applicant] & set(self._register)):
            touched = set[Ground]()
            for choice in self._register[key].choices:
                if choice != self._decision.readings[key]:
                    touched |= self._touched(applicant, key, choice)
            if touched:
                rows.append(Bearing(key, self._decision.readings[key], tuple(sorted(touched))))
        return rows

    def _under(self, key: str, choice: str) -> Decision | None:
        """The decision under another choice on all whose letters ask for the reading; None where the regulation would
        not govern the case.
        """
        if (key, choice) not in self._known:
            turned = self._decision.case.turned(key, choice)
            try:
                self._known[key, choice] = decide(turned, only=[id for id, keys in self._asked.items() if key in keys])
            except CaseError:
                self._known[key, choice] = None
        return self._known[key, choice]

    def _dated(self, applicant: str, key: str) -> set[tuple[Provision, str]]:
        """The grounds that ask for the reading and of which the letter prints an end."""
        printed = {(e.provision, e.key) for e in self._printed[applicant]}
        return printed & {(b.ground.provision, b.ground.key) for b in self._found[applicant] if key in b.readings}

    def _other_ends(self, then: Decision, key: str, choice: str) -> dict[str, list[End]]:
        """The ends under another choice of the grounds that may then end otherwise, of all letters that print one."""
        if (key, choice) not in self._ends:
            rejected = (outcome for outcome in then.applicants if outcome.status == "rejected")
            left = [_only(outcome, self._dated(outcome.id, key)) for outcome in rejected]
            outcomes = [outcome for outcome in left if outcome.barred or outcome.failed]
            rows = bases(then, outcomes, worded=False) if outcomes else ()
            self._ends[key, choice] = {o.id: ends(b, self._law) for o, b in zip(outcomes, rows, strict=True)}
        return self._ends[key, choice]

    def _touched(self, applicant: str, key: str, choice: str) -> set[Ground]:
        then = self._under(key, choice)
        if then is None:
            return set()
        found = self._found[applicant]
        outcome = then.outcome(applicant)
        left = {(kind, g.provision, g.key) for kind in KINDS for g in getattr(outcome, kind)}
        gone = {b.ground for b in found if (b.kind, b.ground.provision, b.ground.key) not in left}
        dated = self._dated(applicant, key)
        if not dated:
            return gone
        other = self._other_ends(then, key, choice).get(applicant, [])
        moved = {(e.provision, e.key) for e in self._printed[applicant] if e not in other} & dated
        return gone | {b.ground for b in found if (b.ground.provision, b.ground.key) in moved and key in b.readings}


def _only(outcome: Outcome, grounds: Collection[tuple[Provision, str]]) -> Outcome:
    """An outcome with these grounds alone, by provision and key."""
    barred, failed = (tuple(g for g in getattr(outcome, kind) if (g.provision, g.key) in grounds) for kind in KINDS)
    return replace(outcome, barred=barred, failed=failed)


def in_force(case: Case) -> tuple[int, Provision]:
    """The day from which the regulation is in force, under the reading used, and the provision that says so."""
    rules = tuple(without_includes(file) for file in rule_files(case.city))
    return _in_force(case.city, rules, tuple(sorted(case.readings.items())), case.rows("round"))


@lru_cache(16)
def _in_force(
    city: str, _rules: tuple[str, ...], readings: tuple[tuple[str, str], ...], rounds: tuple[Row, ...]
) -> tuple[int, Provision]:
    """The same, found once for the rules as they stand: every letter asks."""
    shown = answer(
        rule_files(city),
        symbols(city, dict(readings), [Fact("round", row) for row in rounds]),
        extra="#show in_force_day/1. #show in_force_provision/1.",
    )
    said = {atom.name: atom.arguments[0] for atom in shown}
    return said["in_force_day"].number, Provision.of(said["in_force_provision"])


def applied_because(case: Case) -> Fact | None:
    """Why the regulation is applied to what is older than it, as the legal staff gave it; None where nobody has.

    It is the reason given for the provision that says from when it is in force, not one for another provision.
    """
    force = str(in_force(case)[1])
    return next((Fact("applied_because", row) for row in case.rows("applied_because") if row[0] == force), None)
