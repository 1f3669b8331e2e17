"""Cases and decisions that this process has made already: pages ask about the same case again and again."""

from __future__ import annotations

from functools import lru_cache

from engine import Case, Decision, decide, read
from engine.errors import CaseError, Problem

_FEW = 3
"""So many cases are kept: memory stays flat however many versions there are."""


@lru_cache(_FEW)
def case(facts: str) -> Case:
    """The case that canonical facts make up."""
    return read({"facts.lp": facts.encode("utf-8")})


@lru_cache(_FEW)
def decision(facts: str) -> Decision:
    """Every applicant decided."""
    return decide(case(facts), processes=1)


def refused(facts: str) -> tuple[Problem, ...]:
    """What keeps a case that is well formed from being decided; empty where the regulation governs it."""
    try:
        decision(facts)
    except CaseError as error:
        return error.problems
    return ()
