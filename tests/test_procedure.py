"""The conduct of a round: the case tables of both cities, and the clerk's question about working days."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.tables.rounds import Row, case_of, round_text, rows
from desk.text.conduct import missing_words
from engine import read
from engine.answers.conduct import procedure
from engine.answers.notices import NoCalendar, notice
from engine.law.statutes import RULES, cities
from engine.words.catalogues import LANGUAGES
from engine.words.messages import has

ALL = [row for city in cities() for row in rows("procedure", city)]


@pytest.mark.parametrize("row", ALL[::8], ids=lambda row: f"{row.city}-{row.id}")
def test_row(row: Row) -> None:
    """The violations are those of the table; what it names as unchecked is; nothing else where the list is empty.

    Every row is tried in `test_verdicts.py`, all in one grounding.
    """
    found = json.loads(procedure(case_of(row.text)).json())
    violations = [
        f"{one['provision']} {one['check']} {_told(one['found'])} / {_told(one['required'])}"
        for one in found["violations"]
    ]
    unchecked = [f"{one['provision']} {one['check']} {one['missing']}" for one in found["unchecked"]]

    assert violations == row.expect["violations"], row.says
    assert unchecked == row.expect.get("all_unchecked", unchecked), row.says
    wanted = row.expect.get("unchecked")
    assert wanted is None or (unchecked == [] if not wanted else set(wanted) <= set(unchecked)), unchecked


def _told(value: Any) -> str:
    return " ".join(value) if isinstance(value, list) else str(value)


@pytest.mark.parametrize("city", cities())
def test_nothing_on_record_is_nothing_passed(city: str) -> None:
    """A bare round violates nothing and has each check unchecked that asks for a record."""
    found = procedure(case_of(round_text(city, {}, ['applicant("J01",organization)'])))

    assert found.violations == ()
    assert {
        "acceptance_notice_days",
        "proposed_winners_notice_days",
        "consultation",
        "stage_order",
        "announcement",
    } <= {one.check for one in found.unchecked}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_is_worded(lang: str) -> None:
    """A check that the rules name has a name in the tables."""
    import re

    text = (RULES / "procedure.lp").read_text("utf-8")
    named = re.findall(r"(?:violated|unchecked)\(P, ([a-z]\w+)", text)
    named += re.findall(r"\b(\w+_(?:notice_days|objection|after_notice))\b", text)
    named += re.findall(r"\w+, \w+, (committee_\w+)", text)
    checks = {check for check in named if check not in ("stage_after_notice", "free_of_objection")}

    assert sorted(check for check in checks if not has(f"procedure.check.{check}", lang)) == []


@pytest.mark.parametrize(
    ("published", "last"),
    [(20260924, 20261009), (20260929, 20261012), (20260930, 20261013), (20260212, 20260226), (20250926, 20251010)],
)
def test_golden_notices(published: int, last: int) -> None:
    """Five working days, the day of publication not counted."""
    assert notice(published, 5).days["excluded"][-1] == last


def test_the_first_day_counts_only_if_it_is_a_working_day() -> None:
    """Published on a Saturday both readings agree; on a Sunday that is worked (调休) they differ by a day."""
    saturday, sunday = notice(20260919, 5).days, notice(20260920, 5).days

    assert saturday["included"] == saturday["excluded"]
    assert (sunday["included"][0], sunday["excluded"][0]) == (20260920, 20260921)


def test_no_notice_is_counted_into_an_unknown_year() -> None:
    """The holiday notice of 2027 is not out."""
    with pytest.raises(NoCalendar, match="2027"):
        notice(20261228, 5)


UNSETTLED = """
round(jiyuan,6,20260228).
notice(acceptance,20260313,99991231).
applicant("W04",organization). name("W04","虚构单位").
objection("W04",acceptance,pending).
"""


@pytest.mark.parametrize(
    ("pattern", "lang", "told"),
    [
        ("stage_day(approval, …)", "zh", "阶段日期（审定）"),
        ("awarded(…, …, 2, …)", "zh", "获奖（第二届）"),
        ("awarded(…, …, 2, …)", "en", "award (round 2)"),
        ('bonus_use("W04", …)', "zh", "奖励资金用途（虚构单位）"),
        ('objection("W04", acceptance, …)', "zh", "异议的处理结果（虚构单位，受理名单）"),
        (
            'objection("W04", acceptance, …)',
            "en",
            "how the objection was settled (虚构单位, list of accepted applications)",
        ),
        ("notice(acceptance, …)", "zh", "公示的结束日期（受理名单）"),
        ("notice(proposed_winners, …)", "zh", "公示（拟奖名单）"),
    ],
)
def test_a_missing_record_is_said_in_words(pattern: str, lang: str, told: str) -> None:
    """What is on file is never called missing: of a pending objection it is the answer, of a running notice its end."""
    case = read({"case.lp": UNSETTLED.encode()})
    assert missing_words(pattern, case, lang) == told


def test_every_record_that_is_called_missing_is_so_named() -> None:
    found = procedure(read({"case.lp": UNSETTLED.encode()}))

    told = {row.missing for row in found.unchecked if row.missing.startswith(("objection", "notice(acc"))}
    assert told == {'objection("W04", acceptance, …)', "notice(acceptance, …)"}
