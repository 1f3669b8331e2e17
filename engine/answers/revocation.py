"""Which awards must be revoked as of a day, and which bans run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import clingo

from engine.case import Case
from engine.facts import day_text
from engine.law import Provision, rule_files
from engine.solve import Clock, answer, governed, readings_in_force, refused, symbols
from engine.words import dumps

QUESTION = "review"
REMEDIES = ("revoke", "recover_certificate", "recover_trophy", "recover_bonus", "publish")
"""The remedies in the order of the texts."""
TAKES_IN = frozenset(
    (
        "round",
        "panel_size",
        "awarded",
        "bonus_paid",
        "bonus_recovered",
        "fraud_found",
        "ground_found",
        "revoked",
        "accident",
        "offence",
        "certificate",
    )
)
"""The facts that awards are reviewed on; nobody's application is decided here."""


def ordered(remedies: Iterable[str]) -> tuple[str, ...]:
    """Remedies in the order of the texts; what only one text knows comes before what is published."""
    known = set(remedies)
    own = sorted(known - {*REMEDIES})
    *before, last = REMEDIES
    return (*(one for one in before if one in known), *own, *([last] if last in known else []))


AwardKey = tuple[str, str, int]
"""An award on file: whose, which prize, in which round."""


@dataclass(frozen=True, order=True)
class Revocation:
    """What an award on file gives cause for: the award, the ground with its provision, the remedies, the facts behind.

    `earlier` is the fact of a revocation that came before: then the title is gone, and nothing is to be revoked.
    `before_in_force` says that the award was made before the text came into force.
    """

    id: str
    prize: str
    round: int
    ground: str
    provision: Provision
    remedies: tuple[str, ...]
    ban_years: int | None
    events: tuple[str, ...]
    earlier: str | None = None
    before_in_force: bool = False

    def json(self) -> dict[str, Any]:
        """The entry as VOCABULARY section 9 has it."""
        return {
            "id": self.id,
            "prize": self.prize,
            "round": self.round,
            "ground": self.ground,
            "provision": str(self.provision),
            "citation": self.provision.citation,
            "remedies": list(self.remedies),
            "ban_years": self.ban_years,
            "events": list(self.events),
            **({"earlier": self.earlier} if self.earlier else {}),
            **({"before_in_force": True} if self.before_in_force else {}),
        }


@dataclass(frozen=True, order=True)
class Ban:
    """Who may not apply, until which day (included), and under which provision."""

    id: str
    until: int
    provision: Provision
    before_in_force: bool = False

    def json(self) -> dict[str, Any]:
        """The entry as VOCABULARY section 9 has it."""
        return {
            "id": self.id,
            "until": day_text(self.until),
            "provision": str(self.provision),
            "citation": self.provision.citation,
            **({"before_in_force": True} if self.before_in_force else {}),
        }


@dataclass(frozen=True)
class Review:
    """The awards on file reviewed as of a day, under the readings in force; `proposers` says who acts under which.

    `in_force` is the day (yyyymmdd) from which the text is in force, `in_force_under` the provision that says so.
    """

    city: str
    as_of: int
    readings: Mapping[str, str]
    revocations: tuple[Revocation, ...]
    bans: tuple[Ban, ...]
    proposers: Mapping[Provision, str]
    in_force: int
    in_force_under: Provision
    case: Case = field(repr=False, compare=False)

    def json(self) -> str:
        """The review as JSON text: the same case and day give the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The review as VOCABULARY section 9 has it."""
        return {
            "as_of": day_text(self.as_of),
            "revocations": [entry.json() for entry in self.revocations],
            "bans": [ban.json() for ban in self.bans],
        }


def review(case: Case, as_of: int, *, clock: Clock | None = None) -> Review:
    """Review every award on file as of a day (yyyymmdd).

    Raises CaseError where the regulation does not govern the case, Stopped when the clock runs out.
    """
    return of_atoms(case, as_of, ask(case, as_of, clock or Clock()))


def of_atoms(case: Case, as_of: int, atoms: Iterable[clingo.Symbol]) -> Review:
    """The review that the rules' atoms make up."""
    grounds: dict[tuple[AwardKey, str, Provision], list[str]] = defaultdict(list)
    remedies: dict[tuple[AwardKey, Provision], set[str]] = defaultdict(set)
    years: dict[AwardKey, int] = {}
    bans: dict[AwardKey, tuple[int, Provision]] = {}
    running: set[AwardKey] = set()
    earlier: dict[AwardKey, str] = {}
    old: set[AwardKey] = set()
    proposers: dict[Provision, str] = {}
    force: dict[str, clingo.Symbol] = {}
    for atom in atoms:
        name, arguments = atom.name, atom.arguments
        if name == "proposer":
            proposers[Provision.of(arguments[0])] = arguments[1].name
            continue
        if name in ("in_force_day", "in_force_provision"):
            force[name] = arguments[0]
            continue
        if name not in (
            "grounded",
            "grounded_so",
            "due",
            "ban_due",
            "ban",
            "ban_running",
            "earlier_revocation",
            "before_in_force",
        ):
            continue
        award = (arguments[0].string, arguments[1].name, arguments[2].number)
        if name in ("grounded", "grounded_so"):
            grounds[award, arguments[3].name, Provision.of(arguments[4])].append(str(arguments[5]))
        elif name == "due":
            remedies[award, Provision.of(arguments[3])].add(arguments[4].name)
        elif name == "ban_due":
            years[award] = arguments[3].number
        elif name == "ban":
            bans[award] = arguments[3].number, Provision.of(arguments[4])
        elif name == "earlier_revocation":
            earlier[award] = str(arguments[3])
        elif name == "before_in_force":
            old.add(award)
        else:
            running.add(award)
    return Review(
        case.city,
        as_of,
        readings_in_force(case.city, case.readings),
        tuple(
            sorted(
                Revocation(
                    *award,
                    ground,
                    p,
                    ordered(remedies[award, p]),
                    years.get(award) if ground == "fraud" else None,
                    tuple(sorted(events)),
                    earlier.get(award),
                    award in old,
                )
                for (award, ground, p), events in grounds.items()
            )
        ),
        tuple(sorted(Ban(award[0], *bans[award], award in old) for award in running)),
        proposers,
        force["in_force_day"].number,
        Provision.of(force["in_force_provision"]),
        case,
    )


def ask(case: Case, as_of: int, clock: Clock) -> list[clingo.Symbol]:
    """What the rules say of the awards on file; CaseError where the regulation does not govern the case."""
    atoms = answer(rule_files(case.city, QUESTION), facts(case, as_of), clock)
    governed(case, refused(atoms))
    return atoms


def facts(case: Case, as_of: int) -> list[clingo.Symbol]:
    """What a review as of a day takes in."""
    known = (fact for fact in case.facts if fact.predicate in TAKES_IN)
    day = clingo.Function("as_of", [clingo.Number(as_of)])
    return [*symbols(case.city, case.readings, known, QUESTION), day]
