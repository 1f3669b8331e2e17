"""Two encodings side by side: two regulations of the house, or one and a draft of its rule file that is sent."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from engine.law import RULES
from web.bench.tables import Regulation, regulation, regulations
from web.page import Asked, Form, render, say
from web.work import Job, Late, answered, ask_alone, known, moved, queue

_LIMIT = 1024 * 1024
_LONG = 3_600.0
DRAFT = "-draft"
"""What is put behind a city's name for the draft that is compared with it."""


def compare(request: Any, city: str) -> HttpResponse:
    """Choose what to compare with, or send a draft; while it is computed how far it is; then what differs."""
    one, lang = regulation(city), request.lang
    others = [(each.city, _called(each, lang)) for each in regulations() if each.city != city]
    fields = (
        Asked(
            "other", say("bench.compare.other", lang), "choice", needed=False,
            choices=others,
        ),
        Asked("file", say("bench.compare.file", lang), "file", needed=False, hint=say("bench.compare.file_hint", lang)),
    )  # fmt: skip
    if request.method != "POST":
        return _page(request, one, Form.empty(fields, lang))
    sent = request.FILES.get("file")
    form = Form.read(fields, {**request.POST.dict(), "file": sent.name if sent else ""}, lang)
    if bool(sent) == bool(form.raw["other"]):
        form.fault("other", "bench.compare.either")
    more: dict[str, str] = {}
    if form and sent:
        more = _draft(one, sent, form)
    if not form:
        return _page(request, one, form, 400)
    name = f"{city}{DRAFT}" if more else form.values["other"]
    more = more or regulation(name).files
    digest = sha256(json.dumps([one.files, name, more], ensure_ascii=False).encode()).hexdigest()[:16]
    queue("compare", city, one.files, name, more, about=f"compare {city} {digest}", afresh=_stopped(city, digest))
    return redirect(f"{reverse('bench_compare', args=[city])}?which={digest}")


def _called(one: Regulation, lang: str) -> str:
    return say("bench.compare.named", lang, title=one.title, name=one.city) if one.text else one.title


def _stopped(city: str, digest: str) -> bool:
    about = f"compare {city} {digest}"
    return Job.objects.filter(kind="compare", about=about, state__in=("failed", "stopped")).exists()


def _draft(one: Regulation, sent: Any, form: Form) -> dict[str, str]:
    """A draft of a city's rule file, read first: with its text, as a regulation begun on the desk is kept."""
    try:
        if sent.size > _LIMIT or not sent.name.lower().endswith(".lp"):
            form.fault("file", "bench.gaps_page.kind")
            return {}
        rules = sent.read().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        form.fault("file", "bench.begin.encoding")
        return {}
    words = one.files.get("md") or (RULES / f"{one.city}.md").read_text("utf-8")
    files = {"md": words, "lp": rules, "cases": one.files.get("cases", "")}
    try:
        problems = ask_alone("text_checked", f"{one.city}{DRAFT}", files)
    except Late:
        form.fault("file", "bench.late")
        return {}
    if problems:
        form.faults["file"] = say("semicolon", form.lang).join(each[form.lang] for each in problems[:5])
    return files


def run_compare(job: Job, city: str, files: dict[str, str], name: str, more: dict[str, str]) -> None:
    """The work: every dossier of the space, both ways."""
    moved(job, 0, 1)
    answered("encodings_compared", city, files, name, more, limit=_LONG)
    moved(job, 1, 1)


def _page(request: Any, one: Regulation, form: Form, status: int = 200) -> HttpResponse:
    jobs = list(Job.objects.filter(kind="compare", about__startswith=f"compare {one.city} ").order_by("-asked_at")[:10])
    rows = []
    for job in jobs:
        _, files, name, more = json.loads(job.arguments)
        rows.append({
            "which": job.about.rpartition(" ")[2], "job": job, "name": name,
            "draft": name.endswith(DRAFT) and bool(more),
            "found": known("encodings_compared", one.city, files, name, more),
        })  # fmt: skip
    which = request.GET.get("which", "")
    return render(
        request, "bench_compare.html", status, here="bench", city=one.city, one=one, form=form, rows=rows,
        shown=next((row for row in rows if row["which"] == which), None),
        busy=any(row["job"].state in ("waiting", "running") for row in rows if row["which"] == which),
    )  # fmt: skip
