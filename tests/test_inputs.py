"""What goes into `.lp` and `.json`, and what is no file at all: refused with its reason, in linear time."""

from __future__ import annotations

import json
import os
import socket
import time
from pathlib import Path

import pytest

import engine
from engine.case import jsonfile, lpfile
from engine.errors import CaseError, Problem, Problems

ROUND = 'round(jiyuan,6,20250930). applicant("J01",organization).\n'


def refused(path: Path) -> list[Problem]:
    with pytest.raises(CaseError) as told:
        engine.load(path)
    return list(told.value.problems)


def case(folder: Path, facts: str) -> Path:
    (folder / "case.lp").write_text(ROUND + facts, encoding="utf-8")
    return folder / "case.lp"


ALIKE = ["Ｊ０１", "J\u200b01", " J01", "J01\u3000", "\ufeffJ01", "J０1", "J01\u00ad"]


@pytest.mark.parametrize("other", ALIKE)
def test_identifiers_that_look_alike_are_told(other: str, tmp_path: Path) -> None:
    """Declared twice or spoken of: one problem that names the other way of writing it."""
    for fact in (f'applicant("{other}",organization).', f'score("{other}",900).'):
        (problem,) = refused(case(tmp_path, fact))

        assert (problem.code, problem.parameters["nearest"], problem.place.line) == ("alike", "J01", 2)


def test_one_identifier_may_be_written_in_any_way(tmp_path: Path) -> None:
    """Where nothing looks like it, its signs are its own."""
    found = engine.load(case(tmp_path, 'applicant("Ｂ（二）",organization). score("Ｂ（二）",900).'))

    assert found.rows("score") == (("Ｂ（二）", 900),)


@pytest.mark.parametrize("code", [0xFFFE, 0xFFFF, 0xFDD0, 0xFDEF, 0x1FFFE, 0x10FFFF])
def test_noncharacters_are_refused_with_their_place(code: int, tmp_path: Path) -> None:
    (problem,) = refused(case(tmp_path, f'name("J01","虚构{chr(code)}公司").'))
    assert (problem.code, problem.parameters["sign"], problem.place.line) == ("noncharacter", f"U+{code:04X}", 2)

    facts = {
        "round": [{"city": "jiyuan", "number": 6, "deadline": "2025-09-30"}],
        "applicant": [{"applicant": "J01", "kind": "organization"}],
        "name": [{"id": "J01", "text": f"虚构{chr(code)}公司"}],
    }
    (tmp_path / "case.json").write_text(json.dumps(facts), encoding="utf-8")
    (problem,) = refused(tmp_path / "case.json")
    assert (problem.code, problem.place.path) == ("noncharacter", "$.name[0].text")


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A FIFO without a writer would wait for ever, a device has no end."""
    os.mkfifo(tmp_path / "case.lp")
    os.mkfifo(tmp_path / "case.xlsx")
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(tmp_path / "s.lp"))

        codes = [[p.code for p in refused(tmp_path / name)] for name in ("case.lp", "case.xlsx", "zero.json", "s.lp")]

    assert codes == [["no_regular_file"]] * 3 + codes[3:]
    assert codes[3][0] in ("no_regular_file", "unreadable")


def _seconds(reader: object, data: bytes) -> float:
    begun = time.process_time()
    problems = Problems()
    reader.read("case", data, problems)  # type: ignore[attr-defined]
    assert problems.count("case") > 0
    return time.process_time() - begun


def _twice(number: int) -> bytes:
    return ("{" + ",".join(f'"k{n}":1,"k{n}":2' for n in range(number)) + "}").encode()


def _unknown(number: int) -> bytes:
    return "".join(f"p{n}(1).\n" for n in range(number)).encode()


def test_repeated_keys_take_linear_time() -> None:
    """Sixteen times the keys take nowhere near 256 times the time."""
    assert _seconds(jsonfile, _twice(64_000)) < 60 * max(_seconds(jsonfile, _twice(4_000)), 0.01)


def test_unknown_predicates_take_linear_time() -> None:
    """The nearest names are looked for as long as problems are told, and no longer."""
    assert _seconds(lpfile, _unknown(90_000)) < 30 * max(_seconds(lpfile, _unknown(9_000)), 0.01)
