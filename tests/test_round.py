"""A whole round in one folder, and its replay."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.tables.rounds import round_text
from desk.files.folder import Asked
from desk.files.folder import run as run_round
from desk.shell import saved
from desk.shell.cli import run

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small round, run once."""
    place = tmp_path_factory.mktemp("round")
    case = place / "case.lp"
    facts = ['applicant("J03",organization)', 'seat("J03",elsewhere)', "notice(acceptance,20251013,20251017)"]
    case.write_text(round_text("jiyuan", {"J01": 900, "J02": 842.5}, facts), "utf-8")
    assert run(["round", str(case), "-o", str(place / "out"), "--as-of", "2026-11-22", "--lang", "en"]) == 0
    yield place / "out"


def replayed(folder: Path, *more: str) -> int:
    return run(["replay", str(folder / "record.json"), *more, "--lang", "en"])


def codes(found: dict[str, Any]) -> list[str]:
    """What changed; not the program itself, which somebody may be working on while its tests run."""
    return [entry["code"] for entry in found["changed"] if entry["code"] != "replay_engine"]


def test_the_folder_is_complete(folder: Path) -> None:
    """Every question has its files, and the record has the hash of each but the page, which tells hints too."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    record = json.loads((folder / "record.json").read_text("utf-8"))

    questions = {f"{name}.json" for name in ("decision", "agenda", "award", "review", "procedure", "papers", "record")}

    assert questions | {"index.html", "facts.lp"} <= names
    assert set(record["outputs"]) == names - {"record.json", "index.html"}
    assert set(record) >= {"engine", "clingo", "rules", "statutes", "facts", "asked"}


def test_the_same_again(folder: Path, capsys: Capture) -> None:
    """Nothing changed, so nothing differs."""
    code = replayed(folder, "--json")

    assert code == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["same"], codes(found), found["different"]) == (True, [], [])


def test_an_altered_output_is_named(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """One changed byte in one file."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    award = copy / "award.json"
    award.write_text(award.read_text("utf-8").replace("842.5", "842.6"), "utf-8")

    code = replayed(copy)

    assert code == 2
    assert "the output award.json was altered" in capsys.readouterr().out


def test_other_facts_are_named(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """Solved again with other facts: the facts changed, and so did what rests on them."""
    case = tmp_path / "case.lp"
    case.write_text(round_text("jiyuan", {"J01": 900, "J02": 950}), "utf-8")

    code = replayed(folder, str(case), "--json")

    found = json.loads(capsys.readouterr().out)
    assert (code, found["same"]) == (2, False)
    assert codes(found) == ["replay_facts"]
    assert "award.json" in found["different"]


def test_another_clingo_and_other_rules_are_named(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """What the record rests on is compared piece by piece; equal outputs are equal all the same."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    record = json.loads((copy / "record.json").read_text("utf-8"))
    record["clingo"] = "5.7.1"
    record["rules"]["award.lp"] = "0" * 64
    (copy / "record.json").write_text(json.dumps(record), "utf-8")

    code = replayed(copy, "--json")

    found = json.loads(capsys.readouterr().out)
    assert (code, found["same"]) == (0, True)
    assert codes(found) == ["replay_rules", "replay_clingo"]


@pytest.mark.parametrize("words", ["", "{}", '{"record": 2}', "[1]"])
def test_what_is_no_record_is_bad_usage(words: str, tmp_path: Path) -> None:
    """A file that `round` did not write."""
    (tmp_path / "record.json").write_text(words, "utf-8")

    assert run(["replay", str(tmp_path / "record.json")]) == 2


def test_a_folder_that_holds_something_is_left_alone(folder: Path) -> None:
    """Nothing is overwritten."""
    before = (folder / "record.json").read_bytes()

    assert run(["round", str(folder / "facts.lp"), "-o", str(folder)]) == 2
    assert before == (folder / "record.json").read_bytes()


def test_interrupted_half_way_nothing_is_left(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder appears whole, or not at all, and no half of it stays beside it."""

    def broken(self: Path, data: bytes) -> int:
        if self.name == "review.json":
            raise KeyboardInterrupt
        return original(self, data)

    original = Path.write_bytes
    monkeypatch.setattr(saved.Path, "write_bytes", broken)

    assert run(["round", str(folder / "facts.lp"), "-o", str(tmp_path / "out"), "--as-of", "2026-11-22"]) == 3
    assert list(tmp_path.iterdir()) == []


def test_the_same_case_gives_the_same_files(folder: Path) -> None:
    """Papers too, to the byte."""
    from engine.case.case import load

    asked = Asked({}, 20261122, 0, (), False, None, "en")
    case = load([folder / "facts.lp"])

    assert run_round(case, asked) == run_round(case, asked)
