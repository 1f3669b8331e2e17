"""What a question can come to: enough for its answer, and not everything."""

from pathlib import Path

from justification import dump

import engine
from benchmarks.generate import cohort
from engine.rulebook import rule_files
from engine.vocabulary import PREDICATES
from explain.justify import FEW, justify, justify_all
from explain.program import program
from explain.question import Question
from explain.reach import Needs
from explain.whole import causes


def needs(question: str, holding: bool) -> Needs:
    return program(rule_files("jiyuan")).reach.needs(Question.of(question), holding)


def test_why_a_requirement_failed_comes_to_its_own_records() -> None:
    """And to findings: why it is not met is judged by every rule, the one for a person's judgment too."""
    own = needs('failed("A",art(8,0,1),operating_years)', True).own & PREDICATES.keys()

    assert own == {"applicant", "submitted", "operating_since", "excellence_model_since", "certificate", "finding"}


def test_why_it_did_not_fail_comes_to_whatever_else_might_have_failed() -> None:
    """What is missing elsewhere fails the duty to supplement: a rule for any provision, until its own is known."""
    question = 'failed("A",art(8,0,1),operating_years)'

    assert needs(question, True).own < needs(question, False).own
    assert "product_inspection" in needs(question, False).own


def test_what_a_rule_asks_of_anybody_is_needed_about_everybody() -> None:
    assert "awarded" in needs('barred("A",art(24,0,0),recent_award)', True).every


def test_the_grounds_of_a_cohort_are_told_as_one_by_one(tmp_path: Path) -> None:
    """Where all that is asked holds, only what tells why it holds is looked at."""
    lines = [line for line in cohort("jiyuan", 60, flawed=True) if not line.startswith(("awarded", "revoked"))]
    file = tmp_path / "cohort.lp"
    file.write_text("\n".join(lines), "utf-8")
    decision = engine.decide(engine.load([file]))
    refused = [outcome for outcome in decision.applicants if outcome.status == "rejected"]
    asked = [atom for outcome in refused for cause in causes(outcome) for atom in cause.atoms]

    assert len(refused) > FEW
    assert [dump(graph) for graph in justify_all(decision, asked)] == [dump(justify(decision, one)) for one in asked]
