"""A whole round in one folder, and its replay."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from audit.tables.rounds import round_text
from desk.files.folder import Asked, Folder
from desk.files.recordfile import FORGED, altered, basis, digest, load, moved, own
from desk.shell import saved
from desk.shell.cli import run
from engine.case.case import load as read

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
    """Every question has its files, and the record has the hash of each."""
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    record = json.loads((folder / "record.json").read_text("utf-8"))

    questions = {f"{name}.json" for name in ("decision", "agenda", "award", "review", "procedure", "papers", "record")}

    assert questions | {"index.html", "facts.lp"} <= names
    assert set(record["outputs"]) == names - {"record.json"}
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
    sealed(copy, record)

    code = replayed(copy, "--json")

    found = json.loads(capsys.readouterr().out)
    assert (code, found["same"], found["diff"]) == (0, True, None)
    assert codes(found) == ["replay_rules", "replay_clingo"]


def sealed(folder: Path, record: dict[str, Any]) -> None:
    """The record written again as if a round elsewhere had ended with it: its own hash on it and on the index."""
    index = folder / "index.html"
    before, record["sha256"] = record["sha256"], own(record)
    index.write_text(index.read_text("utf-8").replace(before, record["sha256"]), "utf-8")
    record["outputs"]["index.html"] = digest(index.read_bytes())
    (folder / "record.json").write_text(json.dumps(record), "utf-8")


def test_a_record_has_its_own_hash(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """Printed at the end of the round and on its index, so that one on paper can be compared with it."""
    assert run(["round", str(folder / "facts.lp"), "-o", str(tmp_path / "out"), "--lang", "en"]) == 0
    hash = json.loads((tmp_path / "out" / "record.json").read_text("utf-8"))["sha256"]

    assert capsys.readouterr().out.splitlines()[-1] == f"hash of the record (SHA-256): {hash}"
    assert hash in (tmp_path / "out" / "index.html").read_text("utf-8")


def edited(record: dict[str, Any], key: str, value: object) -> None:
    record[key] = value


@pytest.mark.parametrize(
    ("edit", "want"),
    [
        (lambda row: edited(row, "city", "sanmenxia"), ["replay_record", "replay_city"]),
        (lambda row: edited(row, "round", 7), ["replay_record", "replay_round"]),
        (lambda row: edited(row, "note", "\x1b[2J"), ["replay_key", "replay_record"]),
        (lambda row: edited(row["asked"], "note", 1), ["replay_key", "replay_record"]),
        (lambda row: edited(row, "sha256", "0" * 64), ["replay_record"]),
        (lambda row: row.pop("sha256"), ["replay_record"]),
    ],
    ids=["city", "round", "key", "asked", "hash", "no hash"],
)
def test_an_altered_record_is_told(
    edit: Callable[[dict[str, Any]], object], want: list[str], folder: Path, tmp_path: Path
) -> None:
    """Whatever comes out again: what was recorded is not what was written."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    record = json.loads((copy / "record.json").read_text("utf-8"))
    edit(record)
    (copy / "record.json").write_text(json.dumps(record), "utf-8")
    case = read([copy / "facts.lp"])
    row = load(copy / "record.json")

    found = [*altered(row, copy), *moved(row, case, basis(case))]

    assert [problem.code for problem in found if problem.code != "replay_engine"] == want
    assert set(want) <= set(FORGED)


def test_an_added_file_is_told(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """A letter slipped into the folder looks like one of the round's; its name cannot steer a terminal."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    (copy / "papers" / "x\x1b[2J.docx").write_bytes(b"")

    code = replayed(copy)

    shown = capsys.readouterr().out
    assert code == 2 and "the folder holds the file papers/x\\u{1b}[2J.docx" in shown and "\x1b" not in shown


def test_what_is_another_outcome_is_told_with_its_cause(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    """Instead of thirty file names: which fact, whose outcome, by which provision."""
    case = tmp_path / "case.lp"
    facts = (folder / "facts.lp").read_text("utf-8")
    case.write_text(facts.replace('seat("J03",elsewhere)', 'seat("J03",jiyuan)'), "utf-8")

    code = run(["replay", str(folder / "record.json"), str(case), "--json"])

    found = json.loads(capsys.readouterr().out)
    (turned,) = found["diff"]["outcomes"]
    assert (code, turned["id"], turned["because"]) == (2, "J03", ['seat("J03",jiyuan)'])
    assert turned["provisions"] == ["art(2,0,0)", "art(8,0,1)"]


ODD: list[str | Callable[[dict[str, Any]], object]] = [
    "", "{}", '{"record": 2}', "[1]", "null", "NaN", '"x"', "[" * 100_000, "9" * 5_000, "\ud800", '{"record": 1e999}',
    lambda row: edited(row, "outputs", []),
    lambda row: edited(row, "outputs", {"../../etc/passwd": "0" * 64}),
    lambda row: edited(row, "outputs", {"/etc/passwd": "0" * 64}),
    lambda row: edited(row, "outputs", {"decision.json": 1}),
    lambda row: edited(row, "rules", [1]),
    lambda row: edited(row, "statutes", None),
    lambda row: edited(row, "engine", "1"),
    lambda row: edited(row, "clingo", {}),
    lambda row: edited(row["asked"], "lang", "xx"),
    lambda row: edited(row["asked"], "as_of", 99999999),
    lambda row: edited(row["asked"], "as_of", "soon"),
    lambda row: edited(row["asked"], "readings", {"lookback": "never"}),
    lambda row: edited(row["asked"], "readings", []),
    lambda row: edited(row["asked"], "chosen", 10**400),
    lambda row: edited(row["asked"], "drawn", None),
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_what_is_no_record_is_bad_usage(
    odd: str | Callable[[dict[str, Any]], object], folder: Path, tmp_path: Path, capsys: Capture
) -> None:
    """A file that `round` did not write, or that somebody made of one: a sentence, never a traceback."""
    copy = tmp_path / "out"
    shutil.copytree(folder, copy)
    file = copy / "record.json"
    if isinstance(odd, str):
        file.write_bytes(odd.encode("utf-8", "surrogatepass"))
    else:
        record = json.loads(file.read_text("utf-8"))
        odd(record)
        file.write_text(json.dumps(record), "utf-8")

    assert run(["replay", str(file)]) == 2
    assert capsys.readouterr().err


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

    assert Folder(case, asked).files() == Folder(case, asked).files()
