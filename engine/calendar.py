"""Working days by the State Council's holiday notices (节假日安排), 调休 included.

The notices come from `chinesecalendar`, which knows the years whose notice is out and refuses later ones.
`python -m engine.calendar` writes `rules/calendar.lp`, the same days for clingo without Python.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

from engine.statute import RULES

FIRST_YEAR = min(holidays).year
LAST_YEAR = max(holidays).year
"""The last year whose holiday notice is out."""

_HEADER = f"""\
%% calendar.lp: the working days of {FIRST_YEAR} to {LAST_YEAR}, written by `python -m engine.calendar`.
%%
%% Output: calendar_day(Day, Number, Working): Number working days from {FIRST_YEAR}-01-01 up to and including Day;
%%         Working is 1 on a working day, 0 on another. A year whose holiday notice is not out is not here.
"""


def known(day: int) -> bool:
    """Whether the holiday notice of the day's year (yyyymmdd) is out."""
    return FIRST_YEAR <= day // 10000 <= LAST_YEAR


@cache
def calendar() -> dict[int, tuple[int, int]]:
    """Each day (yyyymmdd) to its number of working days since the start and whether it is one (1 or 0)."""
    days: dict[int, tuple[int, int]] = {}
    day, number = date(FIRST_YEAR, 1, 1), 0
    while day.year <= LAST_YEAR:
        working = int(is_workday(day))
        number += working
        days[day.year * 10000 + day.month * 100 + day.day] = (number, working)
        day += timedelta(days=1)
    return days


def main() -> None:
    """Write `rules/calendar.lp`."""
    lines = [f"calendar_day({d}, {n}, {w}).\n" for d, (n, w) in calendar().items()]
    (RULES / "calendar.lp").write_text(_HEADER + "".join(lines), "utf-8")


if __name__ == "__main__":
    main()
