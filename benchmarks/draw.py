"""The draw measured: sizes, peers side by side, and what is said of its fairness: `python benchmarks/draw.py [PART…]`.

Parts: `sizes` (the draw with all reasons, checked by the rules, beside OR-Tools flow, networkx flow, CP-SAT and the
plain clingo encoding), `ties` (who is tied to whom: the rules told one tie of each shape, and told all), `full` (900
groups at 90 % of all seats), `fairness` (chances, strikes, dead ends; clingo, CP-SAT, and sortition-algorithms where it
is installed). Invented rounds from a fixed seed; process time.
"""

from __future__ import annotations

import gc
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

import clingo

from engine.answers import Reviewed, reviewed
from engine.case import Case
from engine.draw import FILES, Bench, Claim, Draw, Frozen, _roster, draw, faults, freeze, fullest, order, walks
from engine.facts import Fact
from engine.law import without_includes
from engine.panels import compose

Result = TypeVar("Result")
PEER_SECONDS = 60


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    """Process time of some work, and what it gives."""
    gc.collect()
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def invented(reviewers: int, applicants: int, groups: int, share: float, seed: int = 1) -> Case:
    """A round in which each reviewer is tied to a share of the applicants: employed, an office, declared."""
    lots = random.Random(seed)
    industries = [f"C{number}" for number in range(13, 44)]
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    facts += [Fact("group", (f"G{group}", industries[group % len(industries)])) for group in range(groups)]
    names = [f"J{applicant}" for applicant in range(applicants)]
    for applicant, name in enumerate(names):
        facts.append(Fact("applicant", (name, "organization")))
        facts.append(Fact("in_group", (name, f"G{applicant % groups}")))
    for reviewer in range(reviewers):
        name = f"R{reviewer}"
        facts.append(Fact("reviewer", (name,)))
        facts += [Fact("expertise", (name, code)) for code in lots.sample(industries, 6)]
        facts += [Fact("expertise", (name, "C"))] if reviewer % 3 == 0 else []
        facts += [Fact("can_lead", (name,))] if lots.random() < 0.4 else []
        for applicant in lots.sample(names, round(applicants * share)):
            kind = lots.random()
            if kind < 0.5:
                facts.append(Fact("employed", (name, applicant, 20200101, 99991231)))
            elif kind < 0.8:
                facts.append(Fact("officer", (name, applicant, "director", 20200101, 99991231)))
            else:
                facts.append(Fact("declared_interest", (name, applicant, "x")))
    return Case.of(facts)


def drawn(case: Case, size: int) -> Draw:
    """The whole way from the facts to the panels."""
    found = draw(freeze(compose(case, reviewed(case)), size), "benchmark")
    assert isinstance(found, Draw)
    return found


def sizes() -> None:
    """The draw at the sizes of the requirement, and its peers on the same rosters."""
    fullest(small(1, 5, 1, lambda _one, _group: True, 3).field.bench())  # once: the import of OR-Tools
    print("reviewers × applicants, groups   draw   check   OR-Tools  networkx  CP-SAT  clingo")
    for reviewers, applicants, groups in ((50, 20, 4), (500, 200, 20), (5000, 1000, 100)):
        case = invented(reviewers, applicants, groups, 0.05)
        seconds, found = timed(partial(drawn, case, 5))
        check, wrong = timed(partial(faults, Claim.of(found)))
        assert wrong == []
        bench = found.frozen.field.bench()
        row = [f"{reviewers:5} × {applicants:4}, {groups:3}", f"{seconds:15.2f}", f"{check:7.2f}"]
        for peer in (fullest, networkx_flow, cp_sat, plain_clingo):
            row.append(peer_seconds(peer, bench, found.frozen))
        print(" ".join(row), flush=True)


