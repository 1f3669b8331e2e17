"""What a result rests on: the versions and hashes that make it checkable."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import clingo

from engine.case import Case
from engine.law import rules_sha256, statute

VERSION = "0.2.0"
"""The version of this program. The build takes it from here: to ask what is installed takes longer than to decide."""


_HOUSE = Path(__file__).resolve().parents[2]
_FLOORS = ("engine", "explain", "desk")


def engine_version() -> str:
    """The version of this program."""
    return VERSION


@cache
def program_sha256() -> str:
    """One hash of every file of the program up to the desk."""
    whole = sha256()
    for floor in _FLOORS:
        for path in sorted((_HOUSE / floor).rglob("*")):
            if path.is_file() and path.suffix not in (".pyc", ".tmp") and "__pycache__" not in path.parts:
                whole.update(str(path.relative_to(_HOUSE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def record(case: Case, *questions: str) -> dict[str, str]:
    """Versions of engine and clingo; SHA-256 of rules, statute and facts."""
    return {
        "engine": engine_version(),
        "clingo": clingo.__version__,
        "rules_sha256": rules_sha256(case.city, *questions),
        "statute_sha256": statute(case.city).sha256,
        "facts_sha256": sha256(case.canonical.encode("utf-8")).hexdigest(),
    }
