"""What a repair consists of: steps with their prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

PRICES = {"load": 1, "seats": 1, "move": 2, "expert": 3, "leader": 4, "extra": 1, "reopen": 2}
"""One more panel for somebody, a seat fewer, an applicant in another group, an expert more, one who may lead; after the
draw nobody is chosen: one more panel for whoever is asked by lot, a seat reopened by lot."""


@dataclass(frozen=True, order=True)
class Step:
    """One step of a repair: `load` (of a reviewer, to `number`), `seats` (of a group, to `number`), `move` (of an
    applicant, freeing `number` reviewers), `expert` or `leader` (of an industry, `number` of them), `extra` and
    `reopen` (`number` of them, by lot)."""

    kind: str
    of: str
    origin: str = ""
    to: str = ""
    number: int = 0

    def json(self) -> dict[str, Any]:
        """The step for a program."""
        if self.kind == "load":
            return {"step": "load", "reviewer": self.of, "to": self.number}
        if self.kind == "seats":
            return {"step": "seats", "group": self.of, "to": self.number}
        if self.kind == "move":
            return {"step": "move", "applicant": self.of, "from": self.origin, "to": self.to, "frees": self.number}
        if self.kind in ("extra", "reopen"):
            return {"step": self.kind, "number": self.number}
        return {"step": self.kind, "industry": self.of, "number": self.number}


@dataclass(frozen=True, order=True)
class Repair:
    """Steps that together make a set of panels possible, what they cost, and below what cost none is possible."""

    cost: int
    steps: tuple[Step, ...]
    bound: int

    @property
    def proved(self) -> bool:
        """Whether nothing cheaper is possible."""
        return self.bound >= self.cost

    def json(self) -> dict[str, Any]:
        """The repair for a program."""
        return {
            "cost": self.cost,
            "steps": [step.json() for step in self.steps],
            "proved": self.proved,
            "bound": self.bound,
        }
