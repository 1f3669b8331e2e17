"""The text of a regulation beside its rules; each case with its outcome now; accept, contest, comment; a report."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from web.bench.models import Sealed
from web.bench.questioning import asked_of
from web.bench.tables import ROUNDS, current, put_in, regulation, regulations, seen, spoken, tables, waiting
from web.ledger import actor
from web.page import Asked, Form, china, number, render, say
from web.rounds import handed
from web.work import Job, Late, answered, ask, known, put, queue

FILTERS = ("all", "differs", "lapsed", "open", "contested")
REPORTED = ("all", "signed", "differs", "lapsed", "open", "contested")
_SECONDS = 120.0


def cities(request: Any) -> HttpResponse:
    """Every regulation, with how its cases stand where that is worked out already."""
    rows = []
    for one in regulations():
        shown = known("bench", one.city, tables(one.city), one.files) or {}
        rows.append({"city": one.city, "title": one.title, "text": one.text, "found": shown.get(request.lang)})
    return render(request, "bench_cities.html", here="bench", rows=rows)


def text(request: Any, city: str) -> HttpResponse:
    """One regulation: its provisions, the one chosen with its points and cases."""
    found, job = seen(city, request.lang)
    return waiting(request, city, job) if found is None else _page(request, city, found)


def say_of(request: Any, city: str) -> HttpResponse:
    """Accept or contest a case, or comment on it: the table the command line would write, with its act."""
    files = regulation(city).files
    lang = request.lang
    table = tables(city)
    shown = known("bench", city, table, files)
    fields = _fields(lang)
    form = Form.read(fields, request.POST, lang)
    said = {"id": request.POST.get("id", ""), "act": request.POST.get("act", ""), "remark": form.raw["remark"]}
    if said["act"] not in ("accept", "contest", "comment") or shown is None:
        raise Http404(said["id"])
    found = shown[lang]
    if said["act"] != "accept" and not said["remark"]:
        form.fault("remark", "bench.remark_needed")
    if not form:
        return _page(request, city, found, form, said["id"], 400)
    by, today, role = request.user.name, number(china().date()), say("bench.as", "zh")
    try:
        made = ask("bench_signed", city, table, files, said, by, today, role, shown, limit=_SECONDS)
    except Late:
        form.fault("remark", "bench.late")
        return _page(request, city, found, form, said["id"], 503)
    for problem in made["problems"]:
        form.faults.setdefault("remark", problem["words"][lang])
    if not form:
        return _page(request, city, found, form, said["id"], 400)
    question = made.get("question", "")
    details = {"case": said["id"], "said": said["act"], "seal": made["seal"]}
    before = current(f"{question}_{city}" if question else city)
    kind = f"case_{said['act']}ed"
    if not put_in(actor(request), city, before, made["table"], kind, details, said["remark"], made["sealed"], question):
        form.fault("remark", "bench.moved")
        return _page(request, city, found, form, said["id"], 409)
    put([(("bench", city, tables(city), files), made["shown"])])
    at = request.POST.get("at", "")
    back = reverse("bench_text", args=[city])
    return redirect(f"{back}?at={at}" if _at(found, at) else back)


def changed(request: Any, city: str) -> HttpResponse:
    """A provision beside what it was when somebody signed; where only the hash is known, that is said."""
    one, asked, at = regulation(city), request.GET.get("seal", ""), request.GET.get("at", "")
    found, job = seen(city, request.lang)
    if found is None:
        return waiting(request, city, job)
    section = _at(found, at)
    cases = [case for case in section["cases"] if case.get("seal") == asked and asked] if section else []
    if section is None or not cases:
        raise Http404(at)
    kept = Sealed.objects.filter(city=city, at=at, seal=asked).first()
    try:
        told = answered("seal_changes", city, one.files, at, json.loads(kept.told) if kept else None, request.lang)
    except Late:
        return render(request, "problem.html", 503, key="late")
    return render(
        request, "bench_changed.html", here="bench", city=city, one=one, section=section, cases=cases, told=told,
        kept=kept, asked=asked,
    )  # fmt: skip


def report(request: Any, city: str) -> HttpResponse:
    """How the validation stands, provision by provision, to print."""
    found, job = seen(city, request.lang)
    if found is None:
        return waiting(request, city, job)
    one = regulation(city)
    try:
        asked = asked_of(one, found)
    except Late:
        return render(request, "problem.html", 503, key="late")
    return render(
        request, "bench_report.html", here="bench", found=found, city=city, one=one, acts=_acts(city), ran=_ran(city),
        states=REPORTED, rows=[_told(each) for each in found["sections"]], asked=asked,
        left=[each for each in asked if not each["said"]],
    )  # fmt: skip


def _told(section: dict[str, Any]) -> dict[str, Any]:
    """A provision of the report: how many of its cases are as each filter finds them, what is open first."""
    many = {key: sum(_kept(case, key) for case in section["cases"]) for key in REPORTED}
    order = ("differs", "lapsed", "contested", "outdated", "open", "signed")
    cases = sorted(section["cases"], key=lambda case: min(order.index(m) for m in case["marks"] if m in order))
    return {**section, "many": many, "cases": cases}


def run(request: Any, city: str) -> HttpResponse:
    """Have every case run again; what came of it is an act of whoever asked."""
    regulation(city)
    by = actor(request)
    queue("suite", city, by.who, by.name, by.role, china().isoformat(timespec="seconds"), about=f"bench {city}")
    return redirect("bench_text", city)


def table(request: Any, city: str) -> HttpResponse:
    """The table as a file of the command line, to the byte; `for` names that of panels, awards, a procedure."""
    regulation(city)
    asked = request.GET.get("for", "")
    key = f"{asked}_{city}" if asked in ROUNDS else city
    return handed(current(key).encode("utf-8"), f"{key}_audit.toml", "application/toml")


def _at(found: dict[str, Any], at: str) -> dict[str, Any] | None:
    return next((one for one in found["sections"] if one["at"] == at), None)


def _fields(lang: str) -> tuple[Asked, ...]:
    return (Asked("remark", say("bench.remark", lang), "long", needed=False, hint=say("bench.remark_hint", lang)),)


def _acts(city: str) -> list[tuple[Any, dict[str, Any]]]:
    return [(one, json.loads(one.details)) for one in spoken(city)]


def _ran(city: str) -> tuple[Any, dict[str, Any]] | None:
    """When every case was last run on request, and what came of it."""
    return next(((one, details) for one, details in _acts(city) if one.kind == "suite_run"), None)


def _page(
    request: Any, city: str, found: dict[str, Any], form: Form | None = None, id: str = "", status: int = 200
) -> HttpResponse:
    asked = request.GET.get("show", "all") if request.method == "GET" else request.POST.get("show", "all")
    show = asked if asked in FILTERS else "all"
    at = (request.GET if request.method == "GET" else request.POST).get("at", "")
    toc = [(one, sum(_kept(case, show) for case in one["cases"])) for one in found["sections"]]
    first = next((one for one, many in toc if many), found["sections"][0])
    here = _at(found, at) or first
    order = [one["at"] for one in found["sections"]]
    place = order.index(here["at"])
    acts = [(one, details) for one, details in _acts(city) if details.get("case") in {c["id"] for c in here["cases"]}]
    return render(
        request, "bench.html", status, here="bench", city=city, found=found, toc=toc, section=here, show=show,
        cases=[case for case in here["cases"] if _kept(case, show)], filters=FILTERS, acts=acts,
        before=found["sections"][place - 1] if place else None,
        after=found["sections"][place + 1] if place + 1 < len(order) else None,
        form=Form.empty(_fields(request.lang), request.lang) if form is None else form, chosen=id,
        begun=regulation(city).text, ran=_ran(city),
        running=Job.objects.filter(kind="suite", about=f"bench {city}", state__in=("waiting", "running")).exists(),
    )  # fmt: skip


def _kept(case: dict[str, Any], show: str) -> bool:
    return show == "all" or show in case["marks"] or (show == "contested" and "outdated" in case["marks"])
