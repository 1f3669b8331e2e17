"""The case tables of both cities, through the public API: some dossiers, one by one, and whatever is refused.

That the rules say of every case what its table says is shown in `test_verdicts.py`, all cases in one grounding.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import engine
from engine.errors import CaseError
from engine.law.statutes import Provision
from tests.legal_cases import CITIES, LegalCase, legal_cases, outcome_of

ALL = [case for city in CITIES for case in legal_cases(city)]
SOME = [case for at, case in enumerate(ALL) if at % 12 == 0 or "status" not in case.expect]


@pytest.mark.parametrize("case", SOME, ids=lambda case: f"{case.city}-{case.id}")
def test_case(case: LegalCase, tmp_path: Path) -> None:
    """The decision has exactly the status, grounds, events, closed prizes and notes that the table lists."""
    file = tmp_path / "case.lp"
    file.write_text(case.text, "utf-8")
    if "status" not in case.expect:
        _refused(case, file)
        return

    decision = json.loads(engine.decide(engine.load([file])).json())
    [applicant] = decision["applicants"]
    got = outcome_of(applicant, decision["notes"])

    assert case.outcome == got, f"{case.says}\n\n{case.text}"


def _refused(case: LegalCase, file: Path) -> None:
    """The case is refused with one problem, which cites the provision or names the fact."""
    with pytest.raises(CaseError) as raised:
        engine.decide(engine.load([file]))
    [problem] = raised.value.problems
    got = f"{problem.line('zh')} {dict(problem.parameters)}"

    wanted = case.expect.get("bad_input") or Provision.parse(case.expect["refused"]).citation
    assert wanted in got, case.says


@pytest.mark.parametrize("city", CITIES)
def test_ids_are_unique(city: str) -> None:
    """No two cases of a table share an id."""
    ids = [case.id for case in legal_cases(city)]

    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("city", CITIES)
def test_every_case_has_its_sentence(city: str) -> None:
    """Each case has a sentence of its own, which a lawyer reads."""
    sentences = [(case.says, case.facts, case.readings, case.deadline) for case in legal_cases(city)]

    assert [says for says, *_ in sentences if not says.strip()] == []
