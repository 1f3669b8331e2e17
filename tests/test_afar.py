"""A cohort's questions asked of workers that share its files: the same bytes as here, also where one of them dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write
from desk.files import Asked, Folder, asks, folder, posted
from desk.papers import stack
from desk.press import docx, filenames, rendered
from desk.shell.cli import run
from engine.answers import afar
from engine.answers.afar import Files, shares
from engine.answers.eligibility import decide
from engine.answers.participants import reviewed
from engine.case import load
from engine.errors import CaseError, PingjiangError, Stopped
from engine.solve import sharing
from engine.solve.sharing import crew
from engine.words import spoken
from explain.letter import Paper

SAMPLE = Path(__file__).parents[1] / "facts" / "jiyuan-6"


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An invented case of 40 applicants."""
    file = tmp_path_factory.mktemp("cohort") / "case.lp"
    write("jiyuan", 40, file)
    return file


def test_shares_are_the_applicants_in_their_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(afar, "SIZE", 2)
    assert shares(["A", "B", "C"]) == [("A", "B"), ("C",)]
    assert shares([]) == []


def test_letters_in_shares_are_those_written_at_once(cohort: Path) -> None:
    """Three at a time, decided by themselves: the number and the files that each has among all."""
    case = load(cohort)
    decision = decide(case)
    told = asks(decision, 20251020)
    assert len(told) > 3
    whole = posted(decision, told, frozenset())
    assert [one.stem for one in whole[:2]] == ["letter-001", "letter-002"]
    shares = [told[at : at + 3] for at in range(0, len(told), 3)]
    apart = [posted(decide(case, [id for _, id, _, _ in some]), some, frozenset()) for some in shares]
    assert [one for some in apart for one in some] == whole


