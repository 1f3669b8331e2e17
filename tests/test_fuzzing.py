"""Each reader of case files, fed what is nearly one: facts or problems come out, never a traceback.

A few seconds a reader here; `make fuzz` takes ten minutes and other seeds every time.
"""

from __future__ import annotations

import os
import time
from functools import cache

import pytest

import desk  # registers the reader
import engine
from desk.workbook import reader as workbook
from desk.workbook.writer import write
from engine.case import jsonfile, lpfile
from engine.case.files import utf8
from engine.case.source import Source
from engine.errors import Problems
from engine.law.statutes import RULES
from tests.fuzzing import inputs, tried

assert desk.__doc__
SECONDS = float(os.environ.get("FUZZ_SECONDS", "3"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))


@cache
def facts() -> tuple[engine.facts.Fact, ...]:
    """One round, small: its first applicant and reviewer, and whatever is about nobody."""
    found = engine.load(sorted((RULES.parent / "facts" / "jiyuan-6").glob("*.lp"))).facts
    return tuple(
        fact for fact in found if not fact.arguments or str(fact.arguments[0]) in ("jiyuan", "J01", "R01", "G1")
    )


def lp(name: str, data: bytes, problems: Problems) -> Source | None:
    text = utf8(name, data, problems)
    return None if text is None else lpfile.read(name, text, problems)


def json(name: str, data: bytes, problems: Problems) -> Source | None:
    text = utf8(name, data, problems)
    return None if text is None else jsonfile.read(name, text, problems)


READERS = {
    "lp": (lp, lambda: lpfile.write(facts()).encode()),
    "json": (json, lambda: jsonfile.write(facts()).encode()),
    "xlsx": (workbook.read, lambda: write(facts())),
}


@pytest.mark.parametrize("kind", READERS)
def test_whatever_comes_in_is_read_or_refused(kind: str) -> None:
    reader, sound = READERS[kind]
    until = time.monotonic() + SECONDS
    tried(reader, kind, sound())
    for number, data in enumerate(inputs(sound(), kind, SEED)):
        try:
            tried(reader, kind, data)
        except Exception as trouble:
            raise AssertionError(f"seed {SEED}, input {number}: {data[:400]!r}") from trouble
        if time.monotonic() > until and number >= 20:
            break
