"""How long a workbook of 1,000 applicants takes to write and to read: `python benchmarks/workbook.py [APPLICANTS]`."""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import engine
from desk.workbook import survey, workbook
from engine.facts import Fact

FACTS = Path(__file__).resolve().parents[1] / "facts" / "jiyuan-6"


def main(applicants: int) -> None:
    sample = engine.load(sorted(FACTS.glob("*.lp")))
    own = [fact for fact in sample.facts if fact.arguments[:1] == ("J01",) and fact.predicate != "in_group"]
    facts = [fact for fact in sample.facts if fact.predicate == "round"]
    for number in range(applicants):
        facts += [Fact(fact.predicate, (f"J{number:05}", *fact.arguments[1:])) for fact in own]
    case = engine.Case.of(facts)
    begun = time.perf_counter()
    data = workbook(case)
    written = time.perf_counter()
    survey(data)
    surveyed = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "case.xlsx")
        file.write_bytes(data)
        start = time.perf_counter()
        same = engine.load(file) == case
        read = time.perf_counter() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{applicants} applicants, {len(case.facts)} facts, {len(data) // 1024} KiB")
    print(f"written {written - begun:.2f} s; surveyed {surveyed - written:.2f} s; read and checked {read:.2f} s")
    print(f"the same case: {same}; peak {memory} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
