"""Faults of the kinds encoders make, planted one at a time: which command finds each, in what time, in whose words.

    python benchmarks/planted_faults.py [--only NAME]… [--jobs N]

Each fault is planted in a copy of the program; then the commands that a lawyer runs are run on it: `audit coverage`,
and where that finds nothing `audit consistency`. Printed are the command that found it, processor seconds, and the
first words it was told in. The list is `planted_faults.toml`; what no command finds says there why. The bench's own
mutation operators
(comparison, number, sign, a condition more or less …) are measured by `audit mutants`, not here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

HOUSE = Path(__file__).resolve().parents[1]
COMMANDS = ("coverage", "consistency")


@dataclass(frozen=True)
class Fault:
    """One fault: its kind, which words of which files stand for which, the city that is looked at, why it is missed."""

    name: str
    kind: str
    city: str
    changes: tuple[tuple[str, str, str], ...]
    missed: str = ""


@cache
def faults() -> dict[str, Fault]:
    """Every fault of the list, by name."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return {name: _fault(name, row) for name, row in data.items()}


def _fault(name: str, row: dict[str, Any]) -> Fault:
    changes = tuple((str(one["file"]), str(one["old"]), str(one["new"])) for one in (row, *row.get("more", ())))
    return Fault(name, row["kind"], row.get("city", "jiyuan"), changes, row.get("missed", ""))


class Found(NamedTuple):
    """What became of a fault: the command that found it (none), processor seconds, the words it was told in."""

    command: str
    seconds: float
    words: str


def plant(fault: Fault, folder: Path) -> None:
    """The program's own files, with the fault in them; ValueError where the rules no longer say what it replaces."""
    for part in ("engine", "explain", "audit", "desk", "rules"):
        shutil.copytree(HOUSE / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(HOUSE / "pyproject.toml", folder)
    for file, old, new in fault.changes:
        words = (folder / file).read_text("utf-8")
        if old not in words:
            raise ValueError(f"{file} no longer says {old}")
        (folder / file).write_text(words.replace(old, new, 1), "utf-8")


def look(fault: Fault) -> Found:
    """Plant a fault and run the commands on it until one finds it."""
    with tempfile.TemporaryDirectory() as name:
        plant(fault, Path(name))
        spent = 0.0
        for command in COMMANDS:
            start = time.monotonic()
            words = ["-c", "from desk.shell.cli import main; main()", "--lang", "zh", "audit", command, fault.city]
            run = subprocess.run(
                [sys.executable, *words], cwd=name, capture_output=True, text=True, check=False,
                env={**os.environ, "PYTHONPATH": name, "PYTHONDONTWRITEBYTECODE": "1"},
            )  # fmt: skip
            spent += time.monotonic() - start
            if run.returncode == 1 and "Traceback" not in run.stderr:
                return Found(command, spent, (run.stderr or run.stdout).strip())
            if run.returncode > 1 or "Traceback" in run.stderr:
                return Found("refused", spent, run.stderr.strip().splitlines()[-1])
        return Found("", spent, "")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what becomes of each fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(faults()))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    chosen = parser.parse_args(arguments)
    names = chosen.only or list(faults())
    with ThreadPoolExecutor(chosen.jobs) as pool:
        for name, found in zip(names, pool.map(look, (faults()[name] for name in names)), strict=True):
            told = " ".join(found.words.split())[:160]
            fault = faults()[name]
            reason = told if found.command else fault.missed or "not known to be missed"
            print(f"{name:24} {fault.kind:14} {found.command or '—':12} {found.seconds:5.1f} s  {reason}", flush=True)


if __name__ == "__main__":
    main()
