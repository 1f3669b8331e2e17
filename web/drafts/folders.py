"""A round's folder with its record, made and replayed as the command line does; which titles are to be revoked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import BadZipFile, ZipFile

from desk.files import (
    FACTS,
    FORGED,
    INDEX,
    RECORD,
    Asked,
    Folder,
    altered,
    basis,
    different,
    index,
    load,
    moved,
    record,
)
from desk.files import text as record_text
from desk.shell import Shell
from desk.text import ground_words, proposed_by, recorded
from engine import Case, read
from engine.answers import Review, Revocation, ordered, review
from engine.compare import hints
from engine.errors import PingjiangError
from engine.facts import Fact
from engine.facts import day as day_words
from engine.words import LANGUAGES, visible
from engine.words import text as message
from web.questions import case as case_of
from web.questions import slots

LIMIT = 400 * 1024 * 1024
"""What the files of a folder may come to."""


def round_folder(facts: str, registered: list[list[Any]], as_of: int, released: dict[str, bytes]) -> dict[str, bytes]:
    """Every question asked of a case with what the register adds, the papers it gives cause for, those that went out.

    The record covers them all: `pingjiang replay record.json` asks again, from this folder alone.
    """
    before = case_of(facts)
    added = slots(Fact(name, tuple(row)) for name, *row in registered)
    case = Case.checked(Fact(slot[0], row) for slot, row in {**slots(before.facts), **added}.items())
    asked = Asked(dict(case.readings), as_of, 0, "", False, None, "zh", True)
    made_of = Folder(case, asked)
    files = made_of.files() | {f"released/{name}": data for name, data in released.items()}
    shell = Shell("zh")
    made = record(case, asked, files)
    shell.hints.append(hints(case, as_of))
    files[INDEX] = index(made_of, files, shell, made["sha256"], case.accounts)
    files[RECORD] = record_text(record(case, asked, files)).encode("utf-8")
    return files


def folder_replayed(data: bytes) -> dict[str, Any]:
    """A folder as one file, asked again: whether all came out as recorded, what changed of its basis, what differs."""
    with TemporaryDirectory() as room:
        folder = Path(room)
        try:
            _unpacked(data, folder)
            path = folder / RECORD
            row = load(path)
            asked = Asked.read(row["asked"])
            case = read({FACTS: (folder / FACTS).read_bytes()}, asked.readings)
            changed = [*altered(row, folder), *moved(row, case, basis(case))]
            files = Folder(case, asked).files()
        except (BadZipFile, OSError, ValueError) as trouble:
            said = str(trouble)
            return _unread([_both(lambda _lang: said)])
        except PingjiangError as error:
            return _unread([_both(lambda lang, one=one: one.line(lang)) for one in error.problems])
    names = different(row, files)
    same = not names and not any(problem.code in FORGED for problem in changed)
    told = [_both(lambda lang, one=one: one.sentence(lang)) for one in changed]
    return {"same": same, "number": len(files), "changed": told, "different": [visible(name) for name in names]}


def _unread(told: list[dict[str, str]]) -> dict[str, Any]:
    return {"same": False, "number": 0, "changed": told, "different": []}


def _unpacked(data: bytes, folder: Path) -> None:
    """Write the files of an archive below a folder, none beside it and not more than a folder holds."""
    with ZipFile(BytesIO(data)) as packed:
        if sum(one.file_size for one in packed.infolist()) > LIMIT:
            raise ValueError(f"> {LIMIT // 1024 // 1024} MB")
        for one in packed.infolist():
            target = (folder / one.filename).resolve()
            if not target.is_relative_to(folder.resolve()):
                raise ValueError(one.filename)
            if not one.is_dir():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(one))


def revocations(facts: str, as_of: int) -> dict[str, Any]:
    """`awards`: each award that gives cause to revoke it, by its grounds with the facts behind; `bans` that run."""
    found = review(case_of(facts), as_of)
    names = found.case.names
    rows = [list(some) for _, some in groupby(found.revocations, key=lambda one: (one.id, one.prize, one.round))]
    bans = [
        {
            "id": one.id,
            "name": visible(names.get(one.id, one.id)),
            "until": one.until,
            "citation": one.provision.citation,
        }
        for one in found.bans
    ]
    return {"awards": [_award(some, found) for some in rows], "bans": bans}


def _award(rows: Sequence[Revocation], found: Review) -> dict[str, Any]:
    first, names = rows[0], found.case.names
    due = {remedy for one in rows for remedy in one.remedies}
    start = found.readings["ban_start"]
    return {
        "id": first.id,
        "name": visible(found.case.names.get(first.id, first.id)),
        "award": _both(
            lambda lang: message("review.award", lang, prize=message(f"prize.{first.prize}", lang), round=first.round)
        ),
        "grounds": [
            {
                "citation": one.provision.citation,
                "words": _both(lambda lang, one=one: ground_words(found.city, one.ground, lang)),
                "events": [_both(lambda lang, event=event: recorded(event, lang, names)) for event in one.events],
            }
            for one in rows
        ],
        "more": [_both(lambda lang, tell=tell: tell(lang)) for tell in _more(rows, found, due, start)],
        "gone": bool(first.earlier),
    }


def _more(rows: Sequence[Revocation], found: Review, due: set[str], start: str) -> Iterator[Any]:
    """What follows, what came before, since when the text is in force: each as a function of the language."""
    first = rows[0]
    if first.earlier:
        yield lambda lang: message("review.earlier", lang, fact=recorded(str(first.earlier), lang, found.case.names))
    yield lambda lang: message(
        "review.remedies", lang,
        remedies=message("table.and", lang).join(message(f"review.remedy.{r}", lang) for r in ordered(due)),
    )  # fmt: skip
    for years in (one.ban_years for one in rows if one.ban_years):
        yield lambda lang, years=years: message(f"review.ban_years.{start}", lang, years=years)
    if first.before_in_force:
        yield lambda lang: message(
            "web.archive.before_in_force", lang, day=day_words(found.in_force, lang),
            citation=found.force_cited,
        )  # fmt: skip
    if proposer := found.proposers.get(first.provision):
        yield lambda lang: proposed_by(proposer, lang)


def _both(words: Any) -> dict[str, str]:
    return {lang: visible(words(lang)) for lang in LANGUAGES}
