"""Which applicants a command line asks for: `--only J01,J02`, `--only J01 --only J02`, or `--only J01 J02`."""

from collections.abc import Collection, Sequence
from pathlib import Path

from engine.errors import UsageError

_NAMED = 20


def files_and_strays(words: Sequence[str], only: Sequence[str]) -> tuple[list[str], list[str]]:
    """The case's files, and words that are no files but may be identifiers because `--only` was given."""
    strays = [word for word in words if not Path(word).exists()] if only else []
    return ([word for word in words if word not in strays], strays) if len(strays) < len(words) else (list(words), [])


def identifiers(words: Sequence[str], declared: Collection[str]) -> list[str]:
    """The applicants meant; UsageError for one that is not declared. An identifier may itself hold a comma."""
    asked = [one for word in words for one in ([word] if word in declared else _split(word))]
    if unknown := [one for one in asked if one not in declared]:
        known = sorted(declared)
        named = ", ".join(known[:_NAMED]) + (", …" if len(known) > _NAMED else "")
        raise UsageError("no_such_applicant", {"found": ", ".join(unknown), "known": named})
    return asked


def _split(word: str) -> list[str]:
    return [one.strip() for one in word.split(",") if one.strip()] or [word]
