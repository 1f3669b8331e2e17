"""Workers killed in the middle of what they write: `python -m benchmarks.killed [--times 100] [--database URL]`.

Three processes put versions on one round as fast as they can, each with its act; one after another is killed with
SIGKILL at a moment of chance, and another takes its place, while the database runs on. Afterwards the ledger must be
whole, each version must have its act and each act its version, and whatever a worker said was done must be there.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from random import Random
from typing import IO, NamedTuple

PREPARE = """
import os, sys
os.environ["PINGJIANG_WORKERS"] = "inline"
from pathlib import Path
import web.start
house = web.start.House(Path(sys.argv[1]), sys.argv[2], samples=True)
house.prepare(); house.migrate()
from django.db import connection, transaction
with transaction.atomic():
    web.start.samples()
    connection.run_on_commit.clear()
"""
WORKER = """
import os, re, sys
os.environ["PINGJIANG_WORKERS"] = "child"  # jobs stay in the queue
from pathlib import Path
from random import Random
from web.start import House
House(Path(sys.argv[1]), sys.argv[2]).prepare()
from django.db import OperationalError
from web.ledger import Actor
from web.rounds import Draft, Moved, Round, take_in

random, number = Random(int(sys.argv[3])), 0
while True:
    number += 1
    name = f"{sys.argv[3]}-{number}"
    round_ = Round.objects.select_related("head").get(ref="jiyuan-6")
    points = f'self_score("J{random.randrange(1, 11):02}",{random.randrange(501, 900)})'
    facts = re.sub(re.escape(points.partition(",")[0]) + r",\\d+\\)", points, round_.head.facts)
    try:
        taken = take_in(Actor("clerk", name, "clerk"), round_, Draft(facts, round_.head, "entered", name))
    except (Moved, OperationalError):
        continue
    if taken.version is not None:
        print(name, flush=True)
"""
LOOK = """
import json, sys
from pathlib import Path
from web.start import House
House(Path(sys.argv[1]), sys.argv[2]).prepare()
from web.ledger import Act, verified
from web.rounds import Round, Version

assert verified().faults == (), verified().faults
acts = {act.number: act for act in Act.objects.filter(kind="version_entered")}
versions = list(Version.objects.filter(kind="entered"))
assert sorted(acts) == sorted(version.act for version in versions)
for version in versions:
    told = json.loads(acts[version.act].details)
    assert (told["number"], told["facts"]) == (version.number, version.facts_hash)
    assert acts[version.act].reason == version.reason
head = Round.objects.select_related("head").get(ref="jiyuan-6").head
assert head.number == 1 + len(versions)
said = set(sys.stdin.read().split())
assert said <= {version.reason for version in versions}, said - {version.reason for version in versions}
print(len(versions), len(said))
"""


class Found(NamedTuple):
    """What was written in all, and of it what a worker had said was done before it was killed."""

    written: int
    said: int


def prepare(data: Path, database: str = "") -> None:
    """A house with the sample rounds in it, in a folder or another database."""
    subprocess.run([sys.executable, "-c", PREPARE, str(data), database], check=True)


def killed(data: Path, database: str, times: int, workers: int = 3) -> Found:
    """Kill so many workers of a house; what stands there afterwards. CalledProcessError where anything is amiss."""
    random, said = Random(17), list[str]()
    number = 0

    def started() -> subprocess.Popen[str]:
        nonlocal number
        number += 1
        command = [sys.executable, "-c", WORKER, str(data), database, str(number)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def lines(stream: IO[str] | None) -> list[str]:
        assert stream is not None
        return [line.strip() for line in stream if line.endswith("\n")]

    busy = [started() for _ in range(workers)]
    for _ in range(times):
        at = random.randrange(workers)
        stream = busy[at].stdout
        first = stream.readline() if stream is not None else ""
        assert first, "a worker ended by itself"
        said.append(first.strip())
        time.sleep(random.random() * 0.5)
        os.kill(busy[at].pid, signal.SIGKILL)
        busy[at].wait()
        said += lines(busy[at].stdout)
        busy[at] = started()
    for one in busy:
        one.kill()
        one.wait()
        said += lines(one.stdout)
    done = subprocess.run(
        [sys.executable, "-c", LOOK, str(data), database], input="\n".join(said), text=True, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    return Found(*map(int, done.stdout.split()))


def main() -> None:
    """Prepare, kill, look, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--database", default="", help="the address of an empty PostgreSQL database")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "house"
        prepare(data, asked.database)
        started = time.monotonic()
        found = killed(data, asked.database, asked.times)
    print(f"killed {asked.times} in {time.monotonic() - started:.0f} s: {found.written} versions, each with its act,")
    print(f"the ledger whole; {found.said} were said to be done, none of them is missing")


if __name__ == "__main__":
    main()
