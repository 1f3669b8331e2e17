"""The public copy of a record: what may be published once the draw is over.

Groups, reviewers, expertise, who may lead, seats, loads, readings and the sources of the seed stand open, each with its
salt, so that anybody computes C; of every other line, ties above all, only the hash. Of each name it says whether it is
out of a group and by which provision, without the chain. Who may not sit is therefore taken from a public copy; all
else is drawn again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import clingo

from engine.answers import Reviewed, Ties
from engine.case import Case
from engine.draw import (
    BOUND,
    LEFT,
    READINGS,
    RECUSED,
    UNQUALIFIED,
    Draw,
    Field,
    Frozen,
    commitment,
    fixed_of,
    salt,
    salted,
)
from engine.facts import Fact, fact
from engine.law import Provision
from engine.panels import Roster
from engine.record.entries import Closed, ClosedReason, Entry
from engine.record.protocol import record, rows, text, whole

OPEN = frozenset(
    {
        *BOUND, "round", "reading", "group", "reviewer", "expertise", "can_lead", "panel_load", "panel_size", "covers",
        "seats", "follows", "kept", "left", "out",
    }
)  # fmt: skip
"""Predicates whose lines a public copy shows; names only of reviewers and groups."""
_TAKEN_OVER = ("follows", "kept", "left", "out", "seats")


def public_text(drawn: Draw, entries: Sequence[Entry] = ()) -> str:
    """The public copy of a record as JSON text."""
    frozen = drawn.frozen
    shown = {*frozen.roster.reviewers, *frozen.roster.every_group}
    about = record(drawn)
    lines = [_public(line, frozen.key, shown) for line in about.pop("frozen")]
    del about["key"]
    start = sha256(text(drawn).encode("utf-8")).hexdigest()
    about |= {"public": True, "start": start, "lines": sorted(lines, key=lambda one: one["hash"])}
    walked = (_without_chain(row) for walk in drawn.walks for row in rows(frozen.roster, walk))
    return whole(drawn, walked, about, [_closed(entry.as_dict(), frozen.key) for entry in entries])


def _public(line: str, key: str, shown: set[str]) -> dict[str, str]:
    """A line with its salt and hash, or only its hash."""
    name, hashed = line.partition("(")[0], salted(line, key)
    if name in OPEN or (name == "name" and str(_fact(line).arguments[0]) in shown):
        return {"fact": line, "salt": salt(line, key), "hash": hashed}
    return {"hash": hashed}


def _without_chain(row: Mapping[str, Any]) -> dict[str, Any]:
    reasons = [{key: value for key, value in reason.items() if key != "chain"} for reason in row["reasons"]]
    return {**row, "reasons": reasons}


def _closed(entry: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An entry without its facts and chains."""
    facts = sorted(salted(line, key) for line in entry["facts"])
    return {**entry, "facts": facts, "leaves": [_without_chain(one) for one in entry["leaves"]]}


