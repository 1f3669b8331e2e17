"""The frozen file of a draw and its commitment: what can no longer be changed once the seed is known.

The file holds everything that decides who may sit where, as facts, one a line, sorted: with the rule files it gives
every reason back (`clingo rules/common.lp rules/<city>.lp rules/interest.lp rules/roster.lp rules/panel.lp FILE`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from engine.errors import CaseError, Place, Problem, UsageError
from engine.facts import PREDICATES, Fact, quote, text
from engine.law import Provision, constants, statute
from engine.panels import Roster, covering

READINGS = ("interest", "recusal_scope", "reference_day")
"""The readings on which a panel depends."""


@dataclass(frozen=True)
class Frozen:
    """What a draw is made from: the roster, the number of seats of each panel, the file and its SHA-256."""

    roster: Roster
    size: int
    file: str
    commitment: str


def freeze(roster: Roster, size: int | None = None) -> Frozen:
    """Freeze a roster; `size` is the number of seats of each panel, the least that is lawful by default.

    Raises CaseError where the size is not lawful, UsageError where nobody says what it is or no group needs a panel.
    """
    if not roster.groups:
        raise UsageError("nothing_to_draw")
    seats = panel_size(roster, size)
    file = "".join(sorted(_lines(roster, seats)))
    return Frozen(roster, seats, file, sha256(file.encode("utf-8")).hexdigest())


def _lines(roster: Roster, size: int) -> Iterator[str]:
    by_submission = roster.readings["reference_day"] == "submission"
    taken = ("round", "applicant", "panel_size", *(["submitted"] if by_submission else []))
    written: dict[str, str] = {}
    for name, predicate in PREDICATES.items():
        if name in taken or predicate.group == "reviewers":
            marks = [field.quoted for field in predicate.fields]
            for row in roster.case.rows(name):
                values = [
                    written.get(value) or written.setdefault(value, quote(value)) if mark else str(value)
                    for mark, value in zip(marks, map(str, row), strict=True)
                ]
                yield f"{name}({','.join(values)}).\n"
    for key in READINGS:
        yield f"{text(Fact('reading', (key, roster.readings[key])))}.\n"
    for applicant in roster.reviewed.under_review:
        yield f"under_review({quote(applicant)}).\n"
    for code, industry in covering(roster.case):
        yield f"covers({quote(code)},{quote(industry)}).\n"
    for group in roster.groups:
        yield f"seats({quote(group)},{size}).\n"


def panel_size(roster: Roster, asked: int | None) -> int:
    """The seats of each panel: as asked, or the least, within the bounds of the regulation and of the case."""
    bounds = _bounds(roster.case.city)
    given = next(iter(roster.case.rows("panel_size")), None)
    if bounds is None and given is None:
        raise UsageError("size_unknown", {"title": statute(roster.case.city).title})
    if bounds and asked is not None and not bounds["panel_min"] <= asked <= bounds["panel_max"]:
        provision = roster.provisions["size"]
        raise CaseError([Problem("size_unlawful", _found(asked, bounds, roster.case.city, provision), Place())])
    low, high = (int(given[0]), int(given[1])) if given else tuple((bounds or {}).values())
    if asked is not None and not low <= asked <= high:
        raise UsageError("size_not_of_case", {"found": asked, "low": low, "high": high})
    return low if asked is None else asked


def _bounds(city: str) -> Mapping[str, int] | None:
    """The bounds that the regulation itself sets, by the names of its constants; None where it sets none."""
    known = constants(city)
    return {name: known[name].value for name in ("panel_min", "panel_max")} if "panel_min" in known else None


def _found(asked: int, bounds: Mapping[str, int], city: str, provision: Provision) -> dict[str, str | int]:
    return {
        "found": asked,
        "low": bounds["panel_min"],
        "high": bounds["panel_max"],
        "title": statute(city).title,
        "citation": provision.citation,
        "words": statute(city).text(provision),
    }
