"""Houses of their own, for what has to be kept: a copy of a prepared one, and a page put on its board."""

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PUT_UP = """
import sys
from pathlib import Path
from web.start import House
House(Path(sys.argv[1]), "").prepare()
from web.board.posting import put_up
from web.ledger import HOUSE
put_up(HOUSE, sys.argv[2], "第六届", "other", {"title": sys.argv[3], "blocks": []}, 20250101)
"""


def copied(house: Path, data: Path) -> Path:
    """A copy of a prepared house, for what has to be kept in a database of its own."""
    data.mkdir()
    shutil.copy(house / "key", data / "key")
    with sqlite3.connect(house / "desk.sqlite3") as source, sqlite3.connect(data / "desk.sqlite3") as target:
        source.backup(target)
    return data


def posted_in(data: Path, round_ref: str, title: str) -> None:
    """Put a page on the board of a house, by another process."""
    subprocess.run([sys.executable, "-c", PUT_UP, str(data), round_ref, title], check=True)


def program(name: str) -> str | None:
    """A program of PostgreSQL, wherever Debian keeps it."""
    found = shutil.which(name)
    return found or next((str(one) for one in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)


@contextmanager
def served(data: Path, database: str = "") -> Iterator[str]:
    """The address of a desk that runs on a house for as long as this lasts."""
    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", "--lang", "en", "serve", "--samples"]
    place = ["--database", database] if database else []
    server = subprocess.Popen(
        [*command, "--data", str(data), *place, "--port", "0", "--workers", "1"], stdout=subprocess.PIPE, text=True
    )
    try:
        assert server.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", server.stdout.readline())
        assert found is not None
        yield found[0]
    finally:
        server.terminate()
        server.wait(20)
