"""Several questions at once, and the files that choose: one process a question, not a question shared by all.

Most of a question is not for sharing (rules are lifted and grounded for all its cases), so that two processors are
busy only where two questions are.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from audit.encoding import Encoding, Example
from audit.mutants.choosing import FILES, Noticed, noticed
from audit.mutants.forked import forked
from audit.mutants.mutation import Mutant, mutants
from audit.mutants.scores import Score, scored, told

Asked = tuple[Encoding, Sequence[Example], list[Mutant], list[Mutant]]


def score_all(
    asked: Sequence[tuple[Encoding, Sequence[Example]]], choosing: bool = False, workers: int | None = None
) -> tuple[list[Score], list[Noticed]]:
    """The score of each encoding on its cases, in order; with `choosing` what becomes of slips in files that choose.

    What takes longest is begun first. Processors that are left when each question has one are shared by the questions.
    """
    full: list[Asked] = [(encoding, cases, *mutants(encoding)) for encoding, cases in asked]
    files = FILES if choosing else ()
    each = max(1, (workers or os.cpu_count() or 1) // max(1, len(full)))

    def judged(at: int) -> Any:
        if at < len(files):
            return noticed(files[at])
        encoding, cases, safe, _unsafe = full[order[at - len(files)]]
        return told(encoding, safe, cases, each)

    order = sorted(range(len(full)), key=lambda at: -len(full[at][2]) * len(full[at][1]))
    done = forked(judged, len(files) + len(order), workers)
    killed = dict(zip(order, done[len(files) :], strict=True))
    found = [scored(full[at][0], full[at][2], full[at][3], killed[at]) for at in range(len(full))]
    return found, done[: len(files)]
