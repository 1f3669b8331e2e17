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
from web.bench.tables import Regulation, current, put_in, regulation, seen, tables, waiting
from web.ledger import actor
from web.page import china, number, render, say
from web.rounds import Round
from web.work import Job, Late, answered, ask, known, moved, put, queue

_SECONDS = 60.0
_LONG = 1_800.0


def questions(request: Any, city: str) -> HttpResponse:
    """What waits for a lawyer's answer: generated cases, readings, slips; and what was answered."""
    return _page(request, regulation(city))


def look(request: Any, city: str) -> HttpResponse:
    """Have the rules of a provision, or of all, looked at for slips that no case notices; or stop it."""
    regulation(city)
    about = f"slips {city}"
    if request.POST.get("stop"):
        Job.objects.filter(kind="slips", about=about, state__in=("waiting", "running")).update(stop=True)
        return redirect("bench_questions", city)
    shown, _ = seen(city, request.lang)
    places = [each["at"] for each in shown["sections"] if each["places"]] if shown else []
    at = request.POST.get("at", "")
    if not places or (at and at not in places):
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
    shown, _ = seen(city, lang)
    said, key = request.POST.get("act", ""), request.POST.get("key", "")
    found = next((each for each in _asked(city, shown) if each["key"] == key), None) if shown else None
    if found is None or said not in ("accept", "contest"):
        raise Http404(said)
    remark = request.POST.get("remark", "").strip()[:2000]
    if said == "contest" and not remark:
        return _page(request, one, {key: say("bench.remark_needed", lang)}, 400)
    table = current(city)
    draft = {
        "about": found["about"], "base": "", "without": [], "facts": found["facts"], "deadline": found["deadline"],
        "mark": found["mark"],
    }  # fmt: skip
    by, today, role = request.user.name, number(china().date()), say("bench.as", "zh")
    both = known("bench", city, tables(city), one.files)
    wanted = {"contested": remark} if said == "contest" else None
    try:
        if found["shown"] and ask("case_tried", city, table, one.files, draft)["shown"] != found["shown"]:
            return _page(request, one, {key: say("bench.questions.outdated", lang)}, 409)
        made = ask("case_written", city, table, one.files, draft, wanted, by, today, role, both, limit=_SECONDS)
    except Late:
        return _page(request, one, {key: say("bench.late", lang)}, 503)
    details = {"case": made["id"], "seal": made["seal"], "question": found["mark"], "said": said}
    if not put_in(actor(request), city, table, made["table"], "question_answered", details, remark, made["sealed"]):
        return _page(request, one, {key: say("bench.moved", lang)}, 409)
    if made["shown"]:
        put([(("bench", city, tables(city), one.files), made["shown"])])
    return redirect(f"{reverse('bench_questions', args=[city])}#q-{key}")


def _page(request: Any, one: Regulation, faults: Mapping[str, str] | None = None, status: int = 200) -> HttpResponse:
    shown, work = seen(one.city, request.lang)
    if shown is None:
        return waiting(request, one.city, work)
    try:
        asked = asked_of(one, shown)
    except Late:
        return render(request, "problem.html", 503, key="late")
    job = Job.objects.filter(kind="slips", about=f"slips {one.city}").order_by("-asked_at").first()
    return render(
        request, "bench_questions.html", status, here="bench", city=one.city, one=one, found=shown, asked=asked,
        busy=job if job and job.state in ("waiting", "running") else None, failed=job if job and job.fault else None,
        looked=_looked(one.city), faults=faults or {}, left=sum(not each["said"] for each in asked),
        rounds=_rounds(one.city, request.lang),
    )  # fmt: skip


def asked_of(one: Regulation, shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every question of a regulation with what was said of its dossier, None where nobody said anything; Late."""
    spoken = {_dossier(each): each for each in answered("on_file", one.city, current(one.city), one.files)}
    return [{**each, "said": spoken.get(each["dossier"])} for each in _asked(one.city, shown)]


def _rounds(city: str, lang: str) -> list[dict[str, Any]]:
    """The rounds of a city, and of each what another reading would change there, by `reading choice`.

    `found` is None where nobody has asked that yet: the round's own page of readings works it out.
    """
    rows = []
    for round_ in Round.objects.filter(city=city, head__isnull=False).select_related("head").order_by("number"):
        assert round_.head is not None
        told = known("turned", round_.head.facts)
        found = {f"{one['key']} {each['choice']}": each for one in told for each in one["choices"]} if told else None
        rows.append({"ref": round_.ref, "name": round_.called(lang), "found": found})
    return rows


def _looked(city: str) -> list[tuple[Inquiry, dict[str, Any]]]:
    """The last search of each provision."""
    newest = {row.at: row for row in Inquiry.objects.filter(city=city)}
    return [(row, json.loads(row.told)) for row in newest.values()]


def _asked(city: str, shown: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every question there is: of readings as the bench found them, of slips as they were looked for."""
    slips = [each for _, told in _looked(city) for each in told["questions"]]
    rows = [
        *(
            {**each, "turn": f"{each['key']} {each['choice']}", "mark": "reading", "shown": None, "beside": False}
            for each in shown["turns"]
        ),
        *({**each, "mark": "slip"} for each in {_dossier(each): each for each in slips}.values()),
    ]
    return [
        {**each, "dossier": _dossier(each), "key": _hash(each["mark"], _dossier(each), each.get("choice", ""))}
        for each in rows
    ]


def _dossier(one: Mapping[str, Any]) -> str:
    """A name for a dossier: the same for the same facts."""
    return _hash(str(one["deadline"]), *one["facts"])


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
