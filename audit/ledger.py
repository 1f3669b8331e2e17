"""The ledger of a city's generated cases: what a lawyer accepted or contested, with name, date and seal.

Accepted cases are rows of `tests/cases/<city>_audit.toml`, which the case tests run like any other; contested ones
stand in the same file under `contested` and are run by nobody until the rules or the contest change.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import clingo

from audit.dossier import Dossier
from audit.encoding import Encoding
from audit.example import CASES
from audit.seal import seal
from audit.words import outcome, provision
from engine.statute import Provision
from engine.vocabulary import Fact, text

EMPTY = "empty"


def path(city: str, folder: Path = CASES) -> Path:
    """Where a city's accepted cases are."""
    return folder / f"{city}_audit.toml"


def expectation(shown: Iterable[str]) -> dict[str, Any]:
    """The outcome as the case tables write it, from what the rules show."""
    atoms = sorted(map(clingo.parse_term, shown), key=str)
    status, grounds = outcome(map(str, atoms))
    if status == "refused":
        return {"refused": str(grounds[0][1])}
    found: dict[str, Any] = {"status": status}
    for kind in ("failed", "open"):
        rows = [f"{p} {key}" for k, p, key in sorted(grounds, key=lambda g: (g[1], g[2])) if k == kind]
        found |= {kind: rows} if rows else {}
    events: dict[str, list[str]] = defaultdict(list)
    for atom in atoms:
        if atom.name == "barring_event":
            events[f"{provision(atom.arguments[1])} {atom.arguments[2].name}"].append(str(atom.arguments[3]))
    found |= {"barred": dict(events)} if events else {}
    prizes = sorted(atom.arguments[1].name for atom in atoms if atom.name == "closed_prize")
    found |= {"barred_prizes": prizes} if prizes else {}
    notes = sorted((atom.arguments[1].name, str(atom.arguments[2])) for atom in atoms if atom.name == "note")
    return found | ({"notes": [f"{kind} {fact}" for kind, fact in notes]} if notes else {})


def row(
    id: str,
    says: str,
    one: Dossier,
    shown: Iterable[str],
    bases: dict[str, Dossier],
    signed: dict[str, str] | None = None,
) -> str:
    """One `[[case]]` of a table: how the dossier departs from the nearest base, and what must come out."""
    near = [(name, base) for name, base in bases.items() if base.deadline == one.deadline]
    name, base = min(near, key=lambda pair: sum(map(len, one.departures(pair[1])))) if near else (EMPTY, None)
    lacks, has = one.departures(base) if base else ((), one.facts)
    lines = ["[[case]]", f"id = {_toml(id)}", f"says = {_toml(says)}", f"base = {_toml(name)}"]
    lines += [f"deadline = {one.deadline}"] if not base else []
    lines += [f"readings = {_toml(dict(one.readings))}"] if one.readings else []
    lines += [f"without = {_toml([text(each) for each in lacks])}"] if lacks else []
    lines += [f"facts = {_toml([text(each) for each in has])}"] if has else []
    lines.append(f"expect = {_toml(expectation(shown))}")
    return "\n".join([*lines, *([f"signed = {_toml(signed)}"] if signed else [])]) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        pairs = (f"{key if key.isidentifier() else _toml(key)} = {_toml(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return "'" + value + "'" if '"' in value and "'" not in value else json.dumps(value, ensure_ascii=False)


def head(city: str, comment: Sequence[str], round_: int, deadline: int, bases: dict[str, Dossier]) -> str:
    """The beginning of a table: what it is, the round, the base dossiers."""
    lines = [
        *(f"# {line}" for line in comment),
        "",
        f"city = {_toml(city)}",
        f"round = {round_}",
        f"deadline = {deadline}",
        "",
        "[base]",
    ]
    for name, base in bases.items():
        lines += [f"{name} = [", *(f"    {_toml(text(each))}," for each in base.facts), "]"]
    return "\n".join([*lines, f"{EMPTY} = []", ""]) + "\n"


def kinds(bases: Sequence[Dossier]) -> dict[str, Dossier]:
    """The base dossiers by a name: the kind of applicant, and what it does."""
    return {_kind(base.facts): base for base in bases}


def _kind(facts: Sequence[Fact]) -> str:
    known = {fact.predicate: str(fact.arguments[1]) for fact in facts if fact.predicate in ("applicant", "activity")}
    return known.get("activity") or known.get("applicant", "applicant")


def signature(encoding: Encoding, about: Provision, by: str, on: str) -> dict[str, str]:
    """Name, date and the seal of what was seen."""
    return {"by": by, "on": on, "seal": seal(encoding, about)}


def append(file: Path, beginning: str, rows: Sequence[str]) -> None:
    """Add rows to a table, begun where there is none; the file is replaced as a whole."""
    before = file.read_text("utf-8") if file.exists() else beginning
    whole = before.rstrip("\n") + "\n\n" + "\n".join(rows)
    draft = file.with_suffix(".part")
    draft.write_text(whole, "utf-8")
    draft.replace(file)


def contested(id: str, says: str, remark: str, signed: dict[str, str]) -> str:
    """One `[[contested]]` entry: a generated case that a lawyer would decide otherwise, and why."""
    return "\n".join(
        [
            "[[contested]]",
            f"id = {_toml(id)}",
            f"says = {_toml(says)}",
            f"remark = {_toml(remark)}",
            f"signed = {_toml(signed)}",
            "",
        ]
    )
