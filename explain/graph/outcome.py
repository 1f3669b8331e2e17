"""The whole answer about an applicant: one graph in which every ground is justified, not the first alone.

A true atom rests on one support, so `rejected` names a single ground; here each further ground, and each further
record that bars, stands beside it. The edges added have the role `also`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from engine.answers import WITHDRAWN, Decision, Ground, Outcome
from engine.facts import quote
from engine.solve import Clock
from engine.words import LANGUAGES
from engine.words import text as message
from explain.build import QUOTED, Sketch
from explain.graph.justification import Justification, justify_all, sketched
from explain.say import mark

if TYPE_CHECKING:
    import networkx

OUTCOMES = {"failed": "rejected", "barred": "rejected", "open": "pending"}
"""The kinds of grounds, with the outcome each leads to."""

ALSO: Mapping[str, Any] = {"role": "also", "provision": "", "support": False}
"""The edge to a further ground."""


@dataclass(frozen=True)
class Cause:
    """A ground of an outcome and the atoms to ask about: the ground itself first, then each record that bars."""

    kind: str
    ground: Ground
    atoms: tuple[str, ...]


def causes(outcome: Outcome) -> tuple[Cause, ...]:
    """What stands against an applicant, in the order of the law, refusals first."""
    return tuple(
        Cause(kind, ground, tuple(_atoms(kind, outcome.id, ground)))
        for kind in ("barred", "failed", "open")
        for ground in getattr(outcome, kind)
    )


def whole(decision: Decision, applicant: str, question: str = "eligible") -> networkx.DiGraph:
    """Why an applicant is, or is not, `eligible`, `rejected`, `pending` or `withdrawn`, every ground included."""
    known = causes(decision.outcome(applicant))
    question = "withdrew" if question == WITHDRAWN else question
    atoms = [f"{question}({identifier(applicant)})", *(atom for cause in known for atom in cause.atoms)]
    graph = _joined(list(justify_all(decision, atoms)), known, applicant)
    _worded(graph, decision.outcome(applicant))
    return mark(graph, decision.case, applicant)


@dataclass(frozen=True)
class Reasons:
    """Why an applicant is not accepted: the causes, and the justification of each of their atoms, in their order."""

    outcome: Outcome
    causes: tuple[Cause, ...]
    parts: tuple[Justification, ...]

    def graph(self) -> networkx.DiGraph:
        """All of them in one graph."""
        return _joined([part.graph() for part in self.parts], self.causes, self.outcome.id)

    @cached_property
    def sketches(self) -> tuple[Sketch, ...]:
        """The parts as sketches of one subject, a name a node; none where they are not."""
        found = tuple(part.drawn for part in self.parts if isinstance(part.drawn, Sketch))
        if len(found) < len(self.parts) or len({id(one.subject) for one in found}) > 1:
            return ()
        names = found[0].alike.made.names
        keys = set().union(*(one.alike.below(one.root) for one in found))
        return found if len({names[key] for key in keys}) == len(keys) else ()


def reasons(decision: Decision, only: Iterable[str] | None = None, clock: Clock | None = None) -> Iterator[Reasons]:
    """For every applicant who is not eligible, or of these `only`, why. Asked in one solve for all."""
    wanted = None if only is None else set(only)
    refused = [
        outcome
        for outcome in decision.applicants
        if outcome.status not in ("eligible", WITHDRAWN) and (wanted is None or outcome.id in wanted)
    ]
    asked = [causes(outcome) for outcome in refused]
    atoms = [atom for known in asked for cause in known for atom in cause.atoms]
    found = sketched(decision, atoms, clock=clock)
    for outcome, known in zip(refused, asked, strict=True):
        yield Reasons(outcome, known, tuple([next(found) for cause in known for _ in cause.atoms]))


def grounds(
    decision: Decision, only: Iterable[str] | None = None, clock: Clock | None = None
) -> Iterator[tuple[Outcome, tuple[Cause, ...], networkx.DiGraph]]:
    """The same, each in one graph."""
    for found in reasons(decision, only, clock):
        yield found.outcome, found.causes, found.graph()


def identifier(applicant: str) -> str:
    """An identifier as a rule file writes it."""
    return quote(applicant)


def _atoms(kind: str, applicant: str, ground: Ground) -> Iterator[str]:
    yield f"{kind}({identifier(applicant)},{ground.provision},{ground.key})"
    for event in ground.events if kind == "barred" else ():
        yield f"barring_event({identifier(applicant)},{ground.provision},{ground.key},{event})"


def _joined(graphs: Sequence[networkx.DiGraph], known: Sequence[Cause], applicant: str) -> networkx.DiGraph:
    joined, *others = graphs
    for graph in others:
        joined.add_nodes_from((node, values) for node, values in graph.nodes(data=True) if node not in joined)
        known_rows = dict(joined.adjacency())
        joined.add_edges_from(
            (source, target, edge)
            for source, row in graph.adjacency()
            for target, edge in row.items()
            if target not in known_rows[source]
        )
    for cause in known:
        first, *events = cause.atoms
        outcome = f"{OUTCOMES[cause.kind]}({identifier(applicant)})"
        # Who is rejected is not pending: what is missing then stands beside the refusal.
        _also(joined, outcome if outcome in joined else joined.graph["root"], first)
        for event in events:
            _also(joined, first, event)
    return joined


def woven(found: Reasons) -> tuple[str, dict[str, Mapping[str, Mapping[str, Any]]]]:
    """The graph of all the reasons as their sketches have it: the key of its root, and its edges, from key to key."""
    sketches = found.sketches
    made, keys = sketches[0].alike.made, iter(sketches)
    below = dict.fromkeys(key for sketch in sketches for key in sketch.alike.below(sketch.root))
    rows: dict[str, Mapping[str, Mapping[str, Any]]] = {key: made.rows[key] for key in below}
    at = {made.names[key]: key for key in below}
    root = sketches[0].root

    def also(source: str, target: str) -> None:
        if source != target and target not in rows[source]:
            rows[source] = {**rows[source], target: ALSO}

    for cause in found.causes:
        first, *events = (next(keys).root for _ in cause.atoms)
        also(at.get(f"{OUTCOMES[cause.kind]}({QUOTED})", root), first)
        for event in events:
            also(first, event)
    return root, rows


def _also(graph: networkx.DiGraph, source: str, target: str) -> None:
    if source != target and not graph.has_edge(source, target):
        graph.add_edge(source, target, **ALSO)


def _worded(graph: networkx.DiGraph, outcome: Outcome) -> None:
    """Say how many grounds there are instead of naming one."""
    name = identifier(outcome.id)
    known = {kind: len(getattr(outcome, kind)) for kind in ("barred", "failed", "open")}
    for node in (graph.graph["root"], f"rejected({name})", f"pending({name})"):
        if node in graph:
            for lang in LANGUAGES:
                counts = [message(f"outline.count.{kind}", lang, count=n) for kind, n in known.items() if n]
                listed = message("outline.list", lang).join(counts)
                graph.nodes[node][lang] = message(f"outline.{outcome.status}", lang, counts=listed, open=known["open"])
