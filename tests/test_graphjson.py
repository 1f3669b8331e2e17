"""A justification as JSON: by rows it has the bytes it has node by node; once written, nothing of it stays."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx
import pytest
from clingo import Symbol

from benchmarks.generate import CITIES, write
from desk.shell.cli import run
from engine.answers import Decision, decide
from engine.case import load
from explain.graph import justification
from explain.graph.justification import justify_all
from explain.graph.outcome import causes, grounds
from explain.say.sentences import Sentences
from explain.show.graphjson import FIELDS, document
from explain.show.graphjson import causes as written


@pytest.fixture(scope="module", params=CITIES)
def decision(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Decision:
    """An invented cohort in which six in ten are refused."""
    file: Path = tmp_path_factory.mktemp("cohort") / "cohort.lp"
    write(request.param, 40, file, flawed=True)
    return decide(load(file), processes=1)


def plain(graph: networkx.DiGraph) -> dict[str, Any]:
    """Nodes and edges by the views of networkx, each attribute asked for by name."""
    seen: list[str] = []
    todo = [graph.graph["root"], *(node for node in graph if not graph.in_degree(node))][::-1]
    while todo:
        node = todo.pop()
        if node not in seen:
            seen.append(node)
            todo += [*graph.successors(node)][::-1]
    return {"nodes": [{"id": node, **told(graph.nodes[node])} for node in seen], "edges": [*edges(graph, seen)]}


def told(attributes: dict[str, Any]) -> dict[str, Any]:
    known = {name: attributes.get(name) for name in FIELDS}
    return {name: shown(value) for name, value in known.items() if value or (value is not None and value == 0)}


def shown(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): shown(one) for key, one in sorted(value.items())}
    if isinstance(value, tuple | list):
        return [shown(one) for one in value]
    return str(value) if isinstance(value, Symbol) else value


def edges(graph: networkx.DiGraph, order: list[str]) -> Iterator[dict[str, Any]]:
    for node in order:
        for source, target, edge in graph.out_edges(node, data=True):
            found = {"source": source, "target": target, **{key: edge[key] for key in ("role", "roles") if key in edge}}
            yield {**found, "provision": edge["provision"], "support": edge["support"]}


def text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def test_every_graph_of_a_cohort_is_written_as_node_by_node(decision: Decision) -> None:
    graphs = [(known, graph) for _, known, graph in grounds(decision)]

    assert len(graphs) > 20
    for known, graph in graphs:
        found = written(known, graph)
        assert text({key: found[key] for key in ("nodes", "edges")}) == text(plain(graph))


def test_every_single_question_is_written_as_node_by_node(decision: Decision) -> None:
    atoms = [atom for one in decision.applicants for cause in causes(one) for atom in cause.atoms]

    for graph in justify_all(decision, atoms):
        found = document(graph)
        assert text({key: found[key] for key in ("nodes", "edges")}) == text(plain(graph))


def test_the_grounds_of_one_are_the_first_graphs_with_what_others_add(decision: Decision) -> None:
    """Each node and edge is that of the first graph that has it; between grounds only `also` is added."""
    for outcome, known, joined in grounds(decision):
        nodes, steps = dict[str, Any](), dict[tuple[str, str], Any]()
        for graph in justify_all(decision, [atom for cause in known for atom in cause.atoms]):
            for node, attributes in graph.nodes(data=True):
                nodes.setdefault(node, told(attributes))
            for source, target, edge in graph.edges(data=True):
                steps.setdefault((source, target), edge)
        own = {(source, target): edge for source, target, edge in joined.edges(data=True) if edge["role"] != "also"}
        assert {node: told(attributes) for node, attributes in joined.nodes(data=True)} == nodes, outcome.id
        assert own == steps, outcome.id


def test_what_was_explained_goes_without_a_collector(decision: Decision) -> None:
    """A graph, and whatever worded it, goes as soon as it was written: a cohort is explained with the collector off.

    What is kept for the next share goes when nothing is kept any more.
    """
    gc.collect()
    enabled = gc.isenabled()
    gc.disable()
    try:
        for _, known, graph in grounds(decision):
            written(known, graph)
        del graph
        justification._KEPT.alike = None
        kept = [one for one in gc.get_objects() if issubclass(type(one), networkx.DiGraph | Sentences)]
    finally:
        if enabled:
            gc.enable()

    assert kept == []


def test_a_cohort_in_shares_is_explained_as_in_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By processes that read the file themselves, each a few applicants: the same bytes."""
    file = tmp_path / "cohort.lp"
    write("jiyuan", 24, file, flawed=True)
    told = []
    for least in (100, 5):
        monkeypatch.setattr("desk.commands.why_not.LEAST", least)
        assert run(["why-not", str(file), "--all", "--json"]) == 0
        told.append(capsys.readouterr().out)

    assert told[0] == told[1]
    assert told[0].count("\n") > 10
