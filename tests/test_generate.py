"""Generated cases: one point each, both sides of each line, typed; accepted ones become rows of a table."""

import tomllib
from pathlib import Path

import pytest

from audit import ledger
from audit.domain import Space
from audit.encoding import encoding
from audit.example import table
from audit.generate import Generated, generated
from audit.search import ROUND
from audit.words import dossier_words, outcome
from engine.vocabulary import text

Found = tuple[Space, list[Generated]]


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
        if one.id.startswith("a9_i3_service_failure_service_failure_day")
        for fact in one.dossier.facts
        if fact.predicate == "service_failure"
    }

    assert days[20220929] == "eligible"
    assert days[20220930] == "rejected"


def test_every_case_is_worded_in_both_languages(found: Found) -> None:
    frame, cases = found

    assert all(dossier_words(one.dossier, one.base, lang, frame.slots) for one in cases for lang in ("zh", "en"))


def test_an_accepted_case_is_a_row_with_name_date_and_seal(found: Found, tmp_path: Path) -> None:
    frame, cases = found
    subject = encoding("jiyuan")
    [one] = [one for one in cases if one.id == "a10_self_score_failed"]
    bases = ledger.kinds(list(dict.fromkeys(each.base for each in cases)))
    signed = ledger.signature(subject, one.provision, "王某", "2026-11-22")
    row = ledger.row(one.id, "自评分不足", one.dossier, one.shown, bases, signed)
    file = ledger.path("jiyuan", tmp_path)

    ledger.append(file, ledger.head("jiyuan", ["说明"], ROUND, frame.deadline, bases), [row])
    ledger.append(file, "", [ledger.contested("x", "某案", "理由", signed)])

    [case] = table(file)
    assert case.signed is not None
    assert (case.signed.by, case.signed.on, case.signed.seal) == ("王某", "2026-11-22", signed["seal"])
    assert set(case.facts) == {text(fact) for fact in one.dossier.facts}
    assert case.expect == {"status": "rejected", "failed": ["art(10,0,0) self_score"]}
    assert tomllib.loads(file.read_text("utf-8"))["contested"][0]["remark"] == "理由"
