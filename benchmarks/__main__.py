"""Each benchmark beside its peer or its floor, in one run: `python -m benchmarks > docs/performance.md`.

What is measured beside what stands in the heading. A peer that is not on this machine is named and left out. The
figures of one table come from one run on one machine, whose load is told at both ends: read them as ratios.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import clingo

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Step:
    """A benchmark: its heading, what is compared with what, the module with its arguments, and a longer run's."""

    heading: str
    words: str
    module: str
    short: Sequence[str] = ()
    long: Sequence[str] = ()
    peer: str = ""
    """The program it cannot do without; `--NAME` gives it to the module."""


STEPS = (
    Step(
        "`decide` beside plain clingo",
        "clingo is `python -m clingo rules/common.lp rules/CITY.lp FACTS.lp`; `decide` is\n"
        "`pingjiang decide FACTS.lp --json`: reading and checking the file, solving in one process or in two,\n"
        "writing JSON. In each pair of columns clingo stands first; both take turns, and medians are printed. Memory\n"
        "is the peak of all processes of a command together, shared pages counted once. Invented cohorts\n"
        "(`python -m benchmarks.generate`), about 45 facts an applicant. Start-up, below the table, is beyond\n"
        "the interpreter's own.",
        "benchmarks.decide",
        ("1000", "10000"),
        ("1000", "10000", "100000"),
    ),
    Step(
        "Memory of part after part",
        "One process decides parts of 1,000 applicants, all of them different, and keeps none. Inside the rules an\n"
        "applicant is its number in the part; *as written* stands beside it: clingo keeps every term for the life\n"
        "of the process. *Renewed* is the most that any process held where they are replaced, as wherever a question\n"
        "has more parts than one process may do.",
        "benchmarks.memory",
        ("--parts", "10", "50", "100"),
    ),
    Step(
        "Explaining beside deciding, xclingo and s(CASP)",
        "Every ground of everybody rejected, justified down to the records and worded in both languages, in one\n"
        "process; the floor is the decision itself (*ratio*), a part of it is clingo's own time. Below, one question\n"
        "after another about refused applicants taken by chance, in milliseconds, in a process that has decided the\n"
        "cohort: why a ground holds, why somebody is not eligible; beside it clingo deciding one applicant alone.\n"
        "Then the whole command on a cohort in which six in ten are refused, in two processes, beside `decide`.",
        "benchmarks.explain",
        ("--sizes", "100", "1000", "--questions", "1000", "--commands", "1000"),
        ("--sizes", "100", "1000", "10000", "--questions", "1000", "--commands", "1000", "10000"),
    ),
    Step(
        "Verdicts beside s(CASP)",
        "The verdicts of the case tables from the same rule files, asked of a goal-directed solver.",
        "benchmarks.scasp",
        ("--sample", "20", "--jobs", "1"),
        ("--sample", "60", "--jobs", "1"),
        peer="scasp",
    ),
    Step(
        "Award sets beside plain Python and OR-Tools CP-SAT",
        "Each peer's answer is compared with ours before its time is printed.",
        "benchmarks.award",
    ),
    Step(
        "Letters of a round, DOCX beside docxtpl by itself",
        "Letters to so many refused applicants of an invented cohort: processor seconds of deciding, finding and\n"
        "proving what they say, and of writing them; PDF is set by typst. Below, whole commands, their processes\n"
        "counted together, on a cohort in which six in ten are refused.",
        "benchmarks.letters",
        ("30", "300", "--pdf", "--commands"),
    ),
    Step(
        "A register, and `decide` on a sample of it",
        "The whole command `pingjiang screen` on an invented register, the processes that share it counted together;\n"
        "the last column says of how many enterprises taken by chance the row differs from what `decide` says.",
        "benchmarks.screen",
        ("1000", "10000"),
        ("1000", "10000", "100000"),
    ),
)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--long", action="store_true", help="the largest sizes too")
    parser.add_argument("--only", action="append", metavar="NAME", help="these benchmarks alone (decide, explain, …)")
    for name in ("xclingo", "scasp"):
        parser.add_argument(f"--{name}", default=shutil.which(name), help=f"the {name} program (default: on PATH)")
    arguments = parser.parse_args()
    for line in report(arguments):
        print(line, flush=True)


def report(arguments: argparse.Namespace) -> Iterator[str]:
    """The page, piece by piece."""
    yield "# Performance\n"
    yield "The output of `python -m benchmarks`: each table is one run, ours beside a peer or a floor.\n"
    yield (
        f"Machine: {os.cpu_count()} processors, Python {platform.python_version()}, clingo {clingo.__version__}; "
        f"load when it began {_load()}. A load above the number of processors lengthens all times of a table alike: "
        "read them as ratios, and processor seconds before wall seconds.\n"
    )
    for step in STEPS:
        name = step.module.rpartition(".")[2]
        if arguments.only and name not in arguments.only:
            continue
        yield f"## {step.heading}\n\n{step.words}\n"
        given = [f"--{peer}={path}" for peer in ("xclingo", "scasp") if (path := getattr(arguments, peer))]
        if step.peer and not getattr(arguments, step.peer):
            yield f"Left out: {step.peer} is not on this machine.\n"
            continue
        own = given if name == "explain" else [one for one in given if step.peer and one.startswith(f"--{step.peer}=")]
        sizes = (step.long or step.short) if arguments.long else step.short
        yield f"`python -m {' '.join([step.module, *sizes])}`, load {_load()} before:\n"
        yield told(_run([step.module, *sizes, *own]))
    yield f"Load when it ended: {_load()}."


def told(output: str) -> str:
    """What a benchmark printed as Markdown: tables and lists as they are, anything else as it stands."""
    table = all(re.match(r"[|\-]|interpreter|$", line) for line in output.splitlines())
    return output.strip() + "\n" if table else f"```text\n{output.strip()}\n```\n"


def _run(module: Sequence[str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *module],
        cwd=ROOT,
        text=True,
        capture_output=True,
        check=False,
    )
    return done.stdout if done.returncode == 0 else f"{done.stdout}\nended with {done.returncode}: {done.stderr[-400:]}"


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    main()