def peer_seconds(peer: Any, bench: Bench, frozen: Frozen) -> str:
    """The time of a peer, or that it did not answer."""
    if peer is plain_clingo and len(bench.reviewers) * len(bench.groups) > 50_000:
        return in_time(frozen)
    seconds, answer = timed(lambda: peer(frozen) if peer is plain_clingo else peer(bench))
    return f"{seconds:8.2f}" if answer else "  left out"


def in_time(frozen: Frozen) -> str:
    """The plain encoding in a process of its own: clingo does not look at the clock while it grounds."""
    context = multiprocessing.get_context("fork")
    child = context.Process(target=plain_clingo, args=(frozen,))
    start = time.monotonic()
    child.start()
    child.join(PEER_SECONDS)
    if not child.is_alive():
        return f"{time.monotonic() - start:8.2f}"
    child.kill()
    return f"  >{PEER_SECONDS} s"


def networkx_flow(bench: Bench) -> bool:
    """The same network in networkx; left out where it takes minutes."""
    import networkx

    if sum(map(len, bench.fit)) > 100_000:
        return False
    graph = networkx.DiGraph()
    for one, load in enumerate(bench.load):
        graph.add_edge("source", ("r", one), capacity=load)
    for node, ones in enumerate(bench.fit):
        graph.add_edge(("s", node), "sink", capacity=bench.need[node])
        for one in ones:
            graph.add_edge(("r", one), ("p", one, node >> 1), capacity=1)
            graph.add_edge(("p", one, node >> 1), ("s", node), capacity=1)
    return bool(networkx.maximum_flow_value(graph, "source", "sink") == sum(bench.need))


