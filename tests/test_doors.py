"""Cases for whoever has no files: bytes, facts, one applicant's part of a case."""

from pathlib import Path

import pytest
from effort import examples
from hypothesis import given, settings

import engine
from engine.case.case import Case
from engine.errors import CaseError
from engine.facts.vocabulary import Fact
from tests.test_properties import rounds

FACTS = Path(__file__).resolve().parents[1] / "facts"
SAMPLES = sorted(path for path in FACTS.iterdir() if path.is_dir())


def _files(sample: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(sample.glob("*.lp"))}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_bytes_and_facts_make_the_case_that_files_make(sample: Path) -> None:
    case = engine.load(sorted(sample.glob("*.lp")))

    assert engine.read(_files(sample)) == case
    assert Case.checked(case.facts) == case


def test_a_workbook_is_read_without_the_desk() -> None:
    """Its reader is found by its entry point."""
    book = FACTS / "jiyuan-6.xlsx"

    assert engine.read({"round.xlsx": book.read_bytes()}) == engine.load(book)


def test_all_problems_of_files_and_facts_are_told_at_once() -> None:
    with pytest.raises(CaseError) as bytes_refused:
        engine.read({"a.lp": b'applicant("A",bird).', "b.xyz": b"", "c.lp": b"\xff"})
    with pytest.raises(CaseError) as facts_refused:
        Case.checked([Fact("applicant", ("A", "organization")), Fact("applicant", ("A", "individual"))])

    assert sorted((one.place.file, one.code) for one in bytes_refused.value.problems) == [
        ("a.lp", "no_such_choice"),
        ("b.xyz", "suffix"),
        ("c.lp", "encoding"),
    ]
    assert sorted(one.code for one in facts_refused.value.problems) == ["contradiction", "no_round"]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_an_applicants_part_of_a_sample_gives_its_outcome_and_names_nobody_else(sample: Path) -> None:
    case = engine.load(sorted(sample.glob("*.lp")))
    whole = engine.decide(case)
    ids = {str(row[0]) for name in ("applicant", "winner", "reviewer") for row in case.rows(name)}

    for outcome in whole.applicants:
        part = case.projected(outcome.id)
        assert engine.decide(part).outcome(outcome.id) == outcome
        assert Case.checked(part.facts).facts == part.facts
        assert [id for id in sorted(ids - {outcome.id}) if f'"{id}"' in part.canonical] == []


@settings(max_examples=examples(25), deadline=None)
@given(rounds())
def test_an_applicants_part_of_any_case_gives_its_outcome(facts: list[Fact]) -> None:
    case = Case.of(facts)
    whole = engine.decide(case)

    for outcome in whole.applicants:
        assert engine.decide(case.projected(outcome.id)).outcome(outcome.id) == outcome
