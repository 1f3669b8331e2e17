"""Moments: Ctrl-C, SIGTERM and the time limit, at any time, with nothing left behind."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from desk.shell.cli import run
from desk.shell.command import House

HOUSE = Path(__file__).resolve().parents[1]
START = "from desk.shell.cli import main; main()"
DEAF = """
import sys
import desk.shell.cli as cli
def grounding(_):
    from desk.shell.shell import Shell
    from desk.shell.guard import guard
    guard.watch({key: Shell("en").text(key) for key in ("problem.interrupted", "problem.stopped.time_limit")})
    LIMIT
    import clingo
    from desk.shell import saved
    from pathlib import Path
    half = saved._beside(Path(sys.argv[1]) / "x")
    saved._unfinished.add(half)
    half.write_text("half")
    program = clingo.Control()
    program.add("base", [], "p(1..100000). q(X,Y) :- p(X), p(Y).")
    print("grounding", flush=True)
    program.ground([("base", [])])
    return 0
cli.run = grounding
cli.main()
"""
"""A main thread that listens to nobody: the grounder of clingo looks at no signal and no clock."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A round that takes some seconds, in several processes."""
    path = tmp_path_factory.mktemp("large") / "case.lp"
    rows = "".join(f'applicant("A{n}",organization). name("A{n}","虚构第{n}公司").\n' for n in range(30_000))
    path.write_text("round(jiyuan,6,20250930).\n" + rows, "utf-8")
    return str(path)


def started(program: str, *arguments: str, folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        env={**os.environ, "TMPDIR": str(folder), "PINGJIANG_LANG": "en"},
    )  # fmt: skip


def ended(process: subprocess.Popen[bytes], number: int) -> tuple[int, float, str]:
    """The process after a signal: its exit code, how long it took, what it told; nobody of its group is left."""
    before = time.monotonic()
    os.killpg(process.pid, number) if number == signal.SIGINT else os.kill(process.pid, number)
    try:
        _, told = process.communicate(timeout=30)
    finally:
        left = alive(process.pid)
        for one in left:
            os.kill(one, signal.SIGKILL)
    assert left == []
    return process.returncode, time.monotonic() - before, told.decode()


def alive(group: int) -> list[int]:
    """Processes of a group that are not gone within two seconds: a worker that is just starting ends once it has."""
    end = time.monotonic() + 2
    while (found := _alive(group)) and time.monotonic() < end:
        time.sleep(0.1)
    return found


def _alive(group: int) -> list[int]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, own = entry.read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(own) == group and state != "Z":
            found.append(int(entry.parent.name))
    return found


LINES: list[Sequence[str]] = [
    ["decide", "CASE", "--json"],
    ["letters", "CASE", "-o", "OUT"],
    ["facts", "convert", "CASE", "-o", "OUT/x.xlsx"],
    ["round", "CASE", "-o", "OUT/y"],
]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_stopped_at_a_random_moment(line: Sequence[str], number: int, large: str, tmp_path: Path) -> None:
    """Reading, grounding, waiting for workers, writing: exit code 3, one sentence, nothing left."""
    out, temporary = tmp_path / "out", tmp_path / "tmp"
    for folder in (out, temporary):
        folder.mkdir()
    words = [word.replace("CASE", large).replace("OUT", str(out)) for word in line]
    process = started(START, *words, folder=temporary)
    time.sleep(random.uniform(0.6, 4.0))

    code, _, told = ended(process, number)

    *steps, last = told.splitlines()  # a round says what it is at before it is stopped
    assert (code, last) == (3, "interrupted: nothing was decided")
    assert [step for step in steps if step != "deciding the applicants"] == []
    assert [*out.iterdir(), *temporary.iterdir()] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_grounding_is_no_excuse(number: int, tmp_path: Path) -> None:
    """What listens to nobody is ended all the same, within two seconds, and what it had half written is gone."""
    process = started(DEAF.replace("LIMIT", ""), str(tmp_path), folder=tmp_path)
    assert process.stdout is not None and process.stdout.readline() == b"grounding\n"

    code, seconds, told = ended(process, number)

    assert (code, told, list(tmp_path.iterdir())) == (3, "interrupted: nothing was decided\n", [])
    assert seconds < 2.5  # two, and what looking for leftovers takes


def test_the_time_limit_reaches_the_grounder(tmp_path: Path) -> None:
    process = started(DEAF.replace("LIMIT", "guard.limit(1.5)"), str(tmp_path), folder=tmp_path)
    _, told = process.communicate(timeout=30)

    assert process.returncode == 3 and b"time limit" in told
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_modules_are_imported(tmp_path: Path) -> None:
    """The first moments belong to imports; an import that is cut short may raise anything."""
    slow = "import sys\nfrom desk.shell import guard\nimport desk.shell.cli as cli\n"
    slow += "def run(_):\n print('on', flush=True)\n try:\n  while True: import clingo, networkx, ortools\n"
    slow += " except BaseException: raise ImportError('cut short')\n"
    process = started(slow + "cli.run = run\ncli.main()", folder=tmp_path)
    assert process.stdout is not None and process.stdout.readline() == b"on\n"

    code, _, told = ended(process, signal.SIGINT)

    assert (code, told) == (3, "interrupted: nothing was decided\n")


def test_workers_end_with_their_parent(large: str, tmp_path: Path) -> None:
    """Also where it was killed and could tell nobody."""
    process = started(START, "decide", large, "--json", folder=tmp_path)
    while len(alive(process.pid)) < 2 and process.poll() is None:
        pass
    process.kill()
    process.communicate()
    time.sleep(1)

    assert alive(process.pid) == []


SOLVING = [
    *(line for line in (
        "check", "decide", "award", "review", "procedure", "conflicts", "watch", "sensitivity", "freeze", "panels",
        "why CASE J01", "why-not CASE J01", "what-if CASE J01", "earliest CASE J01", "letter CASE J01 -o OUT",
        "draw --demo-seed", "letters -o OUT", "papers -o OUT", "round -o OUT", "facts convert -o OUT.json",
    )),
]  # fmt: skip


@pytest.mark.parametrize("line", SOLVING)
def test_every_command_that_solves_keeps_the_time(
    line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case.lp"
    case.write_text('round(jiyuan,6,20250930). applicant("J01",organization).\n', "utf-8")
    words = line if "CASE" in line else line + " CASE"
    words = words.replace("CASE", str(case)).replace("OUT", str(tmp_path / "out"))

    assert run([*words.split(), "--time-limit", "1e-9", "--lang", "en"]) == 3
    assert "time limit" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case.lp"]


def test_every_command_with_a_case_has_a_time_limit() -> None:
    """A new command gets one too."""
    house = House("pingjiang")
    lacking = [
        name
        for name in house.list_commands(None)  # type: ignore[arg-type]
        for command in [house.get_command(None, name)]  # type: ignore[arg-type]
        if command is not None
        and {"case", "recorded"} & {param.name for param in command.params}
        and "time_limit" not in {param.name for param in command.params}
    ]

    assert lacking == []
