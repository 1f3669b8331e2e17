"""Document numbers (文号) by the case file: those on file stay, the others run on from the first free number."""

from __future__ import annotations

from collections.abc import Sequence

from engine.case import Case

NUMBERED = (
    "acceptance_notice",
    "supplement_notice",
    "rejection_letter",
    "recusal_notice",
    "winners_notice",
    "revocation_proposal",
)
"""Papers that go out with a number, in the order in which numbers are given."""


def numbers(case: Case, due: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The number of each paper due, by kind and whom it is about; empty without a series.

    The same case with the same papers due gives the same numbers; a number on file is never given twice.
    """
    filed = {(str(kind), str(about)): str(number) for kind, about, number in case.rows("document_number")}
    taken = set(filed.values())
    series = next(iter(case.rows("document_series")), None)
    given: dict[tuple[str, str], str] = {}
    following = int(series[2]) if series else 0
    for paper in sorted(due, key=lambda one: (_rank(one[0]), one[1])):
        if paper[0] not in NUMBERED:
            continue
        if paper in filed:
            given[paper] = filed[paper]
        elif series:
            while (number := f"{series[0]}〔{series[1]}〕{following}号") in taken:
                following += 1
            given[paper] = number
            following += 1
    return given


def _rank(kind: str) -> int:
    return NUMBERED.index(kind) if kind in NUMBERED else len(NUMBERED)
