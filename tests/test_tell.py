"""Slips in the rules about awards, reviews, panels and procedure: found in the bounded case spaces, and put on file."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from audit.encoding.encodings import Encoding, Parsed, Rule, encoding
from audit.encoding.questions import QUESTIONS
from audit.encoding.syntax import parsed
from audit.mutants.answers import tables
from audit.mutants.equivalent import verdicts
from audit.mutants.scores import score
from audit.opinions.ledger import cases_of
from audit.space.scene import scenes
from audit.space.telling import Telling, tell
from audit.tables.round_rows import example

SLIPS = {
    "award": ("may_receive(A,Prize) :- reaches", "not closed_prize(A,Prize)", "reaches(A,Prize)"),
    "review": ("grounded(A,Prize,Round,conduct", "Day <= End", "Day < End"),
    "panels": ("lasts(T,To)", "period_end(To,3,End)", "period_end(To,2,End)"),
    "procedure": ("violated(P,cycle", "< Years", "<= Years"),
}
"""A rule of each question by its beginning, and what is replaced in it."""


def slipped(subject: Encoding, beginning: str, old: str, new: str) -> Encoding:
    """The encoding with some words of one rule replaced."""
    rules = list(subject.rules)
    [at] = [i for i, rule in enumerate(rules) if str(subject.node(rule)).startswith(beginning)][:1]
    text = str(subject.node(rules[at]))
    assert old in text
    [node] = parsed(text.replace(old, new))
    rules[at] = Rule(rules[at].number, Parsed(node), rules[at].file, rules[at].line, rules[at].provision)
    return replace(subject, name="slipped", rules=tuple(rules))


def _told(name: str) -> tuple[Encoding, Telling]:
    subject = encoding("jiyuan", QUESTIONS[name])
    found = tell(subject, slipped(subject, *SLIPS[name]), scenes(subject))
    assert found is not None
    return subject, found


@pytest.mark.slow
@pytest.mark.parametrize("name", SLIPS)
def test_a_planted_slip_is_told_by_a_record_that_can_be_put_on_file(name: str) -> None:
    subject, found = _told(name)
    before, after = score_of(subject, found), score_of(slipped(subject, *SLIPS[name]), found)

    assert set(found.lost) <= before - after
    assert set(found.gained) <= after - before


def score_of(subject: Encoding, found: Telling) -> frozenset[str]:
    """What an encoding shows of the record, read back as a row of a table."""
    from audit.encoding.batch import results

    return results(subject, [example(found, subject.question, "x")])["x"]


def test_the_record_is_on_the_line() -> None:
    """`Day < End` for `Day <= End`: an event on the very last day of the five years, and nothing else on file."""
    _, found = _told("review")

    dates = {fact.rpartition(",")[2].rstrip(")") for fact in found.record.facts if not fact.startswith("as_of")}
    assert {"20211120", "20261120"} <= dates
    assert len(found.record.facts) == 3


@pytest.mark.slow
@pytest.mark.parametrize("name", SLIPS)
def test_the_rules_do_not_differ_from_themselves(name: str) -> None:
    subject = encoding("sanmenxia", QUESTIONS[name])

    assert tell(subject, subject, scenes(subject)) is None


def test_the_question_is_in_plain_words() -> None:
    subject, found = _told("review")

    assert "2026年11月20日" in found.question(subject, "zh")
    assert "Which is right?" in found.question(subject, "en")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("city", "name"),
    [("jiyuan", "award"), ("sanmenxia", "procedure"), ("jiyuan", "review"), ("sanmenxia", "panels")],
)
def test_every_slip_that_the_cases_leave_is_equivalent(city: str, name: str) -> None:
    """Within the case spaces; docs/audit.md has the table of both cities and all questions."""
    subject = encoding(city, QUESTIONS[name])
    found = score(subject, cases_of(subject))

    assert {told for told in verdicts(subject, found.survivors).found.values() if told} == set()


def test_what_tells_a_slip_goes_into_the_table_of_cases() -> None:
    subject = encoding("jiyuan", QUESTIONS["review"])
    few = score(subject, cases_of(subject)[:1])
    some = few.survivors[:5]
    [(file, text)] = tables(subject, some, verdicts(subject, some).found, ["made by the bench"]).items()

    before = tomllib.loads(file.read_text("utf-8"))["case"]
    after = tomllib.loads(text)["case"]
    assert file == Path(file.parent) / "review_jiyuan_audit.toml"
    assert after[: len(before)] == before
    assert all(row["facts"] and (row["expect"]["holds"] or row["expect"]["lacks"]) for row in after[len(before) :])
    assert len(after) > len(before)
