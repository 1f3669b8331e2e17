"""Random stratified programs: every justification is checked against the ground rules by brute force."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from effort import examples
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from justification import check, explained, written

from explain.dual.questions import Question

CONSTANTS = ("1", "2", "3")
FACTS = ("e", "f")
LEVELS = ("p", "q", "r")
"""Predicates from low to high: a rule's negation goes to lower ones only, so the program is stratified."""


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule over X and Y: head at some level, positive atoms at or below it, negation strictly below."""
    level = draw(st.integers(0, len(LEVELS) - 1))
    below = [*FACTS, *LEVELS[:level]]
    terms = _terms().filter(lambda pair: pair[0] != pair[1])  # a variable twice is a comparison to the graph
    positive = draw(st.lists(st.tuples(st.sampled_from([*below, LEVELS[level]]), terms), min_size=1, max_size=2))
    negative = draw(st.lists(st.tuples(st.sampled_from(below), _terms()), max_size=1))
    body = [f"{name}({one},{other})" for name, (one, other) in positive]
    bound = sorted(set(re.findall(r"[XYZ]", " ".join(body))))
    body += [f"not {name}({_safe(one, bound)},{_safe(other, bound)})" for name, (one, other) in negative]
    if len(bound) > 1 and draw(st.booleans()):
        body.append(f"{bound[0]} {draw(st.sampled_from(['<', '<=', '!=', '=']))} {bound[1]}")
    head = draw(_terms())
    return (
        f"{LEVELS[level]}({_safe(head[0], bound)},{_safe(head[1], bound)}) :- {', '.join(draw(st.permutations(body)))}."
    )


def _terms() -> st.SearchStrategy[tuple[str, str]]:
    term = st.sampled_from(["X", "Y", "Z", "1", "2"])
    return st.tuples(term, term)


def _safe(term: str, bound: list[str]) -> str:
    return term if term in bound or term.isdigit() else "1"


programs = st.tuples(
    st.lists(
        st.builds("{}({},{}).".format, st.sampled_from(FACTS), st.sampled_from(CONSTANTS), st.sampled_from(CONSTANTS)),
        max_size=6,
        unique=True,
    ),
    st.lists(rules(), min_size=1, max_size=5, unique=True),
).map(lambda parts: "\n".join([*parts[0], *parts[1]]))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rules")


@settings(max_examples=examples(60), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(text=programs)
def test_every_node_of_a_random_justification_is_right(place: Path, text: str) -> None:
    """All atoms of all predicates, true and false: supports hold and are founded, refutations are complete."""
    file, _, symbols = written(place, text)
    questions = [f"{name}({one},{other})" for name in LEVELS for one in CONSTANTS for other in CONSTANTS]
    atoms = {str(symbol) for symbol in symbols}
    for question, graph in zip(questions, explained(file, symbols, *questions), strict=True):
        assert (question in atoms) == graph.graph["truth"]
        check(graph, text, CONSTANTS, atoms)


@settings(max_examples=examples(30), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(text=programs)
def test_open_arguments_are_refuted_for_all_values(place: Path, text: str) -> None:
    """A pattern without an instance is refuted as a whole."""
    file, _, symbols = written(place, text)
    atoms = {str(symbol) for symbol in symbols}
    questions = [f"{name}({arguments})" for name in LEVELS for arguments in ("_,2", "1,_", "_,_")]
    for graph in explained(file, symbols, *questions):
        check(graph, text, CONSTANTS, atoms)


@settings(max_examples=examples(40), deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(
    facts=st.sets(st.tuples(st.sampled_from("abc"), st.integers(1, 4)), max_size=7),
    function=st.sampled_from(["count", "sum", "min", "max"]),
    operator=st.sampled_from(["<", "<=", "=", ">=", ">", "!="]),
    threshold=st.integers(0, 6),
    least=st.integers(0, 3),
)
def test_an_aggregates_value_contributors_and_rest_are_right(
    place: Path, facts: set[tuple[str, int]], function: str, operator: str, threshold: int, least: int
) -> None:
    """Who counts and who does not, told apart for every function, whether the aggregate holds or not."""
    text = "".join(f"w({name},{number}).\n" for name, number in sorted(facts))
    text += f"p :- #{function} {{ N, X : w(X, N), N > {least} }} {operator} {threshold}.\n#defined w/2."
    file, _, symbols = written(place, text)
    (graph,) = explained(file, symbols, "p")
    (node,) = (one for one, data in graph.nodes(data=True) if data["role"] == "aggregate")
    data = graph.nodes[node]
    counted = {(name, number) for name, number in facts if number > least}
    numbers = [number for _, number in counted]
    value: dict[str, object] = {"count": len(counted), "sum": sum(numbers)}
    value |= {"min": min(numbers, default="#sup"), "max": max(numbers, default="#inf")}
    edges: dict[str, set[str]] = {"counts": set(), "tries": set()}
    for _, target, role in graph.out_edges(node, data="role"):
        edges.setdefault(role, set()).add(graph.nodes[target]["atom"])

    assert str(value[function]) == str(data["value"])
    assert data["truth"] == graph.graph["truth"] == (Question.of("p").symbol in symbols)
    assert {f"w({name},{number})" for name, number in counted} == edges["counts"]
    assert {f"w({name},{number})" for name, number in facts - counted} == edges["tries"]
