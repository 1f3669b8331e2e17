"""A record checked by drawing again: the same case and seed must give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from engine.case import Case
from engine.draw.frozen import freeze
from engine.draw.lots import Impossible, draw
from engine.draw.protocol import METHOD, text
from engine.draw.replacement import replace
from engine.errors import CaseError, Place, Problem
from engine.panels import roster
from engine.solve import Clock

_NAMED = 20
_AROUND = 40


def verify(name: str, data: bytes, case: Case, clock: Clock | None = None) -> Mapping[str, Any]:
    """Draw again from what a record says of its seed and size, and compare byte by byte; the record, if it is right.

    Raises CaseError that names every line that differs (at most twenty), or what keeps the record from being read.
    """
    found = _read(name, data)
    about = found["record"]
    if about.get("method") != METHOD:
        raise _unreadable(name, "record.method", str(about.get("method")))
    frozen = freeze(roster(case, pending=about["pending"], clock=clock), about["size"])
    if problems := moved(name, about.get("frozen"), frozen.file.splitlines()):
        raise CaseError(problems)
    drawn = draw(frozen, about["seed"], demo=about["demo"])
    if isinstance(drawn, Impossible):
        raise CaseError([Problem("record_impossible", {}, Place(name))])
    gone = [f"{one['reviewer']}@{one['group']}" for one in found.get("replacements", ())]
    problems = differences(name, data, text(drawn, replace(drawn, gone)).encode("utf-8"))
    if problems:
        raise CaseError(problems)
    return found


def _read(name: str, data: bytes) -> dict[str, Any]:
    try:
        found: Any = json.loads(data)
    except ValueError as error:
        raise _unreadable(name, "", str(error)) from None
    kinds = {"seed": list, "size": int, "pending": bool, "demo": bool}
    about = found.get("record") if isinstance(found, dict) else None
    if not isinstance(about, dict):
        raise _unreadable(name, "record", "")
    for key, kind in kinds.items():
        if type(about.get(key)) is not kind:
            raise _unreadable(name, f"record.{key}", str(about.get(key)))
    if not about["seed"] or not all(isinstance(source, str) for source in about["seed"]):
        raise _unreadable(name, "record.seed", "")
    gone = found.get("replacements", [])
    if not isinstance(gone, list) or not all(
        isinstance(one, dict) and isinstance(one.get("reviewer"), str) and isinstance(one.get("group"), str)
        for one in gone
    ):
        raise _unreadable(name, "replacements", "")
    return dict(found)


def _unreadable(name: str, path: str, found: str) -> CaseError:
    return CaseError([Problem("record_unreadable", {"found": found}, Place(name, path=path or None))])


def moved(name: str, found: object, wanted: Sequence[str]) -> list[Problem]:
    """The facts that the record and the case do not share."""
    if not isinstance(found, list) or not all(isinstance(line, str) for line in found):
        return [*_unreadable(name, "record.frozen", "").problems]
    then, now = set(found), set(wanted)
    gone = [Problem("frozen_gone", {"fact": line}, Place(name)) for line in sorted(then - now)]
    added = [Problem("frozen_added", {"fact": line}, Place(name)) for line in sorted(now - then)]
    return [*gone[:_NAMED], *added[:_NAMED]]


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
