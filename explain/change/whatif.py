"""What would change an outcome: the smallest sets of lawful changes after which nothing stands against an applicant.

clingo chooses among the changes that are possible from a day on (explain.change.corrections) under the very rules of
the decision and minimizes, in this order, the grounds that remain, the number of changes, and how demanding their
values are. All smallest sets are given, but none that would be a breach of procedure, and none where a ground remains
that nothing cures. What others must find or do is no ground here: it is told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import clingo

from engine.answers import WITHDRAWN, Ground, Outcome, cohort, decide_part, procedure
from engine.case import Case
from engine.facts import Fact, day_text, symbol, text
from engine.law import Provision, rule_files
from engine.solve import Choice, Clock, Part, control, models, symbols, working_days
from explain.change.corrections import Change, File, apply, changes

LIMIT = 100
"""The most sets that are given; a case with more says so."""

_PROGRAM = """
remains(A, P, Key) :- failed(A, P, Key).
remains(A, P, Key) :- open(A, P, Key), not awaits_others(A, P, Key).
remains(A, P, Ground) :- barred(A, P, Ground).
:- made(I), made(J), I < J, slot(I, S), slot(J, S).
#minimize { 1@3, P, Key : remains(_, P, Key) }.
#minimize { 1@2, I : made(I) }.
#minimize { Rank@1, I : made(I), rank(I, Rank) }.
#defined made/1. #defined slot/2. #defined rank/2.
#show made/1.
#show remains(P, Key) : remains(_, P, Key).
#show waits(P, Key) : open(A, P, Key), awaits_others(A, P, Key).
"""


@dataclass(frozen=True)
class Remedy:
    """One smallest set: its changes, and beside each the grounds that come back without it."""

    changes: tuple[Change, ...]
    cures: tuple[tuple[Ground, ...], ...]


@dataclass(frozen=True)
class WhatIf:
    """The answer for one applicant as of a day: the outcome as it is, the smallest remedies, what nothing cures.

    `awaited` are the grounds that a person's finding or an official act must settle, `late` says that the reference day
    is past, `until` (yyyymmdd) how long papers are still taken, 0 where that is over.
    """

    applicant: str
    status: str
    as_of: int
    remedies: tuple[Remedy, ...] = ()
    incurable: tuple[Ground, ...] = ()
    awaited: tuple[Ground, ...] = ()
    more: bool = False
    late: bool = False
    until: int = 0

    @property
    def closed(self) -> bool:
        """Whether no papers are taken any more."""
        return not self.until

    def as_dict(self) -> dict[str, Any]:
        """The answer for a program: each of `changes` one smallest set, with the provisions it cures."""
        return {
            "id": self.applicant,
            "as_of": day_text(self.as_of),
            "status": self.status,
            "changes": [
                {
                    "facts": {
                        "added": sorted(text(change.after) for change in remedy.changes if change.after),
                        "removed": sorted(text(change.before) for change in remedy.changes if change.before),
                    },
                    "cures": [str(one) for one in sorted({g.provision for cures in remedy.cures for g in cures})],
                }
                for remedy in self.remedies
            ],
            "never": [ground.json("key") for ground in self.incurable],
            "awaits": [ground.json("key") for ground in self.awaited],
            "until": day_text(self.until) if self.until else None,
            "more": self.more,
        }


def what_if(case: Case, applicant: str, *, as_of: int | None = None, clock: Clock | None = None) -> WhatIf:
    """The smallest lawful changes from a day on (yyyymmdd; without one the deadline) that leave no ground.

    Raises UsageError for an unknown applicant, Stopped when the clock runs out.
    """
    cohort(case, [applicant])
    clock = clock or Clock()
    file = File.of(case, applicant, as_of)
    shared = case.projected(applicant).facts
    before = _outcome(case, applicant, shared, clock)
    until = min(file.until, file.day) if not file.late else file.until if file.as_of <= file.until else 0
    answer = WhatIf(applicant, before.status, file.as_of, late=file.late, until=until)
    if before.status in ("eligible", WITHDRAWN):
        return answer
    sets, incurable, waits, more = _search(case, shared, changes(file), clock)
    answer = replace(answer, incurable=incurable, awaited=waits)
    lawful = [made for made in sets if made and not incurable and not _breaches(shared, made)]
    remedies = tuple(_remedy(case, applicant, shared, made, clock) for made in lawful)
    if any(sets) and not incurable and not remedies:
        return replace(answer, incurable=tuple(sorted(before.grounds - set(waits))))
    return replace(answer, remedies=remedies, more=more)


def _breaches(facts: Sequence[Fact], made: Sequence[Change]) -> bool:
    """Whether changes make a breach of procedure that was none before."""
    found = [
        {(one.provision, one.check) for one in procedure(Case.checked(some)).violations}
        for some in (facts, apply(facts, made))
    ]
    return bool(found[1] - found[0])


def _search(
    case: Case, facts: Sequence[Fact], options: Sequence[Change], clock: Clock
) -> tuple[list[list[Change]], tuple[Ground, ...], tuple[Ground, ...], bool]:
    """The best sets of changes, what remains under them, what others must settle, whether there are more than LIMIT."""
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
    remaining, waits = set[Ground](), set[Ground]()
    for atoms in models(ctl, clock, optimal=True):
        sets.append(sorted((options[a.arguments[0].number] for a in atoms if a.match("made", 1)), key=repr))
        remaining = _shown(atoms, "remains")
        waits |= _shown(atoms, "waits")
    sets.sort(key=repr)
    return sets[:LIMIT], tuple(sorted(remaining)), tuple(sorted(waits)), len(sets) > LIMIT


def _shown(atoms: Iterable[clingo.Symbol], name: str) -> set[Ground]:
    return {Ground(Provision.of(a.arguments[0]), a.arguments[1].name) for a in atoms if a.match(name, 2)}


def _remedy(case: Case, applicant: str, facts: Sequence[Fact], made: Sequence[Change], clock: Clock) -> Remedy:
    """Beside each change the grounds that come back when it alone is left out."""
    whole = _outcome(case, applicant, apply(facts, made), clock).grounds
    cures = []
    for left_out in made:
        others = [change for change in made if change != left_out]
        without = _outcome(case, applicant, apply(facts, others), clock).grounds
        cures.append(tuple(sorted(without - whole)))
    return Remedy(tuple(made), tuple(cures))


def _outcome(case: Case, applicant: str, facts: Sequence[Fact], clock: Clock) -> Outcome:
    part = Part.of(case, (applicant,), facts)
    return decide_part(part, clock).outcomes[0]
