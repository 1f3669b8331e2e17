"""The rounds that the rules of the other questions are held to: as the engine has them, and each with what came out."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

from audit.encoding.batch import results, shown
from audit.encoding.casetables import Example
from audit.encoding.encodings import encoding
from audit.encoding.questions import QUESTIONS, Question
from audit.tables.rounds import examples, found_rows
from engine.law.rulebook import rule_files
from engine.law.statutes import cities
from engine.solve.feed import working_days
from engine.solve.solver import control

pytestmark = pytest.mark.slow

GOLDEN = Path(__file__).parent / "golden" / "rounds"
ASKED = [(city, name) for city in cities() for name in list(QUESTIONS)[1:]]


def _results(city: str, name: str) -> tuple[tuple[Example, ...], Mapping[str, frozenset[str]]]:
    found = examples(QUESTIONS[name], city)
    return found, results(encoding(city, QUESTIONS[name]), found)


def _plainly(question: Question, case: Example) -> set[str]:
    """What clingo itself says of a case with the rule files as they are."""
    facts = [*case.symbols, *working_days(case.notice_days)]
    subject = encoding(case.city, question)
    unshown = "".join(f"#show {name}/{arity}. " for name, arity in question.unshown)
    shows = {str(show).removeprefix("#show ").partition("/")[0].partition("(")[0] for show in subject.shows}
    names = shows & {name for name, _ in subject.derived}
    found = shown(control(rule_files(case.city, *question.files), facts, extra=unshown))
    return {str(symbol) for symbol in found if symbol.name in names}


@pytest.mark.parametrize(("city", "name"), ASKED)
def test_all_at_once_is_one_by_one(city: str, name: str) -> None:
    """The bench decides all rounds in one grounding: each comes out as clingo has it alone."""
    found, together = _results(city, name)
    some = found[:: max(1, len(found) // 12)]

    assert some
    assert {case.id: together[case.id] for case in some} == {case.id: _plainly(QUESTIONS[name], case) for case in some}


@pytest.mark.parametrize(("city", "name"), ASKED)
def test_what_came_out(city: str, name: str) -> None:
    """Everything shown of every round is as it was looked at last, by its hash; PINGJIANG_RENEW=1 writes them anew.

    A round that somebody has signed states what comes out of it by itself.
    """
    found, together = _results(city, name)
    unsigned = [case.id for case in found if case.signed is None]
    hashes = {id: sha256("\n".join(sorted(together[id])).encode()).hexdigest()[:16] for id in unsigned}
    file = GOLDEN / f"{name}_{city}.json"
    if os.environ.get("PINGJIANG_RENEW"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps(hashes, indent=1) + "\n", "utf-8")
    known = json.loads(file.read_text("utf-8"))

    assert {id: sorted(together[id]) for id, digest in hashes.items() if known.get(id) != digest} == {}
    assert list(known) == list(hashes)


@pytest.mark.parametrize(("city", "name"), ASKED)
def test_what_the_bench_found(city: str, name: str) -> None:
    """Of each round that the bench found, what it says holds, and what it says does not is not derived."""
    _, together = _results(city, name)
    rows = found_rows(name, city)

    assert rows
    for row in rows:
        assert set(row.expect["holds"]) <= together[row.id], row.id
        assert not set(row.expect["lacks"]) & together[row.id], row.id


@pytest.mark.parametrize(("city", "name"), ASKED)
def test_ids_are_unique(city: str, name: str) -> None:
    ids = [case.id for case in examples(QUESTIONS[name], city)]

    assert len(ids) == len(set(ids))
