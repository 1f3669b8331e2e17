"""Which applicants are reviewed in a round: whoever is not rejected, pending ones unless they are left out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from engine.answers.afar import Afar, Files, shares
from engine.answers.eligibility import cohort
from engine.case import Case
from engine.facts import PREDICATES
from engine.law import Provision, rule_files
from engine.solve import Clock, Part, answer, atom, crew, fed, governed, parts, processors, run


@dataclass(frozen=True)
class Reviewed:
    """The applicants of a case by outcome, sorted; `under_review` are those who need a panel."""

    eligible: tuple[str, ...]
    pending: tuple[str, ...]
    rejected: tuple[str, ...]
    with_pending: bool

    @property
    def under_review(self) -> tuple[str, ...]:
        """Those who need a panel."""
        return tuple(sorted(self.eligible + self.pending)) if self.with_pending else self.eligible


def reviewed(case: Case, *, pending: bool = True, clock: Clock | None = None, afar: Afar | None = None) -> Reviewed:
    """The applicants by outcome; `afar` names workers that find the case in files, and these.

    Raises CaseError where the regulation does not govern the case.
    """
    clock = clock or Clock()
    if afar:
        over, files = afar
        answers = [*run(partial(_statuses_of_share, files), shares(cohort(case)), over, clock)]
    else:
        ours = case.without(_OTHERS)
        given = parts(ours, cohort(ours))
        with crew(min(len(given), processors()), parts=len(given)) as over:
            answers = [*run(partial(_statuses, clock=clock), given, over, clock)]
    told = {name: {one for found in answers for one in found[name]} for name in _TOLD}
    refused = {(Provision(*provision), key) for *provision, key in told["refused"]}
    governed(case, refused)
    eligible, pending_ones, rejected = (tuple(sorted(id for (id,) in told[status])) for status in _TOLD[:3])
    return Reviewed(eligible, pending_ones, rejected, pending)


_OTHERS = frozenset(name for name, predicate in PREDICATES.items() if predicate.group == "reviewers")
_TOLD = ("eligible", "pending", "rejected", "refused")
_SHOWN = (
    "#show eligible/1. #show pending(A) : pending(A), not withdrew(A). "
    "#show rejected(A) : rejected(A), not withdrew(A). #show refused/2."
)


def _statuses_of_share(files: Files, applicants: tuple[str, ...]) -> dict[str, list[tuple[Any, ...]]]:
    """The outcomes of some applicants of the case in files, wherever this is asked."""
    (part,) = parts(files.case.without(_OTHERS), applicants)
    return _statuses(part, Clock())


def _statuses(part: Part, clock: Clock) -> dict[str, list[tuple[Any, ...]]]:
    """Of a part of a cohort the outcomes alone, without their grounds; a refusal as its provision's numbers and key."""
    found: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _TOLD}
    numbers = {id: number for number, id in enumerate(part.applicants)}
    facts = map(atom, chain.from_iterable(fed(part.city, part.readings, part.columns, local=numbers)))
    for told in answer(rule_files(part.city), facts, clock, shown=_SHOWN):
        name, arguments = told.name, told.arguments
        if name == "refused":
            found[name].append((*(n.number for n in arguments[0].arguments), arguments[1].name))
        else:
            found[name].append((part.applicants[int(arguments[0].string)],))
    return found
