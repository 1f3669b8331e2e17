"""`pingjiang decide` beside plain clingo, on the same rules and facts, in one run: `python -m benchmarks.decide`.

Each measurement is a process of its own. `decide` reads the file, checks it, solves and writes JSON; clingo is
`python -m clingo rules/common.lp rules/CITY.lp FACTS.lp`. Both write to /dev/null. Memory is the peak of the whole
process tree, shared pages counted once (PSS). In each pair of columns clingo stands first. Start-up times are
processor time, the least of several runs, less the interpreter's own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.generate import CITIES, write
from engine.solve import SIZE

ROOT = Path(__file__).resolve().parents[1]
PINGJIANG = (sys.executable, "-c", "from desk.shell.cli import main; main()")


@dataclass(frozen=True)
class Measured:
    """What a process took: seconds of wall time and of processor time, peak memory in MB."""

    wall: float
    processor: float
    memory: float


def measure(command: Sequence[str], processors: int = 0) -> Measured:
    """Run a command to its end, watching the memory of its process tree; it sees so many processors, 0 for all."""
    before, began, peak, all_of_them = os.times(), time.perf_counter(), 0, os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(all_of_them)[: processors or None])
    try:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    finally:
        os.sched_setaffinity(0, all_of_them)
    while process.poll() is None:
        peak = max(peak, sum(map(_pss, _tree(process.pid))))
        time.sleep(0.05)
    wall, after = time.perf_counter() - began, os.times()
    assert process.stderr
    if process.returncode not in (0, 10, 30):
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}\n{process.stderr.read()}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(wall, used, peak / 1024)


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(p for child in children for p in _tree(int(child)))]


def _pss(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


HEADER = (
    "city",
    "applicants",
    "facts",
    "processes",
    "clingo s",
    "decide s",
    "ratio",
    "CPU s",
    "CPU s",
    "ratio",
    "MB",
    "MB",
)


def _table(numbers: Sequence[int], cities: Sequence[str], turns: int, folder: Path) -> None:
    print(f"| {' | '.join(HEADER)} |\n| --- |{' ---: |' * (len(HEADER) - 1)}")
    for city in cities:
        for number in numbers:
            file = folder / f"{city}-{number}.lp"
            write(city, number, file)
            with file.open() as lines:
                facts = sum(1 for _ in lines)
            for processes in (1,) if number <= SIZE else (1, 2):
                print(
                    f"| {city} | {number:,} | {facts:,} | {processes} | {_row(city, file, processes, turns)} |",
                    flush=True,
                )
            file.unlink()


def _row(city: str, file: Path, processes: int, turns: int) -> str:
    """Clingo and `decide` in turn: medians."""
    rules = [str(ROOT / "rules" / name) for name in ("common.lp", f"{city}.lp")]
    plain, ours = list[Measured](), list[Measured]()
    for _ in range(turns):
        plain.append(measure([sys.executable, "-m", "clingo", *rules, str(file)], 1))
        ours.append(measure([*PINGJIANG, "decide", str(file), "--json"], processes))
    cells = []
    for name, digits in (("wall", 2), ("processor", 2), ("memory", 0)):
        pairs = [(getattr(one, name), getattr(other, name)) for one, other in zip(plain, ours, strict=True)]
        cells += [f"{median(one for one, _ in pairs):.{digits}f}", f"{median(other for _, other in pairs):.{digits}f}"]
        cells += [f"{median(other / one for one, other in pairs):.2f}"] if digits else []
    return " | ".join(cells)


def _startup(runs: int) -> None:
    def least(command: Sequence[str]) -> float:
        return min(once(command) for _ in range(runs)) * 1000

    def once(command: Sequence[str]) -> float:
        before = os.times()
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    interpreter = least([sys.executable, "-c", ""])
    print(f"\ninterpreter: {interpreter:.0f} ms of processor time; beyond it, least of {runs} runs:\n")
    for arguments in (["--help"], *(["decide", str(folder)] for folder in sorted((ROOT / "facts").glob("*-*")))):
        shown = [str(Path(word).relative_to(ROOT)) if word.startswith("/") else word for word in arguments]
        print(f"- `pingjiang {' '.join(shown)}`: {least([*PINGJIANG, *arguments]) - interpreter:.0f} ms")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.decide", description=__doc__)
    parser.add_argument("numbers", type=int, nargs="*", default=[1_000, 10_000, 100_000], help="sizes of the cohorts")
    parser.add_argument("--city", choices=CITIES, action="append", help="one city only")
    parser.add_argument("--turns", type=int, default=3, help="turns of clingo and decide for each row")
    parser.add_argument("--runs", type=int, default=7, help="runs of each start-up measurement")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        _table(arguments.numbers, arguments.city or CITIES, arguments.turns, Path(folder))
    _startup(arguments.runs)


if __name__ == "__main__":
    main()
