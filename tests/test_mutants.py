"""Mutants: every kind of slip is made, the cases tell it from the original, a survivor becomes a question."""

from pathlib import Path

import pytest

from audit.encoding.casetables import Example, examples
from audit.encoding.encodings import encoding
from audit.mutants.equivalent import mutated, verdicts
from audit.mutants.local import reached
from audit.mutants.mutation import KINDS, mutants
from audit.mutants.scores import kills, score
from audit.mutants.together import score_all
from audit.tables.outcomewords import question
from tests.planted import small

RULES = """
#defined applicant/2. #defined self_score/2. #defined round/3. #defined accident/5. #defined reading/2.
good(A) :- applicant(A, organization), self_score(A, N), N >= 500, not bad(A).
bad(A) :- accident(A, _, major, liable, _).
eligible(A) :- applicant(A, _), good(A).
rejected(A) :- applicant(A, _), not good(A).
#show eligible/1. #show rejected/1.
"""


def _case(id: str, *facts: str) -> Example:
    return Example(id, "jiyuan", "", 6, 20250930, {}, ('applicant("A",organization)', *facts), {"status": "eligible"})


ON = _case("on", 'self_score("A",500)')
BELOW = _case("below", 'self_score("A",499)')
ACCIDENT = _case("accident", 'self_score("A",600)', 'accident("A",safety,major,liable,20250101)')


def test_every_kind_of_slip_is_made() -> None:
    safe, unsafe = mutants(encoding("jiyuan"))

    assert {mutant.kind for mutant in safe} == set(KINDS)
    assert unsafe
    assert len({(m.rule.number, m.after) for m in [*safe, *unsafe]}) == len(safe) + len(unsafe)


def test_more_than_for_at_least_survives_until_the_line_itself_is_tried(tmp_path: Path) -> None:
    subject = small(tmp_path, RULES)

    def survives(*cases: Example) -> bool:
        return any("N > 500" in mutant.after for mutant in score(subject, cases, workers=1).survivors)

    assert survives(BELOW, ACCIDENT)
    assert not survives(BELOW, ACCIDENT, ON)


def test_a_swapped_grade_and_a_dropped_rule_are_told_by_the_accident(tmp_path: Path) -> None:
    subject = small(tmp_path, RULES)
    killed = score(subject, [ON, BELOW, ACCIDENT], workers=1).killed
    safe, _ = mutants(subject)

    wanted = {
        m.id for m in safe if "extremely_major" in m.after or (m.kind == "dropped_rule" and m.before.startswith("bad"))
    }
    assert wanted <= killed.keys()


def test_a_survivor_becomes_a_question_or_is_equivalent(tmp_path: Path) -> None:
    subject = small(tmp_path, RULES)
    left = score(subject, [BELOW, ACCIDENT], workers=1).survivors
    found = verdicts(subject, left, workers=1).found

    told = {mutant.after: found[mutant.id] for mutant in left}
    witness = next(w for after, w in told.items() if "N > 500" in after)
    assert witness is not None
    assert "自评分为500分" in question(witness.dossier, witness.base, "zh")
    assert [w for after, w in told.items() if "N >= 500; not bad(A); self_score(A,N)" in after] == []


def test_what_is_reached_is_what_the_whole_program_shows(tmp_path: Path) -> None:
    """The shortcut is sound: on a case that does not reach a mutant's rule, nothing shown differs."""
    subject = small(tmp_path, RULES)
    safe, _ = mutants(subject)
    cases = [ON, BELOW, ACCIDENT]
    near = reached(subject, safe, cases)
    everywhere = {mutant.id: [case.id for case in cases] for mutant in safe}

    told = kills(subject, safe, everywhere, cases)

    assert all(set(ids) <= set(near.get(id, ())) for id, ids in told.items())
    assert score(subject, cases, workers=1).killed.keys() == told.keys()


def test_a_mutant_is_an_encoding_of_its_own(tmp_path: Path) -> None:
    subject = small(tmp_path, RULES)
    safe, _ = mutants(subject)
    dropped = next(mutant for mutant in safe if mutant.kind == "dropped_rule")

    assert len(mutated(subject, dropped).rules) == len(subject.rules) - 1


@pytest.mark.slow
def test_the_cases_leave_few_slips_of_a_city_unnoticed() -> None:
    """What is left in its own provisions says the same in other words; in shared rules, what this text has no use for.

    Noticed when this was written: 95 in 100 of the slips in its own provisions, 85 of all.
    """
    found = score(encoding("sanmenxia"), examples("sanmenxia"))
    own = [mutant for mutant in found.mutants if mutant.provision]

    assert sum(mutant.id in found.killed for mutant in own) >= 0.93 * len(own)
    assert len(found.killed) >= 0.83 * len(found.mutants)


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_questions_scored_at_once_come_out_as_each_alone(tmp_path: Path, workers: int) -> None:
    subject = small(tmp_path, RULES)
    asked = [(subject, [BELOW, ACCIDENT]), (subject, [ON, BELOW, ACCIDENT]), (subject, [ACCIDENT])]
    found, _ = score_all(asked, workers=workers)
    assert [one.killed for one in found] == [score(*each, workers=1).killed for each in asked]
    assert len({len(one.killed) for one in found}) == 3