def cp_sat(bench: Bench, seed: int = 1, seconds: float = PEER_SECONDS) -> dict[int, list[int]] | None:
    """Any valid set of panels, by CP-SAT."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    seats = {(node, one): model.new_bool_var("") for node, ones in enumerate(bench.fit) for one in ones}
    by_one: dict[int, list[Any]] = {}
    by_pair: dict[tuple[int, int], list[Any]] = {}
    for (node, one), seat in seats.items():
        by_one.setdefault(one, []).append(seat)
        by_pair.setdefault((node >> 1, one), []).append(seat)
    for node, ones in enumerate(bench.fit):
        model.add(sum(seats[node, one] for one in ones) == bench.need[node])
    for one, held in by_one.items():
        model.add(sum(held) <= bench.load[one])
    for held in by_pair.values():
        if len(held) > 1:
            model.add_at_most_one(held)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = seed
    solver.parameters.randomize_search = True
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = seconds
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {node: [one for one in ones if solver.value(seats[node, one])] for node, ones in enumerate(bench.fit)}


def plain_clingo(frozen: Frozen, *options: str) -> list[str] | None:
    """Any valid set of panels, by the encoding alone."""
    ctl = clingo.Control(["--warn=none", *options])
    for path in FILES:
        ctl.add("base", [], without_includes(path))
    with ctl.backend() as backend:
        for symbol in _roster(frozen):
            backend.add_rule([backend.add_atom(symbol)])
    ctl.ground([("base", [])])
    with ctl.solve(yield_=True, async_=True) as handle:
        handle.resume()
        if not handle.wait(PEER_SECONDS):
            handle.cancel()
            return None
        model = handle.model()
        return None if model is None else sorted(str(one) for one in model.symbols(shown=True) if one.name == "sits")


def full() -> None:
    """900 groups of 5 among 5,000 reviewers with one place each: 90 % of all places are seats."""
    case = invented(5000, 900, 900, 0.05)
    seconds, found = timed(lambda: drawn(case, 5))
    check, wrong = timed(lambda: faults(Claim.of(found)))
    assert wrong == []
    verdicts = Counter(verdict for walk in found.walks for verdict in walk.verdicts)
    print(f"900 groups, 4,500 seats of 5,000 places: draw {seconds:.1f} s, check {check:.1f} s; {dict(verdicts)}")


# Fairness


def small(groups: int, people: int, load: int, fit: Callable[[int, int], bool], size: int) -> Frozen:
    """A round of some groups; everybody can lead; `fit` says who knows the trade of a group."""
    facts = [Fact("round", ("jiyuan", 6, 20250930))]
    for group in range(groups):
        facts += [Fact("group", (f"G{group}", f"C{group + 13}")), Fact("applicant", (f"J{group}", "organization"))]
        facts.append(Fact("in_group", (f"J{group}", f"G{group}")))
    for one in range(people):
        name = f"R{one:02}"
        facts += [Fact("reviewer", (name,)), Fact("can_lead", (name,)), Fact("panel_load", (name, load))]
        facts += [Fact("expertise", (name, f"C{group + 13}")) for group in range(groups) if fit(one, group)]
    case = Case.of(facts)
    return freeze(compose(case, Reviewed(tuple(f"J{group}" for group in range(groups)), (), (), True)), size)


def shares(frozen: Frozen, number: int) -> tuple[Counter[str], Counter[tuple[str, ...]]]:
    """How often each reviewer sits in the first group, and each panel of it, in so many draws."""
    bench = frozen.field.bench()
    people: Counter[str] = Counter()
    panels: Counter[tuple[str, ...]] = Counter()
    first = frozen.roster.groups[0]
    for run in range(number):
        walked = [walk for walk in walks(frozen, bench, f"fairness {run}") if walk.group == first]
        panel = sorted(name for walk in walked for _, name in walk.taken)
        people.update(panel)
        panels[tuple(panel)] += 1
    return people, panels


def chi_square(counts: Sequence[int], cells: int) -> float:
    """The statistic against equal chances; `cells` counts those never met too."""
    expected = sum(counts) / cells
    return sum((count - expected) ** 2 for count in counts) / expected + (cells - len(counts)) * expected


def fairness(number: int = 3000) -> None:
    """What docs/draws.md says of chances, measured."""
    one = small(1, 10, 1, lambda _one, _group: True, 3)
    people, panels = shares(one, number)
    square = chi_square(list(panels.values()), 120)
    spread = f"{min(people.values()) / number:.1%} to {max(people.values()) / number:.1%}"
    print(
        f"one panel of 3 from 10, {number} seeds: {len(panels)} of 120 panels, chi-square {square:.1f} on 119 degrees"
    )
    print(f"  (5 % point 145.5); shares {spread} (equal 30.0 %)")
    bench = one.field.bench()
    for label, solve in (
        ("clingo --seed", lambda run: plain_clingo(one, f"--seed={run}")),
        ("clingo --rand-freq=1", lambda run: plain_clingo(one, f"--seed={run}", "--rand-freq=1")),
        ("CP-SAT random_seed", lambda run: cp_sat(bench, run)),
    ):
        runs = number if "clingo" in label else number // 10
        met: Counter[tuple[str, ...]] = Counter()
        sat: Counter[str] = Counter()
        for run in range(runs):
            answer = solve(run)
            assert answer
            if isinstance(answer, dict):
                panel = tuple(sorted(bench.reviewers[who] for ones in answer.values() for who in ones))
            else:
                panel = tuple(sorted(text.split('"')[1] for text in answer))
            met[panel] += 1
            sat.update(panel)
        low = min(sat[name] for name in one.roster.reviewers) / runs
        print(
            f"  {label}: {len(met)} of 120 panels in {runs} seeds; shares {low:.1%} to {max(sat.values()) / runs:.1%}"
        )
    sortition(number)
    narrow = small(2, 8, 1, lambda who, group: group == 0 or who < 4, 3)
    people, _ = shares(narrow, number)
    print("loads bind (8 people, load 1; all know G0, four also G1; panels of 3), share in G0:")
    print("  " + ", ".join(f"{name} {people[name] / number:.1%}" for name in narrow.roster.reviewers))
    wide = small(2, 8, 2, lambda who, group: group == 0 or who < 4, 3)
    people, _ = shares(wide, number)
    print("  with load 2: " + ", ".join(f"{people[name] / number:.1%}" for name in wide.roster.reviewers))
    strikes()
    dead_ends(narrow, number)


def sortition(number: int) -> None:
    """sortition-algorithms on the one panel, where it is installed: 3 of 10, no other condition."""
    try:
        from sortition_algorithms import core, features, people, settings
    except ImportError:
        print("  sortition-algorithms: not installed, left out")
        return
    made, *_ = features.read_in_features(
        ["feature", "value", "min", "max"], [{"feature": "all", "value": "yes", "min": "3", "max": "3"}], 3
    )
    met: Counter[tuple[str, ...]] = Counter()
    sat: Counter[str] = Counter()
    runs = number // 10
    start = time.process_time()
    for run in range(runs):
        asked = settings.Settings("id", [], selection_algorithm="maximin", random_number_seed=run)
        rows = [{"id": f"R{n:02}", "all": "yes"} for n in range(10)]
        pool, _ = people.read_in_people(["id", "all"], rows, made, asked)
        _, panels, _ = core.run_stratification(made, pool, 3, asked)
        met[tuple(sorted(map(str, panels[0])))] += 1
        sat.update(map(str, panels[0]))
    spread = f"{min(sat.values()) / runs:.1%} to {max(sat.values()) / runs:.1%}"
    seconds = time.process_time() - start
    print(f"  sortition-algorithms: {len(met)} of 120 panels in {runs} seeds; shares {spread}; {seconds:.1f} s")


def strikes() -> None:
    """Strike a name that was not selected: how often does the selection change?"""
    names = [f"R{n:03}" for n in range(260)]
    chosen = order("strike", "c", ("G0", "M"), names)[:3]
    changed = flat = 0
    for gone in (name for name in names if name not in chosen):
        left = [name for name in names if name != gone]
        changed += order("strike", "c", ("G0", "M"), left)[:3] != chosen
        flat += set(listed(left)) != set(listed(names))
    print(f"strikes of 257 names not selected: tickets change {changed}, a numbered list (RFC 3797) changes {flat}")


def listed(names: Sequence[str]) -> list[str]:
    """RFC 3797: hash the round's number with the key, take the remainder by the number of names left."""
    from hashlib import md5

    rest, chosen = list(names), []
    for number in range(3):
        suffix = number.to_bytes(2, "big")
        value = int.from_bytes(md5(suffix + b"strike./" + suffix).digest(), "big")
        chosen.append(rest.pop(value % len(rest)))
    return chosen


