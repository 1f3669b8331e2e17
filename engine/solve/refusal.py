"""Cases that a regulation does not govern, as problems."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import clingo

from engine.case import Case
from engine.errors import CaseError, Place, Problem
from engine.facts import day_text
from engine.law import Provision, statute


def refused(atoms: Iterable[clingo.Symbol]) -> set[tuple[Provision, str]]:
    """The provisions by which a regulation does not govern a case, each with the key of its reason."""
    return {(Provision.of(a.arguments[0]), a.arguments[1].name) for a in atoms if a.name == "refused"}


def governed(case: Case, refused: Collection[tuple[Provision, str]]) -> None:
    """Raise CaseError, a problem for each reason, where the regulation does not govern the case."""
    if problems := _problems(case, refused):
        raise CaseError(problems)


def _problems(case: Case, refused: Collection[tuple[Provision, str]]) -> list[Problem]:
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
