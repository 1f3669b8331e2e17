"""What records rest on: the document and its number behind a fact, for reasons to cite. No rule reads it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.case.case import Case


class Evidence(NamedTuple):
    """A source document (依据材料) and its number (文号); the number is empty where it has none."""

    document: str
    number: str


def evidence(case: Case) -> Mapping[str, tuple[Evidence, ...]]:
    """The evidence of each fact that has any, by the fact as clingo writes it (`engine.facts.vocabulary.text`)."""
    found: dict[str, list[Evidence]] = {}
    for fact, document, number in case.rows("source"):
        found.setdefault(str(fact), []).append(Evidence(str(document), str(number)))
    return {fact: tuple(sorted(sources)) for fact, sources in found.items()}
