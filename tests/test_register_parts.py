"""A register in parts: any size, order, number of workers or slices gives the same bytes; what is there stays."""

import csv
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest

from desk.register import parts as screening_parts
from desk.register import snapshot as snapshots
from desk.register.mapping import mapping_of
from desk.register.snapshot import taken
from desk.register.tally import Tally
from desk.shell.cli import run
from engine.errors import CaseError, Stopped
from engine.solve import cohort, sharing
from engine.solve.sharing import Crew, crew
from engine.solve.solver import Clock

MAP = """
[round]
city = "jiyuan"
number = 6
deadline = "2025-09-30"

[[fact]]
kind = "applicant"
from = "base.csv"
columns = { applicant = "id" }
always = { kind = "organization" }

[[fact]]
kind = "seat"
from = "base.csv"
columns = { applicant = "id", place = "seat" }
values = { place = { "in" = "jiyuan", "out" = "elsewhere" } }

[[fact]]
kind = "operating_since"
from = "base.csv"
columns = { applicant = "id", day = "since" }

[[fact]]
kind = "offence"
from = "offences.csv"
columns = { applicant = "id", day = "day" }
always = { kind = "law", gravity = "serious" }
"""
OUT = ("screening.csv", "steps.csv", "report.html", "report.xlsx")


def written(folder: Path, told: str = MAP) -> Path:
    """A register of 40 whose identifiers are numbers, as those inside the rules are; an offence of a stranger too."""
    base = [f"{n},{'in' if n % 3 else 'out'},20{10 + n % 15}-03-01" for n in range(40)]
    (folder / "base.csv").write_text("id,seat,since\n" + "\n".join(base), "utf-8")
    (folder / "offences.csv").write_text("id,day\n7,2024-01-02\n9,2023-05-05\n4711,2024-01-02\n", "utf-8")
    (folder / "register.toml").write_text(told, "utf-8")
    return folder / "register.toml"


def screened(source: Path, out: Path, *more: str) -> dict[str, bytes]:
    """What a screening writes."""
    assert run(["screen", str(source), "-o", str(out), "--rounds", "2", "--lang", "zh", *more]) == 0
    return {name: (out / name).read_bytes() for name in OUT if (out / name).exists()}


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of seven."""
    for module in (cohort, snapshots):
        monkeypatch.setattr(module, "SIZE", 7)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The same register screened in one part."""
    folder = tmp_path_factory.mktemp("whole")
    return screened(written(folder), folder / "out", "--workers", "1")


