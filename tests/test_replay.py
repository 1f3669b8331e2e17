"""The proof behind every letter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from legal_cases import CITIES, legal_cases

from benchmarks.generate import write
from engine import Case, Decision, decide, load
from engine.law.statutes import Provision
from explain.letter import proof
from explain.letter.proof import ReplayError, entailed, replay, replay_all

SAMPLES = sorted(p for p in (Path(__file__).parents[1] / "facts").iterdir() if p.is_dir())


def sample(folder: Path) -> Decision:
    return decide(load(sorted(str(p) for p in folder.glob("*.lp"))))


@pytest.mark.slow
@pytest.mark.parametrize("city", CITIES)
def test_the_grounds_of_every_legal_case_are_proved_by_their_own_provision(city: str, tmp_path: Path) -> None:
    """No ground leans on another provision, save where a reading itself joins two (both prizes closed)."""
    leaning = []
    for number, text in enumerate(cohorts(city)):
        path = tmp_path / f"{number}.lp"
        path.write_text(text, "utf-8")
        decision = decide(load(path))
        outcomes = [o for o in decision.applicants if o.status == "rejected"]
        for outcome, parts in zip(outcomes, replay_all(decision, outcomes), strict=True):
            leaning += [(outcome.id, c.ground.key) for c in parts if len(c.provisions) > 1]

    assert {key for _, key in leaning} <= {"recent_award"}


def cohorts(city: str) -> list[str]:
    """The cases that reject somebody, those of one round and the same readings side by side."""
    rounds: dict[tuple[str, ...], list[str]] = {}
    for row in legal_cases(city):
        if row.expect.get("status") == "rejected":
            own = [line for line in row.text.splitlines() if '("A"' in line]
            shared = tuple(line for line in row.text.splitlines() if '("A"' not in line)
            rounds.setdefault(shared, []).extend(line.replace('("A"', f'("{row.id}"') for line in own)
    return ["\n".join([*shared, *own]) + "\n" for shared, own in rounds.items()]


@pytest.mark.slow
@pytest.mark.parametrize("city", ["jiyuan", "sanmenxia"])
def test_a_few_thousand_invented_applicants_are_proved(city: str, tmp_path: Path) -> None:
    write(city, 1500, tmp_path / "cohort.lp")
    decision = decide(load(tmp_path / "cohort.lp"))
    rejected = [o for o in decision.applicants if o.status == "rejected"]

    proved = replay_all(decision, rejected)

    assert len(rejected) > 250
    assert [len(parts) for parts in proved] == [len(o.failed) + len(o.barred) for o in rejected]


@pytest.mark.parametrize("folder", SAMPLES, ids=lambda p: p.name)
def test_without_one_of_its_facts_no_ground_is_proved(folder: Path) -> None:
    """Records that a ground cites are needed, save what only says who applies, and an exception that does not help.

    A finding that a late file is not taken settles the matter; the day it is about is told all the same.
    """
    decision = sample(folder)
    outcomes = [o for o in decision.applicants if o.status == "rejected"]
    beside = {"applicant", "round", "certificate", "self_rating", "awarded"}

    idle = []
    for outcome, parts in zip(outcomes, replay_all(decision, outcomes), strict=True):
        for part in parts:
            for fact in part.facts:
                fewer = replace(part, facts=tuple(f for f in part.facts if f != fact))
                claim = proof._claim(outcome, [fewer], fewer.provisions)
                told = fact.predicate in beside or (part.ground.key, fact.predicate) == ("in_time", "submitted")
                if not told and entailed(decision.case, [claim]) == [True]:
                    idle.append((outcome.id, part.ground.key, fact))

    assert idle == []


def test_a_letter_under_the_wrong_provision_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    decision = sample(SAMPLES[0])
    outcome = next(o for o in decision.applicants if o.barred)
    real = proof.program

    def elsewhere(city: str, provisions: Sequence[Provision]) -> str:
        return real(city, [Provision(1) for _ in provisions])

    monkeypatch.setattr(proof, "program", elsewhere)
    with pytest.raises(ReplayError) as refused:
        replay(decision, outcome)

    grounds = len(outcome.barred) + len(outcome.failed)
    codes = [p.code for p in refused.value.problems]
    assert codes == ["replay_ground"] * grounds + ["replay_outcome"]


def test_a_decision_that_the_rules_do_not_give_is_not_proved() -> None:
    """A ground that somebody else's record gives is none of this applicant's."""
    decision = sample(SAMPLES[0])
    eligible = next(o for o in decision.applicants if o.status == "eligible")
    barred = next(o for o in decision.applicants if o.barred)
    forged = replace(eligible, status="rejected", barred=barred.barred[:1])

    with pytest.raises((ReplayError, ValueError, KeyError)):
        replay(decision, forged)


def test_case_is_what_the_proof_is_about() -> None:
    assert isinstance(sample(SAMPLES[0]).case, Case)
