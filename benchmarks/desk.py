"""The desk in the browser under load: `python -m benchmarks.desk [--seconds 60] [--people 20] [--applicants 100]
[--viewers 2000]`.

A house with a round of so many applicants, made from the sample's; so many people who ask for a page, think two
seconds and ask for the next, reasons included. Prints the time to the first page, and of each kind of page how often it
was asked for, its median and its 95th percentile in milliseconds.

With viewers, so many watch a draw meanwhile, from a process of their own: each asks every four seconds whether the page
has changed, over a connection of its own as a reverse proxy does, while a name is drawn every five.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import psutil

THINK = 2.0
LOOK = 4.0
DRAWN = 5.0
NUMBER = 16
PAGES = ("", "/applicants", "/applicants?status=rejected", "/applicant/{id}", "/findings", "/workbook", "/procedure")


def grown(facts: str, applicants: int) -> str:
    """The sample's round as another one, with its applicants again and again under other identifiers."""
    lines = [re.sub(r"^round\(jiyuan,\d+,", f"round(jiyuan,{NUMBER},", line) for line in facts.splitlines()]
    kept = [line for line in lines if not line.startswith("credit_code(")]
    more = [
        re.sub(r'"J(\d\d)"', rf'"J\g<1>x{copy}"', line)
        for copy in range(1, applicants // 10)
        for line in kept
        if re.match(r'\w+\("J\d\d"', line) and not line.startswith(("in_group", "listed", "objection", "stage_result"))
    ]
    return "\n".join([*kept, *more]) + "\n"


def prepare(data: Path, applicants: int) -> str:
    """A house with the round in it, its decision still to be made; the round's name. In a process of its own."""
    program = (
        "from pathlib import Path\n"
        "from benchmarks.desk import grown\n"
        "from web.start import House\n"
        "import os, time, web.start\n"
        "os.environ['PINGJIANG_WORKERS'] = 'child'\n"
        f"house = House(Path({str(data)!r}), samples=True)\n"
        "house.prepare(); house.migrate(); web.start.samples()\n"
        "from web.ledger import HOUSE\n"
        "from web.questions import answer\n"
        "from web.rounds import Draft, Round, take_in\n"
        "from web.rounds.samples import begin\n"
        "facts = grown(Round.objects.get(ref='jiyuan-6').head.facts, " + str(applicants) + ")\n"
        "started = time.monotonic()\n"
        "told = answer('upload', {'facts.lp': facts.encode()}, 20251017)\n"
        "assert not told['problems'], told['problems'][:3]\n"
        "made = begin(told['city'], told['number'], told['deadline'])\n"
        "take_in(HOUSE, made, Draft(told['facts'], None, 'sample', hints=told['hints'], places=told['places']))\n"
        "print(f'read and taken in: {time.monotonic() - started:.1f} s')\n"
        "print(made.ref)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    *told, made = done.stdout.splitlines()
    print("\n".join(told))
    return made


class Person:
    """Somebody at a browser: signs in, asks for pages, keeps cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form; status and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode(form)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("POST" if form is not None else "GET", path, body, headers)
        answer = connection.getresponse()
        words = answer.read().decode()
        for cookie in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].strip().partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, words

    def sign_in(self, name: str) -> None:
        """Through the door."""
        _, words = self.ask("/signin")
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', words)
        assert found is not None
        form = {"csrfmiddlewaretoken": found[1], "username": name, "password": "sample-desk-2025"}
        assert self.ask("/signin", form)[0] == 302


def load(port: int, round_: str, people: int, seconds: float, applicants: int) -> dict[str, list[float]]:
    """The times of every page that was asked for, by kind, in seconds."""
    times: dict[str, list[float]] = defaultdict(list)
    ids = [f"J{n:02}" for n in range(1, 11)] + [
        f"J{n:02}x{c}" for c in range(1, applicants // 10) for n in range(1, 11)
    ]
    inside = threading.Barrier(people)

    def work(seed: int) -> None:
        random = Random(seed)
        person = Person(port)
        person.sign_in(("clerk", "head", "legal", "supervision")[seed % 4])
        inside.wait()  # signing in is measured apart: a password is meant to be slow
        ends = time.monotonic() + seconds
        time.sleep(random.random() * THINK)
        while time.monotonic() < ends:
            page = random.choice(PAGES)
            started = time.perf_counter()
            status, _ = person.ask(f"/rounds/{round_}{page.format(id=random.choice(ids))}")
            times[page].append(time.perf_counter() - started)
            assert status == 200, (page, status)
            time.sleep(THINK)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


async def watched(port: int, path: str, viewers: int, seconds: float) -> dict[str, float]:
    """So many who watch a page: what they got, and how long it took."""
    times: list[float] = []
    got: dict[int, int] = defaultdict(int)
    size = 0
    loop = asyncio.get_running_loop()
    ends = loop.time() + seconds

    async def view(seed: int) -> None:
        nonlocal size
        mark = b""
        await asyncio.sleep(Random(seed).random() * LOOK)
        while loop.time() < ends:
            due = loop.time() + LOOK
            started = time.perf_counter()
            try:
                reader, writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 30)
                asked = b"If-None-Match: " + mark + b"\r\n" if mark else b""
                writer.write(
                    b"GET %b HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n%b\r\n" % (path.encode(), asked)
                )
                answer = await asyncio.wait_for(reader.read(), 30)
                writer.close()
                got[int(answer[9:12])] += 1
                size += len(answer)
                found = re.search(rb"(?i)etag: (\S+)", answer)
                mark = found[1] if found else mark
            except (TimeoutError, OSError, ValueError):
                got[0] += 1
            times.append(time.perf_counter() - started)
            await asyncio.sleep(max(0.0, due - loop.time()))

    await asyncio.gather(*(view(seed) for seed in range(viewers)))
    times.sort()
    high = times[max(0, -(-len(times) * 95 // 100) - 1)]
    return {
        "asked": len(times), "whole": got[200], "unchanged": got[304], "failed": len(times) - got[200] - got[304],
        "second": len(times) / seconds, "median": statistics.median(times) * 1000, "p95": high * 1000,
        "worst": times[-1] * 1000, "kilobytes": size / 1024,
    }  # fmt: skip


def drawing(data: Path, round_: str, seconds: float) -> None:
    """Draw a name every few seconds, as the desk does at a key press: in a process of its own."""
    from web.start import House

    House(data).prepare()
    from web.board import show

    ends = time.monotonic() + seconds
    members: list[dict[str, object]] = []
    while time.monotonic() < ends:
        name = f"虚构评审员{len(members) + 1}"
        members.append({"name": name, "leader": False})
        show(
            round_,
            "市长质量奖",
            [{"name": "食品", "seats": 40, "members": members, "last": {"name": name, "verdict": "入选"}}],
        )
        time.sleep(DRAWN)


def beside(port: int, data: Path, round_: str, viewers: int, seconds: float) -> list[subprocess.Popen[str]]:
    """Start who watches and who draws."""
    head = "import asyncio, json; from pathlib import Path; from benchmarks.desk import drawing, watched; "

    def started(program: str) -> subprocess.Popen[str]:
        return subprocess.Popen([sys.executable, "-c", head + program], stdout=subprocess.PIPE, text=True)

    draws = started(f"drawing(Path({str(data)!r}), {round_!r}, {seconds})")
    while not (data / "watch" / f"{round_}.html").exists():
        time.sleep(0.1)
    return [draws, started(f"print(json.dumps(asyncio.run(watched({port}, '/watch/{round_}', {viewers}, {seconds}))))")]


def main() -> None:
    """Prepare, serve, load, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("seconds", 60), ("people", 20), ("applicants", 100), ("viewers", 0)):
        parser.add_argument(f"--{name}", type=int, default=value)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "house"
        round_ = prepare(data, asked.applicants)
        command = [
            sys.executable,
            "-c",
            "from desk.shell.cli import main; main()",
            "--lang",
            "en",
            "serve",
            "--samples",
        ]
        started = time.monotonic()
        server = subprocess.Popen([*command, "--data", str(data), "--port", "0"], stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout is not None
            found = re.search(r":(\d+)/", server.stdout.readline())
            assert found is not None
            port = int(found[1])
            Person(port).ask("/signin")
            print(f"start to first page: {time.monotonic() - started:.2f} s")
            person = Person(port)
            person.sign_in("clerk")
            table = f"/rounds/{round_}/applicants"
            while 'class="cards"' not in person.ask(table)[1]:
                time.sleep(0.5)
            print(f"the table of applicants: {time.monotonic() - started:.1f} s")
            for page in PAGES:
                person.ask(f"/rounds/{round_}{page.format(id='J08')}")
            while "<progress" in person.ask(table)[1]:
                time.sleep(0.5)
            print(f"every reason: {time.monotonic() - started:.1f} s")
            some = beside(port, data, round_, asked.viewers, asked.seconds) if asked.viewers else []
            spent = sum(psutil.Process(server.pid).cpu_times()[:2])
            times = load(port, round_, asked.people, asked.seconds, asked.applicants)
            for one in some:
                if told := one.communicate()[0]:
                    found_ = json.loads(told)
                    found_["server_ms"] = (sum(psutil.Process(server.pid).cpu_times()[:2]) - spent) * 1000
                    print("viewers: " + "  ".join(f"{name} {value:.0f}" for name, value in found_.items()))
        finally:
            server.terminate()
            server.wait()
    every = sorted(one for some in times.values() for one in some)
    for page, some in [*sorted(times.items()), ("all", every)]:
        high = sorted(some)[max(0, -(-len(some) * 95 // 100) - 1)]
        figures = f"median {statistics.median(some) * 1000:6.0f}  p95 {high * 1000:6.0f}"
        print(f"{page or '(agenda)':32} {len(some):5}  {figures}")


if __name__ == "__main__":
    main()
