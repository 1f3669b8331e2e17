"""The mapping of a register: which table and which columns hold which kind of fact, as a TOML file says it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import CaseError, Place, Problems
from engine.facts import PREDICATES, Fact

_ROUND = {"city": str, "number": int, "deadline": str}
_ENTRY = {
    "kind": str,
    "from": str,
    "sql": str,
    "columns": dict,
    "always": dict,
    "values": dict,
    "complete": bool,
}
_ABOUT = {"from": str, "sql": str, "id": str, "district": str, "industry": str}
_ABOVE = {"from": str, "sql": str, "id": str}
_PASSWORD = re.compile(r"(?<=:)[^:/@]*(?=@)|(?<=password=)[^&]*")
"""What an address holds that nobody is to read in a message, or in a folder that others share."""
_ADDRESS = re.compile(r"([a-z][a-z0-9+]*):(?://)?")
KINDS = tuple(
    name
    for name, one in PREDICATES.items()
    if one.group != "reviewers"
    and name != "winner"
    and one.fields
    and one.fields[0].kind == "identifier"
    and [field.kind for field in one.fields].count("identifier") == 1
)
"""The kinds of facts that a register may hold: about an enterprise and nobody else."""


@dataclass(frozen=True)
class Source:
    """Where rows come from: a table's file, or the address of a database; and the query that is put to it.

    `told` is how the mapping names it, without a password; `path` its file (for sqlite: that of the database);
    `address` the whole address of a database.
    """

    told: str
    path: Path
    sql: str = ""
    database: bool = False
    address: str = field(default="", repr=False)


@dataclass(frozen=True)
class Entry:
    """One kind of fact: the predicate, its table, and of each field the column or the value that all rows share.

    `values` translates what stands in a column, by field, into what the vocabulary knows. `complete`: the table holds
    all there is of this kind, with the values that all its rows share; what it has not does not exist.
    """

    predicate: str
    source: Source
    columns: Table[str, str]
    always: Table[str, Any]
    values: Table[str, Table[str, Any]]
    complete: bool = False


@dataclass(frozen=True)
class List:
    """A table of enterprises: the column of the identifier, and other columns by what they hold."""

    source: Source
    id: str
    columns: Table[str, str]


@dataclass(frozen=True)
class Mapping:
    """The round that is assumed, and the entries in the order of the file.

    `about` says of each enterprise in which district and industry it is, `above` lists those that hold a prize of a
    higher level.
    """

    file: str
    round: Fact
    entries: tuple[Entry, ...]
    about: List | None = None
    above: List | None = None


def mapping_of(path: Path) -> Mapping:
    """Read a mapping; tables stand beside it. CaseError with everything that is wrong with it."""
    file, problems = str(path), Problems()
    try:
        told = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
        problems.add("register_toml", Place(file), reason=str(trouble))
        raise CaseError(problems.all()) from trouble
    for name in told.keys() - {"round", "fact", "about", "above"}:
        problems.add("register_key", Place(file, path=name), known="round, fact, about, above")
    assumed = told.get("round")
    _shape(assumed, _ROUND, _ROUND.keys(), Place(file, path="round"), problems)
    entries = told.get("fact")
    if not isinstance(entries, list) or not entries:
        problems.add("register_shape", Place(file, path="fact"), wanted="[[fact]]")
        entries = []
    found = [
        entry
        for number, one in enumerate(entries)
        if (entry := _entry(one, path.parent, Place(file, path=f"fact[{number}]"), problems))
    ]
    about = _list(told.get("about"), _ABOUT, path.parent, Place(file, path="about"), problems)
    above = _list(told.get("above"), _ABOVE, path.parent, Place(file, path="above"), problems)
    if problems or not isinstance(assumed, dict):
        raise CaseError(problems.all())
    day = str(assumed["deadline"]).replace("-", "")
    if not day.isdecimal():
        raise CaseError([_lone(file, "round.deadline", "2026-09-30")])
    return Mapping(file, Fact("round", (assumed["city"], assumed["number"], int(day))), tuple(found), about, above)


def _lone(file: str, path: str, wanted: str) -> Any:
    from engine.errors import Problem

    return Problem("register_shape", {"wanted": wanted}, Place(file, path=path))


def _shape(told: object, known: Table[str, type], needed: Any, place: Place, problems: Problems) -> bool:
    """Whether a table holds what it must, each of its type, and nothing else."""
    if not isinstance(told, dict):
        problems.add("register_shape", place, wanted=", ".join(known))
        return False
    before = problems.count(place.file)
    for name in told.keys() - known.keys():
        problems.add("register_key", Place(place.file, path=f"{place.path}.{name}"), known=", ".join(known))
    for name, kind in known.items():
        if (name in needed and name not in told) or (name in told and type(told[name]) is not kind):
            wanted = {str: '"…"', int: "1", dict: "{ … }", bool: "true"}[kind]
            problems.add("register_shape", Place(place.file, path=f"{place.path}.{name}"), wanted=wanted)
    return problems.count(place.file) == before


def _entry(told: object, folder: Path, place: Place, problems: Problems) -> Entry | None:
    if not _shape(told, _ENTRY, ("kind", "from", "columns"), place, problems) or not isinstance(told, dict):
        return None
    if (predicate := PREDICATES.get(told["kind"])) is None or predicate.name not in KINDS:
        known = ", ".join(KINDS)
        problems.add("register_kind", Place(place.file, path=f"{place.path}.kind"), found=told["kind"], known=known)
        return None
    columns, always, values = told["columns"], told.get("always", {}), told.get("values", {})
    fields, given = ", ".join(predicate.names), [*columns, *always]
    sound = sorted(given) == sorted(predicate.names) and not values.keys() - columns.keys()
    if not sound:
        problems.add("register_fields", place, kind=predicate.name, fields=fields, found=", ".join(given))
    if any(not isinstance(one, str) for one in columns.values()) or any(type(v) is not dict for v in values.values()):
        problems.add("register_shape", Place(place.file, path=f"{place.path}.columns"), wanted='{ … = "…" }')
        sound = False
    complete = told.get("complete", False)
    source = _source(told, folder, place, problems)
    return Entry(predicate.name, source, columns, always, values, complete) if sound and source else None


def _list(told: object, known: Table[str, type], folder: Path, place: Place, problems: Problems) -> List | None:
    if told is None or not _shape(told, known, ("from", "id"), place, problems) or not isinstance(told, dict):
        return None
    source = _source(told, folder, place, problems)
    return List(source, told["id"], {key: told[key] for key in told.keys() - {"from", "id", "sql"}}) if source else None


def _source(told: Table[str, Any], folder: Path, place: Place, problems: Problems) -> Source | None:
    """The table or the database of an entry; a database wants a query."""
    name, sql = told["from"], told.get("sql", "")
    address = _ADDRESS.match(name)
    if address is None or len(address[1]) == 1:  # one letter and a colon: a drive
        return Source(str(folder / name), folder / name, sql)
    if not sql:
        problems.add("register_shape", Place(place.file, path=f"{place.path}.sql"), wanted='"SELECT …"')
        return None
    open_ = _PASSWORD.sub("***", name)
    path = folder / name[address.end() :] if address[1] == "sqlite" else folder
    return Source(open_, path, sql, database=True, address=name)
