"""What a question can come to: enough for its answer, and not everything."""

import re
from pathlib import Path

import pytest
from justification import dump

import engine
from benchmarks.generate import cohort
from engine.answers.eligibility import Decision
from engine.facts.vocabulary import PREDICATES
from engine.law.rulebook import rule_files
from engine.law.statutes import cities
from explain.dual.compiled import program
from explain.dual.dependency import Needs
from explain.dual.questions import Question
from explain.graph.justification import FEW, justify, justify_all
from explain.graph.outcome import causes

HISTORY = ("awarded", "revoked", "fraud_found", "bonus")


def needs(question: str, holding: bool) -> Needs:
    return program(rule_files("jiyuan")).reach.needs(Question.of(question), holding)


def test_why_a_requirement_failed_comes_to_its_own_records() -> None:
    """And to findings: why it is not met is judged by every rule, the one for a person's judgment too."""
    own = needs('failed("A",art(8,0,1),operating_years)', True).own & PREDICATES.keys()

    assert own == {"applicant", "submitted", "operating_since", "certificate", "finding"}


def test_why_it_did_not_fail_comes_to_whatever_else_might_have_failed() -> None:
    """What is missing elsewhere fails the duty to supplement: a rule for any provision, until its own is known."""
    question = 'failed("A",art(8,0,1),operating_years)'

    assert needs(question, True).own < needs(question, False).own
    assert "product_inspection" in needs(question, False).own


def test_a_bar_by_an_earlier_award_needs_nobody_elses_records() -> None:
    found = needs('barred("A",art(24,0,0),recent_award)', True)

    assert "awarded" in found.own
    assert not found.every & {name for name, p in PREDICATES.items() if p.group in ("applicants", "adverse", "history")}


def _told(lines: list[str], folder: Path) -> tuple[Decision, list[tuple[str, str]], list[object]]:
    """A cohort decided, each cause of each rejection with whose it is, and its graph as told with all the others."""
    file = folder / "cohort.lp"
    file.write_text("\n".join(lines), "utf-8")
    decision = engine.decide(engine.load([file]))
    refused = [outcome for outcome in decision.applicants if outcome.status == "rejected"]
    asked = [(outcome.id, atom) for outcome in refused for cause in causes(outcome) for atom in cause.atoms]
    assert len(refused) > FEW
    return decision, asked, [dump(graph) for graph in justify_all(decision, [atom for _, atom in asked])]


def test_the_grounds_of_a_cohort_are_told_as_one_by_one(tmp_path: Path) -> None:
    """Where all that is asked holds, only what tells why it holds is looked at."""
    lines = [line for line in cohort("jiyuan", 60, flawed=True) if not line.startswith(("awarded", "revoked"))]
    decision, asked, told = _told(lines, tmp_path)

    assert told == [dump(justify(decision, one)) for _, one in asked]


@pytest.mark.parametrize("city", cities())
def test_nobody_else_is_in_anybodys_reasons(city: str, tmp_path: Path) -> None:
    """Not among what was folded either: everybody won the same prize on the same day."""
    lines = [line for line in cohort(city, 60, flawed=True) if not line.startswith(HISTORY)]
    ids = sorted({line.split('"')[1] for line in lines if line.startswith("applicant(")})
    lines += [f'awarded("{id}",main,2,20231118).' for id in ids]
    _, asked, told = _told(lines, tmp_path)

    for (id, _), graph in zip(asked, told, strict=True):
        assert {*re.findall(rf"{city[0].upper()}\d{{6}}", str(graph))} == {id}
