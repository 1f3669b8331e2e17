"""Who may sit on which panel and why not; one reviewer with every chain; the ties as a picture."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse

from web.ledger import act, actor
from web.page import render
from web.panels.freezing import current, over
from web.panels.models import Freeze
from web.rounds import Round, computed
from web.work import answered


@computed
def panels(request: Any, round_: Round) -> HttpResponse:
    """Whether panels are possible, how far the draw is, who may sit in each group and who may not."""
    assert round_.head is not None
    found = answered("sitting", round_.head.facts, True)
    freezes = list(Freeze.objects.filter(round=round_).select_related("publication", "drawing", "version"))
    last = freezes[-1] if freezes else None
    replaced = {one.replaces_id: one for one in freezes if one.replaces_id}
    ended = [one for one in freezes if over(one) and one.pk not in replaced]
    standing = answered("standing", current(ended[-1])) if ended else None
    return render(
        request, "panels.html", round=round_, here="panels", found=found, freezes=freezes, last=last, standing=standing,
        replaced=replaced, shown=ended[-1] if ended else None,
    )  # fmt: skip


@computed
def reviewer(request: Any, round_: Round, id: str) -> HttpResponse:
    """One reviewer with every reason; whoever looks at ties is noted."""
    assert round_.head is not None
    found = answered("reviewer", round_.head.facts, id, True)
    if found is None:
        raise Http404(id)
    if found["ties"]:
        _noted(request, round_, {"reviewer": id})
    return render(request, "reviewer.html", round=round_, here="panels", found=found)


@computed
def picture(request: Any, round_: Round) -> HttpResponse:
    """Every tie of the round as a picture; whoever looks at it is noted."""
    assert round_.head is not None
    drawn: str = answered("ties_picture", round_.head.facts, True, request.lang)
    _noted(request, round_, {"picture": "ties"})
    response = HttpResponse(drawn, content_type="image/svg+xml; charset=utf-8")
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


def _noted(request: Any, round_: Round, details: dict[str, str]) -> None:
    with transaction.atomic():
        act(actor(request), "ties_opened", about=f"round {round_.ref}", details=details)
