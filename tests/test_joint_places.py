"""Places that several prizes have in common are told once, as what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk.shell.cli import run
from engine.award import award
from engine.case.case import read
from tests.test_real_clauses import CLAUSES, text

CASE = 'round(xuchang,3,20250930). applicant("A1",organization). submitted("A1",20250901). score("A1",900).\n'
ONCE = "those of the Mayor's Quality Award, counted once"
MAIN, OTHER = "Mayor's Quality Award", "Mayor's Quality Award nomination"


@pytest.mark.parametrize(
    ("total", "shared", "left", "lines"),
    [
        (2, (("nomination",), ("main",)), (1, 1), ("1, in common with the " + OTHER, ONCE)),
        (3, ((), ("main",)), (1, 2), ("1", f"2, in common with the {MAIN}")),
        (5, ((), ()), (1, 3), ("1", "3")),
        (1, ((), ()), (0, 0), ("0", "0")),
    ],
)  # fmt: skip
def test_places_left_in_common_are_told_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    total: int,
    shared: tuple[tuple[str, ...], ...],
    left: tuple[int, ...],
    lines: tuple[str, str],
) -> None:
    """One winner of two main prizes and three nominations, of so many in all."""
    rules = (CLAUSES / "xuchang.lp").read_text("utf-8").replace("total, 5", f"total, {total}")
    (tmp_path / "xuchang.lp").write_text(rules, "utf-8")
    (tmp_path / "xuchang.md").write_text(text("xuchang", rules), "utf-8")
    (tmp_path / "case.lp").write_text(CASE, "utf-8")
    monkeypatch.setenv("PINGJIANG_ALSO", str(tmp_path / "xuchang.lp"))
    found = award(read({"case.lp": CASE.encode()}))

    assert tuple(found.shares(found.sets[0], prize) for prize in ("main", "nomination")) == shared
    assert tuple(found.places_left(found.sets[0], prize) for prize in ("main", "nomination")) == left

    assert run(["--lang", "en", "award", str(tmp_path / "case.lp")]) == 0
    told = [line.strip() for line in capsys.readouterr().out.splitlines() if "places left" in line]
    assert told == [f"{MAIN} (places left: {lines[0]})", f"{OTHER} (places left: {lines[1]})"]
