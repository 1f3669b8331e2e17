"""What a result rests on: the versions and hashes that make it checkable."""

from __future__ import annotations

from hashlib import sha256

import clingo

from engine.case import Case
from engine.law import rules_sha256, statute

VERSION = "0.2.0"
"""The version of this program. The build takes it from here: to ask what is installed takes longer than to decide."""


def engine_version() -> str:
    """The version of this program."""
    return VERSION


def record(case: Case, *questions: str) -> dict[str, str]:
    """Versions of engine and clingo; SHA-256 of rules, statute and facts."""
    return {
        "engine": engine_version(),
        "clingo": clingo.__version__,
        "rules_sha256": rules_sha256(case.city, *questions),
        "statute_sha256": statute(case.city).sha256,
        "facts_sha256": sha256(case.canonical.encode("utf-8")).hexdigest(),
    }
