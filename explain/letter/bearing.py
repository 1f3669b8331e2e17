"""Which readings a letter names: those that, changed alone, remove a ground or move a day or round that it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.answers import Decision, Ground, decide
from engine.errors import CaseError
from engine.law import readings, statute
from explain.letter.basis import Basis, bases
from explain.letter.ends import End, ends


@dataclass(frozen=True)
class Bearing:
    """A reading in force that matters to a letter, with the grounds it matters to."""

    key: str
    choice: str
    grounds: tuple[Ground, ...]


class Others:
    """The same case under each other choice of one reading, decided once for all letters."""

    def __init__(self, decision: Decision, applicants: Sequence[str]) -> None:
        self._decision = decision
        self._applicants = list(applicants)
        self._known: dict[tuple[str, str], Decision | None] = {}

    def under(self, key: str, choice: str) -> Decision | None:
        """The decision under another choice; None where the regulation would not govern the case."""
        if (key, choice) not in self._known:
            case = self._decision.case
            turned = replace(case, readings={**case.readings, key: choice})
            try:
                self._known[key, choice] = decide(turned, only=self._applicants)
            except CaseError:
                self._known[key, choice] = None
        return self._known[key, choice]

    def bearing(self, applicant: str, found: Sequence[Basis], printed: Sequence[End]) -> list[Bearing]:
        """The readings that bear on a letter whose grounds rest on `found` and which prints these ends."""
        now = self._decision
        register = readings(now.city)
        asked = sorted({key for basis in found for key in basis.readings} & set(register))
        rows = []
        for key in asked:
            touched = set[tuple[str, Ground]]()
            for choice in register[key].choices:
                if choice != now.readings[key]:
                    touched |= self._touched(applicant, key, choice, found, printed)
            if touched:
                grounds = tuple(sorted({ground for _, ground in touched}))
                rows.append(Bearing(key, now.readings[key], grounds))
        return rows

    def _touched(
        self, applicant: str, key: str, choice: str, found: Sequence[Basis], printed: Sequence[End]
    ) -> set[tuple[str, Ground]]:
        then = self.under(key, choice)
        if then is None:
            return set()
        outcome = then.outcome(applicant)
        left = {(kind, g.provision, g.key) for kind in ("barred", "failed") for g in getattr(outcome, kind)}
        gone = {(b.kind, b.ground) for b in found if (b.kind, b.ground.provision, b.ground.key) not in left}
        dated = {(e.provision, e.key) for e in printed if e.day or e.round}
        asking = {(b.ground.provision, b.ground.key) for b in found if key in b.readings}
        if not dated & asking:
            return gone
        other = ends((b for parts in bases(then, [outcome], worded=False) for b in parts), statute(then.city))
        moved = {(e.provision, e.key) for e in printed if (e.day or e.round) and e not in other}
        return gone | {
            (b.kind, b.ground) for b in found if (b.ground.provision, b.ground.key) in moved and key in b.readings
        }