class PublicCopy:
    """A public copy read: its commitment, the field of the draw, and what it says of reasons.

    Raises KeyError, TypeError, ValueError or CaseError where it is none.
    """

    def __init__(self, found: Mapping[str, Any]) -> None:
        self.start = str(found["record"]["start"])
        self.lines: list[dict[str, str]] = [dict(one) for one in found["record"]["lines"]]
        self.walk: list[Mapping[str, Any]] = [dict(row) for row in found["walk"]]
        self.after: list[Mapping[str, Any]] = list(found.get("after", ()))
        self.hashes = [_hash(one) for one in self.lines]
        self.frozen = self._frozen(int(found["record"]["size"]))

    def _frozen(self, size: int) -> Frozen:
        """The frozen roster, so far as it is public."""
        shown = [one["fact"] for one in self.lines if "fact" in one]
        derived = {name: [line for line in shown if line.startswith(f"{name}(")] for name in (*_TAKEN_OVER, "covers")}
        case = Case.of(_fact(line) for line in shown if not line.startswith(tuple(f"{name}(" for name in derived)))
        sizes = {str(row.arguments[0].string): int(row.arguments[1].number) for row in map(_term, derived["seats"])}
        fixed = fixed_of(derived, sizes)
        reviewers = tuple(str(row[0]) for row in case.rows("reviewer"))
        every = tuple(sorted(str(row[0]) for row in case.rows("group")))
        groups = tuple(sorted(sizes))
        loads = {str(who): int(many) for who, many in case.rows("panel_load")}
        out: dict[str, dict[str, str]] = {group: {} for group in groups}
        for row in self.walk:
            if row["verdict"] in (RECUSED, UNQUALIFIED, LEFT):
                out[row["group"]][str(row["reviewer"])] = row["verdict"]
        kept = fixed.kept if fixed else {}
        field = Field(
            groups,
            reviewers,
            frozenset(str(row[0]) for row in case.rows("can_lead")),
            {name: loads.get(name, 1) for name in reviewers},
            sizes,
            {group: frozenset(name for name in reviewers if name not in out[group]) for group in groups},
            {group: frozenset(n for n, verdict in out[group].items() if verdict == RECUSED) for group in groups},
            {group: frozenset(n for n, verdict in out[group].items() if verdict == LEFT) for group in groups},
            {group: tuple(seat.id for seat in seats) for group, seats in kept.items() if group in sizes},
        )
        readings = {str(key): str(choice) for key, choice in case.readings.items()}
        roster = Roster(
            case, Reviewed((), (), (), True), {key: readings[key] for key in READINGS}, groups, every, (), reviewers,
            field.leaders, field.load, Ties(()), {}, {}, {group: frozenset() for group in every}, {},
        )  # fmt: skip
        return Frozen(roster, size, "", "", commitment(map(bytes.fromhex, self.hashes)), fixed, field)

    def text(self, drawn: Draw, entries: Sequence[Entry]) -> str:
        """The copy as it would be made again from what it shows, reasons and hashes of closed lines taken over."""
        said = {(row["group"], row["reviewer"]): row for row in self.walk}
        about = record(drawn)
        del about["frozen"], about["key"]
        about |= {"public": True, "start": self.start, "lines": sorted(self.lines, key=lambda one: one["hash"])}
        walked = (self._row(row, said) for walk in drawn.walks for row in rows(drawn.frozen.roster, walk))
        return whole(drawn, walked, about, [entry.as_dict() for entry in entries])

    def _row(self, row: Mapping[str, Any], said: Mapping[tuple[str, str], Mapping[str, Any]]) -> dict[str, Any]:
        reasons = said[row["group"], row["reviewer"]]["reasons"] if row["verdict"] in (RECUSED, UNQUALIFIED) else []
        return {**row, "reasons": [_reason(one).json() for one in reasons]}

    def closed(self, entry: Mapping[str, Any], words: Callable[[Any], str]) -> Closed:
        """What the copy says of an entry in place of its facts."""
        out = {(words(one["reviewer"]), words(one["group"])): UNQUALIFIED for one in entry["leaves"]}
        reasons = {}
        for one in entry["leaves"]:
            pair = words(one["reviewer"]), words(one["group"])
            reasons[pair] = tuple(map(_reason, one["reasons"]))
            if any(each.reason == "interest" for each in reasons[pair]):
                out[pair] = RECUSED
        for walk in entry["walks"]:
            for row in walk["rows"]:
                if row["verdict"] in (RECUSED, UNQUALIFIED):
                    out[words(row["reviewer"]), words(walk["group"])] = row["verdict"]
        hall = entry["hall"] or {"places": (), "give": ()}
        return Closed(
            tuple(words(one) for one in entry["facts"]),
            tuple(words(one) for one in entry["dissolved"]),
            out,
            reasons,
            tuple((words(one["group"]), words(one["only"])) for one in hall["places"]),
            frozenset(words(one["reviewer"]) for one in hall["give"]),
            tuple(entry["repairs"]),
            words(entry["hash"]),
        )


def _hash(line: Mapping[str, str]) -> str:
    """The hash of a line; ValueError where an open one has another, or more or less stands there."""
    if set(line) not in ({"hash"}, {"fact", "salt", "hash"}):
        raise ValueError(str(sorted(line))[:60])
    if "fact" in line and sha256(f"{line['salt']}|{line['fact']}".encode()).hexdigest() != line["hash"]:
        raise ValueError(line["fact"][:60])
    if not re.fullmatch("[0-9a-f]{64}", line["hash"]):
        raise ValueError(line["hash"][:64])
    return line["hash"]


def _fact(line: str) -> Fact:
    return fact(_term(line))


def _term(line: str) -> clingo.Symbol:
    """A line as a term; ValueError where it is none."""
    try:
        return clingo.parse_term(line.removesuffix("."))
    except RuntimeError:
        raise ValueError(line[:60]) from None


def _reason(found: Mapping[str, Any]) -> ClosedReason:
    provision = found["provision"]
    return ClosedReason(str(found["reason"]), Provision.parse(provision) if provision else None)
