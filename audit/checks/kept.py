"""What was found once is kept on disk: the cases that a search finds depend on nothing but rules and program.

Kept in the user's cache folder (`platformdirs`), as JSON, under the hash of the rule files, the calendar, the program's
own source and clingo's version: after a change of any of them nothing kept is found. What cannot be read or written is
found anew; what is kept is never what somebody signs: a case is decided again before its outcome goes on file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import clingo
from platformdirs import user_cache_path

from audit.encoding import Encoding
from engine.law import RULES

Found = TypeVar("Found")
HOUSE = Path(__file__).resolve().parents[2]
_SOURCES = ("audit", "engine/facts", "engine/law", "engine/solve", "engine/catalogue")
_MOST = 64
"""So many results are kept, the newest."""


def kept(
    name: str, encoding: Encoding, find: Callable[[], Found], told: Callable[[Found], Any], read: Callable[[Any], Found]
) -> Found:
    """What `find` finds of an encoding, kept or found now; `told` makes JSON of it, `read` reads that."""
    file = folder() / f"{name}-{_key(encoding)}.json"
    try:
        return read(json.loads(file.read_text("utf-8")))
    except (OSError, ValueError, TypeError, KeyError, IndexError):
        found = find()
    _write(file, json.dumps(told(found), ensure_ascii=False, separators=(",", ":")))
    return found


def folder() -> Path:
    """Where results are kept."""
    return user_cache_path("pingjiang", appauthor=False) / "bench"


def _key(encoding: Encoding) -> str:
    digest = sha256(_program().encode())
    for path in encoding.paths:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    digest.update(json.dumps([encoding.city, dict(encoding.chosen), encoding.question.name], sort_keys=True).encode())
    return digest.hexdigest()[:32]


@cache
def _program() -> str:
    """The hash of the program's own source that the bench stands on, of the calendar and of clingo's version."""
    digest = sha256(clingo.__version__.encode())
    for path in _files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _files() -> Iterable[Path]:
    for part in _SOURCES:
        for suffix in ("*.py", "*.lp", "*.toml"):
            yield from sorted((HOUSE / part).rglob(suffix))
    yield RULES / "calendar.lp"


def _write(file: Path, content: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(f".{os.getpid()}")
        fresh.write_text(content, "utf-8")
        fresh.replace(file)
        for old in sorted(file.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)[:-_MOST]:
            old.unlink(missing_ok=True)
    except OSError:  # a cache that cannot be written is no fault of what was found
        return
