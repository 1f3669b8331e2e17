"""What would change an outcome: the smallest sets of lawful changes that make an applicant eligible.

clingo chooses among the lawful changes (explain.change.corrections) under the very rules of the decision and
minimizes, in this
order, the grounds that remain, the number of changes, and how demanding their values are. All smallest sets are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import clingo

from engine.answers import Ground, Outcome, cohort, decide_part, provision
from engine.case import Case
from engine.facts import Fact, symbol, text
from engine.law import rule_files
from engine.solve import Choice, Clock, Part, control, models, symbols, working_days
from explain.change.corrections import Change, File, apply, changes

LIMIT = 100
"""The most sets that are given; a case with more says so."""

_PROGRAM = """
remains(A, P, Key) :- failed(A, P, Key).
remains(A, P, Key) :- open(A, P, Key).
remains(A, P, Ground) :- barred(A, P, Ground).
:- made(I), made(J), I < J, slot(I, S), slot(J, S).
#minimize { 1@3, P, Key : remains(_, P, Key) }.
#minimize { 1@2, I : made(I) }.
#minimize { Rank@1, I : made(I), rank(I, Rank) }.
#defined made/1. #defined slot/2. #defined rank/2.
#show made/1.
#show remains(P, Key) : remains(_, P, Key).
"""


@dataclass(frozen=True)
class Remedy:
    """One smallest set: its changes, and beside each the grounds that come back without it."""

    changes: tuple[Change, ...]
    cures: tuple[tuple[Ground, ...], ...]


@dataclass(frozen=True)
class WhatIf:
    """The answer for one applicant: the outcome as it is, the smallest remedies, what no lawful change cures."""

    applicant: str
    status: str
    remedies: tuple[Remedy, ...]
    incurable: tuple[Ground, ...]
    more: bool
    closed: bool

    def as_dict(self) -> dict[str, Any]:
        """The answer for a program."""
        return {
            "id": self.applicant,
            "status": self.status,
            "remedies": [
                {
                    "changes": [
                        {
                            "kind": change.kind,
                            "before": text(change.before) if change.before else None,
                            "after": text(change.after) if change.after else None,
                            "cures": [ground.json("key") for ground in cures],
                        }
                        for change, cures in zip(remedy.changes, remedy.cures, strict=True)
                    ]
                }
                for remedy in self.remedies
            ],
            "incurable": [ground.json("key") for ground in self.incurable],
            "more": self.more,
            "evidence_closed": self.closed,
        }


def what_if(case: Case, applicant: str, time_limit: float | None = None) -> WhatIf:
    """The smallest lawful changes that make an applicant eligible, or leave the fewest grounds.

    Raises UsageError for an unknown applicant, Stopped when the time (seconds) is over.
    """
    cohort(case, [applicant])
    clock = Clock.limit(time_limit)
    file = File.of(case, applicant)
    shared = tuple(f for f in case.facts if not _about_somebody_else(f, applicant))
    before = _outcome(case, applicant, shared, clock)
    closed = bool(case.rows("evidence_closed"))
    if before.status == "eligible":
        return WhatIf(applicant, before.status, (), (), False, closed)
    options = changes(file)
    sets, incurable, more = _search(case, shared, options, clock)
    remedies = tuple(_remedy(case, applicant, shared, made, clock) for made in sets if made)
    return WhatIf(applicant, before.status, remedies, incurable, more, closed)


def _about_somebody_else(fact: Fact, applicant: str) -> bool:
    """Whether a fact is of another applicant; the round's own facts, and this applicant's, stay."""
    first = fact.arguments[0] if fact.arguments else ""
    return fact.predicate not in ("round", "reading", "panel_size") and bool(fact.arguments) and first != applicant


def _search(
    case: Case, facts: Sequence[Fact], options: Sequence[Change], clock: Clock
) -> tuple[list[list[Change]], tuple[Ground, ...], bool]:
    """The best sets of changes, what remains under them, and whether there are more than LIMIT."""
    slots = {slot: n for n, slot in enumerate(sorted({c.slot for c in options}, key=repr))}
    numbers = clingo.Number
    extra = [
        clingo.Function(name, [numbers(i), numbers(value)])
        for i, c in enumerate(options)
        for name, value in (("slot", slots[c.slot]), ("rank", c.rank))
    ]
    choices = [
        Choice(
            clingo.Function("made", [numbers(i)]),
            (symbol(c.after),) if c.after else (),
            (symbol(c.before),) if c.before else (),
        )
        for i, c in enumerate(options)
    ]
    days = {int(d) for c in options if c.after and "notice" in c.after.predicate for d in c.after.arguments[-2:]}
    given = list(symbols(case.city, case.readings, facts))
    known = set(given)
    given += [s for s in working_days(days) if s not in known]
    ctl = control(
        rule_files(case.city),
        [*given, *extra],
        options=["--opt-mode=optN", str(LIMIT + 1)],
        extra=_PROGRAM,
        choices=choices,
    )
    sets: list[list[Change]] = []
    remaining: set[Ground] = set()
    for atoms in models(ctl, clock, optimal=True):
        sets.append(sorted((options[a.arguments[0].number] for a in atoms if a.match("made", 1)), key=repr))
        remaining = {Ground(provision(a.arguments[0]), a.arguments[1].name) for a in atoms if a.match("remains", 2)}
    sets.sort(key=repr)
    return sets[:LIMIT], tuple(sorted(remaining)), len(sets) > LIMIT


def _remedy(case: Case, applicant: str, facts: Sequence[Fact], made: Sequence[Change], clock: Clock) -> Remedy:
    """Beside each change the grounds that come back when it alone is left out."""
    whole = _grounds(_outcome(case, applicant, apply(facts, made), clock))
    cures = []
    for left_out in made:
        others = [change for change in made if change != left_out]
        without = _grounds(_outcome(case, applicant, apply(facts, others), clock))
        cures.append(tuple(sorted(without - whole)))
    return Remedy(tuple(made), tuple(cures))


def _grounds(outcome: Outcome) -> set[Ground]:
    return {Ground(g.provision, g.key) for g in (*outcome.failed, *outcome.barred, *outcome.open)}


def _outcome(case: Case, applicant: str, facts: Sequence[Fact], clock: Clock) -> Outcome:
    part = Part(case.city, dict(case.readings), (applicant,), tuple(facts))
    return decide_part(part, clock).outcomes[0]
