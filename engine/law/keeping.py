"""Rules as they were read, kept on disk: reading them depends on nothing but their text and the program.

Kept in the user's cache folder under the hash of the texts, of the program's own source, of Python's version and of
clingo's: after a change of any of them nothing kept is found. What cannot be read, or what somebody else might have
written, is made anew.
"""

from __future__ import annotations

import os
import pickle
import stat
import sys
from collections.abc import Callable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import clingo

Made = TypeVar("Made")
_HOUSE = Path(__file__).resolve().parents[2]
_MOST = 64
"""So many results are kept, the newest."""


def kept(texts: Sequence[str], rooms: Sequence[str], make: Callable[[], Made]) -> Made:
    """What `make` makes of some texts, kept or made now; it holds nothing that cannot be pickled.

    The first of the texts says what is made; `rooms` are those whose source settles how (`engine/law`).
    """
    file = folder() / f"{_key(texts, tuple(rooms))}.pickle"
    if (data := _own(file)) is not None:
        try:
            found: Made = pickle.loads(data)
            return found
        except Exception:  # whatever a torn file does to the reader: it is made anew
            data = None
    made = make()
    _write(file, pickle.dumps(made, 5))
    return made


def folder() -> Path:
    """Where rules are kept."""
    from platformdirs import user_cache_path

    return user_cache_path("pingjiang", appauthor=False) / "rules"


def _own(file: Path) -> bytes | None:
    """The bytes of a file that nobody else could have written; None where there is none."""
    try:
        with file.open("rb") as opened:
            for told in (os.fstat(opened.fileno()), file.parent.stat()):
                if hasattr(os, "getuid") and (
                    told.st_uid != os.getuid() or told.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
                ):
                    return None
            return opened.read()
    except OSError:
        return None


def _key(texts: Sequence[str], rooms: tuple[str, ...]) -> str:
    digest = sha256(_program(rooms))
    for text in texts:
        digest.update(text.encode() + b"\0")
    return digest.hexdigest()[:32]


@cache
def _program(rooms: tuple[str, ...]) -> bytes:
    """The hash of the source of some rooms, and of the versions that the program runs on."""
    digest = sha256(f"{sys.version} {clingo.__version__} {_HOUSE}".encode())
    for part in rooms:
        for path in sorted((_HOUSE / part).glob("*.py")):
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.digest()


def _write(file: Path, data: bytes) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as opened:
            opened.write(data)
        fresh.replace(file)
        for old in sorted(file.parent.glob("*.pickle"), key=lambda each: each.stat().st_mtime)[:-_MOST]:
            old.unlink(missing_ok=True)
    except OSError:  # a cache that cannot be written is no fault of what was made
        return
