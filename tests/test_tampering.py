"""Every byte and every field of a record: what is changed is found where C, the numbers and the head are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from engine.draw.lots import Draw
from engine.errors import CaseError, UsageError
from engine.record.entries import Entry
from engine.record.protocol import standing, text
from engine.record.verification import verify
from tests import test_after
from tests.test_public_copy import with_entries
from tests.test_record import ONE

Given = dict[str, Any]


@cache
def small() -> tuple[bytes, Given]:
    """A record under 4 KB of one group, and what was published of it."""
    made = next(one for one in map(test_after.drawn, test_after.SEEDS) if one and len(one.panels) == 1)
    return text(made).encode(), {"commitment": made.frozen.commitment, "head": standing(made).head}


@cache
def large() -> tuple[bytes, Given, Draw, tuple[Entry, ...]]:
    made, entries = with_entries()
    given = {"commitment": made.frozen.commitment, "numbers": [ONE], "head": entries[-1].hash}
    return text(made, entries).encode(), given, made, entries


def passes(data: bytes, given: Given) -> bool:
    try:
        verify("r.json", data, **given)
    except (CaseError, UsageError):
        return False
    return True


def flipped(data: bytes, step: int, start: int = 0) -> Iterator[bytes]:
    """The record with a byte changed, one after the other."""
    for at in range(start, len(data), step):
        yield data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def test_bytes_of_a_small_record() -> None:
    data, given = small()

    assert len(data) < 4096 and passes(data, given)
    assert [one for one in flipped(data, 41) if passes(one, given)] == []


@pytest.mark.slow
def test_each_byte_of_a_small_record() -> None:
    data, given = small()

    assert [one for one in flipped(data, 1) if passes(one, given)] == []


@pytest.mark.slow
def test_every_fiftieth_byte_of_a_sample() -> None:
    data, given, *_ = large()

    assert [one for one in flipped(data, 50) if passes(one, given)] == []


def fields(found: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path to every value that is no list and no object, but of rows and lines only the first two and the last."""
    if isinstance(found, dict):
        for key, one in found.items():
            yield from fields(one, (*path, key))
    elif isinstance(found, list):
        for at in sorted({*range(len(found[:2])), len(found) - 1} - {-1}):
            yield from fields(found[at], (*path, at))
    else:
        yield path


def changed(found: Any, path: tuple[Any, ...]) -> str:
    """The JSON with another value at a path."""
    copy = json.loads(json.dumps(found))
    *before, last = path
    inside = copy
    for key in before:
        inside = inside[key]
    old = inside[last]
    inside[last] = (not old) if isinstance(old, bool) else old + 1 if isinstance(old, int) else f"{old}x"
    return json.dumps(copy, ensure_ascii=False)


def written(data: bytes, path: tuple[Any, ...]) -> bytes:
    """The record, as the program would write it, with another value at a path: its layout is right."""
    found = json.loads(data)
    other = json.loads(changed(found, path))
    parts = {name: other[name] for name in ("panels", "walk", "leaders")}
    body = "".join(
        f"{json.dumps(name)}: [\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in rows) + "\n],\n"
        for name, rows in parts.items()
    )
    rows = ",\n".join(json.dumps(one, ensure_ascii=False) for one in other.get("after", ()))
    after = f',\n"after": [\n{rows}\n]' if rows else ""
    return (
        "{" + body + '"record": ' + json.dumps(other["record"], ensure_ascii=False, indent=0) + after + "}\n"
    ).encode()


def test_fields_of_a_small_record() -> None:
    data, given = small()
    paths = list(fields(json.loads(data)))

    assert len(paths) > 40
    assert [path for path in paths if passes(written(data, path), given)] == []


@pytest.mark.slow
def test_each_field_of_a_sample_with_entries() -> None:
    data, given, *_ = large()
    paths = list(fields(json.loads(data)))

    assert len(paths) > 150
    assert [path for path in paths if passes(written(data, path), given)] == []


def test_the_last_entry_dropped_or_written_anew() -> None:
    """Found where the head is given; else the record is right by itself, and its head is named as not checked."""
    data, given, made, entries = large()
    now = standing(made)
    anew = text(made, [*(now.add(one.later) for one in entries[:-1]), now.add(test_after.news(9))]).encode()
    for record in (text(made, entries[:-1]).encode(), anew):
        with pytest.raises(CaseError) as refusal:
            verify("r.json", record, **given)
        assert [problem.code for problem in refusal.value.problems] == ["head_differs"]
        assert verify("r.json", record, commitment=given["commitment"], numbers=[ONE]).not_given == ("head",)
    assert passes(data, given)
