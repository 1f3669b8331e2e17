"""Revocations, bans, and what becomes due: the case tables of both cities."""

from __future__ import annotations

import json
from typing import Any

import pytest

from audit.tables.rounds import Row, case_of, round_text, rows
from desk.files.ics import calendar
from engine.answers.dues import watch
from engine.answers.revocation import review
from engine.law.statutes import Provision, cities

ALL = [row for city in cities() for row in rows("review", city)]


@pytest.mark.parametrize("row", ALL[::8], ids=lambda row: f"{row.city}-{row.id}")
def test_row(row: Row) -> None:
    """Revocations, their events where the table lists them, and bans; every row is tried in `test_verdicts.py`."""
    answer = review(row.case, row.table["as_of"])
    found = json.loads(answer.json())
    got = {
        "revocations": [
            " ".join(
                map(str, [one["id"], one["prize"], one["round"], one["ground"], one["provision"], *one["remedies"]])
            )
            + f" {one['ban_years'] or '-'}"
            for one in found["revocations"]
        ],
        "bans": [f"{ban['id']} {ban['until']} {ban['provision']}" for ban in found["bans"]],
        "proposers": [
            f"{provision} {answer.proposers[Provision.parse(provision)]}"
            for provision in sorted({one["provision"] for one in found["revocations"]})
        ],
        "events": [event for one in found["revocations"] for event in one["events"]],
        "earlier": [f"{one['id']} {one['earlier']}" for one in found["revocations"] if "earlier" in one],
        "before_in_force": [
            *(f"{one['id']} {one['prize']} {one['round']} {one['ground']}" for one in _early(found["revocations"])),
            *(f"{ban['id']} {ban['until']}" for ban in _early(found["bans"])),
        ],
    }

    assert dict(row.expect) == {name: got[name] for name in row.expect}, row.says


def _early(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entries from before the text; what is not from before it does not say so."""
    return [entry for entry in entries if entry.get("before_in_force", False) is True]


WATCHED = [
    'winner("W",organization)', 'awarded("W",main,4,20211120)',
    'winner("V",organization)', 'awarded("V",main,3,20191122)', 'revoked("V",main,3,fraud,20210301)',
    'certificate("J01",little_giant,20200101,20250929)',
]  # fmt: skip


def test_what_becomes_due() -> None:
    """The last days of the five years and of a ban, a certificate before the deadline, first rounds without a day."""
    case = case_of(round_text("jiyuan", {"J01": 900}, WATCHED))

    found = [(d.day, d.kind, d.id, d.first_round) for d in watch(case, 20250101, 20321231).due]

    assert found == [
        (20250929, "certificate_ends", "J01", None),
        (20261120, "conduct_window_ends", "W", None),
        (20310301, "ban_ends", "V", None),
        (None, "may_apply_again", "V", 7),
        (None, "may_apply_again", "W", 8),
    ]


def test_only_the_days_asked_for() -> None:
    """Both ends are included."""
    case = case_of(round_text("jiyuan", {}, ['applicant("J01",organization)', *WATCHED]))

    assert [d.day for d in watch(case, 20261120, 20310301).due if d.day] == [20261120, 20310301]
    assert [d.day for d in watch(case, 20261121, 20310228).due if d.day] == []


def test_no_first_round_where_the_text_has_no_such_bar() -> None:
    """Sanmenxia bars no round after an award."""
    case = case_of(round_text("sanmenxia", {"S01": 900}, ['winner("W",organization)', 'awarded("W",main,5,20231110)']))

    assert [d.kind for d in watch(case, 20250101, 20321231).due] == ["conduct_window_ends"]


def test_the_calendar_file() -> None:
    """Days are whole-day events, rounds are tasks, and the same list gives the same file."""
    case = case_of(round_text("jiyuan", {"J01": 900}, WATCHED))
    due = watch(case, 20250101, 20321231)
    entries = [(entry, f"{entry.kind} {entry.id}") for entry in due.due]

    text = calendar(due, entries).decode()

    assert text == calendar(due, entries).decode()
    assert "DTSTART;VALUE=DATE:20261120" in text
    assert (text.count("BEGIN:VEVENT"), text.count("BEGIN:VTODO")) == (3, 2)
