"""A house as one file, taken while it is open, and a house made of such a file.

The file is a zip: `backup.json` (what it is), the database (`desk.sqlite3`, or `desk.pgdump` of PostgreSQL's own
tools), `key`, and every document under `attachments/` by its hash. Documents are only ever added, and the database is
copied first: whatever it names is in the file.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from engine.errors import UsageError
from web.start import House

FORMAT = 1
_ABOUT, _KEY, _SQLITE, _DUMP, _DOCUMENTS = "backup.json", "key", "desk.sqlite3", "desk.pgdump", "attachments/"
_BLOCK = 1024 * 1024


def backup(house: House, target: Path) -> dict[str, Any]:
    """Write a house into a new file; what the file says of itself. The house may be open: an act in it tells of this.

    UsageError where there is no house, or something stands where the file is to go.
    """
    if not house.database and not (house.data / _SQLITE).exists():
        raise UsageError("no_house", {"found": str(house.data)})
    if target.exists():
        raise UsageError("backup_there", {"found": str(target)})
    house.prepare()
    from django.db import transaction

    from web.ledger import HOUSE, act

    with transaction.atomic():
        done = act(HOUSE, "house_saved")
    about: dict[str, Any] = {"backup": FORMAT, "at": done.at, "act": done.number, "hash": done.hash}
    aside = target.with_name(f".{target.name}.part")
    with suppress(FileNotFoundError):
        aside.unlink()
    try:
        handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with TemporaryDirectory(dir=house.data) as room, os.fdopen(handle, "wb") as out, ZipFile(out, "w") as packed:
            copied = _database(house, Path(room))
            about |= {"database": copied.name, "sha256": _digest(copied)}
            packed.write(copied, copied.name, ZIP_DEFLATED)
            packed.write(house.data / _KEY, _KEY, ZIP_STORED)
            about["documents"] = 0
            for document in _documents(house.data):
                if _digest(document) != document.name:
                    raise UsageError("backup_document", {"found": document.name})
                packed.write(document, f"{_DOCUMENTS}{document.parent.name}/{document.name}", ZIP_STORED)
                about["documents"] += 1
            packed.writestr(_ABOUT, json.dumps(about, indent=1))
        aside.replace(target)
    finally:
        with suppress(FileNotFoundError):
            aside.unlink()
    return about


def _database(house: House, room: Path) -> Path:
    """A copy of the database as it is at one moment."""
    if house.database:
        copied = room / _DUMP
        _tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(copied), house.database)
        return copied
    copied = room / _SQLITE
    with closing(sqlite3.connect(house.data / _SQLITE)) as source, closing(sqlite3.connect(copied)) as copy:
        source.backup(copy)
    return copied


def _documents(data: Path) -> Iterator[Path]:
    """Every document; files that are being written aside have no hash for a name."""
    for path in sorted((data / _DOCUMENTS).glob("??/*")):
        if len(path.name) == 64 and path.is_file():
            yield path


def restore(house: House, source: Path) -> dict[str, Any]:
    """Make a house of a file, in a folder (and a database) that holds none; what the file says of itself.

    UsageError where a house is there already, or the file is none of ours or not whole: then nothing is made.
    """
    if house.data.exists() and any(house.data.iterdir()):
        raise UsageError("restore_there", {"found": str(house.data)})
    try:
        whole = _digest(source)
        with ZipFile(source) as packed, TemporaryDirectory(dir=_parent(house.data)) as room:
            about = _read(packed, Path(room), bool(house.database))
            if house.database:
                dump = str(Path(room) / _DUMP)
                _tool("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges",
                      "--dbname", house.database, dump)  # fmt: skip
                Path(dump).unlink()
            house.data.mkdir(mode=0o700, exist_ok=True)
            for path in Path(room).iterdir():
                shutil.move(path, house.data / path.name)
    except (OSError, BadZipFile, ValueError, KeyError) as trouble:
        raise UsageError("not_a_backup", {"found": str(source), "reason": str(trouble)}) from None
    house.prepare()
    house.migrate()
    from django.db import transaction

    from web.ledger import HOUSE, act

    with transaction.atomic():
        details = {"taken": about["at"], "act": about["act"], "hash": about["hash"], "sha256": whole}
        act(HOUSE, "house_restored", details=details)
    return about


def _parent(data: Path) -> Path:
    parent = data.absolute().parent
    parent.mkdir(parents=True, exist_ok=True)
    return parent


def _read(packed: ZipFile, room: Path, postgres: bool) -> dict[str, Any]:
    """Unpack into an empty folder, each part checked; ValueError for what is not as it was written."""
    about: dict[str, Any] = json.loads(packed.read(_ABOUT))
    if about.get("backup") != FORMAT or about["database"] != (_DUMP if postgres else _SQLITE):
        raise ValueError(str(about.get("database")))
    known = {_ABOUT, _KEY, about["database"]}
    documents = 0
    for name in packed.namelist():
        if name in known:
            continue
        folder, _, digest = name.removeprefix(_DOCUMENTS).partition("/")
        if not name.startswith(_DOCUMENTS) or len(digest) != 64 or folder != digest[:2] or not digest.isalnum():
            raise ValueError(name)
        target = room / _DOCUMENTS / folder / digest
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _unpack(packed, name, target, digest)
        documents += 1
    if documents != about["documents"]:
        raise ValueError(f"{documents} / {about['documents']}")
    _unpack(packed, about["database"], room / about["database"], about["sha256"])
    (room / _KEY).write_bytes(packed.read(_KEY))
    (room / _KEY).chmod(0o600)
    (room / about["database"]).chmod(0o600)
    return about


def _unpack(packed: ZipFile, name: str, target: Path, digest: str) -> None:
    with packed.open(name) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, _BLOCK)
    if _digest(target) != digest:
        raise ValueError(name)


def _digest(path: Path) -> str:
    whole = sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            whole.update(block)
    return whole.hexdigest()


def _tool(name: str, *arguments: str) -> None:
    """Run one of PostgreSQL's own tools; UsageError where it is not there or refuses."""
    found = shutil.which(name)
    if found is None:
        raise UsageError("tool_missing", {"found": name})
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise UsageError("tool_failed", {"found": name, "reason": done.stderr.strip()[-500:]})
