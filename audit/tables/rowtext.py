"""A case as a row of a table: how its dossier departs from the nearest base, and what must come out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import clingo

from audit.space import Dossier
from audit.tables.outcomewords import outcome
from engine.facts import text
from engine.law import Provision

EMPTY = "empty"
"""The base of a dossier that is near to no other."""


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
            events[f"{Provision.of(atom.arguments[1])} {atom.arguments[2].name}"].append(str(atom.arguments[3]))
    found |= {"barred": dict(events)} if events else {}
    prizes = sorted(atom.arguments[1].name for atom in atoms if atom.name == "closed_prize")
    found |= {"barred_prizes": prizes} if prizes else {}
    notes = sorted((atom.arguments[1].name, str(atom.arguments[2])) for atom in atoms if atom.name == "note")
    return found | ({"notes": [f"{kind} {fact}" for kind, fact in notes]} if notes else {})


def row_text(
    id: str,
    says: str,
    one: Dossier,
    shown: Iterable[str],
    bases: Mapping[str, Dossier],
    signed: Mapping[str, str] | None = None,
    contested: str | None = None,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> str:
    """One `[[case]]` of a table, or with a remark one `[[contested]]`: what came out and should not have."""
    near = [(name, base) for name, base in bases.items() if base.deadline == one.deadline]
    name, base = min(near, key=lambda pair: sum(map(len, one.departures(pair[1])))) if near else (EMPTY, None)
    lacks, has = one.departures(base) if base else ((), one.facts)
    lines = ["[[case]]" if contested is None else "[[contested]]"]
    lines += [f"id = {quoted(id)}", f"says = {quoted(says)}", f"base = {quoted(name)}"]
    lines += [f"deadline = {one.deadline}"] if not base else []
    lines += [f"readings = {quoted(dict(one.readings))}"] if one.readings else []
    lines += [f"without = {quoted([text(each) for each in lacks])}"] if lacks else []
    lines += [f"facts = {quoted([text(each) for each in has])}"] if has else []
    lines.append(f"expect = {quoted(expectation(shown))}")
    lines += [f"remark = {quoted(contested)}"] if contested is not None else []
    lines += [f"signed = {quoted(dict(signed))}"] if signed else []
    lines += ["earlier = [", *(f"    {quoted(dict(each))}," for each in earlier), "]"] if earlier else []
    return "\n".join(lines) + "\n"


def quoted(value: Any) -> str:
    """A value as TOML writes it."""
    if isinstance(value, dict):
        pairs = (f"{key if key.isidentifier() else quoted(key)} = {quoted(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(quoted, value)) + "]"
    plain = "'" not in value and value.isprintable()
    return f"'{value}'" if '"' in value and plain else json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
