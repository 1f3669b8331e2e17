"""The first pages: every round, a new one, and what is to be done in one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from engine.law import cities, statute
from web.ledger import Act, act, actor
from web.page import ADMINISTRATOR, Asked, Form, china, number, render, say, shown, typed
from web.rounds.computing import computed, progress
from web.rounds.models import Round
from web.rounds.versions import Draft, take_in
from web.work import answered, ask, known

_RECENT = 6


def home(request: Any) -> HttpResponse:
    """To where somebody's work is."""
    return redirect("accounts" if request.role == ADMINISTRATOR else "rounds")


def rounds(request: Any) -> HttpResponse:
    """Every round, the newest first, each with its counts."""
    listed = sorted(
        Round.objects.select_related("head"), key=lambda one: (one.closed, -one.deadline, one.city, one.number)
    )
    rows = [(one, known("counts", one.head.facts_hash) if one.head else None) for one in listed]
    return render(request, "rounds.html", rows=rows, here="rounds")


def begin(request: Any) -> HttpResponse:
    """Begin a round: its city, number, deadline and office; the first version holds nothing else."""
    fields = _fields(request.lang)
    if request.method != "POST":
        return render(request, "begin.html", form=Form.empty(fields, request.lang), here="rounds")
    form = Form.read(fields, request.POST, request.lang)
    values = form.values
    if "number" in values and not (values["number"].isascii() and values["number"].isdecimal()):
        form.fault("number", "begin.not_a_number")
    if form and Round.objects.filter(city=values["city"], number=int(values["number"])).exists():
        form.fault("number", "begin.there")
    told = ask("begun", values["city"], int(values["number"]), values["deadline"], values["office"]) if form else {}
    for one in told.get("problems", ()):
        form.faults.setdefault(one["field"] if one["field"] in form.raw else "number", one["words"][request.lang])
    if not form:
        return render(request, "begin.html", 400, form=form, here="rounds")
    with transaction.atomic():
        made = Round.objects.create(
            ref=f"{values['city']}-{int(values['number'])}", city=values["city"], number=int(values["number"]),
            deadline=values["deadline"],
        )  # fmt: skip
        details = {"city": made.city, "number": made.number}
        act(actor(request), "round_begun", about=f"round {made.ref}", details=details)
        take_in(actor(request), made, Draft(told["facts"], None, "begun"))
    return redirect("workbook", made.ref)


def _fields(lang: str) -> tuple[Asked, ...]:
    known_cities = tuple((city, statute(city).title) for city in cities())
    return (
        Asked("city", say("begin.city", lang), "choice", choices=known_cities),
        Asked("number", say("begin.number", lang), limit=4, hint=say("begin.number_hint", lang)),
        Asked("deadline", say("begin.deadline", lang), "day", hint=say("begin.deadline_hint", lang)),
        Asked("office", say("begin.office", lang), needed=False, limit=80),
    )


@computed
def agenda(request: Any, round_: Round) -> HttpResponse:
    """What is to be done as of a day, what the law's next step is, how many stand where."""
    assert round_.head is not None  # `computed` sees to it
    today = number(china().date())
    asked = typed(request.GET.get("day", ""), today // 10000)
    as_of = asked.day or today
    found = answered("agenda", round_.head.facts, as_of)
    counts = known("counts", round_.head.facts_hash)
    hinted = {id for one in round_.head.hint_list for id in one["ids"]}
    hints = sum(row["id"] in hinted or bool(row["notes"]) for row in known("rows", round_.head.facts_hash))
    recent = Act.objects.filter(about=f"round {round_.ref}")[:_RECENT]
    return render(
        request, "agenda.html", round=round_, here="agenda", job=progress(round_), found=found, counts=counts,
        recent=recent, as_of=as_of, fault=asked.fault if request.GET.get("day") else "", today_number=today,
        typed_day=request.GET.get("day") or shown(as_of, request.lang), hints=hints,
    )  # fmt: skip
