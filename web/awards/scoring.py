"""Scores, typed by one person and, where two do it, compared; adopted as the next version."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from web.awards.models import ScoreSheet
from web.ledger import act, actor
from web.page import Asked, Form, china, number, render, say
from web.rounds import Draft, Moved, Round, computed, take_in
from web.work import Late, answered, ask


@computed
def scores(request: Any, round_: Round) -> HttpResponse:
    """One's own sheet; another person's beside it only once both are there; adopting what both say."""
    head, lang = round_.head, request.lang
    assert head is not None
    people = answered("scored", head.facts)
    sheets = {one.who: one for one in ScoreSheet.objects.filter(round=round_)}
    own = sheets.get(request.user.username)
    other = next((one for who, one in reversed(sheets.items()) if who != request.user.username), None)
    fields = (
        Asked("reason", say("awards.scores.reason", lang), limit=200, value=say("awards.scores.reason_is", lang)),
        Asked("alone", say("awards.scores.alone", lang), "tick", needed=False),
    )
    form = Form.empty(fields, lang)
    typed = own.values if own else {one["id"]: one["score"] for one in people}
    view: dict[str, Any] = {"people": people, "own": own, "other": other if own else None, "faults": {}}
    if request.method != "POST":
        return _page(request, round_, form, view | {"typed": typed})
    typed = {one["id"]: request.POST.get(f"s-{one['id']}", "").strip()[:12] for one in people}
    rows = [["score", id, points] for id, points in typed.items() if points]
    told = ask("changed", head.facts, rows, [], number(china().date()))
    view["faults"] = {id: say("awards.scores.wrong", lang) for id, points in typed.items() if _wrong(told, points)}
    if told["problems"] and not view["faults"]:
        view["faults"] = {"": told["problems"][0]["words"][lang]}
    if request.POST.get("act") == "adopt":
        view["faults"] |= {id: say("awards.scores.emptied", lang) for id in _emptied(request, people)}
    form = Form.read(fields, request.POST, lang)
    if view["faults"]:
        return _page(request, round_, form, view | {"typed": typed}, 400)
    if request.POST.get("act") != "adopt":
        _kept(request, round_, typed)
        return redirect("scores", round_.ref)
    if other is not None and own is not None and other.values != typed:
        form.fault("alone", "awards.scores.differ")
    elif (other is None or own is None) and not form.raw["alone"]:
        form.fault("alone", "awards.scores.tick")
    if not form:
        return _page(request, round_, form, view | {"typed": typed}, 400)
    _kept(request, round_, typed)
    details = {"compared": bool(other), "other": other.who if other else ""}
    draft = Draft(told["facts"], head, "scores", form.values["reason"], subject=tuple(typed), details=details,
                  hints=told["hints"], places=head.place_map)  # fmt: skip
    try:
        done = take_in(actor(request), round_, draft)
    except (Moved, Late):
        done = None
    if done is None or done.version is None:
        form.fault("reason", "awards.scores.moved")
        return _page(request, round_, form, view | {"typed": typed}, 409)
    return redirect("awards", round_.ref)


def _emptied(request: Any, people: Sequence[Mapping[str, Any]]) -> list[str]:
    """Whose score on file was wiped out in the form: no score typed takes none away."""
    return [one["id"] for one in people if one["score"] and not request.POST.get(f"s-{one['id']}", "0").strip()]


def _wrong(told: Mapping[str, Any], points: str) -> bool:
    return any(one["field"] == "points" and one["found"] == points for one in told["problems"])


def _kept(request: Any, round_: Round, typed: Mapping[str, str]) -> None:
    with transaction.atomic():
        by = actor(request)
        done = act(by, "scores_entered", about=f"round {round_.ref}", subject=[id for id, one in typed.items() if one])
        ScoreSheet.objects.create(
            round=round_, scores=json.dumps(dict(typed), ensure_ascii=False), act=done.number, at=done.at, who=by.who,
            name=by.name,
        )  # fmt: skip


def _page(request: Any, round_: Round, form: Form, view: Mapping[str, Any], status: int = 200) -> HttpResponse:
    own, other = view["own"], view["other"]
    differ = [id for id, points in own.values.items() if other.values.get(id, "") != points] if own and other else []
    return render(request, "scores.html", status, round=round_, here="awards", form=form, differ=differ, **view)
