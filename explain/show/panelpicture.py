"""Pictures of a round's panels: who is tied to whom through which chain, and who sits where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import graphviz
import networkx

from engine.facts import PREDICATES, Fact, choice, fact, label
from engine.panels import Roster, called, names
from engine.words import has, text, visible, wrap
from explain.show.drawing import centred, inches, plain
from explain.show.fonts import FONTS

if TYPE_CHECKING:
    from engine.draw import Draw
    from engine.record import Entry

SIZE = 12.0
WIDEST = 26
"""Columns of a line in a node: a longer name goes on below."""
MOST = 40
"""Ties up to which each is an arrow; of more, those of a single fact stand in the applicant's own box, a line each."""
ROW = 4
"""Boxes without an arrow that stand side by side."""
_LOOKS = {
    "reviewer": {"shape": "box", "style": "rounded,filled", "fillcolor": "#e8f0fe"},
    "applicant": {"shape": "box", "style": "filled", "fillcolor": "#fdf3d8"},
    "between": {"shape": "box", "style": "rounded,dashed"},
    "group": {"shape": "box", "style": "filled", "fillcolor": "#fdf3d8"},
    "recused": {"shape": "box", "style": "dashed", "color": "#b3261e"},
    "vacant": {"shape": "box", "style": "filled", "fillcolor": "#f9dedc", "color": "#b3261e", "fontcolor": "#b3261e"},
}
_EDGES = {
    "tie": {"color": "#b3261e"},
    "leader": {"color": "#1a5c2e", "penwidth": "3"},
    "member": {"color": "#1a5c2e"},
    "tied": {"color": "#b3261e", "style": "dashed", "arrowhead": "none"},
}


def conflict_graph(roster: Roster, lang: str) -> networkx.MultiDiGraph:
    """Reviewers with an interest, the applicants it is in, and whoever stands between; an edge a fact of a chain.

    Where there are many, a tie of a single fact is no edge: the applicant's `ties` have who it is and what.
    """
    graph = networkx.MultiDiGraph()
    known = names(roster)
    every = [(reviewer, tie) for reviewer in roster.reviewers for tie in roster.ties.of(reviewer)]
    for reviewer, tie in every:
        _node(graph, tie.applicant, "applicant", known)
        told = graph.nodes[tie.applicant].setdefault("ties", [])
        if len(every) > MOST and len(tie.chain) == 1:
            told.append(f"{called(reviewer, known)}  {_word(fact(tie.facts[0]), lang)}")
        else:
            _node(graph, reviewer, "reviewer", known)
            here = reviewer
            for one in map(fact, tie.facts):
                here, there = _ends(one, here, tie.applicant)
                for end in (here, there):
                    if end not in graph:
                        _node(graph, end, "between", known)
                graph.add_edge(here, there, key=str(one), role="tie", label=_word(one, lang))
                here = there
    return graph


def panel_graph(drawn: Draw, done: Sequence[Entry], lang: str) -> networkx.MultiDiGraph:
    """Reviewers and groups: an edge for each seat, the leader's bold; beside each group a list of those recused."""
    graph = networkx.MultiDiGraph()
    roster = drawn.frozen.roster
    known = names(roster)
    panels = done[-1].panels if done else drawn.panels
    vacant = {group: free for group, free, _ in done[-1].vacant} if done and done[-1].hall else {}
    for panel in panels.values():
        for seat in panel:
            _node(graph, seat.id, "reviewer", known)
    for group, panel in panels.items():
        here = ("group", group)
        inside = [f"· {known.get(one, one)}" for one in roster.applicants(group)]
        graph.add_node(here, role="group", words=[known.get(group, group), *inside])
        for seat in panel:
            role = "leader" if seat.leader else "member"
            graph.add_edge(seat.id, here, role=role, label=text("panels.role.leader", lang) if seat.leader else "")
        if group in vacant:
            words = [text("panels.vacant", lang, number=vacant[group])]
            graph.add_node(("vacant", group), role="vacant", words=words)
            graph.add_edge(("vacant", group), here, role="tied", label="")
        if away := sorted(roster.tied[group]):
            graph.add_node(
                ("recused", group), role="recused", words=[f"{one} {known.get(one, '')}".strip() for one in away]
            )
            graph.add_edge(here, ("recused", group), role="tied", label=text("panels.verdict.recused", lang))
    return graph


def _node(graph: networkx.MultiDiGraph, id: str, role: str, known: dict[str, str]) -> None:
    graph.add_node(id, role=role, words=[id, known[id]] if id in known else [id])


def _ends(one: Fact, here: str, applicant: str) -> tuple[str, str]:
    """From whom a fact leads to whom, coming from somebody; one about a single name leads on to the applicant.

    Of whoever controls two companies the second link does not begin where the first ended.
    """
    ends = [
        str(value)
        for field, value in zip(PREDICATES[one.predicate].fields, one.arguments, strict=True)
        if field.kind == "identifier"
    ]
    if len(ends) == 1:
        return (here if here in ends else ends[0]), applicant
    return (here, next((end for end in ends if end != here), here)) if here in ends else (ends[0], ends[1])


def _word(one: Fact, lang: str) -> str:
    """A fact in one word: its choice, its own word in a picture, or what its predicate is called."""
    for field, value in zip(PREDICATES[one.predicate].fields, one.arguments, strict=True):
        if field.kind == "choice":
            return choice(field, str(value), lang)
    own = f"panels.tie.{one.predicate}"
    return text(own, lang) if has(own, lang) else label(one.predicate, lang)


def _lines(words: str) -> list[str]:
    """A name on lines of about one length: as few as there must be, none of a single sign."""
    fewest = wrap(words, WIDEST)
    narrow = next(columns for columns in range(1, WIDEST + 1) if len(wrap(words, columns)) == len(fewest))
    return wrap(words, narrow)


def panel_dot(graph: networkx.MultiDiGraph) -> str:
    """The graph in DOT: reviewers on the left, those they are tied to or sit for on the right."""
    number = {node: f"n{index}" for index, node in enumerate(graph)}
    alone = [node for node in graph if not graph.degree(node)]
    drawing = graphviz.Digraph(
        graph_attr={"rankdir": "LR", "ranksep": "1.6", "nodesep": "0.18", "splines": "true"},
        node_attr={"fontname": FONTS, "fontsize": str(SIZE), "margin": "0", "fixedsize": "true"},
        edge_attr={"fontname": FONTS, "fontsize": str(SIZE - 2), "arrowsize": "0.6"},
    )
    for node, about in graph.nodes(data=True):
        words = [line for each in (*about["words"], *about.get("ties", ())) for line in _lines(visible(each))]
        width = max(inches(line, SIZE) for line in words) + 0.25
        height = len(words) * SIZE * 1.3 / 72 + 0.15
        look = _LOOKS[about["role"]]
        drawing.node(number[node], label=centred(words), width=f"{width:.2f}", height=f"{height:.2f}", **look)
    for rank, roles in (("source", {"reviewer", "vacant"}), ("sink", {"applicant", "recused"})):
        level = graphviz.Digraph(graph_attr={"rank": rank})
        ones = [number[node] for node, about in graph.nodes(data=True) if about["role"] in roles and node not in alone]
        for one in ones:
            level.node(one)
        if ones:
            drawing.subgraph(level)
    for at, node in enumerate(alone):
        if at % ROW:
            drawing.edge(number[alone[at - 1]], number[node], style="invis")
    for origin, to, about in graph.edges(data=True):
        drawing.edge(number[origin], number[to], label=plain(about["label"]), **_EDGES[about["role"]])
    return str(drawing.source)
