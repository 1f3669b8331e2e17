"""What a command line names: the files of a case, folders opened, and the applicants asked for.

`--only J01,J02`, `--only J01 --only J02` and `--only J01 J02` mean the same.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from engine.case import Case, told
from engine.errors import UsageError

told({".xlsx": "desk.workbook.reader"})

FORMATS = (".lp", ".json", ".xlsx")
"""What a folder is searched for; a file named by itself may be anything, its reader says what it thinks of it."""
_TABLES = (".xls", ".xlsm", ".xlsb", ".xltx", ".et", ".ett", ".ods", ".csv", ".numbers")
_DATED = re.compile(r"(.+)\.\d{4}-\d\d-\d\dT\d{6}(?:-\d+)?")
"""How what was replaced by `--force` is called: `case.2026-11-22T101500.xlsx`."""
_NAMED = 20


def files(words: Sequence[str]) -> list[str]:
    """The files named, and the case files that a named folder holds, sorted."""
    return [name for word in words for name in (list(_inside(Path(word))) or [word])]


def aside(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """What the named folders hold and is not read: tables in other formats, and copies of what was replaced."""
    there = [file for word in words if Path(word).is_dir() for file in sorted(Path(word).iterdir()) if _shows(file)]
    tables = [file.name for file in there if file.suffix.lower() in _TABLES]
    return tables, [file.name for file in there if _replaced(file)]


def _inside(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for file in sorted(folder.iterdir()):
            if file.suffix.lower() in FORMATS and _shows(file) and not _replaced(file):
                yield str(file)


def _shows(file: Path) -> bool:
    """Whether it is a file of somebody's: "~$case.xlsx" is what an office program leaves beside an open workbook."""
    return file.is_file() and not file.name.startswith((".", "~$"))


def _replaced(file: Path) -> bool:
    """Whether it is the dated copy of a file beside it, which has replaced it."""
    found = _DATED.fullmatch(file.stem)
    return found is not None and file.with_name(found[1] + file.suffix).is_file()


def strays(words: Sequence[str], only: Sequence[str]) -> list[str]:
    """Words that are no files and so are identifiers, if `--only` was given and a file is left."""
    lost = [word for word in words if not Path(word).exists()] if only else []
    return lost if len(lost) < len(words) else []


def identifiers(words: Sequence[str], declared: Collection[str]) -> list[str]:
    """The applicants meant; UsageError for one that is not declared. An identifier may itself hold a comma."""
    asked = [one for word in words for one in ([word] if word in declared else _split(word))]
    if unknown := [one for one in asked if one not in declared]:
        if not declared:
            raise UsageError("no_applicants", {"found": ", ".join(unknown)})
        known = sorted(declared)
        named = ", ".join(known[:_NAMED]) + (", …" if len(known) > _NAMED else "")
        raise UsageError("no_such_applicant", {"found": ", ".join(unknown), "known": named})
    return asked


def choice(pairs: Sequence[str], case: Case) -> dict[str, list[str]]:
    """A committee's choice, a prize a pair (`main=J01,J04`, `nomination=`), by prize; UsageError for what is none."""
    known = {str(row[0]) for name in ("applicant", "winner") for row in case.rows(name)}
    winners: dict[str, list[str]] = {}
    for pair in pairs:
        prize, equals, ids = pair.partition("=")
        if not equals:
            raise UsageError("not_a_choice", {"found": pair})
        winners.setdefault(prize.strip(), []).extend(identifiers([ids] if ids.strip() else [], known))
    return winners


def _split(word: str) -> list[str]:
    return [one.strip() for one in word.split(",") if one.strip()] or [word]


def subject(words: Sequence[str], wanted: int = 1) -> tuple[list[str], list[str]]:
    """The files and folders of a line such as `CASE… ID [ATOM]`, and the words after them, at least `wanted`.

    UsageError where no word is a file, or too few are left to say what is asked about.
    """
    paths = [word for word in words if Path(word).exists()]
    rest = [word for word in words if word not in paths]
    if len(rest) < wanted or not paths:
        raise UsageError("no_subject", {"found": " ".join(words)})
    return paths, rest
