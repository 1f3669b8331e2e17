"""What day it is: China's, wherever the machine stands and whatever its own clock is set to."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from desk.arguments import today

HOUSE = Path(__file__).resolve().parents[1]
FLOORS = ("engine", "explain", "audit", "desk")
NAMED = "desk/shell/saved.py"
"""A copy kept beside a file is named by the machine's own clock, like the files around it; no answer depends on it."""


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 26, 15, 59, tzinfo=UTC), 20261126),
        (datetime(2026, 11, 26, 16, 0, tzinfo=UTC), 20261127),
        (datetime(2026, 12, 31, 23, 30, tzinfo=UTC), 20270101),
        (datetime(2026, 7, 1, 0, 30, tzinfo=timezone(timedelta(hours=12))), 20260630),
    ],
)
def test_the_day_turns_at_midnight_in_china(moment: datetime, day: int) -> None:
    assert today(moment) == day


def test_today_is_now() -> None:
    """A moment before and a moment after give the days between which it lies."""
    first = today(datetime.now(UTC))

    assert first <= today() <= today(datetime.now(UTC))


def test_nobody_asks_the_machine_for_its_own_day() -> None:
    """No `date.today()`, no `datetime.now()` without a time zone, anywhere but where the day is asked for."""
    asked = [
        f"{file.relative_to(HOUSE)}:{node.lineno}"
        for floor in FLOORS
        for file in sorted((HOUSE / floor).rglob("*.py"))
        if file != HOUSE / NAMED
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in ("today", "utcnow", "localtime") or (node.func.attr == "now" and not node.args))
    ]

    assert asked == []
