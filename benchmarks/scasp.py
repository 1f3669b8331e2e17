"""The case tables against another solver: `python -m benchmarks.scasp [--scasp PATH]`.

s(CASP) on SWI-Prolog works goal by goal, with no grounding and no answer set of the whole program. Every case of
`rules/cases` that is decided (not refused) is asked there: rejected, pending or eligible? The rules are the same
files, rewritten by `prolog.py`; only the verdict is compared. The peer is not part of this repository:

    apt-get install swi-prolog-nox
    git clone https://github.com/SWI-Prolog/sCASP && make -C sCASP
    SCASP=sCASP/scasp python -m benchmarks.scasp
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks.prolog import program
from tests.legal_cases import CITIES, LegalCase, legal_cases

RULES = Path(__file__).resolve().parents[1] / "rules"
VERDICTS = ("rejected", "pending", "eligible")
ALGORITHMS = ("prev", "all")
"""How s(CASP) 1.1.4 judges `forall`, asked in this order until one gives a verdict. `prev` misses proofs. The default,
`all`, finds proofs that are none: of `n(1, 5). n(2, 9). ok :- n(F, T), D is T - F, D >= 5.` it proves `ok` and
`not ok`, and so refuses whoever has an expired certificate beside a valid one. Where even it proves neither rejected
nor pending, it is sure.
"""


@dataclass(frozen=True)
class Answered:
    """What s(CASP) said of a case, and how many seconds it took; no verdict if it gave none in time."""

    case: LegalCase
    verdict: str | None
    seconds: float


def translated(case: LegalCase) -> str:
    """A case with the rules of its city as an s(CASP) program that asks for the verdict."""
    facts = [line.removesuffix(".") for line in case.text.splitlines()]
    if any("_notice(" in fact for fact in facts):
        facts += _calendar(set(re.findall(r"\b\d{8}\b", case.text)))
    asked = program(_texts(case.city), facts, [(verdict, 1) for verdict in VERDICTS])
    return asked + "".join(f"verdict({v}) :- {v}('A').\n" for v in VERDICTS) + "?- verdict(V).\n"


@cache
def _texts(city: str) -> tuple[str, ...]:
    texts = ((RULES / name).read_text("utf-8") for name in ("common.lp", f"{city}.lp"))
    return tuple(re.sub(r'^#include "[^"]+"\.', "", text, flags=re.MULTILINE) for text in texts)


def _calendar(days: set[str]) -> list[str]:
    """The rows of the calendar for some days, its start and its end."""
    text = (RULES / "calendar.lp").read_text("utf-8")
    start, end = (re.findall(rf"^calendar_{edge}\((\d+)\)", text, re.MULTILINE)[0] for edge in ("start", "end"))
    rows = re.findall(r"^(calendar_day\((\d+), .*\))\.", text, re.MULTILINE)
    return [f"calendar_start({start})", f"calendar_end({end})", *(row for row, day in rows if day in days | {end})]


def ask(scasp: str, case: LegalCase, limit: float) -> Answered:
    """Ask s(CASP) about one case, in processes of its own."""
    began, verdict = time.perf_counter(), None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.pl")
        file.write_text(translated(case), "utf-8")
        for algorithm in ALGORITHMS:
            verdict = verdict or _verdict([scasp, "-n1", f"--forall={algorithm}", str(file)], limit)
    return Answered(case, verdict, time.perf_counter() - began)


def _verdict(command: Sequence[str], limit: float) -> str | None:
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False).stdout
    except subprocess.TimeoutExpired:
        return None
    found = re.search(r"^V = (\w+)", said, re.MULTILINE)
    return found[1] if found else None


def compare(scasp: str, cases: Sequence[LegalCase], limit: float, jobs: int) -> int:
    """Ask about all cases, print what differs and a summary; the number of cases that do not agree."""
    with ThreadPoolExecutor(jobs) as pool:
        answers = []
        for answer in pool.map(lambda case: ask(scasp, case, limit), cases):
            answers.append(answer)
            if len(answers) % 50 == 0:
                print(f"{len(answers)} of {len(cases)} asked", file=sys.stderr)
    other = [a for a in answers if a.verdict not in (None, a.case.expect["status"])]
    silent = [a for a in answers if a.verdict is None]
    for answer in (*other, *silent):
        want = answer.case.expect["status"]
        print(f"{answer.case.city} {answer.case.id}: the table says {want}, s(CASP) {answer.verdict or 'nothing'}")
    agree = len(answers) - len(other) - len(silent)
    print(f"{len(answers)} cases: {agree} agree, {len(other)} differ, {len(silent)} without an answer")
    seconds = sorted(answer.seconds for answer in answers)
    print(f"seconds a case: median {seconds[len(seconds) // 2]:.2f}, most {seconds[-1]:.2f}")
    return len(other) + len(silent)


def executable(path: str | None) -> str:
    """The s(CASP) program, from the option, the variable SCASP or PATH; ends with exit code 0 where there is none."""
    found = path or os.environ.get("SCASP") or shutil.which("scasp")
    if not found or not shutil.which(found):
        print("skipped: no s(CASP) program; give its path with --scasp or in the variable SCASP", file=sys.stderr)
        raise SystemExit(0)
    if not shutil.which("swipl"):
        print("skipped: s(CASP) needs SWI-Prolog (swipl), Debian package swi-prolog-nox", file=sys.stderr)
        raise SystemExit(0)
    return str(Path(found).resolve()) if "/" in found else found


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.scasp", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scasp", metavar="PATH", help="the s(CASP) program (default: $SCASP, then PATH)")
    parser.add_argument("--city", choices=CITIES, help="one city only")
    parser.add_argument("--sample", type=int, metavar="N", help="only N cases, always the same ones")
    parser.add_argument("--limit", type=float, default=120, help="seconds a case may take (default: 120)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cases asked at once")
    arguments = parser.parse_args()
    scasp = executable(arguments.scasp)
    cities = [arguments.city] if arguments.city else CITIES
    cases = [case for city in cities for case in legal_cases(city) if "status" in case.expect]
    if arguments.sample:
        cases = random.Random(0).sample(cases, min(arguments.sample, len(cases)))
    raise SystemExit(bool(compare(scasp, cases, arguments.limit, arguments.jobs)))


if __name__ == "__main__":
    main()
