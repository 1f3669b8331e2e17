"""Whether memory stays flat: `python -m benchmarks.memory [--decisions 500] [--every 50]`, or `--parts 10 50 100`.

With `--parts` one process decides part after part of an invented cohort, SIZE applicants each with identifiers of their
own, and keeps none: prints what it holds after so many parts, and what it would hold if clingo knew every applicant
by its own identifier (`as written`). `renewed` is the most that any process held where they are replaced, as they are
wherever a question has more parts than one process may do.

Otherwise one process decides one version of the sample's round after another, each with every reason, as the desk's
process for long work does when a version is taken in; between two versions one fact differs. Prints what it holds, MB.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.generate import dossier
from engine.answers.eligibility import cohort, decide_part
from engine.case import load
from engine.law import rule_files
from engine.solve import LIFE, SIZE, Clock, Part, answer_keys, crew, fed, run
from engine.solve import parts as cut

FACTS = Path(__file__).resolve().parents[1] / "facts" / "jiyuan-6"


def versions(number: int) -> Iterator[str]:
    """So many versions of the round, each with another score."""
    from web.questions import answer

    facts = answer("upload", {path.name: path.read_bytes() for path in FACTS.glob("*.lp")}, 20251017)["facts"]
    for at in range(number):
        yield re.sub(r'self_score\("J01",\d+\)', f'self_score("J01",{501 + at})', facts)


def one_part(at: int, folder: str) -> Part:
    """A part of the cohort, by its number from 1."""
    file = Path(folder, f"part-{os.getpid()}.lp")
    rows = (line for number in range((at - 1) * SIZE, at * SIZE) for line in dossier("jiyuan", number))
    file.write_text("\n".join(["round(jiyuan,6,20250930).", *rows]) + "\n", "utf-8")
    case = load(file)
    (part,) = cut(case, cohort(case))
    return part


def decided(folder: str, local: bool, at: int) -> tuple[int, float]:
    """Decide a part: its number, and what this process holds after it, in MB.

    With `local` an applicant is its number in the part, as it is decided; without, its own identifier.
    """
    part = one_part(at, folder)
    if local:
        decide_part(part, Clock())
    else:
        answer_keys(rule_files(part.city), fed(part.city, part.readings, part.columns))
    del part
    gc.collect()
    return at, psutil.Process().memory_info().rss / 2**20


def parts(wanted: Sequence[int], local: bool) -> Iterator[tuple[int, float]]:
    """What this process holds after so many parts, in MB beyond what it held after the first."""
    with TemporaryDirectory() as folder:
        held = dict(decided(folder, local, at) for at in range(1, max(wanted) + 1))
    yield from ((at, held[at] - held[1]) for at in wanted)


def renewed(wanted: Sequence[int]) -> Iterator[tuple[int, float]]:
    """The most that any process held up to so many parts, in MB beyond what one held after its first."""
    from benchmarks.memory import decided as work  # a worker knows modules, not the script that asks

    with TemporaryDirectory() as folder, crew(1, parts=LIFE + 1) as over:
        held = dict(run(partial(work, folder, True), range(1, max(wanted) + 1), over))
    yield from ((at, max(held[one] for one in range(1, at + 1)) - held[1]) for at in wanted)


def _parts(wanted: Sequence[int]) -> None:
    """Print all three; what one process does stands in a process of its own."""
    head = ("parts", "applicants", "as decided, MB more than after one", "renewed, MB more", "as written, MB more")
    print(f"| {' | '.join(head)} |\n|" + " ---: |" * len(head))
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        told = [dict(pool.submit(_listed, wanted, local).result()) for local in (True, False)]
    told.insert(1, dict(renewed(wanted)))
    for at in wanted:
        print(f"| {at} | {at * SIZE:,} | {' | '.join(f'{one[at]:.0f}' for one in told)} |")


def _listed(wanted: Sequence[int], local: bool) -> list[tuple[int, float]]:
    return list(parts(wanted, local))


def main() -> None:
    """Decide, look, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--decisions", type=int, default=500)
    parser.add_argument("--every", type=int, default=50)
    parser.add_argument("--parts", type=int, nargs="+", default=[])
    asked = parser.parse_args()
    if asked.parts:
        _parts(sorted(asked.parts))
        return
    from web.questions import answer

    process, started = psutil.Process(), time.process_time()
    for at, facts in enumerate(versions(asked.decisions), 1):
        rows = answer("decided", facts)["rows"]
        answer("reasoned", facts, [row["id"] for row in rows])
        answer("agenda", facts, 20251017)
        answer("procedure", facts)
        if at % asked.every == 0 or at in (1, asked.decisions):
            gc.collect()
            held = process.memory_info().rss / 2**20
            print(f"{at:5} decisions  {held:6.0f} MB  {time.process_time() - started:6.0f} s", flush=True)


if __name__ == "__main__":
    main()
