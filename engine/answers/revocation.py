"""Which awards must be revoked as of a day, and which bans run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import clingo

from engine.case import Case
from engine.facts import day_text
from engine.law import Provision, cited_json, on_day, rule_files, several, statute, text_json, unencoded_json
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
        "reassessed",
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
class Title:
    """How long a title is valid, where the text says so: its last day, under which provision, and what became of it.

    `state` is valid, lapsed, overdue (for re-assessment), passed, to_rectify, failed, or failed_at_once where the text
    asks for putting it right before a re-assessment may fail.
    """

    id: str
    prize: str
    round: int
    until: int
    provision: Provision
    state: str

    def json(self) -> dict[str, Any]:
        """The entry of `validity`."""
        return {
            "id": self.id,
            "prize": self.prize,
            "round": self.round,
            "until": day_text(self.until),
            **cited_json(self.provision),
            "state": self.state,
        }


@dataclass(frozen=True, order=True)
class Revocation:
    """What an award on file gives cause for: the award, the ground with its provision, the remedies, the facts behind.

    `earlier` is the fact of a revocation that came before: then the title is gone, and nothing is to be revoked.
    `before_in_force` says that the award was made before the text came into force. `over` is the title's term, where
    the text sets one and the day is after it. `earlier_text` is the text in force when the award was made, where it was
    another.
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
    over: Title | None = None
    earlier_text: str = ""

    def json(self) -> dict[str, Any]:
        """The entry as VOCABULARY section 9 has it."""
        return {
            "id": self.id,
            "prize": self.prize,
            "round": self.round,
            "ground": self.ground,
            **cited_json(self.provision),
            "remedies": list(self.remedies),
            "ban_years": self.ban_years,
            "events": list(self.events),
            **({"earlier": self.earlier} if self.earlier else {}),
            **({"before_in_force": True} if self.before_in_force else {}),
            **({"validity": self.over.json()} if self.over else {}),
            **({"earlier_text": self.earlier_text} if self.earlier_text else {}),
        }


@dataclass(frozen=True, order=True)
class Ended:
    """What came after a title had lapsed and would have been a ground: nothing is to be revoked any more."""

    id: str
    prize: str
    round: int
    ground: str
    provision: Provision
    event: str
    until: int

    def json(self) -> dict[str, Any]:
        """The entry of `ended`."""
        return {
            "id": self.id,
            "prize": self.prize,
            "round": self.round,
            "ground": self.ground,
            **cited_json(self.provision),
            "event": self.event,
            "until": day_text(self.until),
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
            **cited_json(self.provision),
            **({"before_in_force": True} if self.before_in_force else {}),
        }


@dataclass(frozen=True)
class Review:
    """The awards on file reviewed as of a day, under the readings in force; `proposers` says who acts under which.

    `in_force` is the day (yyyymmdd) from which the text is in force, 0 where it names none; `in_force_under` the
    provision that says so.
    """

    city: str
    as_of: int
    readings: Mapping[str, str]
    revocations: tuple[Revocation, ...]
    bans: tuple[Ban, ...]
    proposers: Mapping[Provision, str]
    in_force: int
    in_force_under: Provision | None
    case: Case = field(repr=False, compare=False)
    titles: tuple[Title, ...] = ()
    ended: tuple[Ended, ...] = ()

    @property
    def force_cited(self) -> str:
        """Where the text says from when it is in force; its title where its rules name no provision."""
        return self.in_force_under.citation if self.in_force_under else f"《{statute(self.city).title}》"

    def json(self) -> str:
        """The review as JSON text: the same case and day give the same bytes."""
        return dumps(self.as_dict())

    def as_dict(self) -> dict[str, Any]:
        """The review as VOCABULARY section 9 has it."""
        return {
            "as_of": day_text(self.as_of),
            "revocations": [entry.json() for entry in self.revocations],
            "bans": [ban.json() for ban in self.bans],
            **({"validity": [title.json() for title in self.titles]} if self.titles else {}),
            **({"ended": [one.json() for one in self.ended]} if self.ended else {}),
            **text_json(self.city),
            **unencoded_json(self.city, QUESTION),
        }


def review(case: Case, as_of: int, *, clock: Clock | None = None) -> Review:
    """Review every award on file as of a day (yyyymmdd).

    Raises CaseError where the regulation does not govern the case, Stopped when the clock runs out.
    """
    now = as_of_day(case, as_of)
    return of_atoms(now, as_of, ask(now, as_of, clock or Clock()))


def as_of_day(case: Case, as_of: int) -> Case:
    """The case under the text that is in force on the day; itself where its city has one text."""
    text = on_day(case.city, as_of, case.readings)
    return case if text == case.city else replace(case, city=text, pile=None)


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
    terms: dict[AwardKey, tuple[int, Provision]] = {}
    states: dict[AwardKey, set[str]] = defaultdict(set)
    force: dict[str, clingo.Symbol] = {}
    ended: list[tuple[AwardKey, str, Provision, str]] = []
    for atom in atoms:
        name, arguments = atom.name, atom.arguments
        if name == "proposer":
            proposers[Provision.of(arguments[0])] = arguments[1].name
            continue
        if name in ("in_force_day", "in_force_provision"):
            force[name] = arguments[0]
            continue
        if name in ("title_ends", "title_state"):
            award = (arguments[0].string, arguments[1].name, arguments[2].number)
            if name == "title_ends":
                terms[award] = arguments[3].number, Provision.of(arguments[4])
            else:
                states[award].add(arguments[3].name)
            continue
        if name == "ended":
            award = (arguments[0].string, arguments[1].name, arguments[2].number)
            ended.append((award, arguments[3].name, Provision.of(arguments[4]), str(arguments[5])))
            continue
        if name not in ("grounded", "due", "ban_due", "ban", "ban_running", "earlier_revocation", "before_in_force"):
            continue
        award = (arguments[0].string, arguments[1].name, arguments[2].number)
        if name == "grounded":
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
    titles = {award: Title(*award, *term, _state(states[award])) for award, term in terms.items()}
    then = _earlier_texts(case)
    over = {award: title for award, title in titles.items() if title.until < as_of}
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
                    over.get(award),
                    then.get(award, ""),
                )
                for (award, ground, p), events in grounds.items()
            )
        ),
        tuple(sorted(Ban(award[0], *bans[award], award in old) for award in running)),
        proposers,
        force["in_force_day"].number if "in_force_day" in force else 0,
        Provision.of(force["in_force_provision"]) if "in_force_provision" in force else None,
        case,
        tuple(sorted(titles.values())),
        tuple(sorted(Ended(*award, ground, p, event, terms[award][0]) for award, ground, p, event in ended)),
    )


def _earlier_texts(case: Case) -> dict[AwardKey, str]:
    """The text under which each award on file was made, where that is not the one of the day."""
    if not several(case.city):
        return {}
    made = {(str(id), str(prize), int(n)): int(day) for id, prize, n, day in case.rows("awarded")}
    then = {award: on_day(case.city, day, case.readings) for award, day in made.items()}
    return {award: text for award, text in then.items() if text != case.city}


_STATES = ("failed", "failed_at_once", "to_rectify", "passed", "overdue", "lapsed", "valid")
"""What became of a title, what weighs most first."""


def _state(found: Collection[str]) -> str:
    return next((state for state in _STATES if state in found), "valid")


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
