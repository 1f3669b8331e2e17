"""Places: what cannot be read or written gets a sentence and exit code 2; what exists is never lost."""

from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from desk.shell import saved
from desk.shell.cli import run
from engine.errors import UsageError

HOUSE = Path(__file__).resolve().parents[1]
START = "from desk.shell.cli import main; main()"
CASE = 'round(jiyuan,6,20250930).\napplicant("J01",organization). seat("J01",elsewhere).\n'

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def case(tmp_path: Path) -> str:
    path = tmp_path / "case.lp"
    path.write_text(CASE, "utf-8")
    return str(path)


def sh(script: str, **names: str) -> subprocess.CompletedProcess[str]:
    """A line of a real shell; `pj` starts the program."""
    program = f'pj() {{ "{sys.executable}" -c "{START}" "$@"; }}\n{script}'
    environment = {**os.environ, "PINGJIANG_LANG": "en", **names}
    return subprocess.run(
        ["bash", "-c", program], cwd=HOUSE, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


# Standard output


@pytest.mark.parametrize("command", ["decide $CASE", "decide $CASE --json", "cities", "--help", "schema", "articles"])
def test_a_full_standard_output(command: str, case: str) -> None:
    done = sh(f"pj {command} > /dev/full", CASE=case)

    assert (done.returncode, done.stderr) == (
        2, "standard output cannot be written (No space left on device)\n"
    )  # fmt: skip


@pytest.mark.parametrize("command", ["decide $CASE", "decide $CASE --json", "cities"])
def test_a_closed_standard_output(command: str, case: str) -> None:
    done = sh(f"pj {command} >&-", CASE=case)

    assert (done.returncode, done.stderr) == (2, "standard output cannot be written (Bad file descriptor)\n")


def test_all_streams_closed(case: str, tmp_path: Path) -> None:
    """No file that is written gets the number of a stream."""
    target = tmp_path / "out.json"
    done = sh("pj facts convert $CASE -o $OUT <&- >&- 2>&-", CASE=case, OUT=str(target))

    assert (done.returncode, target.read_text("utf-8").startswith("{")) == (0, True)


def test_a_closed_standard_error_changes_no_exit_code(case: str) -> None:
    assert sh("pj decide no-such-file.lp 2>&-").returncode == 2
    assert sh("pj decide $CASE 2>/dev/full", CASE=case).returncode == 0


# What cannot be read


@pytest.mark.parametrize(
    "command", ["decide WORD", "check WORD", "facts convert WORD -o out.json", "replay WORD", "why WORD J01"]
)
def test_a_name_that_no_file_can_have(command: str, capsys: Capture) -> None:
    code = run(command.replace("WORD", "x" * 300 + ".lp").split())

    assert code == 2 and capsys.readouterr().err.count("\n") == 1


def test_a_folder_that_cannot_be_read(case: str, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    """Root reads everything, so the system's answer is given here."""

    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert run(["decide", str(Path(case).parent), "--lang", "en"]) == 2
    assert capsys.readouterr().err == f"{Path(case).parent}: the system refuses (Permission denied)\n"


@pytest.mark.parametrize("suffix", [".lp", ".json", ".xlsx"])
def test_a_fifo_is_no_case_file(suffix: str, tmp_path: Path, capsys: Capture) -> None:
    """Nobody writes to it: reading it would wait for ever."""
    fifo = tmp_path / f"pipe{suffix}"
    os.mkfifo(fifo)

    assert run(["decide", str(fifo)]) == 2 and capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("suffix", [".lp", ".json", ".xlsx"])
def test_a_device_is_no_case_file(suffix: str, tmp_path: Path, capsys: Capture) -> None:
    device = tmp_path / f"zero{suffix}"
    device.symlink_to("/dev/zero")

    assert run(["decide", str(device)]) == 2 and capsys.readouterr().err.count("\n") == 1


# What cannot be written

WRITERS = {
    "facts convert": "facts convert CASE -o OUT.json",
    "why": "why CASE J01 -o OUT.json",
    "watch": "watch CASE --ics OUT.ics",
    "template": "template jiyuan -o OUT.xlsx",
}
LETTER = {"letter": "letter CASE J01 -o OUT"}
"""Slower, and of two files in a folder."""


@pytest.mark.parametrize("line", WRITERS.values(), ids=WRITERS)
def test_a_place_that_cannot_be_written(line: str, case: str, capsys: Capture) -> None:
    words = line.replace("CASE", case).replace("OUT", "/proc/no/such/place/x")

    assert run(words.split()) == 2 and capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("line", WRITERS.values(), ids=WRITERS)
def test_a_name_too_long_to_write(line: str, case: str, tmp_path: Path, capsys: Capture) -> None:
    words = line.replace("CASE", case).replace("OUT", str(tmp_path / ("x" * 300)))

    assert run(words.split()) == 2 and capsys.readouterr().err.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["case.lp"]


def test_a_file_that_may_grow_no_further(tmp_path: Path) -> None:
    """A limit of one block stands for a full disk: no half file stays, neither the old one harmed."""
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"before")
    done = sh("trap '' XFSZ; ulimit -f 1; pj template jiyuan -o $OUT --force", OUT=str(target))

    assert done.returncode == 2 and "File too large" in done.stderr
    assert target.read_bytes() == b"before" and sorted(p.name for p in tmp_path.iterdir()) == ["out.xlsx"]


# What is no file is written to


def test_a_device_stays_a_device(case: str, tmp_path: Path) -> None:
    """Run by root, replacing it would replace the machine's."""
    link = tmp_path / "null.json"
    link.symlink_to("/dev/null")

    assert run(["facts", "convert", case, "-o", str(link)]) == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode) and link.is_symlink()


