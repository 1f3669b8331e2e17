"""What a round's folder rests on: hashes of program, rules, texts, facts and outputs; and what differs on a replay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from desk.files.folder import Asked
from engine.errors import Place, Problem, UsageError
from engine.law import text_json
from engine.words import LANGUAGES, dumps

if TYPE_CHECKING:
    from engine.case import Case
    from engine.compare import Run

RECORD = "record.json"
INDEX = "index.html"
_DRAWN = (".svg", ".png", ".pdf")
"""Drawings depend on the machine's fonts: they are recorded, and not compared."""
_KEYS = {"record": int, "sha256": str, "city": str, "round": int, "asked": dict, "read": list, "engine": dict,
         "clingo": str, "rules": dict, "statutes": dict, "facts": str, "outputs": dict}  # fmt: skip
"""What a record holds, and of what kind it is."""
_MAY = frozenset({"text"})
"""What it holds where the city has several texts: the one that governs."""
_MOST_SETS = 1_000_000
_LIMIT = 64 * 1024 * 1024


def record(case: Case, asked: Asked, files: Mapping[str, bytes]) -> dict[str, Any]:
    """The record of a round: what it was asked, what it rests on, the hash of each file, and its own.

    Its own hash covers everything but the index, which prints it.
    """
    row: dict[str, Any] = {
        "record": 1,
        "city": case.place,
        **text_json(case.city),
        "round": case.round,
        "asked": asked.json(),
        "read": [account.as_dict() for account in case.accounts],
        **basis(case),
        "outputs": {name: digest(data) for name, data in sorted(files.items())},
    }
    return {"record": 1, "sha256": own(row), **row}


def own(row: Mapping[str, Any]) -> str:
    """The hash of a record: of what it says, however it is written."""
    outputs = {name: value for name, value in row["outputs"].items() if name != INDEX}
    said = {key: value for key, value in row.items() if key != "sha256"} | {"outputs": outputs}
    return digest(json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8"))


def basis(case: Case) -> dict[str, Any]:
    """What every output rests on: program, clingo, rule files, official text, facts."""
    import clingo

    from engine.law import RULES
    from engine.solve import engine_version, program_sha256
    from engine.words import beside

    rules = {path.name: path for path in (*RULES.glob("*.lp"), *beside().values())}
    besides = (each.with_suffix(".md") for each in beside().values())
    texts = {path.name: path for path in (*RULES.glob("*.md"), *besides)}

    return {
        "engine": {"version": engine_version(), "sha256": program_sha256()},
        "clingo": clingo.__version__,
        "rules": {name: digest(rules[name].read_bytes()) for name in sorted(rules)},
        "statutes": {name: digest(texts[name].read_bytes()) for name in sorted(texts)},
        "facts": digest(case.canonical.encode("utf-8")),
    }


def text(row: Mapping[str, Any]) -> str:
    """A record as JSON text."""
    return dumps(row)


def load(path: Path) -> dict[str, Any]:
    """The record in a file; UsageError where there is none, or one that names files outside its folder."""
    row = _json(path)
    if not isinstance(row, dict):
        raise _no_record(path, "record")
    for key, kind in _KEYS.items():
        if key not in ("sha256", "read") and type(row.get(key)) is not kind:
            raise _no_record(path, key)
    if row["record"] != 1 or not _is_asked(row["asked"]):
        raise _no_record(path, "record" if row["record"] != 1 else "asked")
    for name, value in row["outputs"].items():
        inside = PurePosixPath(name)
        if inside.is_absolute() or ".." in inside.parts or "\\" in name or "\0" in name or not inside.parts:
            raise _no_record(path, f"outputs: {name}")
        if not (isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value)):
            raise _no_record(path, f"outputs: {name}")
    return row


def _json(path: Path) -> Any:
    """The JSON of a file that is one; UsageError for anything else."""
    try:
        if not path.is_file():
            raise FileNotFoundError(2, "No such file")
        if path.stat().st_size > _LIMIT:
            raise ValueError(f"> {_LIMIT // 1024 // 1024} MB")
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as trouble:
        raise _no_record(path, getattr(trouble, "strerror", None) or str(trouble)[:200]) from None


