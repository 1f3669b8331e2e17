"""Everything that can be wrong with what a user gave us: code, parameters, place.

A code is the key `problem.<code>` of the message catalogues; no sentence is written here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.words import problem_sentence


@dataclass(frozen=True)
class Place:
    """Where something stands: a file and a line, a JSON path, or a cell of a sheet."""

    file: str = ""
    line: int | None = None
    path: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        if self.path is not None:
            return f"{self.file}: {self.path}" if self.file else self.path
        if self.cell is not None:
            return f"{self.file}: {self.sheet}!{self.cell}"
        return f"{self.file}:{self.line}" if self.line is not None else self.file

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key: file, line, then path, sheet and cell with their numbers as numbers."""
        return (self.file, self.line or 0, _natural(self.path), _natural(self.sheet), _natural(self.cell))


def _natural(text: str | None) -> tuple[tuple[int, str], ...]:
    pieces = re.findall(r"\d+|\D+", text or "")
    return tuple((len(p), p) if p.isdecimal() else (0, p) for p in pieces)


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its code, what was found and what would do, and where it stands."""

    code: str
    parameters: Mapping[str, str | int] = field(default_factory=dict, hash=False)
    place: Place = field(default_factory=Place)

    def sentence(self, lang: str) -> str:
        """The problem in words, without its place."""
        return problem_sentence(self.code, self.parameters, lang)

    def line(self, lang: str) -> str:
        """The problem in words behind its place, as compilers print it."""
        place = str(self.place)
        return f"{place}: {self.sentence(lang)}" if place else self.sentence(lang)


class Problems:
    """Collects problems; of each file the first 1,000 are kept and the others counted."""

    KEPT = 1_000

    def __init__(self) -> None:
        self._kept: list[Problem] = []
        self._count: Counter[str] = Counter()

    def __bool__(self) -> bool:
        return bool(self._count)

    def count(self, file: str) -> int:
        """How many problems the file has so far."""
        return self._count[file]

    def full(self, file: str) -> bool:
        """Whether another problem of this file would only be counted."""
        return self._count[file] >= self.KEPT

    def add(self, code: str, place: Place, **parameters: str | int) -> None:
        """Take a problem in."""
        if not self.full(place.file):
            self._kept.append(Problem(code, parameters, place))
        self._count[place.file] += 1

    def add_once(self, code: str, place: Place, **parameters: str | int) -> None:
        """Take a problem in that may be met again by another way; told once."""
        if not any(one.code == code and one.place == place and one.parameters == parameters for one in self._kept):
            self.add(code, place, **parameters)

    def skip(self, file: str, number: int = 1) -> None:
        """Count problems of a full file without describing them."""
        self._count[file] += number

    def all(self) -> tuple[Problem, ...]:
        """What was kept, by place, and last how many more each file has."""
        more = [
            Problem("more", {"number": number - self.KEPT}, Place(file))
            for file, number in sorted(self._count.items())
            if number > self.KEPT
        ]
        return (*sorted(self._kept, key=lambda problem: problem.place.order), *more)


class PingjiangError(Exception):
    """What the program refuses, with the exit code it means."""

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(problem.line("en") for problem in self.problems)

    def __reduce__(self) -> tuple[object, ...]:
        """Errors of a worker process reach the shell as they are, whatever their own constructors take."""
        return (_again, (type(self), self.problems))


def _again(kind: type[PingjiangError], problems: tuple[Problem, ...]) -> PingjiangError:
    error = kind.__new__(kind)
    PingjiangError.__init__(error, problems)
    return error


class CaseError(PingjiangError):
    """The case cannot be decided as it stands: all problems of all its files.

    `accounts` is what was read of its workbooks all the same (`engine.case.Account`), `pile` what its files say
    (`engine.case.Pile`); both stay in the process that read them.
    """

    accounts: tuple[Any, ...] = ()
    pile: Any = None


class RuleError(PingjiangError, ValueError):
    """A rule file says what its reader cannot take: all problems of the file, each with its line."""


class UsageError(PingjiangError):
    """The command or the call asks for something that does not exist."""

    def __init__(self, code: str, parameters: Mapping[str, str | int] | None = None) -> None:
        super().__init__([Problem(code, parameters or {})])


class Stopped(PingjiangError):
    """The solver was stopped, by the time limit or by hand, and nothing was decided."""

    exit_code = 3

    def __init__(self, code: str = "stopped", parameters: Mapping[str, str | int] | None = None) -> None:
        super().__init__([Problem(code, parameters or {})])
