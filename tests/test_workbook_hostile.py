"""Workbooks that mean harm: each is refused with a reason, in bounded time and memory, before anything opens it."""

from __future__ import annotations

import random
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from time import process_time
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from desk.workbook import gate
from desk.workbook.gate import Refused, survey
from desk.workbook.reader import read
from desk.workbook.told import GIVE_UP
from desk.workbook.writer import write
from engine.errors import Problems
from engine.facts.vocabulary import Fact
from engine.words.catalogues import LANGUAGES

SHEET = "xl/worksheets/sheet2.xml"
SPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
APPLICANTS = "xl/worksheets/sheet3.xml"
HEAD = b'<?xml version="1.0"?><worksheet %s><sheetData>' % SPACE
TAIL = b"</sheetData></worksheet>"


@cache
def sound() -> bytes:
    return write([Fact("round", ("jiyuan", 6, 20250930)), Fact("applicant", ("J01", "organization"))])


def changed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    """The sound workbook with parts put in or replaced."""
    out = BytesIO()
    with ZipFile(BytesIO(sound())) as package, ZipFile(out, "w", method) as copy:
        for name in package.namelist():
            if name not in parts:
                copy.writestr(name, package.read(name))
        for name, part in parts.items():
            copy.writestr(name, part)
    return out.getvalue()


def cells(*names: str) -> bytes:
    rows = "".join(
        f'<row r="{name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")}"><c r="{name}"><v>1</v></c></row>' for name in names
    )
    return HEAD + rows.encode() + TAIL


def bomb() -> bytes:
    """A part that unpacks to a hundred megabytes."""
    return changed({SHEET: HEAD + b" " * 100_000_000 + TAIL})


def lying() -> bytes:
    """A directory that promises less than the part unpacks to."""
    data = bytearray(changed({SHEET: HEAD + b" " * 3_000_000 + TAIL}))
    size = struct.pack("<I", len(HEAD) + 3_000_000 + len(TAIL))
    return bytes(data.replace(size, struct.pack("<I", 5_000)))


def overlapping() -> bytes:
    """Many names for the same packed bytes."""
    data = changed({"a.xml": b"<a/>", "b.xml": b"<b/>"}, ZIP_STORED)
    first = data.index(b"a.xml") - 30
    second = data.index(b"b.xml") - 30
    at = data.rindex(b"b.xml") - 46
    return data[: at + 42] + struct.pack("<I", first) + data[at + 46 :] if second else data


def entities() -> bytes:
    lol = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return changed({SHEET: HEAD[:21] + lol + HEAD[21:] + TAIL})


def entities_utf16() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "lol">]><x>&a;</x>'
    return changed({"xl/theme/theme9.xml": text.encode("utf-16")})


def external_entity() -> bytes:
    text = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'
    return changed({"xl/theme/theme9.xml": text})


def twice(name: str) -> bytes:
    """A part named twice, the second time in another spelling."""
    return changed({SHEET: cells("A1"), name: cells("B1")})


def altered() -> bytes:
    """One byte of a stored text another one; the checksum in the directory is that of the old."""
    data = changed({"xl/sharedStrings.xml": b"<sst><si><t>0123456789</t></si></sst>"}, ZIP_STORED)
    return data.replace(b"0123456789", b"0123456780")


def wide_areas() -> bytes:
    """Sheets of two cells far apart, each within bounds and together not."""
    sheets = {f"xl/worksheets/sheet{n}.xml": cells("A1", "IV15000") for n in range(1, 20)}
    return changed({name: part for name, part in sheets.items() if name in ZipFile(BytesIO(sound())).namelist()})


def many_cells() -> bytes:
    """More cells than any round has, over several sheets."""
    values = iter(range(10**6))
    rows = (
        b"<row>" + b"".join(b"<c><v>%d</v></c>" % (next(values) * 7919) for _ in range(100)) + b"</row>"
        for _ in range(3_500)
    )
    sheet = HEAD + b"".join(rows) + TAIL
    return changed({f"xl/worksheets/sheet{n}.xml": sheet for n in (2, 3)}, ZIP_STORED)


