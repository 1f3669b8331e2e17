"""The wall shows a draw that is made: step by step at a key press; the operator's own screen carries the reasons."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from web.ledger import act, actor
from web.page import render
from web.panels.freezing import found
from web.panels.models import Freeze, Showing
from web.panels.publishing import watched
from web.rounds import Round, opened
from web.work import answered

PAST = 3
"""Names before the one shown that stay on the wall."""
MANY = 5
"""So many groups are shown with all their seats; of more only the one being drawn."""


@opened
def wall(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """The wall: nothing on it that was not shown yet. POST moves on, back, or ends the showing."""
    one = found(round_, freeze)
    if request.method == "POST":
        _moved(request, one)
        return redirect("operator" if request.POST.get("to") == "operator" else "wall", round_.ref, one.number)
    return render(request, "wall.html", **_view(one, round_))


@opened
def operator(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """The operator's screen: the same step with every reason, the signatures, the buttons."""
    one = found(round_, freeze)
    return render(request, "operator.html", here="panels", **_view(one, round_))


def _moved(request: Any, one: Freeze) -> None:
    """Move the showing by one step, if it is still where whoever pressed saw it: a key pressed twice moves once."""
    showing, steps = _shown(one)
    seen, go = request.POST.get("seen", ""), request.POST.get("go", "")
    total = len(steps["steps"])
    with transaction.atomic():
        held = Showing.objects.select_for_update().get(pk=showing.pk)
        if str(held.step) != seen or held.ended:
            return
        if go == "next" and held.step < total:
            if held.step == 0 and held.reached == 0:
                act(actor(request), "draw_shown", about=f"round {one.round.ref}", details={"number": one.number})
            held.step += 1
            held.reached = max(held.reached, held.step)
        elif go == "back" and held.step > 0:
            held.step -= 1
        elif go == "end":
            held.ended = True
            details = {"number": one.number, "shown": held.reached, "of": total}
            act(actor(request), "draw_ended", about=f"round {one.round.ref}", details=details)
        held.save()
    watched(one, held, steps)


def _shown(one: Freeze) -> tuple[Showing, dict[str, Any]]:
    if not hasattr(one, "drawing"):
        raise Http404(one.commitment)
    return one.drawing.showing, answered("showing", one.drawing.record)


def _view(one: Freeze, round_: Round) -> dict[str, Any]:
    showing, found_ = _shown(one)
    steps = found_["steps"][: showing.step]
    step = steps[-1] if steps else None
    seated: dict[str, list[dict[str, Any]]] = {group["id"]: [] for group in found_["order"]}
    led: dict[str, str] = {}
    for panel in found_["kept"]:
        if (group := panel["group"]) in seated:
            seated[group] = [{**each, "kept": True} for each in panel["members"]]
            led[group] = next((each["id"] for each in panel["members"] if each["leader"]), "")
    for each in steps:
        if each["kind"] == "name" and each["verdict"] == "taken":
            seated[each["group"]].append(each)
        elif each["kind"] == "leader":
            led[each["group"]] = each["id"]
    now = step["group"] if step else ""
    past = [each for each in steps[:-1] if each["kind"] == "name" and each["group"] == now][-PAST:]
    names = {group["id"]: group["name"] for group in found_["order"]}
    size = {group["id"]: group["seats"] for group in found_["order"]}
    return {
        "round": round_, "one": one, "showing": showing, "step": step, "seated": seated, "led": led, "now": now,
        "past": past[::-1], "found": found_, "total": len(found_["steps"]), "names": names, "size": size,
        "many": len(found_["order"]) > MANY, "published": getattr(one, "publication", None),
    }  # fmt: skip
