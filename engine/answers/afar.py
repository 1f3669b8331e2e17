"""A cohort's questions asked of workers that share the files: they are told which files and whose turn, never facts."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from engine.case import Case, load
from engine.errors import CaseError, Place, Problem
from engine.law import rules_sha256
from engine.solve import SIZE, Crew
from engine.words import speak_of


@dataclass(frozen=True)
class Files:
    """The files of a case, where every worker finds them; `sha256` is that of what they and the rules say."""

    names: tuple[str, ...]
    readings: tuple[tuple[str, str], ...]
    sha256: str

    @classmethod
    def of(cls, case: Case, readings: Mapping[str, str]) -> Files:
        """The files that a case was loaded from, with the readings given beside them; here they are not read again."""
        found = cls(tuple(map(os.path.abspath, case.sources)), tuple(sorted(readings.items())), _sha256(case))
        _READ.clear()
        _READ[found] = case
        return found

    @property
    def case(self) -> Case:
        """The case in them, read once a process; CaseError where it is another here, or the rules are.

        Its regulation is the one spoken of then, whichever thread of a worker read it.
        """
        case = _READ.get(self)
        if case is None:
            case = _loaded(self)
            _READ.clear()
            _READ[self] = case
        speak_of(case.city)
        return case


Afar = tuple[Crew, Files]
"""Workers that find a case in files, and these."""


_READ: dict[Files, Case] = {}
"""The case of the files that were read last."""


def _loaded(files: Files) -> Case:
    case = load(files.names, dict(files.readings))
    if _sha256(case) != files.sha256:
        raise CaseError([Problem("cluster_other_files", {"found": ", ".join(files.names)}, Place())])
    return case


def _sha256(case: Case) -> str:
    return sha256(f"{rules_sha256(case.city)}\n{case.canonical}".encode()).hexdigest()


def shares(applicants: Sequence[str], size: int = 0) -> list[tuple[str, ...]]:
    """Applicants, sorted, as the workers are told whose turn it is: as many as a part has, or `size`."""
    size = size or SIZE
    return [tuple(applicants[at : at + size]) for at in range(0, len(applicants), size)]
