"""What a round's folder rests on: hashes of program, rules, texts, facts and outputs; and what differs on a replay."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desk.files.folder import Asked
from engine.case import Account, regular
from engine.errors import Place, Problem, UsageError

if TYPE_CHECKING:
    from engine.case import Case

RECORD = "record.json"
_HOUSE = Path(__file__).resolve().parents[2]
_ROOMS = ("engine", "explain", "desk")
_DRAWN = (".svg", ".png", ".pdf")
"""Drawings depend on the machine's fonts: they are recorded, and not compared."""


def record(case: Case, asked: Asked, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The record of a round: what it was asked, what it rests on, and the hash of each file."""
    return {
        "record": 1,
        "city": case.city,
        "round": case.round,
        "asked": asked.json(),
        "read": [account.as_dict() for account in case.accounts],
        **basis(case),
        "outputs": {name: digest(data) for name, data in sorted(files.items())},
    }


def basis(case: Case) -> dict[str, Any]:
    """What every output rests on: program, clingo, rule files, official text, facts."""
    import clingo

    from engine.law import RULES
    from engine.solve import engine_version

    return {
        "engine": {"version": engine_version(), "sha256": _program()},
        "clingo": clingo.__version__,
        "rules": {path.name: digest(path.read_bytes()) for path in sorted(RULES.glob("*.lp"))},
        "statutes": {path.name: digest(path.read_bytes()) for path in sorted(RULES.glob("*.md"))},
        "facts": digest(case.canonical.encode("utf-8")),
    }


def text(row: Mapping[str, Any]) -> str:
    """A record as JSON text."""
    return json.dumps(row, ensure_ascii=False, indent=1) + "\n"


def load(path: Path) -> dict[str, Any]:
    """The record in a file; UsageError where there is none."""
    try:
        row = json.loads(regular(path).decode())
        Asked.read(row["asked"])
        complete = row["record"] == 1 and all(isinstance(row[key], dict) for key in ("engine", "rules", "outputs"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as trouble:
        raise UsageError("no_round_record", {"found": str(path), "reason": str(trouble)}) from trouble
    if not complete:
        raise UsageError("no_round_record", {"found": str(path), "reason": "record"})
    return dict(row)


def accounts(row: Mapping[str, Any]) -> tuple[Account, ...]:
    """What the record says was read of the workbooks; UsageError where it says it in no form of ours."""
    try:
        return tuple(Account.of(one) for one in row.get("read", ()))
    except (KeyError, TypeError, ValueError, AttributeError) as trouble:
        raise UsageError("no_round_record", {"found": RECORD, "reason": f"read: {trouble}"}) from trouble


def altered(row: Mapping[str, Any], folder: Path) -> Iterator[Problem]:
    """The files of the folder that are no longer what the record says, or are gone."""
    for name, wanted in row["outputs"].items():
        file = folder / name
        if not file.is_file():
            yield Problem("replay_missing", {"name": name}, Place(str(file)))
        elif digest(file.read_bytes()) != wanted:
            yield Problem("replay_altered", {"name": name}, Place(str(file)))


def moved(row: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Problem]:
    """What the outputs rest on and what of it has changed since: facts, rules, texts, clingo, the program."""
    if row.get("facts") != now["facts"]:
        yield Problem("replay_facts", {})
    for kind in ("rules", "statutes"):
        before, after = row.get(kind) or {}, now[kind]
        for name in sorted(set(before) | set(after)):
            if before.get(name) != after.get(name):
                yield Problem(f"replay_{kind}", {"name": name})
    if row.get("clingo") != now["clingo"]:
        yield Problem("replay_clingo", {"before": str(row.get("clingo")), "now": now["clingo"]})
    if row["engine"] != now["engine"]:
        before = str(row["engine"].get("version"))
        yield Problem("replay_engine", {"before": before, "now": now["engine"]["version"]})


def different(row: Mapping[str, Any], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """The outputs that come out otherwise than recorded; drawings are not compared."""
    now = {name: digest(data) for name, data in files.items()}
    for name in sorted(set(row["outputs"]) | set(now)):
        if not name.endswith(_DRAWN) and row["outputs"].get(name) != now.get(name):
            yield Problem("replay_different", {"name": name})


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in lower-case hexadecimal."""
    return sha256(data).hexdigest()


def _program() -> str:
    """One hash of every file of the program."""
    whole = sha256()
    for room in _ROOMS:
        for path in sorted((_HOUSE / room).rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".tmp") and "__pycache__" not in path.parts:
                whole.update(str(path.relative_to(_HOUSE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