def dead_ends(frozen: Frozen, number: int) -> None:
    """Plain lots without look-ahead: how often do they end with a seat that nobody may take?"""
    stuck = 0
    for run in range(number):
        left = dict(frozen.roster.load)
        seed = f"plain {run}"
        for group in order(seed, "c", ("G",), frozen.roster.groups):
            fit = frozen.roster.fit[group]
            free = [
                name for name in order(seed, "c", (group, "M"), frozen.roster.reviewers) if name in fit and left[name]
            ]
            if len(free) < frozen.size:
                stuck += 1
                break
            for name in free[: frozen.size]:
                left[name] -= 1
    print(
        f"plain lots on the same two groups: stuck in {stuck / number:.1%} of {number} draws; with look-ahead in none"
    )


def ties() -> None:
    """Who is tied to whom: the rules told one tie of each shape, and told all; the same, as the roster has it."""
    for reviewers, applicants, groups in ((50, 20, 4), (500, 200, 20), (5000, 1000, 100)):
        case = invented(reviewers, applicants, groups, 0.05)
        review = reviewed(case)
        shaped, one = timed(partial(compose, case, review))
        whole, other = timed(partial(compose, case, review, whole=True))
        assert one.tied == other.tied
        number = sum(map(len, one.ties.interested().values()))
        print(
            f"{reviewers:5} × {applicants:4}, {number:6} pairs: by shape {shaped:.2f} s, whole {whole:.2f} s",
            flush=True,
        )


PARTS = {"sizes": sizes, "ties": ties, "full": full, "fairness": fairness}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