def test_a_full_device(case: str, tmp_path: Path, capsys: Capture) -> None:
    link = tmp_path / "full.json"
    link.symlink_to("/dev/full")

    assert run(["facts", "convert", case, "-o", str(link), "--lang", "en"]) == 2
    assert capsys.readouterr().err == f"{link}: cannot be written (No space left on device)\n"


def test_a_fifo_is_written_to(case: str, tmp_path: Path) -> None:
    fifo = tmp_path / "pipe.json"
    os.mkfifo(fifo)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(fifo.read_bytes()))
    reader.start()

    assert run(["facts", "convert", case, "-o", str(fifo)]) == 0
    reader.join(timeout=10)
    assert read[0].startswith(b"{") and stat.S_ISFIFO(fifo.stat().st_mode)


def test_a_socket_is_written_to(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("line.json")
        server.listen()
        read: list[bytes] = []
        reader = threading.Thread(target=lambda: read.append(server.accept()[0].makefile("rb").read()))
        reader.start()

        assert run(["facts", "convert", case, "-o", "line.json"]) == 0
        reader.join(timeout=10)

    assert read[0].startswith(b"{") and stat.S_ISSOCK(Path("line.json").stat().st_mode)


def test_standard_output_by_its_name(case: str, tmp_path: Path) -> None:
    """Also where a file stands behind it: it is written to, not replaced under the shell's hands."""
    done = sh("ln -s /dev/stdout $OUT.json; (echo before; pj facts convert $CASE -o $OUT.json) > $OUT",
              CASE=case, OUT=str(tmp_path / "out"))  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out").read_text("utf-8").startswith("before\n{")


def test_a_link_is_followed(case: str, tmp_path: Path) -> None:
    real, link = tmp_path / "real.json", tmp_path / "link.json"
    link.symlink_to(real)

    assert run(["facts", "convert", case, "-o", str(link)]) == 0
    assert link.is_symlink() and real.read_text("utf-8").startswith("{")


# What exists


@pytest.mark.parametrize("line", WRITERS.values(), ids=WRITERS)
def test_nothing_that_exists_is_overwritten_unasked(line: str, case: str, tmp_path: Path, capsys: Capture) -> None:
    words = line.replace("CASE", case).replace("OUT", str(tmp_path / "out")).split()
    assert run(words) == 0
    before = contents(tmp_path)
    capsys.readouterr()

    assert run([*words, "--json", "--lang", "en"] if "template" not in words else words) == 2
    assert "--force" in capsys.readouterr().err and contents(tmp_path) == before


@pytest.mark.parametrize("line", (WRITERS | LETTER).values(), ids=WRITERS | LETTER)
def test_what_is_replaced_is_kept_as_a_dated_copy(line: str, case: str, tmp_path: Path) -> None:
    words = line.replace("CASE", case).replace("OUT", str(tmp_path / "out")).split()
    assert run(words) == 0
    files = {name for name in contents(tmp_path) if name != "case.lp"}
    for name in files:
        (tmp_path / name).write_bytes(b"days of work")

    assert run([*words, "--force"]) == 0
    after = contents(tmp_path)
    kept = after.keys() - files - {"case.lp"}
    assert len(kept) == len(files) and {after[name] for name in kept} == {b"days of work"}
    assert all(after[name] != b"days of work" for name in files)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_folder_that_is_replaced_is_kept(case: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "mine.txt").write_text("days of work", "utf-8")

    assert run(["letters", case, "-o", str(folder)]) == 2
    saved.whole(folder, {"index.html": b"<p>"}, force=True)
    (kept,) = (path for path in tmp_path.iterdir() if path.is_dir() and path != folder)
    assert [path.name for path in kept.iterdir()] == ["mine.txt"] and (folder / "index.html").exists()


def test_several_files_of_one_result_are_written_together(tmp_path: Path) -> None:
    """Where one cannot be, none is."""
    good, bad = tmp_path / "a.txt", tmp_path / "no" / "b.txt"
    with pytest.raises(UsageError):
        saved.together({good: "a", bad: "b"})

    assert list(tmp_path.iterdir()) == []


def test_files_have_the_mode_that_the_umask_leaves(tmp_path: Path) -> None:
    """It is neither read nor changed for a moment: another thread would make files open to all in it."""
    masks: list[int] = []
    original = os.umask
    before = original(0o027)
    os.umask = lambda mask: masks.append(mask) or original(mask)  # type: ignore[assignment]
    try:
        saved.save(tmp_path / "file", b"x")
        saved.whole(tmp_path / "folder", {"in/file": b"x"})
    finally:
        os.umask = original
        original(before)

    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("file", "folder", "folder/in/file")]
    assert (modes, masks) == ([0o640, 0o750, 0o640], [])


def test_what_a_dead_process_left_is_swept(tmp_path: Path) -> None:
    """What a living one is writing, and what another machine may be, stays."""
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    names = {
        f".pingjiang-{saved._host()}-{int(gone.stdout)}-0a": False,
        f".pingjiang-{saved._host()}-{os.getppid()}-0b": True,
        ".pingjiang-0badcafe-1-0c": True,
        ".pingjiang-old": False,
    }
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_text("half", "utf-8")
    os.utime(tmp_path / ".pingjiang-old", (0, 0))
    saved.save(tmp_path / "file", b"x")

    assert {name for name, stays in names.items() if stays} | {"file"} == {p.name for p in tmp_path.iterdir()}


def test_the_licence_of_every_dependency_is_told() -> None:
    """docs/security.md names each package that is installed with the program."""
    import re
    import tomllib

    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *project["optional-dependencies"]["desk"],
        *project["optional-dependencies"]["pdf"],
        *project["optional-dependencies"]["screen"],
    ]
    named = {re.split(r"[\[<>=!~ ]", line)[0] for line in lines}
    told = set(re.findall(r"[a-z][a-z0-9-]+", (HOUSE / "docs" / "security.md").read_text("utf-8")))

    assert named - told == set()


