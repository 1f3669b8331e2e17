"""The reasons of one ground as sentences, read off its justification: what the rules' own heads leave out."""

from __future__ import annotations

from engine.answers import Decision, Ground
from engine.facts import quote
from explain.graph import justify

FRAME = frozenset({"requires", "evidence", "supplement_duty", "reading"})
"""What every ground has in common: it says nothing about why this one holds."""


def reasons(decision: Decision, kind: str, applicant: str, ground: Ground, lang: str) -> list[str]:
    """Why a ground holds, each sentence once, in the order of the justification; `kind` is failed, barred or open."""
    atom = f"{kind}({quote(applicant)},{ground.provision},{ground.key})"
    graph = justify(decision, atom)
    below = (graph.nodes[node] for node in graph.successors(graph.graph["root"]))
    return list(dict.fromkeys(n[lang] for n in below if n["predicate"] not in FRAME))
