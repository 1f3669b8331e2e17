"""What a repair consists of: steps with their prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PRICES = {"raise": 1, "move": 2, "plain": 3, "leading": 4}


@dataclass(frozen=True, order=True)
class Step:
    """One step of a repair: `load` (of a reviewer, to `number`), `move` (of an applicant, freeing `number` reviewers),
    `expert` or `leader` (of an industry, `number` of them)."""

    kind: str
    of: str
    origin: str = ""
    to: str = ""
    number: int = 0

    def json(self) -> dict[str, Any]:
        """The step for a program."""
        if self.kind == "load":
            return {"step": "load", "reviewer": self.of, "to": self.number}
        if self.kind == "move":
            return {"step": "move", "applicant": self.of, "from": self.origin, "to": self.to, "frees": self.number}
        return {"step": self.kind, "industry": self.of, "number": self.number}


@dataclass(frozen=True, order=True)
class Repair:
    """Steps that together make a set of panels possible, and what they cost."""

    cost: int
    steps: tuple[Step, ...]
    with_moves: bool = True
    """Whether moving applicants was weighed too."""

    def json(self) -> dict[str, Any]:
        """The repair for a program."""
        return {"cost": self.cost, "steps": [step.json() for step in self.steps]}
