"""The reasons of an outcome as a picture."""

from __future__ import annotations

from engine.law import statute
from explain.graph import whole
from explain.outline import outline
from explain.show import svg
from web.questions.known import decision


def picture(facts: str, id: str, lang: str) -> str:
    """An SVG of everything that stands against an applicant."""
    decided = decision(facts)
    graph = whole(decided, id, "eligible")
    return svg(outline(graph, in_force=decided.readings), lang, statute(decided.city))
