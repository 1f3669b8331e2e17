"""Golden papers of the samples, one of each kind, in tests/golden/papers, in Chinese and in English.

Renew them with `python -m tests.golden_papers` and read the difference as whoever gets the paper would.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import engine
from desk.papers import correspondence, director, notices, panels, petitions, recusal, supplement
from engine import Decision, decide
from engine.answers import review
from engine.award import award
from engine.case.case import Case
from engine.draw import DEMO, DEMO_KEY, draw, freeze
from engine.facts.vocabulary import Fact
from engine.panels import conflicts, roster
from engine.record import Verified, verify
from engine.record import text as record_text
from explain.letter import Paper, view

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).with_name("golden") / "papers"
DAY, REVIEWED = 20251013, 20260608
SAMPLES = {"jiyuan-6": ("J07", "J03"), "sanmenxia-3": ("S01", "S02")}
"""Each sample: whom papers to one applicant go to, and whom an objection is made to."""


@cache
def decision(sample: str) -> Decision:
    """The decision on a sample."""
    return decide(engine.load(sorted((ROOT / "facts" / sample).glob("*.lp"))))


@cache
def _rows(sample: str) -> tuple[dict[str, object], ...]:
    return tuple(review(decision(sample).case, REVIEWED).as_dict()["revocations"])


@cache
def _record(sample: str) -> Verified:
    frozen = freeze(roster(decision(sample).case), key=DEMO_KEY)
    return verify("record.json", record_text(draw(frozen, DEMO)).encode())


def _objected(sample: str, lang: str) -> Paper:
    against = SAMPLES[sample][1]
    made = Fact("objection_made", (against, "acceptance", 20251015, "虚构来信人"))
    state = Fact("objection", (against, "acceptance", "upheld"))
    why = Fact("described", (f'objection("{against}",acceptance,upheld)', "检验报告系伪造"))
    return correspondence.answer(Case.of([*decision(sample).case.facts, made, state, why]), made, 20251022, lang)


def _recused(sample: str, lang: str) -> Paper:
    case = decision(sample).case
    ties = conflicts(case)
    return recusal.notice(case, ties, recusal.reviewers(ties)[0], DAY, lang)


KINDS: dict[str, Callable[[str, str], Paper]] = {
    "announcement": lambda s, lang: notices.announcement(decision(s).case, 20250826, lang),
    "receipt_slip": lambda s, lang: correspondence.receipt(view(decision(s), SAMPLES[s][0]), 20250915, lang),
    "supplement_notice": lambda s, lang: supplement.notice(decision(s), SAMPLES[s][0], 20251009, lang),
    "acceptance_notice": lambda s, lang: notices.acceptance(decision(s), DAY, lang),
    "objection_answer": _objected,
    "consultation_letter": lambda s, lang: correspondence.consultation(
        decision(s), correspondence.departments(decision(s).case)[0], DAY, lang
    ),
    "recusal_notice": _recused,
    "panel_list": lambda s, lang: panels.listing(decision(s).case, _record(s), DAY, lang),
    "winners_notice": lambda s, lang: notices.winners(award(decision(s).case), DAY, lang, chosen=0),
    "winners_submission": lambda s, lang: petitions.submission(
        award(decision(s).case), 0, REVIEWED, lang, "虚构签发人"
    ),
    "revocation_proposal": lambda s, lang: petitions.revocation(
        decision(s).case, _rows(s)[0], REVIEWED, lang, "虚构签发人"
    ),
    "round_report": lambda s, lang: director.report(decision(s), award(decision(s).case), (), _rows(s), DAY, lang),
}
"""Every kind of paper but the reasons (tests/golden_letters.py), as it is written for a sample."""
NONE = {("sanmenxia-3", "supplement_notice"), ("sanmenxia-3", "panel_list")}
"""What a sample gives no cause for."""
NAMES = [(sample, kind) for sample in SAMPLES for kind in KINDS if (sample, kind) not in NONE]


def words(sample: str, kind: str, lang: str) -> str:
    """A paper's words, line by line; a fingerprint, which every word of the rules changes, by its length alone."""
    lines = "".join(f"{line}\n" for line in KINDS[kind](sample, lang).texts() if line)
    return re.sub("[0-9a-f]{64}", "f" * 64, lines)


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True, parents=True)
    for one, paper in NAMES:
        for language in ("zh", "en"):
            (GOLDEN / f"{one}-{paper}.{language}.txt").write_text(words(one, paper, language), encoding="utf-8")
