"""Which outcomes differ under which readings: each reading turned to each other choice, the rest as in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.answers import Decision, Outcome, decide
from engine.case import Case
from engine.errors import CaseError
from engine.law import readings


@dataclass(frozen=True)
class Turn:
    """What turning one reading changes: the applicants whose outcome differs, before and after.

    `refused` says that under this choice the regulation would not govern the case at all.
    """

    key: str
    choice: str
    before: tuple[Outcome, ...]
    after: tuple[Outcome, ...]
    refused: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The turn for a program: one entry an applicant whose outcome or grounds differ."""
        return {
            "reading": self.key,
            "choice": self.choice,
            "refused": self.refused,
            "applicants": [
                {"id": b.id, "before": b.json(), "after": a.json()}
                for b, a in zip(self.before, self.after, strict=True)
            ],
        }


def sensitivity(case: Case, decision: Decision | None = None) -> tuple[Turn, ...]:
    """Every other choice of every reading the city knows, with what it changes; empty turns are kept.

    The result is sorted by key, choices in the order of the register.
    """
    now = decision or decide(case)
    turns = []
    for key, reading in readings(case.city).items():
        for choice in reading.choices:
            if choice != now.readings[key]:
                turns.append(_turn(case, now, key, choice))
    return tuple(turns)


def _turn(case: Case, now: Decision, key: str, choice: str) -> Turn:
    turned = case.turned(key, choice)
    try:
        then = decide(turned, only=[outcome.id for outcome in now.applicants])
    except CaseError:
        return Turn(key, choice, (), (), refused=True)
    pairs = [(b, a) for b, a in zip(now.applicants, then.applicants, strict=True) if b != a]
    return Turn(key, choice, tuple(b for b, _ in pairs), tuple(a for _, a in pairs))
