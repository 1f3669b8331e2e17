"""Award sets: ours beside plain Python enumeration and OR-Tools CP-SAT.

    python benchmarks/award.py

Every figure is of one run on one machine: read them as ratios. Each peer's answer is compared with ours before its time
is printed. Candidates are given, so that eligibility, which all share, is not measured; "from facts" includes it.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TypeVar

import clingo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from audit.tables import case_of, round_text
from engine.award import Sets, candidates
from engine.case import Case
from tests.lawful_sets import Round

PLACES = {"jiyuan": 2, "sanmenxia": 4}
PRIZES = ("main", "nomination")
Result = TypeVar("Result")


def main() -> None:
    """Print the table."""
    row("case", "peer", "seconds", "answer")
    for city, number, spread in (("jiyuan", 8, 4), ("jiyuan", 10, 4), ("jiyuan", 11, 5)):
        small(city, number, spread)
    for name, city, number, scores in cohorts():
        large(name, city, number, scores)


def cohorts() -> Iterator[tuple[str, str, int, Callable[[int], int]]]:
    """Large rounds: all different, a tenth of the scores shared, everybody equal."""
    lot = random.Random(5)
    for number in (200, 1000):
        yield "all different", "jiyuan", number, lambda i: 90_000 - i
        yield "ties", "sanmenxia", number, lambda _: 70_000 + 100 * lot.randrange(20)
    yield "all equal", "sanmenxia", 200, lambda _: 80_000


def small(city: str, number: int, spread: int) -> None:
    """A round small enough to enumerate: every lawful set, counted and compared."""
    lot = random.Random(number)
    scores = {f"J{i:03d}": 70_000 + 100 * lot.randrange(spread) for i in range(number)}
    who = candidates(case(city, scores))
    plain = Round(scores, places=PLACES[city])
    name = f"{city} {number} candidates, every set"
    wanted, seconds = timed(plain.sets)
    row(name, f"plain Python, 3^{number} choices", seconds, len(wanted))
    found, seconds = timed(lambda: [one.winners for one in Sets(who, fullest=False)])
    assert list(found) == [tuple(one) for one in wanted]
    row(name, "pingjiang", seconds, len(found))


def large(name: str, city: str, number: int, score: Callable[[int], int]) -> None:
    """A large round: the fullest sets, counted; CP-SAT finds one of them."""
    scores = {f"J{i:04d}": score(i) for i in range(number)}
    round_case, title = case(city, scores), f"{city} {number} candidates, {name}, fullest"
    who, seconds = timed(lambda: candidates(round_case))
    row(title, "eligibility from facts", seconds, len(who.candidates))
    sets, seconds = timed(lambda: Sets(who, fullest=True))
    count, more = timed(sets.count)
    row(title, "pingjiang, exact count", seconds + more, f"{count:,} sets")
    first, seconds = timed(lambda: next(iter(sets)))
    row(title, "pingjiang, first set with reasons", seconds, tuple(map(len, first.winners)))
    best, seconds = timed(lambda: cp_sat(scores, PLACES[city]))
    assert best == tuple(map(len, first.winners))
    row(title, "OR-Tools CP-SAT, one set", seconds, best)


def cp_sat(scores: dict[str, int], places: int) -> tuple[int, int]:
    """The most main prizes, then nominations, by CP-SAT: quota and merit over the ladder of scores."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    won = {(id, prize): model.new_bool_var(f"{id}_{prize}") for id, prize in product(scores, PRIZES)}
    for prize in PRIZES:
        model.add(sum(won[id, prize] for id in scores) <= places)
        above = None  # somebody better is left out
        for score in sorted(set(scores.values()), reverse=True):
            level = [id for id, points in scores.items() if points == score]
            if above is not None:
                for id in level:
                    model.add_implication(won[id, prize], above.negated())
            below = model.new_bool_var(f"left_{prize}_{score}")
            if above is not None:
                model.add_implication(above, below)
            for id in level:
                has = {prize, PRIZES[0]}
                model.add(sum(won[id, p] for p in has) + below >= 1)
            above = below
    for id in scores:
        model.add_at_most_one(won[id, prize] for prize in PRIZES)
    main, nomination = (sum(won[id, prize] for id in scores) for prize in PRIZES)
    model.maximize(100 * main + nomination)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return int(solver.value(main)), int(solver.value(nomination))


def case(city: str, scores: dict[str, int]) -> Case:
    """A round of flawless candidates with these scores."""
    return case_of(round_text(city, {id: score / 100 for id, score in scores.items()}))


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """The result and the seconds it took."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def row(case: str, peer: str, seconds: object, answer: object) -> None:
    """A line of the table."""
    shown = f"{seconds:.3f}" if isinstance(seconds, float) else seconds
    print(f"{case:58} {peer:38} {shown:>8}  {answer}", flush=True)


if __name__ == "__main__":
    print(f"clingo {clingo.__version__}")
    main()