def test_what_is_known_to_read_a_workbook_is_what_its_entry_point_says() -> None:
    import tomllib
    from importlib import import_module

    from desk.arguments import given

    readers = import_module("engine.case.readers")
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]

    assert (*readers.READERS, *readers._told) == given.FORMATS
    assert readers._told.items() <= project["entry-points"]["pingjiang.readers"].items()


def test_what_a_folder_holds_and_is_not_read_is_told(tmp_path: Path, capsys: Capture) -> None:
    """A table in an old format is not forgotten in silence, and a replaced draft does not come back."""
    (tmp_path / "case.lp").write_text('round(jiyuan,6,20250930).\napplicant("J01",organization).\n', "utf-8")
    (tmp_path / "case.2026-11-22T101500.lp").write_text("not a fact", "utf-8")
    (tmp_path / "other.2026-11-22T101500.lp").write_text('applicant("J02",organization).\n', "utf-8")
    (tmp_path / "不良记录.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "~$case.xlsx").write_bytes(b"")

    assert run(["decide", str(tmp_path), "--json", "--lang", "zh"]) == 0
    shown = capsys.readouterr()
    assert [row["id"] for row in json.loads(shown.out)["applicants"]] == ["J01", "J02"]
    assert shown.err.splitlines() == [
        "没有读取：文件夹里的 不良记录.xls，不是 .xlsx、.json 或 .lp；要读的请另存为 .xlsx",
        "没有读取：文件夹里的 case.2026-11-22T101500.lp，是被替换的旧稿",
    ]
