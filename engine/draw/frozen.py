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
from functools import cached_property
from hashlib import sha256
from io import BytesIO
from typing import Any

import clingo

from engine.answers import Reviewed
from engine.case import read
from engine.draw.field import RECUSED, Field
from engine.draw.tickets import digests
from engine.errors import CaseError, Place, Problem, UsageError
from engine.facts import PREDICATES, quote, texts
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


DERIVED = ("under_review", "covers", "seats", "follows", "kept", "left", "out")
"""Lines of the file that are no facts of a case: who is under review, which expertise covers which industry, seats;
and of a supplementary freeze the head of the record it follows, who sits, who left, who is out for good."""
_NAMED = 20
_AT_ONCE = 4096


@dataclass(frozen=True)
class Seat:
    """A seat of a panel: who sits there, his place in the order, whether he leads."""

    id: str
    place: int
    leader: bool


@dataclass(frozen=True)
class Fixed:
    """What a supplementary freeze takes over from the record whose head it names: nothing of it is drawn again.

    `kept` are the seats that stay; `left` who left which panel, `out` by which verdict somebody stays out of a group
    (reviewer, group); `seats` the groups that have fewer seats than the others.
    """

    head: str
    kept: Mapping[str, tuple[Seat, ...]]
    left: frozenset[tuple[str, str]]
    out: Mapping[tuple[str, str], str]
    seats: Mapping[str, int]


@dataclass(frozen=True)
class Frozen:
    """What a draw is made from: the roster, the number of seats of each panel, the file, its key and commitment.

    `fixed` is what a supplementary freeze takes over from an earlier record; `open` says who may sit where, as a public
    copy does, where the file itself is not at hand.
    """

    roster: Roster
    size: int
    file: str
    key: str
    commitment: str
    fixed: Fixed | None = None
    open: Field | None = None

    @property
    def kept(self) -> Mapping[str, tuple[Seat, ...]]:
        """Who sits already and stays."""
        return self.fixed.kept if self.fixed else {}

    @cached_property
    def field(self) -> Field:
        """What the draw walks over."""
        if self.open is not None:
            return self.open
        roster, fixed = self.roster, self.fixed
        seats = dict.fromkeys(roster.groups, self.size)
        if fixed is None:
            ours = (roster.groups, roster.reviewers, roster.leaders, roster.load)
            return Field(*ours, seats, roster.fit, roster.tied)
        gone: dict[str, set[str]] = {group: set() for group in roster.groups}
        recused = {group: set(roster.tied[group]) for group in roster.groups}
        left: dict[str, set[str]] = {group: set() for group in roster.groups}
        for (name, group), verdict in fixed.out.items():
            if group in gone:
                gone[group].add(name)
                if verdict == RECUSED:
                    recused[group].add(name)
        for name, group in fixed.left:
            if group in gone:
                left[group].add(name)
                gone[group].add(name)
        return Field(
            roster.groups,
            roster.reviewers,
            roster.leaders,
            roster.load,
            seats | {group: number for group, number in fixed.seats.items() if group in seats},
            {group: roster.fit[group] - gone[group] for group in roster.groups},
            recused,
            left,
            {group: tuple(seat.id for seat in kept) for group, kept in fixed.kept.items() if group in seats},
        )


def freeze(roster: Roster, size: int | None = None, key: str | None = None, fixed: Fixed | None = None) -> Frozen:
    """Freeze a roster; `size` is the number of seats of each panel, the least that is lawful by default.

    `key` is K, in hex; drawn at random where none is given. Raises CaseError where the size is not lawful or two names
    could have the same ticket, UsageError where nobody says what the size is or no group needs a panel.
    """
    if not roster.groups:
        raise UsageError("nothing_to_draw")
    if problems := [*_ambiguous(roster)]:
        raise CaseError(problems)
    seats = panel_size(roster, size)
    blocks = [*_lines(roster, seats, fixed.seats if fixed else {}), *(_fixed_lines(fixed) if fixed else ())]
    file = _sorted(blocks)
    drawn = secrets.token_hex(32) if key is None else key
    return Frozen(roster, seats, file, drawn, commitment(salted_lines(file, drawn)), fixed)


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
    sizes = {str(term.arguments[0].string): int(term.arguments[1].number) for term in map(_term, said["seats"])}
    fixed = fixed_of(said, sizes)
    if len({*sizes.values()}) != 1 and (fixed is None or not sizes):
        raise CaseError([Problem("frozen_sizes", {"found": ", ".join(map(str, sorted({*sizes.values()})))}, Place())])
    made = freeze(compose(case, Reviewed(under, (), (), True)), max(sizes.values()), key, fixed)
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