def many_styles() -> bytes:
    """More styles than Excel itself allows."""
    return changed({"xl/styles.xml": b"<styleSheet %s><cellXfs>%s</cellXfs></styleSheet>" % (SPACE, b"<xf/>" * 70_000)})


def many_texts() -> bytes:
    """A table of shared texts larger than any round's, at a ratio that the directory does not give away."""
    return changed({"xl/sharedStrings.xml": b"<sst %s>%s</sst>" % (SPACE, b"<si><t/></si>" * 1_500_000)}, ZIP_STORED)


def many() -> bytes:
    """More rows than any round has, each with a number in it."""
    row = '<row r="{0}"><c r="A{0}"><v>{1}</v></c></row>'
    return "".join(row.format(n, n * 7919 % 1_000_003) for n in range(1, 150_001)).encode()


def merged() -> bytes:
    """Merged cells over one another, each over the whole table."""
    rows = [("编号", "申报类型"), *(("J01", "组织") for _ in range(1_000))]
    ends = b"".join(b'<mergeCell ref="A2:IV100000"/>' for _ in range(5_000))
    return changed(
        {APPLICANTS: table(rows).replace(TAIL, b"</sheetData><mergeCells>" + ends + b"</mergeCells></worksheet>")}
    )


def table(rows: list[tuple[str, ...]]) -> bytes:
    """A sheet of texts."""
    cells_ = ("".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) for row in rows)
    return HEAD + "".join(f"<row>{row}</row>" for row in cells_).encode() + TAIL


