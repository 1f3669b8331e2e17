"""Cases that a regulation does not govern, or that nobody can count yet, as problems."""

from __future__ import annotations

from collections.abc import Collection

from engine.case import Case
from engine.errors import Place, Problem
from engine.facts import day_text
from engine.law import Provision, last_day, statute


def refusals(case: Case, refused: Collection[tuple[Provision, str]], missing_years: Collection[int]) -> list[Problem]:
    """A problem for each `refused(Provision, Key)` and each year without a holiday notice, sorted."""
    title = statute(case.city).title
    problems = [
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
    problems += [
        Problem("calendar_missing", {"year": year, "last": last_day() // 10000}, Place())
        for year in sorted(missing_years)
    ]
    return problems
