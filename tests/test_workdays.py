"""Working days of a notice: the rules against a plain count, in published years and in those that are not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import clingo
from chinese_calendar import is_workday
from effort import examples
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.law import RULES
from engine.solve import control, working_days

FIRST, LAST = date(2003, 11, 1), date(2029, 3, 1)
PUBLISHED = range(2004, 2027)
FILES = (RULES / "common.lp",)

edges = st.sampled_from(
    [date(2003, 12, 20), date(2025, 9, 20), date(2026, 12, 20), date(2027, 12, 20), date(2028, 2, 20)]
)
notices = st.tuples(edges, st.integers(0, 25), st.one_of(st.integers(0, 15), st.integers(0, 500)))
new_days = st.one_of(
    st.dates(date(2003, 11, 1), date(2003, 12, 31)),
    st.dates(date(2026, 12, 25), LAST).filter(lambda day: day.year > 2026),
)


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _worth(day: date, holidays: Mapping[date, str], entered: set[int]) -> tuple[int, int]:
    """The fewest and the most working days that a day is."""
    if day.year in PUBLISHED:
        return (int(is_workday(day)),) * 2
    if day in holidays:
        return (int(holidays[day] == "work"),) * 2
    return (int(day.isoweekday() < 6),) * 2 if day.year in entered else (0, 1)


@settings(max_examples=examples(15), deadline=None)
@given(
    st.lists(notices, min_size=1, max_size=30),
    st.dictionaries(new_days, st.sampled_from(["off", "work"]), max_size=30),
    st.sets(st.sampled_from([2003, 2027, 2028, 2029])),
    st.sampled_from(["excluded", "included"]),
)
def test_the_rules_count_as_a_plain_count_does(
    asked: list[tuple[date, int, int]], holidays: dict[date, str], entered: set[int], reading: str
) -> None:
    """Exact where every year is known or entered, bounds where a day is neither: 0 to 1 for each such day."""
    spans = {(day + timedelta(late), day + timedelta(late + length)) for day, late, length in asked}
    facts = [f"ended_notice({_number(a)},{_number(b)})" for a, b in spans]
    facts += [f"holiday({_number(day)},{kind})" for day, kind in holidays.items()]
    facts += [f"holiday_year({year})" for year in entered]
    facts += [f"reading(notice_first_day,{reading})", "round(jiyuan,6,20250930)"]
    shows = "#show. #show (A,B,N,N) : working_days(A,B,N). #show (A,B,N,M) : days_between(A,B,N,M)."
    found: set[tuple[int, ...]] = set()
    days = {_number(day) for span in spans for day in span}
    ctl = control(FILES, [*map(clingo.parse_term, facts), *working_days(days)], extra=shows)
    with ctl.solve(yield_=True) as models:
        for model in models:
            found = {tuple(part.number for part in row.arguments) for row in model.symbols(shown=True) if not row.name}

    wanted = set()
    for first, last in spans:
        counted = first if reading == "included" else first + timedelta(1)
        every = (counted + timedelta(n) for n in range((last - counted).days + 1))
        worth = [_worth(day, holidays, entered) for day in every]
        wanted.add((_number(first), _number(last), sum(low for low, _ in worth), sum(high for _, high in worth)))
    assert found == wanted