def salted_lines(file: str, key: str) -> Iterator[bytes]:
    """The hashes of the lines of a file with their salts: HMAC written out, its two halves begun once (RFC 2104)."""
    block = bytes.fromhex(key).ljust(sha256().block_size, b"\0")
    inner, outer = (sha256(bytes(byte ^ mask for byte in block)).copy for mask in (0x36, 0x5C))
    blank = sha256().copy
    for line in BytesIO(file.encode("utf-8")):
        words = line[:-1]
        within, around, last = inner(), outer(), blank()
        within.update(words)
        around.update(within.digest())
        last.update(around.hexdigest().encode() + b"|" + words)
        yield last.digest()


def commitment(hashes: Iterable[bytes]) -> str:
    """C: the SHA-256 of the sorted hashes of the lines, each in hex on a line of its own."""
    found, whole = bytearray(), sha256()
    for one in hashes:
        found += one
    digests(found).sort()
    step = _AT_ONCE * whole.digest_size
    for start in range(0, len(found), step):
        whole.update(found[start : start + step].hex("\n", whole.digest_size).encode() + b"\n")
    return whole.hexdigest()


def _ambiguous(roster: Roster) -> Iterator[Problem]:
    """Identifiers that could make two tickets one text: `|`, controls, or alike but for width or normal form."""
    for kind, names in (("reviewer", roster.reviewers), ("group", roster.every_group)):
        seen: dict[str, str] = {}
        for name in names:
            if "|" in name or any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in name):
                yield Problem("ticket_sign", {"kind": kind, "found": name}, Place())
            if (other := seen.setdefault(unicodedata.normalize("NFKC", name), name)) != name:
                yield Problem("ticket_alike", {"kind": kind, "found": name, "other": other}, Place())


def _sorted(blocks: Iterable[Iterable[str]]) -> str:
    """The lines of a file, sorted. Each block holds all lines of one predicate: one is sorted at a time, then they."""
    texts = ("\n".join(sorted(block)) for block in blocks)
    return "\n".join([*sorted(filter(None, texts)), ""])


def _fixed_lines(fixed: Fixed) -> Iterator[Iterable[str]]:
    """What a supplementary freeze takes over, a line each, predicate by predicate."""
    yield [f"follows({quote(fixed.head)})."]
    yield (
        f"kept({quote(group)},{quote(seat.id)},{'leader' if seat.leader else 'member'},{seat.place})."
        for group, seats in fixed.kept.items()
        for seat in seats
    )
    yield (f"left({quote(name)},{quote(group)})." for name, group in fixed.left)
    yield (f"out({quote(name)},{quote(group)},{verdict})." for (name, group), verdict in fixed.out.items())


def fixed_of(said: Mapping[str, Sequence[str]], sizes: Mapping[str, int]) -> Fixed | None:
    """What a frozen file takes over from an earlier record; None where it follows none."""
    rows = {name: [_term(line).arguments for line in said[name]] for name in ("follows", "kept", "left", "out")}
    if not any(rows.values()):
        return None
    try:
        [(head,)] = rows["follows"]
        kept: dict[str, list[Seat]] = {}
        for group, name, role, place in rows["kept"]:
            kept.setdefault(group.string, []).append(Seat(name.string, place.number, role.name == "leader"))
        return Fixed(
            head.string,
            {g: tuple(sorted(ones, key=lambda one: (not one.leader, one.place))) for g, ones in sorted(kept.items())},
            frozenset((name.string, group.string) for name, group in rows["left"]),
            {(name.string, group.string): verdict.name for name, group, verdict in rows["out"]},
            {group: number for group, number in sizes.items() if number != max(sizes.values())},
        )
    except (ValueError, RuntimeError) as error:
        raise CaseError([Problem("frozen_line", {"found": str(error)[:80]}, Place())]) from None


def _lines(roster: Roster, size: int, fewer: Mapping[str, int]) -> Iterator[Iterable[str]]:
    """The lines of a file, predicate by predicate."""
    by_submission = roster.readings["reference_day"] == "submission"
    days = ("submitted", "handed_in") if by_submission else ()
    taken = ("round", "applicant", "part_of", "panel_size", "withdrawn", *days)
    named = roster.case.names
    mentioned: set[str | int] = set()
    for name, predicate in PREDICATES.items():
        if name in taken or name in BOUND or predicate.group == "reviewers":
            rows = roster.case.rows(name)
            yield texts(name, rows, ".")
            if named:
                mentioned.update(value for row in rows for value in row)
    yield texts("reading", [(key, roster.readings[key]) for key in READINGS], ".")
    yield (f"under_review({quote(applicant)})." for applicant in roster.reviewed.under_review)
    yield (f"covers({quote(code)},{quote(industry)})." for code, industry in covering(roster.case))
    yield (f"seats({quote(group)},{fewer.get(group, size)})." for group in roster.groups)
    yield texts("name", [(id, called) for id, called in named.items() if id in mentioned], ".")


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
