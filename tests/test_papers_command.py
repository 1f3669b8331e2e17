"""`pingjiang papers`: which are written on a day, what is not final and why, templates at fault."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desk.shell.cli import run
from engine.law.statutes import RULES

CASE = str(RULES.parent / "facts" / "jiyuan-6")
Capture = pytest.CaptureFixture[str]
KINDS = ("acceptance_notice", "winners_notice", "consultation_letter")


def asked(folder: Path, *more: str) -> int:
    only = [word for kind in KINDS for word in ("--only", kind)]
    return run(["papers", CASE, "-o", str(folder), "--date", "2025-10-13", *only, *more])


def test_what_lacks_nothing_is_written_and_the_rest_is_said(tmp_path: Path, capsys: Capture) -> None:
    code = asked(tmp_path / "out", "--final", "--lang", "zh")
    told = capsys.readouterr().out

    assert code == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "index.html",
        "受理名单公示.docx",
        "受理名单公示.html",
        "征求意见函.docx",
        "征求意见函.html",
    ]
    assert "拟奖名单公示：案卷登记的公示到2025年12月12日为止，不足5个工作日" in told
    assert "草稿" not in (tmp_path / "out" / "受理名单公示.html").read_text("utf-8")
    assert "拟奖名单公示：案卷登记的公示到2025年12月12日为止" in (tmp_path / "out" / "index.html").read_text("utf-8")


def test_drafts_say_what_they_lack(tmp_path: Path, capsys: Capture) -> None:
    assert asked(tmp_path / "out", "--json") == 0

    rows = json.loads(capsys.readouterr().out)["papers"]
    assert [(row["kind"], row["day"], row["draft"], len(row["held"])) for row in rows] == [
        ("acceptance_notice", 20251013, True, 0),
        ("consultation_letter", 20251013, True, 0),
        ("winners_notice", 20251208, True, 2),
    ]


def test_nothing_final_is_an_error_in_words(tmp_path: Path, capsys: Capture) -> None:
    only = ["--only", "winners_notice", "--final", "--lang", "en"]

    assert run(["papers", CASE, "-o", str(tmp_path / "out"), *only]) == 2
    told = capsys.readouterr().err
    assert "no paper can be finalized" in told and "before 5 working days have run" in told
    assert not (tmp_path / "out").exists()


def test_the_stage_is_said(tmp_path: Path, capsys: Capture) -> None:
    words = ["papers", CASE, "-o", str(tmp_path / "out"), "--date", "2025-12-15", "--set", "1", "--lang", "en"]

    assert run(words) == 0
    assert "the papers of the stage “approval” (2025-12-15)" in capsys.readouterr().out
    written = {path.stem.partition("-0")[0] for path in (tmp_path / "out").iterdir()} - {"index"}
    assert written == {"submission-of-the-winners", "submission-for-revocation", "report-on-the-round"}


def test_the_winners_are_those_of_the_committee(tmp_path: Path, capsys: Capture) -> None:
    """A choice that leaves a place is written as it is; one that is not lawful is held; a set beside it is refused."""
    chosen = ["--winners", "main=J01,J02,J04", "--winners", "nomination=J03"]
    only = ["--only", "winners_notice", "--date", "2025-12-08", "--lang", "zh"]
    assert run(["papers", CASE, "-o", str(tmp_path / "out"), *only, *chosen]) == 0
    (page,) = (one for one in (tmp_path / "out").glob("*.html") if one.name != "index.html")
    words = page.read_text("utf-8")
    assert "虚构四号" in words and "虚构五号" not in words
    capsys.readouterr()
    assert run(["papers", CASE, "-o", str(tmp_path / "other"), *only, "--winners", "main=J01,J02,J06", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)["papers"]
    assert any("所选的名单不合法" in reason for reason in row["held"])
    assert run(["papers", CASE, "-o", str(tmp_path / "both"), "--set", "1", *chosen]) == 2
    assert not (tmp_path / "both").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("", None, "there is no folder of templates"),
        ("acceptance_notice.docx", b"", "template acceptance_notice.docx: not a sound Word file"),
        ("acceptance-notice.docx", b"", "template acceptance-notice.docx: no such paper"),
    ],
)
def test_templates_at_fault_are_bad_usage(
    tmp_path: Path, capsys: Capture, name: str, data: bytes | None, said: str
) -> None:
    folder = tmp_path / "templates"
    if data is not None:
        folder.mkdir()
        (folder / name).write_bytes(data)

    assert asked(tmp_path / "out", "--templates", str(folder), "--lang", "en") == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
