"""The numbers of the public events: typed by one person, typed again by another; when both agree the draw is made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from web.ledger import act, actor
from web.page import Asked, Form, china, number, render, say, shown
from web.panels.freezing import found
from web.panels.models import Drawing, Freeze, Numbers, Showing
from web.rounds import Round, opened
from web.work import ask

_SECONDS = 120.0


@opened
def numbers(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """Type the numbers of a published freeze; nobody sees what the other person typed before both agree."""
    one = found(round_, freeze)
    if hasattr(one, "drawing") or not hasattr(one, "publication") or Freeze.objects.filter(replaces=one).exists():
        return redirect("frozen", round_.ref, one.number)
    lang = request.lang
    fields = _fields(one, lang)
    if request.method != "POST":
        return _page(request, one, Form.empty(fields, lang))
    form = Form.read(fields, request.POST, lang)
    given, cancelled = _given(one, form)
    said = _said(one, cancelled)
    told: dict[str, Any] = ask("numbers", one.file, given, said) if form else {"problems": ()}
    for problem in told["problems"]:
        form.faults.setdefault(_field_of(problem, form), problem["words"][lang])
    if not form:
        return _page(request, one, form, status=400)
    others = _others(one, request.user.username)
    matching = next((each for each in others if each.seed == told["seed"]), None)
    if others and matching is None:
        _typed(request, one, told["seed"], cancelled, "numbers_differ")
        return _page(request, one, form, differ=_differing(others[-1].seed, told["seed"]), status=409)
    if matching is None:
        _typed(request, one, told["seed"], cancelled, "numbers_entered")
        return redirect("frozen", round_.ref, one.number)
    return _drawn(request, one, matching, told["seed"], cancelled, said)


def _drawn(
    request: Any, one: Freeze, matching: Numbers, seed: str, cancelled: Sequence[tuple[int, str]], said: Any
) -> HttpResponse:
    """Both agree: the walk is computed, checked by the rules, stored and hashed before any name is shown."""
    made = ask("panels_drawn", one.file, seed, said, limit=_SECONDS)
    try:
        with transaction.atomic():
            own = _typed(request, one, seed, cancelled, "numbers_confirmed")
            details = {
                "number": one.number, "commitment": one.commitment, "seed": seed, "record": made["sha256"],
                "entered": matching.who, "confirmed": own.who,
            }  # fmt: skip
            done = act(actor(request), "panels_drawn", about=f"round {one.round.ref}", details=details)
            drawing = Drawing.objects.create(
                freeze=one, record=made["record"], digest=made["sha256"], entered=matching, confirmed=own,
                act=done.number, at=done.at,
            )  # fmt: skip
            Showing.objects.create(drawing=drawing)
    except IntegrityError:  # somebody else was faster: the draw is made once
        pass
    return redirect("frozen", one.round.ref, one.number)


def _others(one: Freeze, who: str) -> list[Numbers]:
    """What other persons typed last, each once."""
    last: dict[str, Numbers] = {each.who: each for each in one.numbers.all()}
    return sorted((each for each in last.values() if each.who != who), key=lambda each: each.pk)


def _typed(request: Any, one: Freeze, seed: str, cancelled: Sequence[tuple[int, str]], kind: str) -> Numbers:
    with transaction.atomic():
        by = actor(request)
        details = {"number": one.number, "sha256": sha256(seed.encode()).hexdigest()}
        done = act(by, kind, about=f"round {one.round.ref}", details=details)
        return Numbers.objects.create(
            freeze=one, seed=seed, cancelled=json.dumps(list(cancelled), ensure_ascii=False), act=done.number,
            at=done.at, who=by.who, name=by.name,
        )  # fmt: skip


def _differing(theirs: str, mine: str) -> list[str]:
    """The parts in which two seeds differ; what the other typed is not told."""
    parts = [dict(piece.split(":", 1) for piece in seed.split(";")) for seed in (theirs, mine)]
    return [name for name in parts[1] if parts[0].get(name) != parts[1][name]]


def _fields(one: Freeze, lang: str) -> list[Asked]:
    made = []
    today = number(china().date())
    for source in one.answer["sources"]:
        for part in source["parts"]:
            words = say(
                "panels.numbers.part", lang, source=source["order"], name=source["name"], part=part["name"],
                numbers=part["numbers"], low=part["low"], high=part["high"], kind=part["kind"][lang],
            )  # fmt: skip
            made.append(Asked(f"n{part['name']}", words, limit=400))
        if source["reserve"]:
            words = say("panels.numbers.cancelled", lang, name=source["reserve"]["name"])
            made.append(Asked(f"c{source['order']}", words, needed=False, limit=200))
        if source["day"] > today:
            words = say("panels.numbers.early", lang, name=source["name"], day=shown(source["day"], lang))
            made.append(Asked(f"e{source['order']}", words, "tick"))
    return made


def _given(one: Freeze, form: Form) -> tuple[list[str], list[tuple[int, str]]]:
    """What was typed, part by part, as a draw takes it; which sources were cancelled by which document."""
    given, cancelled = [], []
    for source in one.answer["sources"]:
        document = form.raw.get(f"c{source['order']}", "")
        if document:
            cancelled.append((int(source["order"]), document))
        for part in source["parts"]:
            name = part["name"].replace(".", "r.") if document else part["name"]
            typed = form.raw.get(f"n{part['name']}", "").replace(";", " ").replace("；", " ").replace("\n", " ")
            given.append(f"{name}:{typed}")
    return given, cancelled


def _said(one: Freeze, cancelled: Sequence[tuple[int, str]]) -> dict[str, Any]:
    published = None
    if hasattr(one, "publication"):
        published = [one.publication.place, one.publication.day, one.publication.document]
    return {"published": published, "cancelled": [list(pair) for pair in cancelled]}


def _field_of(problem: Mapping[str, Any], form: Form) -> str:
    name = f"n{problem['part'] or problem['found']}"
    return name if name in form.raw else form.fields[0].name


def _page(request: Any, one: Freeze, form: Form, *, differ: Sequence[str] = (), status: int = 200) -> HttpResponse:
    return render(
        request, "numbers.html", status, round=one.round, here="panels", one=one, form=form, differ=differ,
        second=bool(_others(one, request.user.username)),
    )  # fmt: skip
