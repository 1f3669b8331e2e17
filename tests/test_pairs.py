"""One applicant's fact never serves another's rule: slips that show only where two applicants stand in one round."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit.checks.comparison import Witness, compare
from audit.encoding.encodings import Encoding, encoding
from audit.encoding.syntax import parsed
from audit.mutants.equivalent import verdicts
from audit.mutants.mutation import Mutant
from audit.space.days import windows
from audit.space.domain import space
from audit.space.pairs import pairs
from audit.space.preference import flawless
from audit.tables.outcomewords import question
from tests.planted import small

SHARED = """
#defined applicant/2. #defined excellence_model_since/2. #defined round/3. #defined reading/2.
long(Day) :- excellence_model_since(_, Day), Day <= 20260101.
good(A) :- excellence_model_since(A, Day), long(Day).
eligible(A) :- applicant(A, _), good(A).
rejected(A) :- applicant(A, _), not good(A).
#show eligible/1. #show rejected/1.
"""
GUARDED = "good(A) :- excellence_model_since(A, Day), long(Day)."
DROPPED = "good(A) :- applicant(A, _), long(Day)."


def _two(folder: Path) -> tuple[Encoding, Encoding]:
    (folder / "one").mkdir()
    (folder / "other").mkdir()
    return small(folder / "one", SHARED), small(folder / "other", SHARED.replace(GUARDED, DROPPED))


def test_a_guard_dropped_is_told_by_the_applicant_beside(tmp_path: Path) -> None:
    """Alone, nobody is good without a day of his own; beside somebody who has one, everybody is."""
    found = compare(*_two(tmp_path))

    [witness] = [one for one in found.witnesses if 'eligible("A")' in one.new]
    assert (witness.beside, 'rejected("A")' in witness.old) == ("laden", True)
    told = question(witness.dossier, witness.base, "zh", beside=witness.beside)
    assert told.endswith("；同届另有一名有各种不良记录的申报者，应当受理吗？")
    assert found.bounds["pairs"] > 10


def test_a_slip_that_lets_one_in_for_another_s_fact_is_not_equivalent(tmp_path: Path) -> None:
    """No dossier of a single applicant tells it from the rules; one beside another does."""
    subject, _ = _two(tmp_path)
    rule = next(rule for rule in subject.rules if ("good", 1) in rule.heads)
    [node] = parsed(DROPPED)
    slip = Mutant(0, "dropped_literal", rule, str(rule.node), str(node), {rule.number: node})

    told = verdicts(subject, [slip], workers=1)

    witness = told.found[0]
    assert isinstance(witness, Witness)
    assert (witness.beside, told.bounds["pairs"] > 10) == ("laden", True)


@pytest.mark.parametrize("city", ["jiyuan"])
def test_every_pair_stands_beside_an_applicant_of_its_own(city: str) -> None:
    subject = encoding(city)
    frame = space([subject], 20250930, windows(subject))
    found = list(pairs(frame, flawless(subject, frame)[:1]))

    assert {pair.beside for pair in found} == {"flawless", "laden"}
    assert len({pair.alone for pair in found}) * 2 == len(found) > 200
    for pair in found[:20]:
        assert {fact.arguments[0] for fact in pair.together.facts if fact.predicate == "applicant"} == {"A", "B"}
