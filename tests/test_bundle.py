"""The bundle for an office PC: installed from its own wheels alone, it decides and opens the desk."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The bundle for Linux, installed by its own script where no index can be asked."""
    into = tmp_path_factory.mktemp("bundle")
    made = subprocess.run(
        [sys.executable, HOUSE / ".ci" / "bundle.py", "--only", "linux", "--into", into], capture_output=True, text=True
    )
    if made.returncode:
        pytest.fail(f"the wheels cannot be gathered: {made.stderr[-500:]}")
    [folder] = (one for one in into.iterdir() if one.is_dir())
    closed = {**os.environ, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PYTHON": sys.executable}
    for name in ("PYTHONPATH", "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL"):
        closed.pop(name, None)
    subprocess.run([folder / "install.sh"], check=True, env=closed, capture_output=True)
    yield folder


@pytest.mark.slow
def test_the_linux_bundle_installs_without_an_index_and_works(unpacked: Path) -> None:
    """The version, a sample decided, the desk open: from the wheels in the bundle and nothing else."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    program = unpacked / "venv" / "bin" / "pingjiang"

    def told(*words: str) -> str:
        done = subprocess.run([program, *words], capture_output=True, text=True, env=environment, cwd=unpacked)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert told("--version").startswith("pingjiang ")
    assert "J08" in told("decide", str(HOUSE / "facts" / "jiyuan-6"), "--lang", "zh")
    desk = subprocess.Popen(
        [unpacked / "start.sh", "--port", "0"], stdout=subprocess.PIPE, text=True, env=environment, cwd=unpacked
    )
    try:
        assert desk.stdout is not None
        lines = [desk.stdout.readline() for _ in range(2)]
        assert any("http://127.0.0.1:" in line for line in lines), lines
    finally:
        desk.terminate()
        desk.wait(30)


def test_the_windows_bundle_says_that_it_was_not_tried() -> None:
    """What nobody has run is said where whoever runs it first reads it."""
    words = (HOUSE / ".ci" / "bundle.py").read_text("utf-8")
    assert "没有在 Windows 上装过" in words and "tzdata" in words