def encrypted() -> bytes:
    return gate._OLE + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def zip_encrypted() -> bytes:
    data = bytearray(sound())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("zip bomb", bomb, "workbook_bomb"),
    ("a directory that lies", lying, "workbook_bomb"),
    ("overlapping parts", overlapping, "workbook_bomb"),
    ("too many parts", lambda: changed({f"x/{n}.txt": b"" for n in range(1100)}), "workbook_bomb"),
    ("entities", entities, "workbook_entities"),
    ("entities in UTF-16", entities_utf16, "workbook_entities"),
    ("an external entity", external_entity, "workbook_entities"),
    ("macros", lambda: changed({"xl/vbaProject.bin": b"x"}), "workbook_macros"),
    ("old macros", lambda: changed({"xl/macrosheets/sheet1.xml": b"<a/>"}), "workbook_macros"),
    ("controls", lambda: changed({"xl/activeX/activeX1.xml": b"<a/>"}), "workbook_macros"),
    ("external links", lambda: changed({"xl/externalLinks/externalLink1.xml": b"<a/>"}), "workbook_links"),
    ("data connections", lambda: changed({"xl/connections.xml": b"<a/>"}), "workbook_links"),
    ("two cells far apart", lambda: changed({SHEET: cells("A1", "XFD1048576")}), "workbook_rows"),
    ("the last row", lambda: changed({SHEET: cells("A1048576")}), "workbook_rows"),
    ("a column too far", lambda: changed({SHEET: cells("ZZZ1")}), "workbook_rows"),
    ("a cell name too long", lambda: changed({SHEET: cells("A99999999999999999999")}), "workbook_rows"),
    ("too many rows", lambda: changed({SHEET: HEAD + many() + TAIL}), "workbook_rows"),
    ("deep XML", lambda: changed({SHEET: b"<a>" * 100_000 + b"</a>" * 100_000}), "workbook_broken"),
    ("broken XML", lambda: changed({SHEET: HEAD}), "workbook_broken"),
    ("a password", encrypted, "workbook_encrypted"),
    ("a zip password", zip_encrypted, "workbook_encrypted"),
    ("an old .xls", lambda: gate._OLE + b"\0" * 4096, "workbook_xls"),
    ("text", lambda: b"a,b,c\n", "workbook_broken"),
    ("nothing", lambda: b"", "workbook_broken"),
    ("half a file", lambda: sound()[:2000], "workbook_broken"),
    ("a zip of something else", lambda: zipped({"a.txt": b"x"}), "workbook_broken"),
    ("an .ods", lambda: zipped({"mimetype": b"x", "content.xml": b"<x/>"}), "workbook_ods"),
    ("an .xlsb", lambda: zipped({"xl/workbook.bin": b"x"}), "workbook_xls"),
    ("bad bytes in a part", lambda: spoiled(), "workbook_broken"),
    ("a part twice", lambda: twice("xl/worksheets/SHEET2.xml"), "workbook_part_twice"),
    ("a part twice by a detour", lambda: twice("xl/worksheets/../worksheets/sheet2.xml"), "workbook_part_twice"),
    ("a part twice by an escape", lambda: twice("xl/worksheets/sheet%32.xml"), "workbook_part_twice"),
    ("a part twice by a backslash", lambda: twice("xl\\worksheets\\sheet2.xml"), "workbook_part_twice"),
    ("altered bytes", altered, "workbook_altered"),
    ("wide areas", wide_areas, "workbook_area"),
    ("too many cells", many_cells, "workbook_cells"),
    ("too many styles", many_styles, "workbook_bomb"),
    ("too many texts", many_texts, "workbook_bomb"),
    ("one cell twice", lambda: changed({SHEET: cells("A1", "A1")}), "workbook_broken"),
    ("a text that is not there", lambda: changed({SHEET: text_cell(b"99999")}), "workbook_broken"),
    *(
        (
            f"a number that is none: {number}",
            lambda number=number: one(b"<v>%s</v>" % number.encode()),
            "workbook_broken",
        )
        for number in ("1e999", "NaN", "7_01", "７０１", "0x10", "1,5")
    ),
    ("one cell, two values", lambda: one(b"<v>1</v><v>2</v>"), "workbook_broken"),
    ("two tables in a sheet", lambda: changed({SHEET: HEAD + TABLE + TAIL}), "workbook_broken"),
    ("a table of alternatives", lambda: changed({SHEET: HEAD + ALTERNATIVE + TAIL}), "workbook_broken"),
]


TABLE = b'<row r="1"/></sheetData><sheetData><row r="2"><c r="A2"><v>1</v></c></row>'
ALTERNATIVE = (
    b'<a:AlternateContent xmlns:a="http://schemas.openxmlformats.org/markup-compatibility/2006"><a:Choice Requires="b">'
    b'<row r="1"><c r="A1"><v>1</v></c></row></a:Choice></a:AlternateContent>'
)


def one(inside: bytes) -> bytes:
    """A sheet of one cell."""
    return changed({SHEET: HEAD + b'<row r="1"><c r="A1">' + inside + b"</c></row>" + TAIL})


def text_cell(number: bytes) -> bytes:
    return HEAD + b'<row r="1"><c r="A1" t="s"><v>' + number + b"</v></c></row>" + TAIL


