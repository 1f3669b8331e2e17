"""A checker of justification graphs that knows nothing of the dual program: it reads ground rules from clingo's text.

Programs here have one rule a line and small domains; `ground` unfolds them by substituting every constant for every
variable, so what a graph says of a rule instance can be checked against the answer set, literal by literal.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import clingo
import networkx

from explain.dual.compiled import Program, program
from explain.dual.evaluation import answer_set
from explain.graph.justification import justify_atoms, justify_facts

LEAVES = ("recorded", "stated", "no_record", "contrary_record", "not_stated", "no_rule", "comparison", "technical")


@dataclass(frozen=True)
class Ground:
    """A ground instance of a rule: its line, head, and body literals as text, beside the literals of the rule."""

    line: int
    head: str
    body: tuple[str, ...]
    source: tuple[str, ...]


def written(tmp_path: Path, text: str) -> tuple[Path, Program, list[clingo.Symbol]]:
    """A program as a file, read, with its single answer set."""
    file = tmp_path / f"rules{abs(hash(text))}.lp"
    file.write_text(text, "utf-8")
    ready = program((file,))
    return file, ready, answer_set((file,), ready.dual, ())


def explained(file: Path, atoms: list[clingo.Symbol], *questions: str) -> list[networkx.DiGraph]:
    """The graphs of questions, which must be the same from the answer set and from the facts."""
    given = list(justify_atoms((file,), questions, atoms))
    derived = list(justify_facts((file,), questions, ()))
    assert [dump(graph) for graph in given] == [dump(graph) for graph in derived]
    return given


def dump(graph: networkx.DiGraph) -> str:
    """Everything a graph says, as text."""
    nodes = [(node, sorted((key, str(value)) for key, value in data.items() if key != "literal"))
             for node, data in graph.nodes(data=True)]  # fmt: skip
    return repr((nodes, list(graph.edges(data=True)), graph.graph))


def instances(text: str, constants: tuple[str, ...]) -> Iterator[Ground]:
    """Every ground instance of the rules of a program of datalog with negation and comparisons."""
    for number, line in enumerate(text.splitlines(), 1):
        head, _, body = line.rstrip(".").partition(" :- ")
        source = tuple(body.split(", ")) if body else ()
        names = sorted(set(re.findall(r"\b[A-Z]\w*", line)))
        for values in itertools.product(constants, repeat=len(names)):
            bound = dict(zip(names, values, strict=True))
            filled = re.sub(r"\b[A-Z]\w*", lambda found, bound=bound: bound[found[0]], f"{head} :- {body}")
            one, _, other = filled.partition(" :- ")
            yield Ground(number, one, tuple(other.split(", ")) if other else (), source)


def holds(literal: str, atoms: set[str]) -> bool:
    """Whether a ground literal holds in a set of atoms."""
    if literal.startswith("not "):
        return literal[4:] not in atoms
    if found := re.fullmatch(r"(\w+) (<|<=|!=|=) (\w+)", literal):
        one, other = int(found[1]), int(found[3])
        return {"<": one < other, "<=": one <= other, "!=": one != other, "=": one == other}[found[2]]
    return literal in atoms


def check(graph: networkx.DiGraph, text: str, constants: tuple[str, ...], atoms: set[str]) -> None:
    """Every true atom rests on an instance that holds, founded; every rule of a false atom is blocked by a child."""
    assert networkx.is_directed_acyclic_graph(graph)
    every = list(instances(text, constants))
    for node, data in graph.nodes(data=True):
        if data["role"] == "atom" and "_" not in data["atom"]:
            assert data["truth"] == (data["atom"] in atoms), node
        if data["role"] == "atom" and data["truth"]:
            _supported(graph, node, every, atoms)
        if data["role"] == "atom" and not data["truth"]:
            _refuted(graph, node, every, atoms)
        if data["role"] == "instance":
            assert data["atom"] in atoms
        if not list(graph.successors(node)) and data["role"] != "circle":
            assert data["kind"] in LEAVES, (node, data["kind"])


def _supported(graph: networkx.DiGraph, node: str, every: list[Ground], atoms: set[str]) -> None:
    """The children are the body of one instance whose head is the atom; acyclicity makes the support founded."""
    children = {
        data["atom"] if data["truth"] else f"not {data['atom']}"
        for data in (graph.nodes[one] for one in graph.successors(node))
        if data["role"] == "atom"
    }
    line = _line(graph, node)
    wanted = [
        one
        for one in every
        if one.head == graph.nodes[node]["atom"]
        and one.line == line
        and {literal for literal in one.body if not re.search(r"[<=]", literal)} == children
        and all(holds(literal, atoms) for literal in one.body)
    ]
    assert wanted, (node, children)


def _refuted(graph: networkx.DiGraph, node: str, every: list[Ground], atoms: set[str]) -> None:
    """Each ground instance of each rule for the atom is blocked by what stands below the atom."""
    pattern = _pattern(graph.nodes[node]["atom"])
    blocked = {_line(graph, one): one for one in graph.successors(node) if graph.nodes[one]["role"] == "rule"}
    for one in every:
        if pattern.fullmatch(one.head) and one.body:
            assert one.line in blocked, (node, one)
            assert _blocks(graph, blocked[one.line], one, atoms), (node, one)


def _blocks(graph: networkx.DiGraph, node: str, rule: Ground, atoms: set[str]) -> bool:
    """Whether a failing literal of the ground rule stands below, or is none of the instances, which are all there."""
    if any(" = " in one and not holds(one, atoms) for one in rule.body):
        return True  # an equation binds a variable: other values are no instance
    failing = [one for one in rule.body if not holds(one, atoms)]
    tried: dict[str, dict[str, str]] = {}
    for _, child, role in graph.out_edges(node, data="role"):
        data = graph.nodes[child]
        if role == "tries":
            tried.setdefault(data["source"], {})[data["atom"]] = child
        elif data["role"] == "circle":
            if any(_among(literal, data) for literal in rule.body):
                return True
        elif any(_pattern(data["atom"]).fullmatch(one.removeprefix("not ")) for one in failing):
            return True
    for source, found in tried.items():
        literal = rule.body[rule.source.index(source)]
        if not holds(literal, atoms):
            return True
        assert literal in found, (node, literal, found)
        if _blocks(graph, found[literal], rule, atoms):
            return True
    return False


def _among(literal: str, circle: dict[str, object]) -> bool:
    members = circle["members"]
    assert isinstance(members, tuple)
    return any(_pattern(one.removeprefix("not ")).fullmatch(literal) for one in members)


def _pattern(atom: str) -> re.Pattern[str]:
    return re.compile(re.escape(atom).replace("_", r"\w+"))


def _line(graph: networkx.DiGraph, node: str) -> int:
    return int(graph.nodes[node]["location"].rpartition(":")[2])
