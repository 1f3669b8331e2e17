"""Bytes that are nearly a case file: cut, spliced, with tokens that readers stumble over."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from engine.case.source import Source
from engine.errors import Problems

Reader = Callable[[str, bytes, Problems], Source | None]

TOKENS = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbf\xbf", b"\xe2\x80\x8b", b"-1", b"0", b"00", b"99999999999999999999", b"1e400",
    b"NaN", b"null", b"true", b"[", b"]", b"{", b"}", b"(", b")", b'"', b"\\",
    b"\\u0000", b"\\ud800", b"%*", b"*%", b"%",
    b"#script", b":-", b"..", b".", b",", b";", b"\n", b"\r", b"XFD1048576", b"<", b"/>", b"&amp;", b"&#0;", b"]]>",
    b"<!DOCTYPE x>", b'r=""', "〔２０２５〕".encode(), "。".encode(), b"99991231", b"20250230",
)  # fmt: skip


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to six places changed."""
    part = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(part) + 1)
        match chance.randrange(5):
            case 0:
                part[at : at + chance.randint(1, 30)] = b""
            case 1:
                part[at:at] = chance.choice(TOKENS)
            case 2:
                part[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                other = chance.randrange(len(part) + 1)
                part[at:at] = part[other : other + chance.randint(1, 60)]
            case _:
                part[at : at + chance.randint(1, 8)] = chance.choice(TOKENS)
    return bytes(part)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A workbook with one or two of its parts mutated, its package sound."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as package, ZipFile(out, "w", ZIP_DEFLATED) as copy:
        names = package.namelist()
        hit = {chance.choice(names) for _ in range(chance.randint(1, 2))}
        for name in names:
            part = package.read(name)
            copy.writestr(name, mutated(part, chance) if name in hit else part)
    return out.getvalue()


def inputs(data: bytes, kind: str, seed: int) -> Iterator[bytes]:
    """Without end: nearly the file; of a workbook every fourth is damaged as a whole, the others part by part."""
    chance = random.Random(seed)
    number = 0
    while True:
        number += 1
        yield repacked(data, chance) if kind == "xlsx" and number % 4 else mutated(data, chance)


def tried(reader: Reader, kind: str, data: bytes) -> None:
    """A reader gives facts or problems and raises nothing; nothing at all comes with a problem that says why."""
    problems = Problems()
    source = reader(f"case.{kind}", data, problems)
    assert source is not None or problems.all()
    assert all(problem.line("zh") and problem.line("en") for problem in problems.all()[:20])
