"""Cases and decisions that this process has made already: pages ask about the same case again and again."""

from __future__ import annotations

from functools import lru_cache

from engine import Case, Decision, decide, read
from engine.errors import CaseError, Problem
from engine.words import speak_of

_FEW = 3
"""So many cases are kept: memory stays flat however many versions there are."""


def case(facts: str) -> Case:
    """The case that canonical facts make up; its regulation is the one spoken of."""
    found = _case(facts)
    speak_of(found.city)
    return found


@lru_cache(_FEW)
def _case(facts: str) -> Case:
    return read({"facts.lp": facts.encode("utf-8")})


def decision(facts: str) -> Decision:
    """Every applicant decided; the regulation of the case is the one spoken of."""
    found = _decision(facts)
    speak_of(found.case.city)
    return found


@lru_cache(_FEW)
def _decision(facts: str) -> Decision:
    return decide(case(facts), processes=1)


def refused(facts: str) -> tuple[Problem, ...]:
    """What keeps a case that is well formed from being decided; empty where the regulation governs it."""
    try:
        decision(facts)
    except CaseError as error:
        return error.problems
    return ()
