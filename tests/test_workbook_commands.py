"""Commands that read and write workbooks: each says what it read, none loses what is there."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

import desk  # registers the reader
import engine
from desk.shell.cli import run
from engine.law.statutes import RULES

assert desk.__doc__
SAMPLE = RULES.parent / "facts" / "jiyuan-6.xlsx"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a remark under a table and a sheet of the clerk's own."""
    made = openpyxl.load_workbook(SAMPLE)
    page = made["评审专家"]
    page.cell(page.max_row + 1, 1, "注：带*者为组长")
    made.create_sheet("名册")["A1"] = "备查"
    made.save(tmp_path / "case.xlsx")
    return tmp_path / "case.xlsx"


@pytest.mark.parametrize("words", [["decide"], ["check"], ["review"], ["procedure"]])
def test_a_command_says_what_it_read(words: list[str], book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside the result, on standard error: also where a program is listening."""
    for more in ([], ["--json"]):
        assert run([*words, str(book), "--lang", "zh", *more]) == 0
        out, err = capsys.readouterr()

        told = "".join(err.split())
        assert "读取case.xlsx：轮次" in told
        assert "没有读取：" in told
        assert "说明“注：带*者为组长”" in told
        assert "工作表“名册”" in told
        assert not more or json.loads(out)


def test_check_gives_the_account_as_data(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["check", str(book), "--json"]) == 0
    rows = {row["sheet"]: row for row in json.loads(capsys.readouterr().out)["read"]}

    assert (rows["名册"]["read"], rows["申报单位"]["read"], rows["申报单位"]["rows"]) == (False, True, 16)
    assert [left["why"] for left in rows["评审专家"]["left"]] == ["note"]


def test_a_template_wipes_nothing(book: Path) -> None:
    """Days of work in a workbook: kept, and kept as a dated copy where the clerk insists."""
    before = book.read_bytes()

    assert run(["template", "jiyuan", "-o", str(book)]) == 2
    assert book.read_bytes() == before
    assert run(["template", "jiyuan", "-o", str(book), "--force"]) == 0
    assert [file.read_bytes() for file in book.parent.glob("case.*-*.xlsx")] == [before]


def test_numbers_are_registered(book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the papers bear stands in the workbook afterwards, which is kept as it was beside it."""
    before = book.read_bytes()
    ask = ["papers", str(book), "--date", "2025-10-20", "--only", "rejection_letter", "--register", "--json"]

    assert run([*ask, "-o", str(tmp_path / "draft")]) == 2
    assert run([*ask, "-o", str(tmp_path / "final"), "--final"]) == 0
    out = capsys.readouterr().out
    papers = json.loads(out[out.rindex('{\n "stage"') :])["papers"]
    given = {(one["kind"], one["about"], one["number"]) for one in papers if one["number"]}
    assert given
    assert given <= {*engine.load(book).rows("document_number")}
    assert [file.read_bytes() for file in tmp_path.glob("case.*-*.xlsx")] == [before]
