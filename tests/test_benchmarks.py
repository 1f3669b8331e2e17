"""The benchmarks still fit the program they measure: each is imported, none is run."""

import importlib
import re
from pathlib import Path

import pytest
from clingo import ast
from legal_cases import CITIES, legal_cases

BENCHMARKS = sorted(
    path.stem for path in (Path(__file__).resolve().parents[1] / "benchmarks").glob("*.py") if path.stem != "__init__"
)


@pytest.mark.parametrize("name", BENCHMARKS)
def test_a_benchmark_is_importable(name: str) -> None:
    assert importlib.import_module(f"benchmarks.{name}").__doc__


def test_every_planted_fault_still_has_what_it_replaces() -> None:
    """Sixty at least, of many kinds, each of words that the rules and catalogues say today."""
    from benchmarks.planted_faults import HOUSE, faults

    gone = [
        name for name, fault in faults().items() for file, old, _ in fault.changes
        if old not in (HOUSE / file).read_text("utf-8")
    ]  # fmt: skip

    assert gone == []
    assert len(faults()) >= 60
    assert len({fault.kind for fault in faults().values()}) >= 12


@pytest.mark.parametrize("city", CITIES)
def test_the_rules_are_still_written_for_the_goal_directed_peer(city: str) -> None:
    """Every rule in words it knows; what a text without tracks asks of tracks is gone."""
    from benchmarks.scasp import translated

    case = next(case for case in legal_cases(city) if "status" in case.expect)
    program = translated(case)

    assert "verdict(rejected) :- rejected('A')." in program
    assert "takes(" not in program
    assert not re.search(r"#|\.\.", program)


def test_a_rule_over_what_nobody_states_falls_away_for_the_peer() -> None:
    """With the aggregates over it, whose value is then their neutral one; over what a case states, nothing does."""
    from benchmarks.folding import folded

    rules: list[ast.AST] = []
    text = "p(X) :- f(X), P = #min { Q : void(Q) }, P != #sup. q(X) :- f(X), void(X). r(X) :- f(X), not void(X). p(1)."
    ast.parse_string(text, rules.append)
    kept = [rule for rule in rules if rule.ast_type == ast.ASTType.Rule]

    assert list(map(str, folded(kept, frozenset({("f", 1)})))) == ["p(1).", "r(X) :- f(X); not void(X)."]
    assert len(folded(kept, frozenset({("f", 1), ("void", 1)}))) == 4


def test_what_is_counted_comes_from_clingo_for_the_peer() -> None:
    """Aggregates and runs of numbers between values, which it does not know."""
    from benchmarks.prolog import program

    text = "year(From..To) :- span(From, To). many(N) :- N = #count { Y : year(Y) }. long :- many(N), N > 2."

    assert program((text,), ["span(2001, 2003)"], [("long", 0)]).splitlines() == [
        "long :- many(N), N > 2.",
        "many(3).",
    ]
