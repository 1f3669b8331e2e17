"""What a score would have changed: the applicant's own standing, and the score that would have won."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from engine.award.answer import Award
from engine.award.candidacy import Candidate, candidates
from engine.award.sets import Sets
from engine.case import Case
from engine.facts import Fact
from engine.law import regulation
from engine.solve import Clock
from engine.words import hundredths

HIGHEST = 100_000
"""The highest score, in hundredths."""


@dataclass(frozen=True)
class Standing:
    """What an applicant may be told of the result: its own score and rank, and each prize's cut-off, nobody else's.

    Scores are in hundredths. `rank` is 1 more than the number of better candidates of its division; `cut_off` is the
    lowest score of a prize's winners there, missing where the prize has none.
    """

    score: int
    rank: int
    candidates: int
    cut_off: dict[str, int]


def together(award: Award, one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are judged together for some prize."""
    return any((prize, one.division, other.division) in award.who.compared for prize in award.who.prizes)


def standing(award: Award, id: str, index: int = 0) -> Standing:
    """The standing of a candidate in one of the listed sets; KeyError for one who is no candidate."""
    own = award.who.candidates[id]
    others = [c for c in award.who.candidates.values() if together(award, own, c)]
    winners = award.sets[index].winners
    scores = {prize: [c.score for c in others if c.id in winners[prize]] for prize in award.who.prizes}
    return Standing(
        own.score,
        1 + sum(c.score > own.score for c in others),
        len(others),
        {prize: min(found) for prize, found in scores.items() if found},
    )


@dataclass(frozen=True, order=True)
class Need:
    """The least score, in hundredths, that would do: a standard to reach, or (`exceeds`) a score to exceed."""

    score: int
    exceeds: bool

    @property
    def least(self) -> int:
        """The score itself, or the next one above it."""
        return self.score + self.exceeds


def need(award: Award, id: str, clock: Clock | None = None) -> Need | None:
    """What a candidate's score would have to be for a prize in every fullest set, all else equal.

    None where it has one already, or where no score would do.
    """
    who = award.who
    own = who.candidates[id].score
    if _wins(award.case, id, own, clock):
        return None
    rungs = {Need(c.score, True) for c in who.candidates.values() if c.id != id}
    marks = {Need(hundredths(str(row[1])), False) for row in award.case.rows("pass_mark")}
    marks |= {Need(hundredths(str(row[2])), False) for row in regulation(award.case.city).rows("required_score", 3)}
    ladder = sorted((n for n in rungs | marks if own < n.least <= HIGHEST), key=lambda n: (n.least, n.exceeds))
    if not ladder or not _wins(award.case, id, ladder[-1].least, clock):
        return None
    return ladder[bisect_left(ladder, True, key=lambda n: _wins(award.case, id, n.least, clock))]


def _wins(case: Case, id: str, score: int, clock: Clock | None) -> bool:
    """Whether a candidate with that score has some prize in every fullest set."""
    rest = (fact for fact in case.facts if not (fact.predicate == "score" and fact.arguments[0] == id))
    points: int | str = score // 100 if score % 100 == 0 else f"{score // 100}.{score % 100:02d}"
    changed = Case.of([*rest, Fact("score", (id, points))])
    return not Sets(candidates(changed, clock), fullest=True, clock=clock).without(id)
