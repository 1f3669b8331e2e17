"""Explaining rejections beside xclingo and s(CASP), on the same rules and cases: `python -m benchmarks.explain`.

Ours: every ground of every rejected applicant justified, why and why not, in one solve a part, each node worded in both
languages; of that, `clingo` is what clingo takes from the program's text to the atoms of the answer. The peers explain
what is true only: xclingo prints one tree for each failed or barred atom, s(CASP) one justification of the rejection.
All times are processor seconds of one process. With `--commands` the whole commands on a cohort in which six in ten
are refused: `why-not --all --json`, and beside it `decide --json`, its floor, each in two processes: medians of three
turns. With `--questions` one question after another about refused applicants taken by chance, in a process that has
decided the cohort: why a ground holds, and why somebody is not eligible; beside it what clingo takes to decide one
applicant from the rule files and his facts.
The peers are no part of this repository:

    python3 -m venv xclingo && xclingo/bin/pip install xclingo==2.0b24
    apt-get install swi-prolog-nox; git clone https://github.com/SWI-Prolog/sCASP && make -C sCASP
    python -m benchmarks.explain --xclingo xclingo/bin/xclingo --scasp sCASP/scasp
"""

from __future__ import annotations

import argparse
import random
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from benchmarks.decide import PINGJIANG, Measured, measure
from benchmarks.generate import CITIES, write
from benchmarks.named import named
from benchmarks.prolog import program
from engine import Decision, decide, load
from engine.answers import Outcome
from engine.facts import quote, text
from engine.law import rule_files, without_includes
from engine.solve import answer, symbols
from explain.dual import evaluation as evaluate
from explain.graph import justify, justify_all

CITY = "jiyuan"
SHOWN = "%!show_trace {failed(A,P,K)}.\n%!show_trace {barred(A,P,K)}.\n"


def questions(outcomes: Iterable[Outcome]) -> list[str]:
    """Every ground of every rejected applicant."""
    return [
        f"{kind}({quote(o.id)},{g.provision},{g.key})"
        for o in outcomes
        if o.status == "rejected"
        for kind in ("failed", "barred")
        for g in getattr(o, kind)
    ]


def cohort(number: int, folder: Path, flawed: bool = False) -> Path:
    """The invented cohort of that size, written once."""
    file = folder / f"{number}.lp"
    if not file.exists():
        write(CITY, number, file, flawed)
    return file


@dataclass(frozen=True)
class Row:
    """Rejected applicants and their grounds; seconds to decide all, to justify every ground, of that in clingo, and of
    one single question."""

    rejected: int
    grounds: int
    decided: float
    explained: float
    clingo: float
    single: float


def ours(file: Path) -> Row:
    """Decide a cohort, explain all of it, and one ground by itself."""
    case = load(file)
    began = time.process_time()
    decision = decide(case, processes=1)
    decided = time.process_time() - began
    rejected = sum(o.status == "rejected" for o in decision.applicants)
    asked = questions(decision.applicants)
    with solving() as spent:
        began = time.process_time()
        graphs = sum(1 for _ in justify_all(decision, asked))
        explained = time.process_time() - began
        clingo = sum(spent)
    assert graphs == len(asked)
    began = time.process_time()
    justify(decision, asked[-1])
    return Row(rejected, graphs, decided, explained, clingo, time.process_time() - began)


@contextmanager
def solving() -> Iterator[list[float]]:
    """The seconds of each solve of an explanation."""
    spent: list[float] = []

    def timed(*given: Any, **named: Any) -> Any:
        began = time.process_time()
        found = answer(*given, **named)
        spent.append(time.process_time() - began)
        return found

    evaluate.answer = timed
    try:
        yield spent
    finally:
        evaluate.answer = answer


def xclingo(tool: str, number: int, folder: Path, limit: float) -> float | None:
    """Seconds for all explanations of a cohort in one process; None where it is not done in time."""
    rules, shown = folder / "rules.lp", folder / "shown.lp"
    rules.write_text(named(without_includes(path) for path in rule_files(CITY)), "utf-8")
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
    asked = program(tuple(without_includes(path) for path in rule_files(CITY)), facts, [("rejected", 1)])
    file.write_text(f"{asked}?- rejected('{outcome.id}').\n", "utf-8")
    return _timed([tool, "--tree", "-n1", str(file)], limit)


