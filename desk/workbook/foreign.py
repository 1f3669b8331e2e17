"""Tables in other formats: refused, each with what to do instead."""

from __future__ import annotations

from pathlib import Path

from engine.case import Source
from engine.errors import Place, Problems

BINARY = True

_ADVICE = {
    ".csv": "workbook_csv",
    ".tsv": "workbook_csv",
    ".et": "workbook_et",
    ".ett": "workbook_et",
    ".xls": "workbook_xls",
    ".xlsb": "workbook_xls",
    ".xlsm": "workbook_xlsm",
    ".ods": "workbook_ods",
}


def read(name: str, data: bytes, problems: Problems) -> Source | None:  # noqa: ARG001 - a reader's signature
    """Tell how the file becomes a workbook that can be read."""
    problems.add(_ADVICE[Path(name).suffix.lower()], Place(name))
    return None
