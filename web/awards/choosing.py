"""The lawful award sets, why each candidate has or has no prize, the committee's choice judged as it is typed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from web.awards.models import Choice
from web.ledger import Act, act, actor
from web.page import Asked, Form, render, say
from web.rounds import Round, computed
from web.work import answered


@computed
def awards(request: Any, round_: Round) -> HttpResponse:
    """How many sets are lawful, who is tied, what each set gives and why the others have nothing."""
    assert round_.head is not None
    facts = round_.head.facts
    found = answered("award_sets", facts)
    chosen = Choice.objects.filter(round=round_).select_related("version").last()
    winners = chosen.chosen if chosen else None
    return render(
        request, "awards.html", round=round_, here="awards", found=found, chosen=chosen,
        judged=answered("award_checked", facts, winners) if winners else None,
        moved=_since(chosen, found) if chosen and chosen.version_id != round_.head.pk else [],
        objections=answered("award_objections", facts, winners),
    )  # fmt: skip


def _since(chosen: Choice, now: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Whose candidacy or score is not what it was when the committee chose: before and now, None for no candidate."""
    then = answered("award_sets", chosen.version.facts)
    before, after = ({one["id"]: one["score"] for one in found["candidates"]} for found in (then, now))
    called = {one["id"]: one for found in (then, now) for one in (*found["candidates"], *found["others"])}
    return [
        {"id": id, "name": called[id]["name"], "before": before.get(id), "now": after.get(id)}
        for id in sorted(before.keys() | after.keys())
        if before.get(id) != after.get(id)
    ]


@computed
def why(request: Any, round_: Round, id: str) -> HttpResponse:
    """One candidate in every set."""
    assert round_.head is not None
    found = answered("award_why", round_.head.facts, id)
    if found is None:
        raise Http404(id)
    return render(request, "award_why.html", round=round_, here="awards", found=found)


@computed
def choice(request: Any, round_: Round) -> HttpResponse:
    """The committee's choice: judged at every change, adopted where it is lawful."""
    head, lang = round_.head, request.lang
    assert head is not None
    sets = answered("award_sets", head.facts)
    fields = (
        Asked(
            "reason", say("awards.reason", lang), "long", needed=False, limit=1000, hint=say("awards.reason_hint", lang)
        ),
        Asked("document", say("awards.document", lang), limit=100),
    )
    if request.method != "POST" and request.GET.get("last") and (last := Choice.objects.filter(round=round_).last()):
        return _page(request, round_, sets, Form.empty(fields, lang), last.chosen)
    if request.method != "POST":
        return _page(request, round_, sets, Form.empty(fields, lang), _of_set(sets, request.GET.get("set", "")))
    winners = _typed(request.POST, sets)
    judged = answered("award_checked", head.facts, winners)
    if request.POST.get("act") != "adopt":
        form = Form.read(fields, request.POST, lang)
        form.faults.clear()
        return _page(request, round_, sets, form, winners, judged)
    form = Form.read(fields, request.POST, lang)
    if judged["vacant"] and not form.raw["reason"]:
        form.fault("reason", "awards.reason_needed")
    if not form or not judged["lawful"]:
        return _page(request, round_, sets, form, winners, judged, 400)
    if request.POST.get("version") != str(head.number):
        return _page(request, round_, sets, form, winners, judged, 409)
    _adopted(request, round_, winners, form.values)
    return redirect("awards", round_.ref)


def _adopted(request: Any, round_: Round, winners: Mapping[str, list[str]], values: Mapping[str, Any]) -> None:
    with transaction.atomic():
        head = round_.head
        assert head is not None
        ids = [id for some in winners.values() for id in some]
        done = act(
            actor(request), "award_chosen", about=f"round {round_.ref}", subject=ids, reason=values["reason"],
            document=values["document"], details={"winners": dict(winners), "facts": head.facts_hash},
        )  # fmt: skip
        Choice.objects.create(
            round=round_, version=head, winners=json.dumps(dict(winners), ensure_ascii=False), reason=values["reason"],
            document=values["document"], act=done.number, at=done.at, name=done.name,
        )  # fmt: skip


def for_papers(round_: Round) -> dict[str, Any]:
    """What the committee chose last, and who entered it: what the papers on the winners rest on."""
    last = Choice.objects.filter(round=round_).last()
    if last is None:
        return {}
    return {"winners": last.chosen, "chosen_by": Act.objects.get(number=last.act).who}


def _typed(sent: Mapping[str, str], sets: Mapping[str, Any]) -> dict[str, list[str]]:
    """Who is given what: each candidate's field names a prize or nothing."""
    prizes = [one["key"] for one in sets["prizes"]]
    chosen = {f"p-{one['id']}": one["id"] for one in (*sets["candidates"], *sets["others"])}
    return {prize: [id for name, id in chosen.items() if sent.get(name) == prize] for prize in prizes}


def _of_set(sets: Mapping[str, Any], words: str) -> dict[str, list[str]]:
    """The winners of the set named, to begin with; nobody where none is named."""
    at = int(words) if words.isascii() and words.isdecimal() and len(words) < 4 else 0
    if not 0 < at <= len(sets["sets"]):
        return {one["key"]: [] for one in sets["prizes"]}
    return {one["key"]: [each["id"] for each in one["winners"]] for one in sets["sets"][at - 1]["prizes"]}


def _winners(one: Mapping[str, Any]) -> dict[str, list[str]]:
    return {prize["key"]: sorted(each["id"] for each in prize["winners"]) for prize in one["prizes"]}


def _page(
    request: Any, round_: Round, sets: Any, form: Form, winners: Mapping[str, list[str]], judged: Any = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    assert round_.head is not None
    if judged is None and any(winners.values()):
        judged = answered("award_checked", round_.head.facts, dict(winners))
    prize_of = {id: prize for prize, some in winners.items() for id in some}
    same = next(
        (one for one in sets["sets"] if _winners(one) == {key: sorted(ids) for key, ids in winners.items()}), None
    )
    without = [one for one in sets["candidates"] if one["id"] not in prize_of] if prize_of else []
    said = {each["id"]: each["words"] for each in same["denied"]} if same else {}
    return render(
        request, "choice.html", status, round=round_, here="awards", sets=sets, form=form, judged=judged,
        prize_of=prize_of, moved=status == 409, without=[{**one, "words": said.get(one["id"])} for one in without],
    )  # fmt: skip
