"""The same on PostgreSQL: ledger, versions and a round's acts on a cluster of its own, gone afterwards."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import CHROMIUM
from tests.web.flows import whole_round
from tests.web.houses import served

HERE = Path(__file__).parent
ALIKE = ("a_workbook_comes_back", "leave_a_choice", "round_begins")
"""Tests of a round that stand for the others: each kind of act once."""


def test_the_desk_on_postgresql(cluster: str) -> None:
    """The ledger's tests and one of each act, unchanged, on the other database."""
    files = [str(HERE / "test_desk_ledger.py"), str(HERE / "test_desk_rounds.py")]
    chosen = "test_desk_ledger or " + " or ".join(ALIKE)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", *files, "-k", chosen],
        env={**os.environ, "PINGJIANG_TEST_DATABASE": cluster}, capture_output=True, text=True, cwd=HERE.parents[1],
    )  # fmt: skip

    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="chromium is absent: nothing was tried in a browser")
def test_a_round_by_clicking_on_postgresql(on_postgresql: tuple[Path, str], chromium: Any, tmp_path: Path) -> None:
    """The whole flow in a browser, from a faulty workbook to a letter that was sent, on the other database."""
    with served(*on_postgresql) as desk:
        whole_round(chromium, desk, tmp_path)
