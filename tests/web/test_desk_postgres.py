"""The same on PostgreSQL: ledger, versions and a round's acts on a cluster of its own, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PORT = "54329"
ALIKE = ("a_workbook_comes_back", "leave_a_choice", "round_begins")
"""Tests of a round that stand for the others: each kind of act once."""


def program(name: str) -> str | None:
    """A program of PostgreSQL, wherever Debian keeps it."""
    found = shutil.which(name)
    return found or next((str(one) for one in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of an empty database on a socket of its own."""
    initdb, control = program("initdb"), program("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL is absent: nothing was tried on it")
    root = os.geteuid() == 0
    runuser = shutil.which("runuser") or shutil.which("runuser", path="/usr/sbin:/sbin")
    before = [str(runuser), "-u", "postgres", "--"] if root else []
    folder = Path(tempfile.mkdtemp(prefix="pingjiang-pg-"))
    if root:
        os.chown(folder, pwd.getpwnam("postgres").pw_uid, -1)
    data = folder / "data"

    def run(*command: str) -> None:
        subprocess.run([*before, *command], check=True, capture_output=True, cwd=folder)

    try:
        run(initdb, "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-p {PORT} -k {folder} -c listen_addresses= -c fsync=off"
        run(control, "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}&port={PORT}"
        finally:
            run(control, "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_the_desk_on_postgresql(cluster: str) -> None:
    """The ledger's tests and one of each act, unchanged, on the other database."""
    files = [str(HERE / "test_desk_ledger.py"), str(HERE / "test_desk_rounds.py")]
    chosen = "test_desk_ledger or " + " or ".join(ALIKE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *files, "-k", chosen],
        env={**os.environ, "PINGJIANG_TEST_DATABASE": cluster}, capture_output=True, text=True, cwd=HERE.parents[1],
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
