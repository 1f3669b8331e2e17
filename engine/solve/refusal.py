"""Cases that a regulation does not govern, as problems."""

from __future__ import annotations

from collections.abc import Collection

from engine.case import Case
from engine.errors import Place, Problem
from engine.facts import day_text
from engine.law import Provision, statute


def refusals(case: Case, refused: Collection[tuple[Provision, str]]) -> list[Problem]:
    """A problem for each `refused(Provision, Key)`, sorted."""
    title = statute(case.city).title
    return [
        Problem(
            f"refused.{key}",
            {
                "title": title,
                "citation": provision.citation,
                "words": statute(case.city).text(provision),
                "deadline": day_text(case.deadline),
                "found": ", ".join(
                    f"{f.predicate}({', '.join(map(str, f.arguments))})" for f in case.facts if f.predicate == key
                ),
            },
            Place(),
        )
        for provision, key in sorted(refused)
    ]
