"""Generated cases: one point each, both sides of each line, typed, none twice; rows of a table and back."""

from pathlib import Path

import pytest

from audit.checks.generate import Generated, generated
from audit.encoding.casetables import table
from audit.encoding.encodings import encoding
from audit.opinions import ledger
from audit.space.domain import Space
from audit.space.search import ROUND
from audit.tables.outcomewords import dossier_words, outcome
from audit.tables.rowtext import expectation, row_text
from engine.facts.vocabulary import text

Found = tuple[Space, list[Generated]]


pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def found() -> Found:
    return generated(encoding("jiyuan"))


def test_the_score_is_tried_below_on_and_above_the_line(found: Found) -> None:
    values = {
        text(fact): outcome(one.shown)[0]
        for one in found[1]
        for fact in one.dossier.facts
        if fact.predicate == "self_score" and one.id.startswith("a10_")
    }

    assert values['self_score("A",499)'] == "rejected"
    assert values['self_score("A",500)'] == "eligible"


def test_a_bar_is_shown_by_a_dossier_that_is_barred_by_it_alone(found: Found) -> None:
    [one] = [one for one in found[1] if one.id == "a9_i3_service_failure_barred"]

    lacks, has = one.dossier.departures(one.base)
    assert (lacks, [fact.predicate for fact in has]) == ((), ["service_failure"])
    assert one.alone


def test_the_window_of_three_years_is_tried_on_the_day_and_the_day_before(found: Found) -> None:
    days = {
        fact.arguments[-1]: outcome(one.shown)[0]
        for one in found[1]
        if one.id.startswith("a9_i3_service_failure")
        for fact in one.dossier.facts
        if fact.predicate == "service_failure"
    }

    assert days[20220929] == "eligible"
    assert days[20220930] == "rejected"


def test_every_case_is_worded_in_both_languages(found: Found) -> None:
    frame, cases = found

    assert all(dossier_words(one.dossier, one.base, lang, frame.slots) for one in cases for lang in ("zh", "en"))


def test_no_dossier_is_put_to_the_lawyer_twice(found: Found) -> None:
    asked = [(one.provision, one.dossier) for one in found[1]]

    assert len(asked) == len(set(asked)) == len({one.id for one in found[1]})


def test_of_equally_near_bases_the_first_is_departed_from(found: Found) -> None:
    """A missing score is shown on a business, not on an association: nothing else is to be thought of."""
    [one] = [one for one in found[1] if one.id == "a10_self_score_open"]

    assert dossier_words(one.dossier, one.base, "zh", found[0].slots) == "卷内没有“自评分”的记载"


def test_an_individual_with_nothing_against_him_is_called_one(found: Found) -> None:
    [one] = [one for one in found[1] if one.id == "a2_registered_here_failed"]

    assert dossier_words(one.dossier, one.base, "en") == "an individual: papers complete, no adverse record"


def test_a_dossier_on_file_comes_back_as_it_was(found: Found, tmp_path: Path) -> None:
    """Every generated case, written as a row and read again, has the same facts and the outcome that came out."""
    frame, cases = found
    bases = ledger.kinds(list(dict.fromkeys(each.base for each in cases)))
    rows = {one.id: row_text(one.id, "…", one.dossier, one.shown, bases) for one in cases}
    file = tmp_path / "jiyuan_audit.toml"
    file.write_text(ledger.updated(file, ledger.head("jiyuan", ["…"], ROUND, frame.deadline, bases), rows), "utf-8")

    again = {case.id: case for case in table(file)}

    assert {one.id: {text(fact) for fact in one.dossier.facts} for one in cases} == {
        id: {*case.facts} for id, case in again.items()
    }
    assert all(expectation(one.shown) == again[one.id].expect for one in cases)
    assert ledger.bases(file) == bases