def test_letters_written_by_processes_are_those_written_here(
    cohort: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two processes, three shares, one of them of a worker that is killed: then there is no folder."""
    from desk.commands import letters

    found, told = list[dict[str, bytes]](), list[str]()
    monkeypatch.setattr(letters, "bar", lambda *_given: nullcontext(lambda done: told.append(f"{done}")))
    for least, most in ((100, 100), (1, 3)):
        monkeypatch.setattr(letters, "LEAST", least)
        monkeypatch.setattr(letters, "MOST", most)
        monkeypatch.setattr("engine.solve.processors", lambda: 2, raising=False)
        assert run(["letters", str(cohort), "-o", str(tmp_path / f"{least}"), "--date", "2025-10-20"]) == 0
        found.append({path.name: path.read_bytes() for path in (tmp_path / f"{least}").iterdir()})
    assert found[0] == found[1] and len(found[0]) == 17
    assert (told[:8], sorted(told[8:])) == (["1"] * 8, ["2", "3", "3"])

    monkeypatch.setattr(letters, "_share", _die)
    capsys.readouterr()
    assert run(["letters", str(cohort), "-o", str(tmp_path / "none")]) == 3
    assert not (tmp_path / "none").exists() and "0/" not in capsys.readouterr().out


def _die(*_given: object) -> None:
    os._exit(9)


def test_workers_that_read_the_files_decide_the_same(cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also under a reading that was asked for, and for some alone; of the case nothing but its files is sent."""
    monkeypatch.setattr(afar, "SIZE", 11)
    case = load(cohort, {"lookback": "calendar_years"})
    files, told = Files.of(case, {"lookback": "calendar_years"}), list[int]()
    with crew(2) as workers:
        assert decide(case, afar=(workers, files), progress=told.append).json() == decide(case, processes=1).json()
        assert sorted(told) == [7, 11, 11, 11]
        some = decide(case, ["J000003", "J000031"], afar=(workers, files))
        assert reviewed(case, afar=(workers, files)) == reviewed(case)
    assert some.json() == decide(case, ["J000003", "J000031"]).json()
    assert json.dumps(case.facts[0].predicate) not in repr(files)


def test_a_worker_that_sees_another_case_is_told(cohort: Path, tmp_path: Path) -> None:
    """Whoever is far may see other files of the same name: nothing is decided then."""
    file = tmp_path / "case.lp"
    file.write_bytes(cohort.read_bytes())
    case = load(file)
    files = Files.of(case, {})
    file.write_bytes(cohort.read_bytes().replace(b"qms", b"ems"))
    afar._READ.clear()
    with crew(1) as here, pytest.raises(CaseError) as refused:
        decide(case, afar=(here, files))
    assert [(one.code, one.parameters["found"]) for one in refused.value.problems] == [
        ("cluster_other_files", str(file))
    ]


def test_whichever_thread_read_the_files_their_citys_words_are_spoken(cohort: Path) -> None:
    """A worker of a cluster has threads, each with its own context, and reads the files once."""
    files = Files.of(load(cohort), {})
    assert files.case.city == "jiyuan"
    with ThreadPoolExecutor(1) as other:
        assert other.submit(lambda: (files.case, spoken())).result() == (files.case, "jiyuan")


def test_papers_and_drawings_by_workers_are_those_made_here(cohort: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Worded, filled and drawn in shares by two processes that read the files."""
    for module, most in ((stack, 7), (filenames, 5), (folder, 3), (afar, 11)):
        monkeypatch.setattr(module, "SHARE" if module is not afar else "SIZE", most)
    case = load(cohort)
    asked = Asked({}, 20251020, 20251020, "", False, None, "zh", True)
    here = Folder(case, asked).files()
    with crew(2) as workers:
        assert Folder(case, asked, (workers, Files.of(case, {}))).files() == here
    for some, most in (("papers/", 5), ("graphs/", 3)):
        assert sum(name.startswith(some) for name in here) > 3 * most


def test_a_worker_that_sees_other_templates_is_told(tmp_path: Path) -> None:
    """Templates that staff edited stand in files too: others of the same name make no paper."""
    (tmp_path / "receipt_slip.docx").write_bytes((docx.TEMPLATES / "receipt_slip.docx").read_bytes())
    paper = Paper("receipt_slip", "收件回执", ())
    assert set(rendered([("a", paper)], templates=str(tmp_path))) == {"a.docx", "a.html"}
    share, seal = (0, [("a", paper)]), filenames._sealed(tmp_path)
    assert filenames._made("", (str(tmp_path), seal), False, share)[0] == 0
    (tmp_path / "receipt_slip.docx").write_bytes((docx.TEMPLATES / "round_report.docx").read_bytes())
    filenames._edited.cache_clear()
    with pytest.raises(CaseError) as refused:
        filenames._made("", (str(tmp_path), seal), False, share)
    assert [(one.code, one.parameters["found"]) for one in refused.value.problems] == [
        ("cluster_other_files", str(tmp_path))
    ]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers without nannies: its address, and the workers."""
    pytest.importorskip("distributed")
    told = tmp_path / "scheduler.json"
    cli = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler = subprocess.Popen([*cli, "--no-dashboard", "--scheduler-file", str(told)])
    workers: list[subprocess.Popen[bytes]] = []
    try:
        for _ in range(600):
            if told.exists() and (text := told.read_text()):
                break
            time.sleep(0.1)
        address = str(json.loads(text)["address"])
        cli = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--no-dashboard"]
        for _ in range(2):
            command = [*cli, "--nthreads", "2", "--local-directory", str(tmp_path)]
            workers.append(subprocess.Popen(command, env=os.environ))
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


@pytest.mark.slow
def test_a_cluster_decides_and_explains_the_same(
    cohort: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Real workers of two threads each, one killed in the middle: the same bytes; without any the question stops."""
    monkeypatch.setattr(afar, "SIZE", 3)
    address, workers = cluster
    outputs = []
    for more in ([], ["--cluster", address]):
        for command in (["decide"], ["why-not", "--all"]):
            assert run([*command, str(cohort), "--json", *more]) == 0
            outputs.append(capsys.readouterr().out)
    assert outputs[:2] == outputs[2:]

    case = load(cohort)
    files, done = Files.of(case, {}), list[int]()

    def count(number: int) -> None:
        done.append(number)
        if len(done) == 2:
            workers[0].send_signal(signal.SIGKILL)

    with crew(cluster=address) as others:
        assert decide(case, afar=(others, files), progress=count).json() == decide(case, processes=1).json()
    assert sum(done) == 40
    workers[1].kill()
    workers[1].wait()
    monkeypatch.setattr("engine.solve.sharing.run.__defaults__", (*_defaults()[:-1], 1.0))
    with crew(cluster=address) as nobody, pytest.raises(Stopped) as stopped:
        decide(case, afar=(nobody, files))
    (told,) = stopped.value.problems
    assert (told.code, told.parameters) == (
        "stopped.no_worker", {"number": 1, "done": 0, "parts": 14, "which": "–", "left": "1–14"}
    )  # fmt: skip
    assert told.line("zh").endswith("1 秒没有可用的工作进程，已停止；共 14 部分，算完 0 部分（–），没有算完的：1–14")


@pytest.mark.slow
def test_a_cluster_writes_the_letters_and_says_who_is_reviewed(
    cohort: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Real workers, one killed while letters are written: the same bytes in each file, and the same roster."""
    from desk.commands import letters

    monkeypatch.setattr(afar, "SIZE", 7)
    monkeypatch.setattr(letters, "SHARE", 2)
    address, workers = cluster
    progress = sharing.run
    done = list[object]()

    def run_and_kill(*given: Any, **named: Any) -> Iterator[object]:
        for result in progress(*given, **named):
            done.append(result)
            if len(done) == 2:
                workers[0].send_signal(signal.SIGKILL)
            yield result

    assert run(["letters", str(cohort), "-o", str(tmp_path / "here"), "--date", "2025-10-20"]) == 0
    monkeypatch.setattr("engine.solve.run", run_and_kill, raising=False)
    more = ["--cluster", address, "--date", "2025-10-20"]
    assert run(["letters", str(cohort), "-o", str(tmp_path / "there"), *more]) == 0
    here, there = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("here", "there"))
    assert len(done) > 3 and len(here) > 8 and here == there

    case = load(cohort)
    with crew(cluster=address) as others:
        assert reviewed(case, afar=(others, Files.of(case, {}))) == reviewed(case)
    kept = ("conflicts", "groups", "feasible", "count", "sets")
    for command in (["conflicts", "--json"], ["freeze", "--json", "--size", "3"], ["panels", "--json", "--size", "3"]):
        said = []
        for more in ([], ["--cluster", address]):
            capsys.readouterr()
            assert run([command[0], str(SAMPLE), *command[1:], *more]) in (0, 4)
            told = json.loads(capsys.readouterr().out)
            said.append({key: value for key, value in told.items() if key in kept})
        assert said[0] == said[1] and said[0]


@pytest.mark.slow
def test_a_cluster_writes_papers_and_runs_a_round(
    cohort: Path,
    cluster: tuple[str, list[subprocess.Popen[bytes]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Real workers, one killed while papers are made: the same files, byte for byte; and panels chosen alike."""
    for module, most in ((stack, 5), (filenames, 4), (folder, 3), (afar, 7)):
        monkeypatch.setattr(module, "SHARE" if module is not afar else "SIZE", most)
    address, workers = cluster
    shared, done = sharing.run, list[object]()

    def run_and_kill(*given: Any, **named: Any) -> Iterator[object]:
        for result in shared(*given, **named):
            done.extend([result] if given[2].executor else [])
            if len(done) == 4:
                workers[0].send_signal(signal.SIGKILL)
            yield result

    monkeypatch.setattr(filenames, "run", run_and_kill)
    papers = ["papers", str(cohort), "--all", "--date", "2025-10-20"]
    whole = ["round", str(cohort), "--as-of", "2025-10-20", "--date", "2025-10-20"]
    for number, command in enumerate((papers, whole)):
        found = []
        for more in ([], ["--cluster", address]):
            out = tmp_path / f"{number}-{len(found)}"
            assert run([*command, "-o", str(out), *more]) == 0
            found.append({str(one.relative_to(out)): one.read_bytes() for one in out.rglob("*") if one.is_file()})
        assert len(found[0]) > 40 and found[0] == found[1]
        assert len(done) > 4 and workers[0].wait(10) == -signal.SIGKILL
    assert workers[1].poll() is None


def _defaults() -> tuple[object, ...]:
    from engine.solve.sharing import run as shared

    return shared.__defaults__ or ()


@pytest.mark.slow
def test_nobody_answers() -> None:
    """An address where no scheduler is, told as a problem of the command."""
    pytest.importorskip("distributed")
    with pytest.raises(PingjiangError) as refused, crew(cluster="tcp://127.0.0.1:9"):
        pass
    assert [one.code for one in refused.value.problems] == ["cluster_silent"]
