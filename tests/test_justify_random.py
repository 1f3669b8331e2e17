"""Random programs: functions, arithmetic, `_`, double negation, aggregates; no graph says more or less than is so."""

from __future__ import annotations

from pathlib import Path

import pytest
from justification_check import Check, Mismatch
from random_programs import FACTS, LEVELS, Writer

from explain.dual.compiled import program
from explain.dual.evaluation import answer_set
from explain.graph.justification import justify_atoms, justify_facts

SIZE = 20
"""So many programs stand in one file, each with predicates of its own: one solve for all."""
QUICK, ALL = 6, 100


@pytest.mark.parametrize("number", [pytest.param(n, marks=pytest.mark.slow if n >= QUICK else ()) for n in range(ALL)])
def test_a_random_programs_justifications_are_what_substitution_says(tmp_path: Path, number: int) -> None:
    """Truth, supports, each blocked instance, each failing literal, comparisons, values and contributors.

    Asked over the answer set and from facts the graphs are the same. In every other file rules recur.
    """
    writers = [Writer(seed) for seed in range(number * SIZE, (number + 1) * SIZE)]
    programs = [writer.program(recursive=bool(number % 2)) for writer in writers]
    asked = [
        [f"{one[0]}{place}{one[1:]}" for one in writer.questions(written, 4)]
        for place, (writer, written) in enumerate(zip(writers, programs, strict=True))
    ]
    file = tmp_path / "random.lp"
    known = [f"#defined {name}{n}/{size}." for n in range(SIZE) for name, size in {**FACTS, **LEVELS}.items()]
    file.write_text("\n".join([*(one.written(place) for place, one in enumerate(programs)), *known]), "utf-8")
    atoms = answer_set((file,), program((file,)).dual, ())
    questions = [one for several in asked for one in several]
    graphs = list(justify_atoms((file,), questions, atoms))
    again = list(justify_facts((file,), questions, ()))

    wrong, first, place = [], 1, 0
    for written, several in zip(programs, asked, strict=True):
        for _ in several:
            try:
                Check(written, graphs[place], first).whole()
            except Mismatch as found:
                wrong.append(str(found))
            place += 1
        first += len(written.rules)

    assert wrong == []
    assert [(list(one.nodes), list(one.edges)) for one in graphs] == [
        (list(one.nodes), list(one.edges)) for one in again
    ]


def test_the_check_finds_what_is_left_out(tmp_path: Path) -> None:
    """A failing condition, a blocked rule or a condition of a support taken away is a mismatch."""
    writer = Writer(3)
    written = writer.program()
    file = tmp_path / "random.lp"
    known = [f"#defined {name}0/{size}." for name, size in {**FACTS, **LEVELS}.items()]
    file.write_text("\n".join([written.written(0), *known]), "utf-8")
    questions = [f"{one[0]}0{one[1:]}" for one in writer.questions(written, 30)]
    atoms = answer_set((file,), program((file,)).dual, ())
    found = 0
    for graph in justify_atoms((file,), questions, atoms):
        root = graph.graph["root"]
        for target in list(graph.successors(root)):
            maimed = graph.copy()
            maimed.remove_edge(root, target)
            maimed.remove_nodes_from([node for node in maimed if node != root and not maimed.in_degree(node)])
            try:
                Check(written, maimed).whole()
            except Mismatch:
                found += 1

    assert found >= 5
