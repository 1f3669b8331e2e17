"""How a round was conducted, and what becomes due: as pages and as a calendar file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from web.page import china, number, render
from web.rounds.computing import computed, patient
from web.rounds.documents import handed
from web.rounds.models import Round
from web.work import answered

_YEARS = 50_000


@computed
def procedure(request: Any, round_: Round) -> HttpResponse:
    """What was not in order, what could not be checked, what becomes due."""
    assert round_.head is not None
    today = number(china().date())
    return render(
        request, "procedure.html", round=round_, here="procedure", found=answered("procedure", round_.head.facts),
        due=_due(round_, today)["due"], today_number=today,
    )  # fmt: skip


@computed
def readings(request: Any, round_: Round) -> HttpResponse:
    """How the open words of the text are read in this round, and whose outcome another reading would change."""
    assert round_.head is not None
    return patient(request, round_, "turned") or render(
        request, "readings.html", round=round_, here="procedure", found=answered("turned", round_.head.facts)
    )


@computed
def calendar(request: Any, round_: Round) -> HttpResponse:  # noqa: ARG001 - every view gets the request
    """What becomes due, for a calendar."""
    data = _due(round_, number(china().date()))["calendar"].encode("utf-8")
    return handed(data, f"{round_.ref}.ics", "text/calendar; charset=utf-8")


def _due(round_: Round, today: int) -> dict[str, Any]:
    assert round_.head is not None
    first = min(today, round_.deadline)
    found: dict[str, Any] = answered("due", round_.head.facts, first, today + _YEARS)
    return found
