"""A record checked by drawing again: its frozen file and its seed must give the same bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import Any

from engine.case import Case
from engine.draw import DEMO, METHOD, Draw, Impossible, Told, draw, events, seed, thaw
from engine.errors import CaseError, Place, Problem
from engine.record.entries import Entry, Later
from engine.record.protocol import heeded, standing, text
from engine.record.publication import PublicCopy
from engine.record.standing import Standing, facts_of
from engine.words import visible

_NAMED = 20
_AROUND = 40


@dataclass(frozen=True)
class Verified:
    """A record that is right: the draw it holds, and what it was not compared with, for nobody gave it.

    Of a `public` copy who may not sit is taken over, and its head is not computed again; all else is drawn again.
    """

    drawn: Draw
    entries: tuple[Entry, ...]
    standing: Standing
    not_given: tuple[str, ...]
    public: bool = False


def verify(
    name: str, data: bytes, *, commitment: str | None = None, numbers: Sequence[str] = (), head: str | None = None
) -> Verified:
    """Draw again from what a record or its public copy holds, and compare byte by byte, also with what was published.

    `commitment` is C as it was published, `numbers` those of the public events as a draw takes them, `head` the
    last hash.
    Raises CaseError that names every line that differs (at most twenty), or what keeps the record from being read.
    """
    found = _read(name, data)
    about = found["record"]
    copy = _copy(name, found) if "public" in about else None
    frozen = copy.frozen if copy else thaw(about["frozen"], about["key"])
    problems: list[Problem] = []
    if commitment is not None and commitment.strip().lower() != frozen.commitment:
        problems.append(Problem("commitment_differs", {"found": frozen.commitment, "wanted": commitment}, Place(name)))
    sources = () if about["seed"] == DEMO else events(frozen.roster.case)
    if numbers and (wanted := seed(sources, numbers)) != about["seed"]:
        problems.append(Problem("seed_differs", {"found": about["seed"], "wanted": wanted}, Place(name)))
    if about["seed"] != DEMO and about["seed"] != seed(sources, [about["seed"]]):
        problems.append(Problem("seed_not_canonical", {"found": about["seed"]}, Place(name)))
    problems += heeded(frozen, about["seed"], told := _told(name, about))
    drawn = draw(frozen, about["seed"], told)
    if isinstance(drawn, Impossible):
        raise CaseError([*problems, Problem("record_impossible", {}, Place(name))])
    now = Standing(drawn, copy.start) if copy else standing(drawn)
    try:
        entries = tuple(now.add(_later(name, one, now, copy)) for one in found.get("after", ()))
        again = copy.text(drawn, entries) if copy else text(drawn, entries)
    except _ODD as error:
        raise _unreadable(name, "", str(error)) from None
    if head is not None and head.strip().lower() != now.head:
        problems.append(Problem("head_differs", {"found": now.head, "wanted": head}, Place(name)))
    problems += differences(name, data, again.encode("utf-8"))
    if problems:
        raise CaseError(problems)
    given = {"commitment": commitment is not None, "numbers": bool(numbers) or drawn.demo, "head": head is not None}
    missing = tuple(one for one, there in given.items() if not there)
    return Verified(drawn, entries, now, missing, copy is not None)


def _copy(name: str, found: Mapping[str, Any]) -> PublicCopy:
    try:
        return PublicCopy(found)
    except _ODD as error:
        raise _unreadable(name, "record.lines", str(error)) from None


def _later(name: str, entry: Mapping[str, Any], now: Standing, copy: PublicCopy | None) -> Later:
    """What an entry of a record says became known and was decided."""
    try:
        return Later(
            day=_day(entry["day"]),
            because=_words(entry["because"]),
            document=_words(entry["document"]),
            facts=() if copy else facts_of([_words(line) for line in entry["facts"]], Case.of(now.facts)),
            unavailable=tuple(
                (_words(one["reviewer"]), None if one["group"] is None else _words(one["group"]))
                for one in entry["unavailable"]
            ),
            asked=tuple((_words(one["reviewer"]), one["accepted"] is True) for one in entry.get("asked", ())),
            fewer=tuple((_words(one["group"]), int(one["seats"])) for one in entry.get("fewer", ())),
            reopen="reopened" in entry,
            closed=copy.closed(entry, _words) if copy else None,
        )
    except _ODD as error:
        raise _unreadable(name, "after", str(error)) from None


def _told(name: str, about: Mapping[str, Any]) -> Told:
    """Where C was published and what was cancelled, as a record says."""
    try:
        cancelled = tuple((int(one["source"]), _words(one["document"])) for one in about.get("cancelled", ()))
        if (found := about.get("published")) is None:
            return Told(None, cancelled)
        return Told((_words(found["place"]), _day(found["day"]), _words(found["document"])), cancelled)
    except _ODD as error:
        raise _unreadable(name, "record", str(error)) from None


_ODD = (KeyError, TypeError, AttributeError, ValueError, OverflowError)
"""What reading JSON of another shape raises."""


def _day(found: Any) -> int:
    """A day as it is written, yyyymmdd; TypeError or ValueError for anything else."""
    return int(date.fromisoformat(_words(found)).strftime("%Y%m%d"))


def _words(found: Any) -> str:
    """A text; TypeError for anything else, ValueError for one that no UTF-8 holds."""
    if not isinstance(found, str):
        raise TypeError(str(found)[:40])
    found.encode("utf-8")
    return found


def _read(name: str, data: bytes) -> dict[str, Any]:
    """The record as JSON, so far as a draw needs it; CaseError for anything else."""
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _unreadable(name, "", str(error)) from None
    about = found.get("record") if isinstance(found, dict) else None
    if not isinstance(about, dict):
        raise _unreadable(name, "record", "")
    if about.get("method") != METHOD:
        said = {"found": _shortly(about.get("method")), "wanted": METHOD}
        raise CaseError([Problem("record_method", said, Place(name))])
    wanted = {"seed": r"demo|[0-9r.:,;]{1,9999}"} | ({} if "public" in about else {"key": "[0-9a-f]{64}"})
    for key, kind in wanted.items():
        if not (isinstance(about.get(key), str) and re.fullmatch(kind, about[key])):
            raise _unreadable(name, f"record.{key}", _shortly(about.get(key)))
    lines, after = about.get("frozen"), found.get("after", [])
    try:
        if "public" not in about and (not isinstance(lines, list) or not [_words(line) for line in lines]):
            raise TypeError("")
    except _ODD as error:
        raise _unreadable(name, "record.frozen", str(error)) from None
    if not isinstance(after, list) or not all(isinstance(one, dict) for one in after):
        raise _unreadable(name, "after", "")
    return dict(found)


def _shortly(found: object) -> str:
    """Anything as a few printable signs."""
    return visible(str(found)[:80]).encode("utf-8", "replace").decode("utf-8")


def _unreadable(name: str, path: str, found: str) -> CaseError:
    return CaseError([Problem("record_unreadable", {"found": _shortly(found)}, Place(name, path=path or None))])


def differences(name: str, found: bytes, wanted: bytes) -> list[Problem]:
    """The lines in which two records differ, each around its first differing byte."""
    problems: list[Problem] = []
    if found == wanted:
        return problems
    lines = zip_longest(found.split(b"\n"), wanted.split(b"\n"), fillvalue=b"")
    differing = [(number, pair) for number, pair in enumerate(lines, 1) if pair[0] != pair[1]]
    for number, (one, other) in differing[:_NAMED]:
        at = next(
            (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), min(len(one), len(other))
        )
        start = max(0, at - _AROUND)
        parts: dict[str, str | int] = {"found": _shown(one, start), "wanted": _shown(other, start), "byte": at + 1}
        problems.append(Problem("record_differs", parts, Place(name, number)))
    if len(differing) > _NAMED:
        problems.append(Problem("record_differs_more", {"number": len(differing) - _NAMED}, Place(name)))
    return problems


def _shown(line: bytes, start: int) -> str:
    part = line[start : start + 2 * _AROUND].decode("utf-8", "replace")
    return ("…" if start else "") + part + ("…" if start + 2 * _AROUND < len(line) else "")