def _is_asked(row: Mapping[str, Any]) -> bool:
    """Whether this is what a round was asked, with days that are days and a language that is spoken here."""
    try:
        asked = Asked.read(row)
        days = [date(day // 10000, day // 100 % 100, day % 100) for day in (asked.as_of, asked.day) if day]
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return False
    return bool(asked.as_of and days) and asked.lang in LANGUAGES and (asked.chosen or 0) in range(_MOST_SETS)


def _no_record(path: Path, reason: str) -> UsageError:
    return UsageError("no_round_record", {"found": str(path), "reason": reason})


def recorded(path: Path, case: Case) -> Run:
    """The round as it was recorded: outcomes, award sets and panels as the files beside the record have them."""
    from engine.compare import Run

    row, folder = load(path), path.parent
    decision = _json(folder / "decision.json")
    try:
        found = [(folder / name, name in row["outputs"]) for name in ("award.json", "draw.json")]
        award, draw = (_json(file) if there else None for file, there in found)
        known = Run(case, decision, award, draw, parts(row))
        for one in decision["applicants"]:
            if not {"id", "status", "failed", "barred", "open", "barred_prizes"} <= set(one):
                raise KeyError("applicants")
    except (KeyError, TypeError) as trouble:
        raise _no_record(folder / "decision.json", str(trouble)) from None
    return known


def parts(row: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What a record rests on, by part: rules, statutes, program."""
    program = {"clingo": str(row["clingo"]), "engine": json.dumps(row["engine"], sort_keys=True)}
    return {"rules": row["rules"], "statutes": row["statutes"], "program": program}


def altered(row: Mapping[str, Any], folder: Path) -> Iterator[Problem]:
    """What of the folder and the record is no longer as it was written: altered, gone, added, of another hash."""
    for name, wanted in row["outputs"].items():
        file = folder / name
        if not file.is_file():
            yield Problem("replay_missing", {"name": name}, Place(str(file)))
        elif digest(file.read_bytes()) != wanted:
            yield Problem("replay_altered", {"name": name}, Place(str(file)))
    known = {*row["outputs"], RECORD}
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if name not in known and (file.is_symlink() or not file.is_dir()):
            yield Problem("replay_added", {"name": name}, Place(str(file)))
    for key in sorted({*row} - {*_KEYS} - _MAY):
        yield Problem("replay_key", {"name": key})
    for key in sorted({*row["asked"]} - {*Asked.__dataclass_fields__}):
        yield Problem("replay_key", {"name": f"asked.{key}"})
    if row.get("sha256") != own(row):
        yield Problem("replay_record", {"before": str(row.get("sha256", "—")), "now": own(row)})


def moved(row: Mapping[str, Any], case: Case, now: Mapping[str, Any]) -> Iterator[Problem]:
    """What the outputs rest on and what of it has changed since: the governing text, then facts, rules, the program."""
    before, after = str(row.get("text", row["city"])), case.city
    if row["city"] == case.place and before != after:
        yield Problem("replay_text", {"before": before, "now": after})
    for key, found in (("city", case.place), ("round", case.round)):
        if row[key] != found:
            yield Problem(f"replay_{key}", {"before": str(row[key]), "now": str(found)})
    if row["facts"] != now["facts"]:
        yield Problem("replay_facts", {})
    for kind in ("rules", "statutes"):
        before, after = row[kind], now[kind]
        for name in sorted(set(before) | set(after)):
            if before.get(name) != after.get(name):
                yield Problem(f"replay_{kind}", {"name": name})
    if row["clingo"] != now["clingo"]:
        yield Problem("replay_clingo", {"before": row["clingo"], "now": now["clingo"]})
    if row["engine"] != now["engine"]:
        before = str(row["engine"].get("version"))
        yield Problem("replay_engine", {"before": before, "now": now["engine"]["version"]})


FORGED = (
    "replay_altered",
    "replay_missing",
    "replay_added",
    "replay_key",
    "replay_record",
    "replay_city",
    "replay_round",
)
"""What says that the folder or the record is not what was written, whatever comes out again."""


def different(row: Mapping[str, Any], files: Mapping[str, bytes]) -> list[str]:
    """The outputs that come out otherwise than recorded, sorted; drawings and the index are not compared.

    The index tells hints, which depend on the files that were read and are no part of any result.
    """
    now = {name: digest(data) for name, data in files.items()}
    names = sorted((set(row["outputs"]) | set(now)) - {INDEX})
    return [name for name in names if not name.endswith(_DRAWN) and row["outputs"].get(name) != now.get(name)]


def digest(data: bytes) -> str:
    """The SHA-256 of bytes, in lower-case hexadecimal."""
    return sha256(data).hexdigest()
