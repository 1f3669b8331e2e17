"""How a round was conducted: each check with its provision, what is on file and what was required."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import clingo

from engine.answers.ties import TIES, Ties
from engine.case import Case
from engine.law import Provision, cited_json, rule_files, text_json, unencoded_json
from engine.solve import Clock, answer, governed, readings_in_force, refused, symbols
from engine.words import dumps

QUESTIONS = ("interest", "procedure")
Value = int | str | list[str]


@dataclass(frozen=True)
class Violation:
    """A check that fails: `found` and `required` are numbers, recorded facts, or lists of what there is and must be."""

    provision: Provision
    check: str
    found: Value
    required: Value

    def json(self) -> dict[str, Any]:
        """The entry as VOCABULARY section 10 has it."""
        return {
            **cited_json(self.provision),
            "check": self.check,
            "found": self.found,
            "required": self.required,
        }


@dataclass(frozen=True, order=True)
class Unchecked:
    """A check that cannot be made, and the record that is missing."""

    provision: Provision
    check: str
    missing: str

    def json(self) -> dict[str, str]:
        """The entry as VOCABULARY section 10 has it."""
        return {"provision": str(self.provision), "check": self.check, "missing": self.missing}


@dataclass(frozen=True)
class Procedure:
    """The conduct of a round under the readings in force."""

    readings: Mapping[str, str]
    violations: tuple[Violation, ...]
    unchecked: tuple[Unchecked, ...]
    case: Case = field(repr=False, compare=False)

    def json(self) -> str:
        """The checks as JSON text: the same case gives the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The checks as VOCABULARY section 10 has them."""
        return {
            "violations": [entry.json() for entry in self.violations],
            "unchecked": [entry.json() for entry in self.unchecked],
            **text_json(self.case.city),
            **unencoded_json(self.case.city, QUESTIONS[-1]),
        }


def procedure(case: Case, *, clock: Clock | None = None) -> Procedure:
    """Check the conduct of a round.

    Raises CaseError where the regulation does not govern the case, Stopped when the clock runs out.
    """
    facts = symbols(case.city, case.readings, case.facts, *QUESTIONS)
    atoms = answer(rule_files(case.city, *QUESTIONS), facts, clock or Clock(), extra=TIES)
    governed(case, refused(atoms))
    return of_atoms(case, atoms)


def of_atoms(case: Case, atoms: Sequence[clingo.Symbol]) -> Procedure:
    """The checks that the rules' atoms make up."""
    named, ties = _named(atoms), Ties((atom.name, atom.arguments) for atom in atoms)
    violations = {
        str(atom): Violation(
            Provision.of(atom.arguments[0]),
            atom.arguments[1].name,
            _value(atom.arguments[2], named, ties),
            _value(atom.arguments[3], named, ties, Provision.of(atom.arguments[0])),
        )
        for atom in atoms
        if atom.name == "violated"
    }
    unchecked = {
        Unchecked(Provision.of(a.arguments[0]), a.arguments[1].name, missing(a.arguments[2]))
        for a in atoms
        if a.name == "unchecked"
    }
    return Procedure(
        readings_in_force(case.city, case.readings),
        tuple(sorted(violations.values(), key=lambda v: (v.provision, v.check, str(v.found), str(v.required)))),
        tuple(sorted(unchecked)),
        case,
    )


def missing(term: clingo.Symbol) -> str:
    """A missing record as people write it: what is known of it, and an ellipsis for the rest."""
    if term.name == "holiday_year":
        return str(term)
    known = [str(argument) for argument in term.arguments]
    if term.name == "stage_result" and term.arguments[0].type == clingo.SymbolType.Function:
        known = ["…", *known]
    if term.name in ("awarded", "body_member") and len(known) in (1, 2):
        known = ["…", "…", *known] if term.name == "awarded" else [known[0], "…", *known[1:]]
    return f"{term.name}({', '.join([*known, '…'])})"


def _named(atoms: Iterable[clingo.Symbol]) -> dict[str, set[str]]:
    """The categories that bodies have and should have, and what money is for, by the term that stands for them."""
    named: dict[str, set[str]] = defaultdict(set)
    for atom in atoms:
        arguments = atom.arguments
        if atom.name == "body_member":
            body, _, role, category = arguments
            named[f"body({body},{role})"].add(category.name)
            named[f"body({body})"].add(category.name)
        elif atom.name == "office":
            named[f"office({arguments[1]},{arguments[2]})"].add(arguments[3].name)
        elif atom.name == "represented":
            named[f"represented({arguments[1]})"].add(arguments[2].name)
        elif atom.name == "money_for":
            named[f"money {Provision.of(arguments[0])}"].add(arguments[1].name)
    return named


def _value(term: clingo.Symbol, named: Mapping[str, set[str]], ties: Ties, within: Provision | None = None) -> Value:
    if term.type == clingo.SymbolType.Number:
        return term.number
    if term.name in ("body", "office", "represented"):
        return sorted(named.get(str(term), ()))
    if term.name == "money" and not term.arguments:
        return sorted(named[f"money {within}"])
    if term.name == "interest":
        person, applicant, limb = term.arguments[0].string, term.arguments[1].string, term.arguments[2].name
        return [person, applicant, limb, *ties.chain(person, applicant, limb)]
    return str(term)