def zipped(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def spoiled() -> bytes:
    data = bytearray(sound())
    at = data.index(b"xl/worksheets/sheet1.xml") + 30
    data[at : at + 40] = b"\xff" * 40
    return bytes(data)


@pytest.mark.parametrize(("make", "code"), [(m, c) for _, m, c in HOSTILE], ids=[name for name, _, _ in HOSTILE])
def test_it_is_refused_with_a_reason(make: Callable[[], bytes], code: str) -> None:
    """The reader gives no facts, and one problem, worded in both languages."""
    problems = Problems()
    source = read("case.xlsx", make(), problems)

    assert source is None or not source.rows
    assert [problem.code for problem in problems.all()] == [code]
    assert all(problem.line(lang) for problem in problems.all() for lang in LANGUAGES)


def test_merged_cells_over_one_another_are_refused() -> None:
    problems = Problems()

    assert read("case.xlsx", merged(), problems) is None
    assert "workbook_area" in [problem.code for problem in problems.all()]


def test_after_thousands_of_problems_the_rest_is_not_read() -> None:
    """Nobody reads more of them, and each costs time."""
    rows = [("编号", "申报类型", "法律形式"), *((f"J{n}", f"甲{n}", f"乙{n}") for n in range(6_000))]
    problems = Problems()
    source = read("case.xlsx", changed({APPLICANTS: table(rows)}), problems)
    *kept, more = problems.all()

    assert source is None
    assert (len(kept), more.code, more.parameters) == (1_000, "more", {"number": GIVE_UP + 1 - 1_000})


def test_statements_without_end_cost_no_more_than_their_cells() -> None:
    """So many sentences of what the case has none of are no statement of anybody's."""
    rows = [("编号", "申报类型"), *((f"本案没有{'甲、' * 100}{n}", f"本案没有乙{n}") for n in range(4_000))]
    begun = process_time()
    read("case.xlsx", changed({APPLICANTS: table(rows)}), Problems())

    assert process_time() - begun < 5


TOKENS = (b"", b"-1", b"99999999999", b"XFD9", b"e", b"inlineStr", b"1e400", b"NaN", b"rId99", b"<v/>", b"2025-13-45")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_workbook_is_read_or_refused(seed: int) -> None:
    """Whatever happens to the bytes of a part: facts or problems, nothing else."""
    chance = random.Random(seed)
    with ZipFile(BytesIO(sound())) as package:
        name = chance.choice([name for name in package.namelist() if name.endswith((".xml", ".rels"))])
        part = bytearray(package.read(name))
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(part))
        values = [found.span(1) for found in re.finditer(rb'="([^"]*)"', bytes(part))]
        if values and chance.random() < 0.5:
            start, end = chance.choice(values)
            part[start:end] = chance.choice(TOKENS)
        else:
            part[at : at + chance.randint(0, 20)] = bytes([chance.randrange(256)])
    problems = Problems()
    source = read("case.xlsx", changed({name: bytes(part)}), problems)

    assert source is not None or problems.all()


def test_what_is_sound_passes() -> None:
    assert set(survey(sound()).parts) == {name.lower() for name in ZipFile(BytesIO(sound())).namelist()}


PROGRAM = """
import resource, sys, time
import desk, engine
resource.setrlimit(resource.RLIMIT_AS, (1200 << 20,) * 2)
for name in sys.argv[1:]:
    begun = time.process_time()
    try: engine.load(name)
    except engine.errors.CaseError: pass
    else: raise SystemExit(name)
    spent = time.process_time() - begun
    assert spent < 5, (name, spent)
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
assert int(peak.split()[1]) < 300 * 1024, peak  # ru_maxrss would tell the forking process's own peak
"""


def test_memory_and_time_are_bounded(tmp_path: Path) -> None:
    """Whatever is refused costs less than 5 seconds of a processor and 300 MB."""
    files = []
    costly = (bomb, lying, wide_areas, many_cells, many_styles, many_texts, merged, entities)
    for number, make in enumerate(costly):
        files.append(tmp_path / f"{number}.xlsx")
        files[-1].write_bytes(make())
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *map(str, files)], cwd=root, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_large_file_is_refused_unread() -> None:
    with pytest.raises(Refused) as refused:
        survey(b"PK" + bytes(gate.FILE_LIMIT))

    assert refused.value.code == "workbook_large"


def test_a_bomb_of_the_best_ratio_is_seen_in_the_directory() -> None:
    """Nothing of the part is unpacked: the ratio tells."""
    packed = zlib.compress(b" " * 10_000_000, 9)

    assert 10_000_000 / len(packed) > gate.RATIO_LIMIT
