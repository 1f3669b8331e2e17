"""The wheel holds all that the program needs: installed elsewhere, it decides, writes papers and shows its evidence."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[1]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of the program, unpacked far from the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, HOUSE],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    [wheel] = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def installed(site: Path) -> Run:
    """The program run from its wheel."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        program = "import sys; from desk.shell.cli import main; main()"
        return subprocess.run(
            [sys.executable, "-c", program, *words],
            capture_output=True,
            text=True,
            cwd=site.parent,
            env=os.environ | {"PYTHONPATH": str(site)},
        )

    return run


def test_evidence_and_types_travel(site: Path) -> None:
    """The case tables, the signatures and `py.typed` are in the wheel; the tests are not."""
    tables = {path.name for path in (HOUSE / "rules" / "cases").glob("*.toml")}

    assert {path.name for path in (site / "rules" / "cases").glob("*.toml")} == tables
    assert sorted(path.parent.name for path in site.rglob("py.typed")) == ["audit", "desk", "engine", "explain", "web"]
    assert not (site / "tests").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("decide", "SAMPLE", "--only", "J10"), "第二十二条"),
        (("audit", "coverage", "jiyuan"), "第九条第（五）项"),
        (("template", "jiyuan", "-o", "empty.xlsx"), "empty.xlsx"),
        (("letter", "SAMPLE", "J08", "-o", "letters"), "letters"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_commands_work_installed(installed: Run, words: tuple[str, ...], says: str) -> None:
    sample = str(HOUSE / "facts" / "jiyuan-6.xlsx")

    done = installed("--lang", "en", *(sample if word == "SAMPLE" else word for word in words))

    assert done.returncode == 0
    assert done.stderr.startswith("read jiyuan-6.xlsx: ") if "SAMPLE" in words else done.stderr == ""
    assert says in done.stdout


def test_nothing_is_signed_into_the_installed_program(installed: Run) -> None:
    """Signing without a place of one's own is refused, and it says where to sign."""
    done = installed(
        *("--lang", "en", "audit", "cases", "jiyuan", "--accept", "x", "--by", "Wang", "--on", "2026-11-27"),
    )

    assert done.returncode == 2
    assert "copy the folder rules" in done.stderr
