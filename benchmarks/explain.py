"""Explaining rejections beside xclingo and s(CASP), on the same rules and cases: `python -m benchmarks.explain`.

Ours: every ground of every rejected applicant justified, why and why not, in one solve a part. The peers explain what
is true only: xclingo prints one tree for each failed or barred atom, s(CASP) one justification of the rejection. They
are no part of this repository:

    python3 -m venv xclingo && xclingo/bin/pip install xclingo==2.0b24
    apt-get install swi-prolog-nox; git clone https://github.com/SWI-Prolog/sCASP && make -C sCASP
    python -m benchmarks.explain --xclingo xclingo/bin/xclingo --scasp sCASP/scasp
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.generate import write
from benchmarks.named import named
from benchmarks.prolog import program
from engine import Decision, decide, load
from engine.rulebook import rule_files
from engine.solve import source
from engine.vocabulary import quote, text
from explain.justify import justify, justify_all

CITY = "jiyuan"
SHOWN = "%!show_trace {failed(A,P,K)}.\n%!show_trace {barred(A,P,K)}.\n"


def questions(decision: Decision) -> list[str]:
    """Every ground of every rejected applicant."""
    return [
        f"{kind}({quote(o.id)},{g.provision},{g.key})"
        for o in decision.applicants
        if o.status == "rejected"
        for kind in ("failed", "barred")
        for g in getattr(o, kind)
    ]


def cohort(number: int, folder: Path) -> Path:
    """The invented cohort of that size, written once."""
    file = folder / f"{number}.lp"
    if not file.exists():
        write(CITY, number, file)
    return file


def ours(number: int, folder: Path) -> tuple[int, float, float, float]:
    """Rejected applicants, seconds to decide all, seconds to justify every ground, seconds of one single question."""
    case = load(cohort(number, folder))
    began = time.perf_counter()
    decision = decide(case, processes=1)
    decided = time.perf_counter() - began
    rejected = sum(o.status == "rejected" for o in decision.applicants)
    asked = questions(decision)
    began = time.perf_counter()
    graphs = sum(1 for _ in justify_all(decision, asked))
    explained = time.perf_counter() - began
    assert graphs == len(asked)
    began = time.perf_counter()
    justify(decision, asked[-1])
    return rejected, decided, explained, time.perf_counter() - began


def xclingo(tool: str, number: int, folder: Path, limit: float) -> float | None:
    """Seconds for all explanations of a cohort in one process; None where it is not done in time."""
    rules, shown = folder / "rules.lp", folder / "shown.lp"
    rules.write_text(named(source(path) for path in rule_files(CITY)), "utf-8")
    shown.write_text(SHOWN, "utf-8")
    files = map(str, (rules, cohort(number, folder), shown))
    return _timed([tool, *files, "--auto-tracing", "all", "-n", "1", "1"], limit)


def scasp(tool: str, number: int, folder: Path, limit: float) -> float | None:
    """Seconds for one justification of one rejected applicant, with a cohort of that size loaded."""
    case = load(cohort(number, folder))
    outcome = next((o for o in decide(case).applicants if o.status == "rejected"), None)
    if outcome is None:
        return None
    file = folder / f"{number}.pl"
    facts = [text(fact) for fact in case.facts]
    asked = program(tuple(source(path) for path in rule_files(CITY)), facts, [("rejected", 1)])
    file.write_text(f"{asked}?- rejected('{outcome.id}').\n", "utf-8")
    return _timed([tool, "--tree", "-n1", str(file)], limit)


def _timed(command: Sequence[str], limit: float) -> float | None:
    began = time.perf_counter()
    try:
        subprocess.run(command, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    return time.perf_counter() - began


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.explain", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--xclingo", help="the xclingo program; left out where it is not given")
    parser.add_argument("--scasp", help="the s(CASP) program; left out where it is not given")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000, 10000])
    parser.add_argument("--limit", type=float, default=120, help="seconds a peer may take (default: 120)")
    arguments = parser.parse_args()
    for name in ("xclingo", "scasp"):
        tool = getattr(arguments, name)
        if not tool or not shutil.which(tool):
            print(f"{name}: skipped, no such program; see --help")
            setattr(arguments, name, None)
    heads = ("applicants", "rejected", "decide s", "explain s", "ratio", "ms each", "one ms")
    print(" ".join(f"{head:>10}" for head in (*heads, "xclingo ms each", "s(CASP) ms one", "MB")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours(3, folder)  # imports, and the dual program, which is made once
        for number in arguments.sizes:
            _row(number, folder, arguments)


def _row(number: int, folder: Path, arguments: argparse.Namespace) -> None:
    rejected, decided, explained, single = ours(number, folder)
    peers = {"xclingo": "-", "scasp": "-"}
    if arguments.xclingo and number <= 1000:
        seconds = xclingo(arguments.xclingo, number, folder, arguments.limit)
        peers["xclingo"] = f"{1000 * seconds / max(rejected, 1):.1f}" if seconds else f"> {arguments.limit:.0f} s"
    if arguments.scasp and number <= 1000:
        seconds = scasp(arguments.scasp, number, folder, arguments.limit)
        peers["scasp"] = f"{1000 * seconds:.0f}" if seconds else f"> {arguments.limit:.0f} s"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = f"{1000 * explained / max(rejected, 1):.2f}"
    times = (f"{decided:.2f}", f"{explained:.2f}", f"{explained / decided:.2f}", each, f"{1000 * single:.1f}")
    row = (number, rejected, *times, peers["xclingo"], peers["scasp"], f"{memory:.0f}")
    widths = (10, 10, 10, 10, 10, 10, 10, 15, 14, 10)
    print(" ".join(f"{cell:>{width}}" for cell, width in zip(row, widths, strict=True)), flush=True)


if __name__ == "__main__":
    main()
