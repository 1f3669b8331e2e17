"""A house saved into one file while it is open, and made again of it: the same ledger, the same documents."""

import json
import os
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from engine.errors import UsageError


@pytest.fixture
def saved(house: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A backup of the tests' house with a document in it; the house is the tests' own again afterwards."""
    if os.environ.get("PINGJIANG_TEST_DATABASE"):
        pytest.skip("PostgreSQL's own tools save a PostgreSQL database")
    from web.backup import backup
    from web.rounds import store
    from web.start import House

    digest = store(b"%PDF-1.7 a document")
    backup(House(house), tmp_path / "desk.zip")
    yield tmp_path / "desk.zip", digest
    (house / "attachments" / digest[:2] / digest).unlink()
    House(house).prepare()


def acts(data: Path) -> list[tuple[int, str, str]]:
    """Number, kind and hash of every act in a folder's database."""
    with sqlite3.connect(data / "desk.sqlite3") as database:
        return database.execute("SELECT number, kind, hash FROM ledger_act ORDER BY number").fetchall()


def test_a_backup_holds_all_and_nobody_else_reads_it(saved: tuple[Path, str], house: Path) -> None:
    """Database, key, documents by hash; the act that tells of it is in it; the file is its owner's alone."""
    file, digest = saved
    packed = ZipFile(file)
    about = json.loads(packed.read("backup.json"))

    assert file.stat().st_mode & 0o777 == 0o600
    assert packed.read(f"attachments/{digest[:2]}/{digest}") == b"%PDF-1.7 a document"
    assert packed.read("key") == (house / "key").read_bytes()
    assert sha256(packed.read("desk.sqlite3")).hexdigest() == about["sha256"]
    assert acts(house)[about["act"] - 1] == (about["act"], "house_saved", about["hash"])
    assert not list(file.parent.glob(".*")) and not list(house.glob("tmp*"))


def test_a_house_is_made_of_it_in_another_process(saved: tuple[Path, str], house: Path, tmp_path: Path) -> None:
    """The ledger goes on behind the act that was saved, with the act of restoring; the chain is whole."""
    import subprocess
    import sys

    file, digest = saved
    data = tmp_path / "new"
    start = "from desk.shell.cli import main; main()"
    command = [sys.executable, "-c", start, "--lang", "zh", "serve", "--data", str(data)]
    done = subprocess.run(
        [*command, "--restore", str(file)], capture_output=True, text=True,
        env={name: value for name, value in os.environ.items() if not name.startswith(("PINGJIANG", "DJANGO"))},
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    before, after = acts(house), acts(data)
    assert after[: len(before)] == before and [kind for _, kind, _ in after[len(before) :]] == ["house_restored"]
    assert (data / "attachments" / digest[:2] / digest).read_bytes() == b"%PDF-1.7 a document"
    assert (data / "key").stat().st_mode & 0o777 == 0o600


def test_what_is_not_whole_makes_nothing(saved: tuple[Path, str], tmp_path: Path) -> None:
    """An altered document, a part that is missing, a name that leads elsewhere, no zip at all: nothing is made."""
    from web.backup import restore
    from web.start import House

    file, digest = saved
    own = f"attachments/{digest[:2]}/{digest}"
    packed = ZipFile(file)
    parts = {name: packed.read(name) for name in packed.namelist()}
    wrong = {
        "altered": {**parts, own: b"other"},
        "missing": {name: data for name, data in parts.items() if name != own},
        "outside": {**parts, "../key": b"x"},
        "database": {**parts, "desk.sqlite3": b"x"},
        "none": {},
    }
    for name, files in wrong.items():
        with ZipFile(tmp_path / f"{name}.zip", "w") as bad:
            for part, data in files.items():
                bad.writestr(part, data)
    (tmp_path / "text.zip").write_text("no zip")

    for name in (*wrong, "text", "gone"):
        with pytest.raises(UsageError) as refused:
            restore(House(tmp_path / "data"), tmp_path / f"{name}.zip")
        assert refused.value.problems[0].code == "not_a_backup", name
        assert not (tmp_path / "data").exists() and not list(tmp_path.glob("tmp*")), name


def test_nothing_is_overwritten(saved: tuple[Path, str], house: Path, tmp_path: Path) -> None:
    """Neither a file by a backup nor a house by a restore; where no house is nothing is saved."""
    from web.backup import backup, restore
    from web.start import House

    file, _ = saved
    for call, code in (
        (lambda: backup(House(house), file), "backup_there"),
        (lambda: restore(House(house), file), "restore_there"),
        (lambda: backup(House(tmp_path / "none"), tmp_path / "x.zip"), "no_house"),
    ):
        with pytest.raises(UsageError) as refused:
            call()
        assert refused.value.problems[0].code == code
