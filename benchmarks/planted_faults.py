"""Faults of the kinds encoders make, planted one at a time: which command finds each, in what time, in whose words.

    python benchmarks/planted_faults.py [--only NAME]…   # a table in Markdown: docs/planted-faults.md has it

Each fault is planted in a copy of what it changes; then the commands that a lawyer runs are run on it: `audit
coverage`, and where that finds nothing `audit consistency`. Printed are the command that found it, processor seconds,
and the first words it was told in. The list is `planted_faults.toml`; what no command finds says there why. The bench's
own mutation operators (comparison, number, sign, a condition more or less …) are measured by `audit mutants`, not here.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from desk.shell.cli import run

HOUSE = Path(__file__).resolve().parents[1]
COMMANDS = ("coverage", "consistency")
SHORT = 120
"""So much of the words is printed."""


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


@cache
def _copy() -> Path:
    """The rules, their tables and texts in a folder of their own: whatever is changed there is put back."""
    folder = Path(tempfile.mkdtemp(prefix="planted"))
    shutil.copytree(HOUSE / "rules", folder / "rules")
    return folder


def look(fault: Fault) -> Found:
    """Plant a fault and run the commands on it until one finds it; ValueError where the rules no longer say its words.

    A fault in a city's own text or rules is planted in a copy of these, and looked at in this process; another, in a
    copy of the whole program, by a process of its own.
    """
    own = {f"rules/{fault.city}.lp", f"rules/{fault.city}.md"}
    if {file for file, _, _ in fault.changes} <= own:
        return _look_here(fault)
    with tempfile.TemporaryDirectory() as name:
        for part in ("engine", "explain", "audit", "desk", "rules"):
            shutil.copytree(HOUSE / part, Path(name) / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(HOUSE / "pyproject.toml", name)
        _change(fault, Path(name))
        return _first(fault.city, lambda words: _process(words, name))


def _look_here(fault: Fault) -> Found:
    folder = _copy()
    kept = {file: (folder / file).read_bytes() for file, _, _ in fault.changes}
    _change(fault, folder)
    try:
        return _first(str(folder / "rules" / f"{fault.city}.lp"), _within)
    finally:
        for file, content in kept.items():
            (folder / file).write_bytes(content)


def _change(fault: Fault, folder: Path) -> None:
    for file, old, new in fault.changes:
        words = (folder / file).read_text("utf-8")
        if old not in words:
            raise ValueError(f"{file} no longer says {old}")
        (folder / file).write_text(words.replace(old, new, 1), "utf-8")


def _first(city: str, run: Callable[[list[str]], tuple[int, str]]) -> Found:
    """The first command that finds something; what it cost up to there."""
    start = _spent()
    for command in COMMANDS:
        code, told = run(["--lang", "zh", "audit", command, city])
        if code:
            lines = [line for line in told.splitlines() if line.strip()]
            return Found(command if code == 1 else "refused", _spent() - start, lines[0] if lines else "")
    return Found("", _spent() - start, "")


def _spent() -> float:
    """Processor seconds of this process and of those it waited for."""
    return sum(os.times()[:4])


def _within(words: list[str]) -> tuple[int, str]:
    out, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        code = run(words)
    return code, told.getvalue() or out.getvalue()


def _process(words: list[str], folder: str) -> tuple[int, str]:
    start = "from desk.shell.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", start, *words], cwd=folder, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    if "Traceback" in done.stderr:
        return 2, done.stderr.strip().splitlines()[-1]
    return done.returncode, done.stderr or done.stdout


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what becomes of each fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", action="append", choices=sorted(faults()), metavar="NAME")
    chosen = parser.parse_args(arguments)
    print("| fault | kind | found by | s | in whose words, or why not |\n| --- | --- | --- | ---: | --- |")
    for name in chosen.only or faults():
        fault = faults()[name]
        found = look(fault)
        told = " ".join(found.words.split()).replace("|", "\\|")
        told = told if len(told) <= SHORT else f"{told[:SHORT]}…"
        reason = told if found.command else fault.missed or "not known to be missed"
        row = (f"`{name}`", fault.kind, found.command or "—", f"{found.seconds:.1f}", reason)
        print("|", " | ".join(row), "|", flush=True)


if __name__ == "__main__":
    main()
