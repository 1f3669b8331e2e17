"""The questions of a regulation answered in the page: readings that turn a case, slips that no case notices."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from web.bench.models import Inquiry
from web.bench.tables import Regulation, current, put_in, regulation
from web.ledger import actor
from web.page import china, number, render, say
from web.work import Job, Late, answered, ask, known, moved, put, queue

_SECONDS = 60.0
_LONG = 1_800.0


def questions(request: Any, city: str) -> HttpResponse:
    """What waits for a lawyer's answer: generated cases, readings, slips; and what was answered."""
    return _page(request, regulation(city))


def look(request: Any, city: str) -> HttpResponse:
    """Have the rules of a provision, or of all, looked at for slips that no case notices; or stop it."""
    one = regulation(city)
    about = f"slips {city}"
    if request.POST.get("stop"):
        Job.objects.filter(kind="slips", about=about, state__in=("waiting", "running")).update(stop=True)
        return redirect("bench_questions", city)
    at = request.POST.get("at", "")
    places = [each["at"] for each in _provisions(one)]
    if at and at not in places:
        raise Http404(at)
    queue("slips", city, [at] if at else places, china().isoformat(timespec="seconds"), about=about)
    return redirect("bench_questions", city)


def run_slips(job: Job, city: str, places: list[str], _at: str) -> None:
    """The work: provision by provision; what was found of one stays, however the rest ends."""
    for done, at in enumerate(places):
        moved(job, done, len(places))
        one, table = regulation(city), current(city)
        found = ask("slips", city, table, one.files, at, limit=_LONG)
        Inquiry.objects.create(
            city=city, at=at, told=json.dumps(found, ensure_ascii=False), table=sha256(table.encode()).hexdigest(),
            version=one.text.number if one.text else 0, made=china().isoformat(timespec="seconds"),
        )  # fmt: skip
    moved(job, len(places), len(places))


def answer(request: Any, city: str) -> HttpResponse:
    """Answer a question: what comes out is right, or it is not and why; a case of the table, signed."""
    one, lang = regulation(city), request.lang
    asked = {each["key"]: each for each in (*_readings(one), *_slips(one))}
    found = asked.get(request.POST.get("key", ""))
    said = request.POST.get("act", "")
    if found is None or said not in ("accept", "contest"):
        raise Http404(said)
    remark = request.POST.get("remark", "").strip()[:2000]
    if said == "contest" and not remark:
        return _page(request, one, {found["key"]: say("bench.remark_needed", lang)}, 400)
    table = current(city)
    draft = {
        "about": found["about"], "base": "", "without": [], "facts": found["facts"], "deadline": found["deadline"],
        "mark": found["mark"],
    }  # fmt: skip
    by, today, role = request.user.name, number(china().date()), say("bench.as", "zh")
    shown = known("bench", city, table, one.files)
    wanted = {"contested": remark} if said == "contest" else None
    try:
        made = ask("case_written", city, table, one.files, draft, wanted, by, today, role, shown, limit=_SECONDS)
    except Late:
        return _page(request, one, {found["key"]: say("bench.late", lang)}, 503)
    details = {"case": made["id"], "seal": made["seal"], "question": found["mark"], "said": said}
    if not put_in(actor(request), city, table, made["table"], "question_answered", details, remark):
        return _page(request, one, {found["key"]: say("bench.moved", lang)}, 409)
    if made["shown"]:
        put([(("bench", city, made["table"], one.files), made["shown"])])
    return redirect(f"{reverse('bench_questions', args=[city])}#q-{found['key']}")


def _page(request: Any, one: Regulation, faults: Mapping[str, str] | None = None, status: int = 200) -> HttpResponse:
    table = current(one.city)
    shown = known("bench", one.city, table, one.files)
    try:
        readings = _readings(one)
        spoken = {_key(each): each for each in answered("on_file", one.city, table, one.files)}
    except Late:
        return render(request, "problem.html", 503, key="late")
    looked = _looked(one)
    job = Job.objects.filter(kind="slips", about=f"slips {one.city}").order_by("-asked_at").first()
    busy = job if job and job.state in ("waiting", "running") else None
    return render(
        request, "bench_questions.html", status, here="bench", city=one.city, one=one, readings=readings, busy=busy,
        slips=_slips(one), spoken=spoken, looked=looked, provisions=_provisions(one), faults=faults or {},
        open=shown[request.lang]["counts"]["open"] if shown else None, failed=job if job and job.fault else None,
    )  # fmt: skip


def _provisions(one: Regulation) -> list[dict[str, str]]:
    found: list[dict[str, str]] = answered("case_frame", one.city, current(one.city), one.files)["provisions"]
    return found


def _looked(one: Regulation) -> list[tuple[Inquiry, dict[str, Any]]]:
    """The last search of each provision."""
    newest = {row.at: row for row in Inquiry.objects.filter(city=one.city)}
    return [(row, json.loads(row.told)) for row in newest.values()]


def _slips(one: Regulation) -> list[dict[str, Any]]:
    rows = [each for _, told in _looked(one) for each in told["questions"]]
    return [{**each, "key": _key(each), "mark": "slip"} for each in rows]


def _readings(one: Regulation) -> list[dict[str, Any]]:
    rows = answered("reading_turns", one.city, current(one.city), one.files)
    return [{**each, "key": _key(each), "name": each["key"], "mark": "reading"} for each in rows]


def _key(dossier: Mapping[str, Any]) -> str:
    """A name for a dossier: the same for the same facts."""
    return sha256("\n".join([str(dossier["deadline"]), *dossier["facts"]]).encode()).hexdigest()[:16]
