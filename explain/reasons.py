"""The reasons of one ground as short sentences, read off its justification."""

from __future__ import annotations

from collections.abc import Iterator

import networkx

from engine.eligibility import Decision, Ground
from engine.vocabulary import Fact, text
from explain.justify import justify


def reasons(decision: Decision, kind: str, applicant: str, ground: Ground, lang: str, you: str = "") -> list[str]:
    """Why a ground holds, each sentence once, in the order of the justification.

    `kind` is failed, barred or open; `you` is what the applicant is called.
    """
    identifier = text(Fact("reviewer", (applicant,))).removeprefix("reviewer(").removesuffix(")")
    graph = justify(decision, f"{kind}({identifier},{ground.provision},{ground.key})")
    return list(dict.fromkeys(_sentences(graph, graph.graph["root"], lang)))


def _sentences(graph: networkx.DiGraph, node: str, lang: str) -> Iterator[str]:
    for below in networkx.dfs_preorder_nodes(graph, node):
        if words := graph.nodes[below].get(lang):
            yield words