def commands(number: int, folder: Path, turns: int = 3) -> None:
    """Everybody who is refused, explained by the command, beside the decision of the same cohort by its own."""
    heads = ("city", "applicants", "refused", "not accepted", "decide s", "why-not s", "ms a refused", "processor ms")
    print("\n" + " ".join(f"{head:>12}" for head in heads))
    for city in CITIES:
        file = folder / f"{city}-{number}-refused.lp"
        write(city, number, file, flawed=True)
        found = decide(load(file), processes=1).applicants
        refused = sum(one.status == "rejected" for one in found)
        open_ = sum(one.status not in ("eligible", "withdrawn") for one in found)
        floor, ours = list[Measured](), list[Measured]()
        for _ in range(turns):
            floor.append(measure([*PINGJIANG, "decide", str(file), "--json"], 2))
            ours.append(measure([*PINGJIANG, "why-not", str(file), "--all", "--json"], 2))
        walls = [median(one.wall for one in runs) for runs in (floor, ours)]
        processor = median(one.processor for one in ours)
        times = [*(f"{one:.2f}" for one in walls), f"{1000 * walls[1] / refused:.2f}"]
        cells = (city, number, refused, open_, *times, f"{1000 * processor / refused:.2f}")
        print(" ".join(f"{cell:>12}" for cell in cells), flush=True)


def single(number: int, folder: Path, turns: int = 200) -> None:
    """One question at a time about a refused applicant taken by chance, beside clingo deciding him by himself."""
    heads = ("city", "applicants", *(f"{name} {what}" for name in KINDS for what in ("median", "mean")))
    print("\n" + " ".join(f"{head:>15}" for head in heads))
    for city in CITIES:
        file = folder / f"{city}-{number}-single.lp"
        write(city, number, file)
        chance = random.Random(number)
        decision = decide(load(file), processes=1)
        refused = [outcome for outcome in decision.applicants if outcome.status == "rejected"]
        spent = [[_spent(decision, kind, chance.choice(refused), chance) for kind in KINDS] for _ in range(turns)]
        cells = [f"{1000 * what(times):.1f}" for times in zip(*spent, strict=True) for what in (median, mean)]
        print(" ".join(f"{cell:>15}" for cell in (city, number, *cells)), flush=True)


KINDS = ("clingo", "ground", "eligible")
"""What is timed about one applicant: clingo on his facts, why a ground holds, why he is not eligible."""


def _spent(decision: Decision, kind: str, outcome: Outcome, chance: random.Random) -> float:
    """Processor seconds of one of these."""
    case = decision.case
    asked = chance.choice(questions([outcome])) if kind == "ground" else f"eligible({quote(outcome.id)})"
    began = time.process_time()
    if kind == "clingo":
        facts = [*case.shared, *case.about(outcome.id)]
        answer(rule_files(case.city), symbols(case.city, case.readings, facts))
    else:
        justify(decision, asked)
    return time.process_time() - began


def _timed(command: Sequence[str], limit: float) -> float | None:
    began = _children()
    try:
        subprocess.run(command, capture_output=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return None
    return _children() - began


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.explain", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--xclingo", help="the xclingo program; left out where it is not given")
    parser.add_argument("--scasp", help="the s(CASP) program; left out where it is not given")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 100, 1000, 10000])
    parser.add_argument("--flawed", action="store_true", help="cohorts without a sound dossier")
    parser.add_argument("--commands", type=int, nargs="*", default=[], help="sizes for the whole commands")
    parser.add_argument("--questions", type=int, nargs="*", default=[], help="sizes for one question at a time")
    parser.add_argument("--limit", type=float, default=120, help="seconds a peer may take (default: 120)")
    arguments = parser.parse_args()
    for name in ("xclingo", "scasp"):
        tool = getattr(arguments, name)
        if not tool or not shutil.which(tool):
            print(f"{name}: skipped, no such program; see --help")
            setattr(arguments, name, None)
    heads = ("applicants", "rejected", "grounds", "decide s", "clingo s", "explain s", "ratio", "ms each", "one ms")
    print(" ".join(f"{head:>10}" for head in (*heads, "xclingo ms each", "s(CASP) ms one", "MB")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours(cohort(3, folder))  # imports
        for number in arguments.sizes:
            _row(number, folder, arguments)
        for number in arguments.questions:
            single(number, folder)
        for number in arguments.commands:
            commands(number, folder)


def _row(number: int, folder: Path, arguments: argparse.Namespace) -> None:
    row = ours(cohort(number, folder, arguments.flawed))
    peers = {"xclingo": "-", "scasp": "-"}
    if arguments.xclingo and number <= 1000:
        seconds = xclingo(arguments.xclingo, number, folder, arguments.limit)
        peers["xclingo"] = f"{1000 * seconds / max(row.rejected, 1):.1f}" if seconds else f"> {arguments.limit:.0f} s"
    if arguments.scasp and number <= 1000:
        seconds = scasp(arguments.scasp, number, folder, arguments.limit)
        peers["scasp"] = f"{1000 * seconds:.0f}" if seconds else f"> {arguments.limit:.0f} s"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = [f"{seconds:.2f}" for seconds in (row.decided, row.clingo, row.explained, row.explained / row.decided)]
    each = [f"{1000 * row.explained / max(row.rejected, 1):.2f}", f"{1000 * row.single:.1f}"]
    cells = (number, row.rejected, row.grounds, *times, *each, *peers.values(), f"{memory:.0f}")
    widths = (*[10] * 9, 15, 14, 10)
    print(" ".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)), flush=True)


if __name__ == "__main__":
    main()
