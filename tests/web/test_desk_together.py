"""Many at once, and killed in the middle: the ledger stays whole, no version is lost, no act is half done."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.web.houses import copied

TOGETHER = """
import os, sys, threading
os.environ["PINGJIANG_WORKERS"] = "child"  # jobs stay in the queue
from pathlib import Path
from web.start import House
House(Path(sys.argv[1]), sys.argv[3]).prepare()
from django.db import connection
from web.ledger import Actor, verified
from web.questions import answer
from web.rounds import Draft, Round, take_in

first = Round.objects.select_related("head").get(ref="jiyuan-6").head
done = []
def work(number):
    told = answer("changed", first.facts, [["self_score", f"J{number % 10 + 1:02}", 600 + number]], [], 20251017)
    while True:
        try:
            taken = take_in(Actor("clerk", str(number), "clerk"), Round.objects.get(ref="jiyuan-6"),
                            Draft(told["facts"], first, "entered", str(number)))
            break
        except Exception as trouble:
            if "Moved" not in type(trouble).__name__ and "locked" not in str(trouble):
                raise
    done.append((number, taken.version is not None))
    connection.close()
threads = [threading.Thread(target=work, args=(number,)) for number in range(int(sys.argv[2]))]
[one.start() for one in threads]; [one.join() for one in threads]
head = Round.objects.select_related("head").get(ref="jiyuan-6").head
stored = sorted(number for number, took in done if took)
assert len(done) == len(threads) and head.number == 1 + len(stored) >= 6, (len(done), head.number, stored)
for number in stored:
    assert f'self_score("J{number % 10 + 1:02}",{600 + number})' in head.facts
assert verified().faults == ()
print("whole")
"""


def together(house: Path, database: str, many: int) -> None:
    """So many threads of one process put versions on one round: what came of it is looked at there."""
    command = [sys.executable, "-c", TOGETHER, str(house), str(many), database]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.stdout.strip() == "whole", done.stderr[-3000:]


@pytest.mark.parametrize("many", [8, pytest.param(50, marks=pytest.mark.slow)])
def test_many_take_versions_in_at_once(many: int, samples: Path, tmp_path: Path) -> None:
    """Where several change one applicant's score the first stands, the others are asked; all else is merged."""
    together(copied(samples, tmp_path / "house"), "", many)


@pytest.mark.slow
def test_many_take_versions_in_at_once_on_postgresql(on_postgresql: tuple[Path, str]) -> None:
    """The same with fifty threads on the other database."""
    together(*on_postgresql, 50)


@pytest.mark.slow
def test_workers_are_killed(samples: Path, tmp_path: Path) -> None:
    """Twenty writers killed under load: the ledger is whole, no act is half done, nothing that was said is missing."""
    from benchmarks.killed import killed

    found = killed(copied(samples, tmp_path / "house"), "", 20)
    assert found.written >= found.said >= 20


@pytest.mark.slow
def test_workers_are_killed_on_postgresql(on_postgresql: tuple[Path, str]) -> None:
    """The same on the other database, which runs on."""
    from benchmarks.killed import killed

    found = killed(*on_postgresql, 20)
    assert found.written >= found.said >= 20


@pytest.mark.slow
@pytest.mark.parametrize("after", [0.3, 1.0, 2.0])
def test_killed_and_started_again(after: float, samples: Path, tmp_path: Path) -> None:
    """kill -9 of the server under load: the ledger is whole, what an act says is there, the door opens again."""
    from benchmarks.desk import Person

    house = copied(samples, tmp_path / "house")
    from django.contrib.auth.hashers import Argon2PasswordHasher

    with sqlite3.connect(house / "desk.sqlite3") as database:
        secret = Argon2PasswordHasher().encode("sample-desk-2025", "sampledesksalt00")
        database.execute("UPDATE people_user SET password = ?", (secret,))

    def serve() -> tuple[Any, int]:
        command = [
            sys.executable,
            "-c",
            "from desk.shell.cli import main; main()",
            "--lang",
            "en",
            "serve",
            "--samples",
        ]
        server = subprocess.Popen(
            [*command, "--data", str(house), "--port", "0", "--workers", "1"],
            stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        assert server.stdout is not None
        found = re.search(r":(\d+)/", server.stdout.readline())
        assert found is not None
        return server, int(found[1])

    server, port = serve()

    def work() -> None:
        person = Person(port)
        person.sign_in("clerk")
        for number in range(50):
            _, words = person.ask("/rounds/jiyuan-6/enter/self_score")
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', words)
            assert token is not None
            form = {
                "csrfmiddlewaretoken": token[1],
                "applicant": "J01",
                "points": str(600 + number),
                "reason": str(number),
            }
            person.ask("/rounds/jiyuan-6/enter/self_score", form | {"act": "confirm"})

    def quiet() -> None:
        with suppress(OSError, AssertionError, ValueError):  # the server was killed under it
            work()

    threads = [threading.Thread(target=quiet) for _ in range(3)]
    for thread in threads:
        thread.start()
    threading.Event().wait(after)
    os.kill(server.pid, signal.SIGKILL)
    server.wait()
    for thread in threads:
        thread.join(60)
    again, port = serve()
    try:
        assert Person(port).ask("/signin")[0] == 200
    finally:
        os.killpg(again.pid, signal.SIGKILL)
        again.wait()

    command = [sys.executable, "-c", "from desk.shell.cli import main; main()", "log", "verify", "--data", str(house)]
    assert subprocess.run(command, capture_output=True).returncode == 0
    with sqlite3.connect(house / "desk.sqlite3") as database:
        versions = database.execute("SELECT count(*) FROM rounds_version").fetchone()
        acts = database.execute("SELECT count(*) FROM ledger_act WHERE kind LIKE 'version_%'").fetchone()
    assert versions == acts
