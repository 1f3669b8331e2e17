"""docs/draws.md: the check by hand, run line by line with sha256sum and sort."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from desk.shell.cli import run

HOUSE = Path(__file__).resolve().parents[1]
PAGE = (HOUSE / "docs" / "draws.md").read_text("utf-8")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture
def shown(tmp_path: Path) -> list[str]:
    """What the page's own lines print, in a folder beside the sample and the rules."""
    for name in ("facts", "rules"):
        (tmp_path / name).symlink_to(HOUSE / name)
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "pingjiang").write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "from desk.shell.cli import main; main()" "$@"\n', "utf-8"
    )
    (tools / "python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', "utf-8")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(HOUSE)}
    done = subprocess.run(
        ["bash", "-e", "-c", "\n".join(BLOCKS)],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == "" and done.returncode == 0
    return done.stdout.splitlines()


def test_the_shell_finds_the_same_orders_and_reasons(
    shown: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    numbers = next(re.findall(r"'(.*)'", line) for line in PAGE.splitlines() if line.startswith("SEED="))[0]
    assert run(["draw", str(tmp_path / "frozen.json"), "--seed", numbers, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    commitment, groups, members, reasons = shown[0], shown[1:5], shown[5:21], shown[21:]

    assert (commitment, numbers) == (found["record"]["commitment"], found["record"]["seed"])
    assert [line.split() for line in groups] == [[one["ticket"], one["group"]] for one in found["record"]["order"]]
    assert [line.split()[1] for line in members] == [row["reviewer"] for row in found["walk"] if row["group"] == "G1"]
    assert set(reasons) == {
        f'excluded("R08","{row["group"]}",{reason["reason"]})'
        for row in found["walk"]
        if row["reviewer"] == "R08"
        for reason in row["reasons"]
    }