@pytest.mark.usefixtures("small")
def test_parts_of_seven_are_the_whole(
    tmp_path: Path, whole: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """The bytes of one part; rows about a stranger are told; a part that is lost is made again alone."""
    out = tmp_path / "out"
    assert screened(written(tmp_path), out, "--workers", "1") == whole
    assert "另有 1 行（" in capsys.readouterr().out
    (folder,) = (out / "parts").iterdir()
    kept = sorted(folder.glob("*.json"))
    assert len(kept) == 6
    kept[2].unlink()
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert screened(tmp_path / "register.toml", out, "--workers", "1") == whole
    assert {path.stem for path in folder.iterdir() if path.stat().st_mtime_ns != before.get(path)} == {"000002"}


@pytest.mark.usefixtures("small")
def test_slices_of_a_shared_folder_are_the_whole(
    tmp_path: Path, whole: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever ends last writes the tables."""
    source, out = written(tmp_path), tmp_path / "out"
    assert screened(source, out, "--slice", "2/2", "--workers", "1") == {}
    assert "这一份（2/2）已做完；全部 6 部分中已完成 3 部分，其余由别的份来做：0, 2, 4" in capsys.readouterr().out
    assert screened(source, out, "--slice", "1/2", "--workers", "1") == whole
    assert run(["screen", str(source), "-o", str(out), "--slice", "3/2"]) == 2


def test_another_register_does_not_go_over_the_old_one(tmp_path: Path) -> None:
    source, out = written(tmp_path), tmp_path / "out"
    first = screened(source, out, "--workers", "1")
    (tmp_path / "offences.csv").write_text("id,day\n", "utf-8")
    assert run(["screen", str(source), "-o", str(out)]) == 2
    assert {name: (out / name).read_bytes() for name in OUT} == first
    assert screened(source, out, "--workers", "1", "--force") != first


def test_a_snapshot_that_somebody_else_made_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two machines that begin at once: whoever is later takes nothing away from under the other's reading."""
    mapping, folder = mapping_of(written(tmp_path)), tmp_path / "snapshot"
    made = snapshots._made

    def slower(*given: Any) -> None:
        made(*given)
        with monkeypatch.context() as patch:
            patch.setattr(snapshots, "_made", made)
            taken(mapping, folder)
        (folder / "kept").touch()

    monkeypatch.setattr(snapshots, "_made", slower)
    assert taken(mapping, folder).total == 40
    assert (folder / "kept").exists()
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@pytest.mark.usefixtures("small")
def test_ctrl_c_keeps_the_parts_that_are_done(
    tmp_path: Path, whole: dict[str, bytes], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is there is told, not that nothing was decided, and the same command goes on; so it does after a limit."""
    source, out, made = written(tmp_path), tmp_path / "out", list[int]()

    def interrupted(work: screening_parts.Work, index: int) -> int:
        if len(made) == 2:
            raise KeyboardInterrupt
        made.append(index)
        return screening_parts.screen_part(work, index)

    with monkeypatch.context() as patch:
        patch.setattr("desk.register.screen_part", interrupted, raising=False)
        command = ["screen", str(source), "-o", str(out), "--rounds", "2", "--workers", "1", "--lang", "zh"]
        assert run(command) == 3
        assert "已停止，做完的部分留着。已完成 2 部分，共 6 部分；还没有做的：2–5；" in capsys.readouterr().err
        assert run([*command, "--time-limit", "0.000001"]) == 3
        assert "还没有做的：2–5；同样的命令会接着做" in capsys.readouterr().err
    assert screened(source, out, "--workers", "1") == whole


_KILLED = """
import os, signal, sys
from pathlib import Path
from desk.register import parts, snapshot
from desk.shell import saved
from desk.shell.cli import run
from engine.solve import cohort

snapshot.SIZE = cohort.SIZE = 7
os.environ["PINGJIANG_LANG"] = "zh"
where, number = sys.argv[1], int(sys.argv[2])


def killed(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)


if where == "snapshot":
    snapshot._sorted = killed
else:
    written, replaced = Path.write_text, Path.replace
    suffix = {"counts": ".json", "rows": ".csv"}[where]
    placed = saved.placed

    def at(target):
        if target.name == f"{number:06}{suffix}":
            Path.write_text = lambda path, words, *given, **named: (written(path, words[:9]), killed())
        return placed(target)

    parts.placed = at
sys.exit(run(sys.argv[3:]))
"""
"""The command, killed while it sorts, or with half of a part's rows or counts written."""


def killed(where: str, number: int, *command: str) -> None:
    """The command killed in the middle, as by the system: nothing of it tidies up."""
    done = subprocess.run([sys.executable, "-c", _KILLED, where, str(number), *command], check=False)
    assert done.returncode == -signal.SIGKILL


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("where", "numbers"), [("snapshot", (0, 0)), ("rows", (2, 4)), ("counts", (1, 1))])
def test_a_command_that_was_killed_goes_on(
    tmp_path: Path, whole: dict[str, bytes], where: str, numbers: tuple[int, int]
) -> None:
    """Twice, also while it sorts: the bytes of one go, what was made stays, and nothing half written is left."""
    source, out = written(tmp_path), tmp_path / "out"
    command = ["screen", str(source), "-o", str(out), "--rounds", "2", "--lang", "zh", "--workers", "1"]
    for number in numbers:
        killed(where, number, *command)
        assert list(out.rglob(".*"))
    kept = {path: path.stat().st_mtime_ns for path in out.glob("parts/*/*.json")}
    assert len(kept) == (0 if where == "snapshot" else numbers[1])

    assert screened(source, out, "--workers", "1") == whole
    assert all(path.stat().st_mtime_ns == made for path, made in kept.items())
    assert len(list(out.glob("parts/*/*.json"))) == 6 and len(list((out / "parts").iterdir())) == 1
    assert not list(out.rglob(".*"))


@pytest.mark.usefixtures("small")
def test_a_slice_that_was_killed_goes_on(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """Of two machines on one folder one is killed as both sort, the other's slice stays, and its own is made again."""
    source, out = written(tmp_path), tmp_path / "out"
    command = ["screen", str(source), "-o", str(out), "--rounds", "2", "--lang", "zh", "--workers", "1", "--slice"]
    killed("snapshot", 0, *command, "1/2")
    assert screened(source, out, "--slice", "2/2", "--workers", "1") == {}
    killed("rows", 4, *command, "1/2")
    assert sorted(int(path.stem) for path in out.glob("parts/*/*.json")) == [0, 1, 2, 3, 5]
    kept = {path: path.stat().st_mtime_ns for path in out.glob("parts/*/*")}

    assert screened(source, out, "--slice", "1/2", "--workers", "1") == whole
    assert {path.name for path in out.glob("parts/*/*") if path.stat().st_mtime_ns != kept.get(path)} == {
        "000004.csv", "000004.json"
    }  # fmt: skip
    assert not list(out.rglob(".*"))


@pytest.mark.usefixtures("small")
def test_a_register_that_somebody_else_is_sorting_may_be_begun(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """A second machine finds the folder of the first half made: it is no result that it would go over."""
    source, out = written(tmp_path), tmp_path / "out"
    out.mkdir()
    (elsewhere := out / ".pingjiang-00000000-1-00000000").mkdir()
    assert screened(source, out, "--workers", "1") == whole
    assert elsewhere.exists()


def test_a_mapping_named_otherwise_is_the_same_register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From its own folder, from elsewhere: what is there stays."""
    first = screened(written(tmp_path), tmp_path / "out", "--workers", "1")
    monkeypatch.chdir(tmp_path)
    assert screened(Path("register.toml"), Path("out"), "--workers", "1") == first


@pytest.mark.usefixtures("small")
def test_parts_of_another_program_are_made_anew(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """Also of an older one of the same version, whose counts lack one of these; a worker of another makes none."""
    source, out = written(tmp_path), tmp_path / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(screening_parts, "program_sha256", lambda: "older")
        screened(source, out, "--workers", "1")
        work = screening_parts.work_on(source, out, 2, "zh")
    for path in out.glob("parts/*/*.json"):
        told = json.loads(path.read_bytes())
        del told["funnel"]
        path.write_text(json.dumps(told))
    assert screened(source, out, "--workers", "1") == whole
    assert len(list((out / "parts").iterdir())) == 2
    screening_parts._same_here.cache_clear()
    with pytest.raises(CaseError) as refused:
        screening_parts.screen_part(work, 0)
    assert [one.code for one in refused.value.problems] == ["cluster_other_files"]


def test_a_tally_is_read_as_it_was_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    screened(written(tmp_path), out, "--workers", "1")
    work = screening_parts.work_on(tmp_path / "register.toml", out, 2, "zh")
    tally = screening_parts.counted(work)
    assert tally.total.total() == 40
    assert tally.short and tally.barred and tally.unknown
    assert Tally.of(tally.as_dict()) == tally


def test_databases_and_queries_are_tables_too(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """Seats by a query to a file, offences from a database."""
    import sqlite3

    with sqlite3.connect(tmp_path / "kept.db") as kept:
        kept.execute("CREATE TABLE told (who TEXT, on_day TEXT)")
        kept.executemany("INSERT INTO told VALUES (?, ?)", [("7", "2024-01-02"), ("9", "2023-05-05")])
    told = MAP.replace(
        'from = "offences.csv"', 'from = "sqlite:kept.db"\nsql = "SELECT who AS id, on_day AS day FROM told"'
    )
    told = told.replace('kind = "seat"', 'kind = "seat"\nsql = "SELECT id, seat FROM source WHERE seat <> \'\'"')
    found = screened(written(tmp_path, told), tmp_path / "out", "--workers", "1")
    assert found["screening.csv"] == whole["screening.csv"]


@pytest.mark.parametrize(
    ("base", "offences", "code"),
    [
        ("1,in,2010-01-01\n1,out,2010-01-01\n", "", "register_contradiction"),
        ("1,in,2010-01-01,x\n", "", "register_width"),
        (",in,2010-01-01\n", "", "register_value"),
        ("1,in,2010-01-01\n", "1,2024-02-30\n", "register_value"),
    ],
)
def test_what_tables_may_not_say(tmp_path: Path, base: str, offences: str, code: str) -> None:
    source = written(tmp_path)
    (tmp_path / "base.csv").write_text("id,seat,since\n" + base, "utf-8")
    (tmp_path / "offences.csv").write_text("id,day\n" + offences, "utf-8")
    with pytest.raises(CaseError) as refused:
        taken(mapping_of(source), tmp_path / "snapshot")
    assert {problem.code for problem in refused.value.problems} == {code}
    assert all(problem.line(lang) for problem in refused.value.problems for lang in ("zh", "en"))
    assert not [path for path in tmp_path.iterdir() if "snapshot" in path.name]


Given = ParamSpec("Given")
Result = TypeVar("Result")


class _Tired(Executor):
    """Somebody who takes everything and does the first few."""

    def __init__(self, few: int = 0) -> None:
        self._left = few

    def submit(self, fn: Callable[Given, Result], /, *args: Given.args, **kwargs: Given.kwargs) -> Future[Result]:
        future = Future[Result]()
        if self._left:
            self._left -= 1
            future.set_result(fn(*args, **kwargs))
        return future


def test_nobody_waits_for_ever() -> None:
    """No worker for the patience, and a clock that runs out, are told; what is done by then has come out."""
    with pytest.raises(Stopped) as stopped:
        list(sharing.run(abs, [1, 2, 5, 9], Crew(_Tired(), lambda: 0), patience=0.0))
    assert [(problem.code, problem.parameters) for problem in stopped.value.problems] == [
        ("stopped.no_worker", {"number": 0, "done": 0, "parts": 4, "which": "–", "left": "1–2, 5, 9"})
    ]
    with pytest.raises(Stopped) as stopped:
        list(sharing.run(abs, [1, 2], Crew(_Tired(), lambda: 2), Clock.limit(0.05)))
    assert [problem.code for problem in stopped.value.problems] == ["stopped.time_limit"]


def test_which_parts_are_done_is_told() -> None:
    """By their places where they are no numbers; many runs are not all written out."""
    told = list[str]()
    with pytest.raises(Stopped) as stopped:
        told.extend(sharing.run(str.upper, ["a", "b", "c", "d"], Crew(_Tired(2), lambda: 0), patience=0.0))
    (problem,) = stopped.value.problems
    assert problem.parameters == {"number": 0, "done": 2, "parts": 4, "which": "1–2", "left": "3–4"}
    assert problem.line("en").endswith("2 of 4 parts were done (1–2), not done: 3–4")
    assert sharing.spans([1, 2, 3, 7, 9, 10]) == "1–3, 7, 9–10"
    assert sharing.spans(range(0, 100, 2)).endswith("36, 38, …")


def test_here_and_in_processes() -> None:
    with crew(1) as here:
        assert list(sharing.run(abs, [-1, 2, -3], here)) == [1, 2, 3]
    with crew(2) as others:
        assert sorted(sharing.run(abs, [-1, 2, -3], others)) == [1, 2, 3]


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_a_cluster_whose_worker_is_killed(tmp_path: Path, whole: dict[str, bytes]) -> None:
    """A real scheduler, two workers without nannies, one killed in the middle: the same bytes."""
    pytest.importorskip("distributed")
    cli = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    scheduler = subprocess.Popen([*cli, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file",
                                  str(tmp_path / "scheduler.json")])  # fmt: skip
    started = [scheduler]
    try:
        for _ in range(100):
            if (tmp_path / "scheduler.json").exists():
                break
            time.sleep(0.2)
        address = json.loads((tmp_path / "scheduler.json").read_text())["address"]
        for _ in range(2):
            started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard",
                     "--nthreads", "1", "--local-directory", str(tmp_path)],
                    env=os.environ,
                )
            )  # fmt: skip
        source, out = written(tmp_path), tmp_path / "out"
        command = ["screen", str(source), "-o", str(out), "--rounds", "2", "--lang", "zh", "--cluster", address]
        screening = subprocess.Popen(
            [sys.executable, "-c", "from engine.solve import cohort\nfrom desk.register import snapshot\n"
             "import sys\nsnapshot.SIZE = cohort.SIZE = 7\nfrom desk.shell.cli import run\nsys.exit(run(sys.argv[1:]))",
             *command])  # fmt: skip
        started.append(screening)
        while screening.poll() is None and len(list(out.glob("parts/*/*.json"))) < 1:
            time.sleep(0.01)
        started[1].kill()
        assert screening.wait(120) == 0
        assert {name: (out / name).read_bytes() for name in OUT} == whole
        assert len(list(csv.reader(whole["screening.csv"].decode("utf-8-sig").splitlines()))) == 41
    finally:
        for process in started:
            process.kill()
            process.wait()
    assert sharing.PATIENCE == 60


def _told(pipe: Any) -> None:
    pipe.send(sharing.processors())


def test_a_process_that_may_start_none_shares_with_nobody() -> None:
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_told, args=(there,), daemon=True)
    process.start()

    assert here.recv() == 1
    process.join()
    assert sharing.processors() >= 1
