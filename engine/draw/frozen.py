"""The frozen file of a draw and its commitment: what can no longer be changed once the seed is known.

The file holds everything that decides who may sit where, as facts, one a line, sorted, with the announced sources of
the seed: with the rule files it gives every reason back
(`clingo rules/common.lp rules/<city>.lp rules/interest.lp rules/roster.lp rules/panel.lp FILE`). Each line is hashed
with a salt of its own, HMAC-SHA256(K, line) in hex; the commitment C is the SHA-256 of the sorted hashes
SHA-256(salt|line), each in hex and on a line of its own. K is drawn once: two freezes of one case give two C, and a
line that stays inside cannot be guessed from its hash.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import clingo

from engine.answers import Reviewed
from engine.case import read
from engine.errors import CaseError, Place, Problem, UsageError
from engine.facts import PREDICATES, Fact, quote, text
from engine.law import Provision, constants, statute
from engine.panels import Roster, compose, covering

METHOD = "lots-2"
"""The method of draws: a change of what is hashed, or of what is walked, has a new name."""
DEMO_KEY = "00" * 32
"""The key of a freeze for trying out: the same case gives the same commitment."""
READINGS = ("interest", "recusal_scope", "reference_day")
"""The readings on which a panel depends."""
BOUND = ("frozen_on", "objections_until", "seed_source", "seed_part", "seed_reserve", "replaced_freeze")
"""What a freeze binds of the draw itself: its days, the sources of its seed, every earlier freeze."""


DERIVED = ("under_review", "covers", "seats")
"""Lines of the file that are no facts of a case: who is under review, which expertise covers which industry, seats."""
_NAMED = 20


@dataclass(frozen=True)
class Frozen:
    """What a draw is made from: the roster, the number of seats of each panel, the file, its key and commitment."""

    roster: Roster
    size: int
    file: str
    key: str
    commitment: str


def freeze(roster: Roster, size: int | None = None, key: str | None = None) -> Frozen:
    """Freeze a roster; `size` is the number of seats of each panel, the least that is lawful by default.

    `key` is K, in hex; drawn at random where none is given. Raises CaseError where the size is not lawful or two names
    could have the same ticket, UsageError where nobody says what the size is or no group needs a panel.
    """
    if not roster.groups:
        raise UsageError("nothing_to_draw")
    if problems := [*_ambiguous(roster)]:
        raise CaseError(problems)
    seats = panel_size(roster, size)
    lines = sorted(_lines(roster, seats))
    drawn = secrets.token_hex(32) if key is None else key
    return Frozen(roster, seats, "".join(lines), drawn, commitment(salted(line.rstrip("\n"), drawn) for line in lines))


def frozen_text(found: Frozen) -> str:
    """The frozen file as JSON text, with K: what a draw is made from. It stays inside until the draw is over."""
    entry = {
        "method": METHOD,
        "commitment": found.commitment,
        "key": found.key,
        "frozen": found.file.splitlines(),
    }
    return json.dumps(entry, ensure_ascii=False, indent=0) + "\n"


def thawed(name: str, data: bytes) -> Frozen:
    """The frozen roster in a frozen file; CaseError where it is none, or its commitment is not that of its lines."""
    try:
        found: Any = json.loads(data)
        method, said, key, lines = (found[one] for one in ("method", "commitment", "key", "frozen"))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise CaseError([Problem("frozen_unreadable", {"found": str(error)[:80]}, Place(name))]) from None
    if method != METHOD:
        raise CaseError([Problem("record_method", {"found": str(method), "wanted": METHOD}, Place(name))])
    if not (isinstance(key, str) and re.fullmatch("[0-9a-f]{64}", key) and isinstance(lines, list)):
        raise CaseError([Problem("frozen_unreadable", {"found": "key"}, Place(name))])
    made = thaw([str(line) for line in lines], key)
    if made.commitment != said:
        raise CaseError([Problem("commitment_differs", {"found": made.commitment, "wanted": str(said)}, Place(name))])
    return made


def thaw(lines: Sequence[str], key: str) -> Frozen:
    """The frozen roster that a file's lines say, without the case they came from.

    Raises CaseError where the lines are no case, or say more or less than freezing them again would.
    """
    said = {name: [line for line in lines if line.startswith(f"{name}(")] for name in DERIVED}
    own = [line for line in lines if not line.startswith(tuple(f"{name}(" for name in DERIVED))]
    case = read({"frozen.lp": "".join(f"{line}\n" for line in own).encode("utf-8")})
    under = tuple(sorted(str(_term(line).arguments[0].string) for line in said["under_review"]))
    sizes = {int(_term(line).arguments[1].number) for line in said["seats"]}
    if len(sizes) != 1:
        raise CaseError([Problem("frozen_sizes", {"found": ", ".join(map(str, sorted(sizes)))}, Place())])
    made = freeze(compose(case, Reviewed(under, (), (), True)), sizes.pop(), key)
    then, now = set(lines), set(made.file.splitlines())
    problems = [Problem("frozen_gone", {"fact": line}, Place()) for line in sorted(then - now)]
    problems += [Problem("frozen_added", {"fact": line}, Place()) for line in sorted(now - then)]
    if problems or len(lines) != len(then):
        raise CaseError(problems[:_NAMED] or [Problem("frozen_order", {}, Place())])
    return made


def _term(line: str) -> clingo.Symbol:
    try:
        return clingo.parse_term(line.removesuffix("."))
    except RuntimeError:
        raise CaseError([Problem("frozen_line", {"found": line[:80]}, Place())]) from None


def salt(line: str, key: str) -> str:
    """The salt of a line: HMAC-SHA256 of K over it, in hex."""
    return hmac.new(bytes.fromhex(key), line.encode("utf-8"), sha256).hexdigest()


def salted(line: str, key: str) -> str:
    """The hash of a line with its salt, in hex."""
    return sha256(f"{salt(line, key)}|{line}".encode()).hexdigest()


def commitment(hashes: Iterable[str]) -> str:
    """C: the SHA-256 of the sorted hashes of the lines, each on a line of its own."""
    return sha256("".join(f"{one}\n" for one in sorted(hashes)).encode()).hexdigest()


def _ambiguous(roster: Roster) -> Iterator[Problem]:
    """Identifiers that could make two tickets one text: `|`, controls, or alike but for width or normal form."""
    for kind, names in (("reviewer", roster.reviewers), ("group", roster.every_group)):
        seen: dict[str, str] = {}
        for name in names:
            if "|" in name or any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in name):
                yield Problem("ticket_sign", {"kind": kind, "found": name}, Place())
            if (other := seen.setdefault(unicodedata.normalize("NFKC", name), name)) != name:
                yield Problem("ticket_alike", {"kind": kind, "found": name, "other": other}, Place())


def _lines(roster: Roster, size: int) -> Iterator[str]:
    by_submission = roster.readings["reference_day"] == "submission"
    taken = ("round", "applicant", "panel_size", *(["submitted", "handed_in"] if by_submission else []))
    written: dict[str, str] = {}
    for name, predicate in PREDICATES.items():
        if name in taken or name in BOUND or predicate.group == "reviewers":
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


def least_size(roster: Roster) -> int:
    """The fewest seats that the regulation, or else the case, allows a panel."""
    bounds = _bounds(roster.case.city)
    given = next(iter(roster.case.rows("panel_size")), None)
    return max([*([bounds["panel_min"]] if bounds else []), *([int(given[0])] if given else []), 1])


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
