"""A case opened for a command: its files and folders read, with a sign of life on a terminal."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from desk.arguments.given import files
from desk.shell import Shell, spinner

if TYPE_CHECKING:
    from engine.case import Case


def opened(shell: Shell, words: Sequence[str], readings: Mapping[str, str] | None = None) -> "Case":
    """The case in these files and folders; CaseError with every problem of every file."""
    from engine.case import load

    names = files(words)
    size = sum(Path(name).stat().st_size for name in names if Path(name).is_file())
    with spinner(shell.text("table.reading"), size):
        return load(names, readings)


def applicants(case: "Case") -> set[str]:
    """The identifiers that a decision can be asked about."""
    return {str(row[0]) for row in case.rows("applicant")}
