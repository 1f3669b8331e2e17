"""A regulation begun on a page: its text laid out, its gaps, classes by form, files taken out and put back."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from web.bench.models import Text
from web.bench.tables import Regulation, put_text, regulation, regulations
from web.ledger import actor
from web.page import Asked, Form, render, say
from web.rounds import handed
from web.work import Late, answered, ask, ask_alone

_LIMIT = 1024 * 1024
_PARTS = {"lp": "{}.lp", "cases": "cases/{}.toml", "md": "{}.md"}
CLASSES = ("D", "C", "F", "D/C", "D/F", "C/F", "D/C/F", "D/X", "N", "X")
"""What a provision may be: it decides, is computed, rests on a person's finding, decides nothing, or is not checked."""
_REASONED = ("D/X", "N", "X")


def begin(request: Any) -> HttpResponse:
    """Begin a regulation from its text."""
    lang = request.lang
    fields = _fields(lang)
    if request.method != "POST":
        return render(request, "bench_begin.html", here="bench", form=Form.empty(fields, lang))
    sent = request.FILES.get("text")
    form = Form.read(fields, {**request.POST.dict(), "text": sent.name if sent else ""}, lang)
    if sent is not None and sent.size > _LIMIT:
        form.fault("text", "bench.begin.large")
    name = form.values.get("name", "")
    if any(one.city == name for one in regulations()):
        form.fault("name", "bench.begin.there")
    if form and sent is not None:
        made = ask_alone("text_begun", name, sent.read(), form.values["like"])
        for one in made["problems"]:
            if one["code"] in ("encoding", "no_provisions"):
                form.fault("text", f"bench.begin.{one['code']}")
            else:
                form.faults.setdefault("name", one["words"][lang])
        if form:
            title = made["title"] or name
            if put_text(actor(request), Regulation(name, title), made["files"], "text_begun"):
                return redirect("bench_gaps", name)
            form.fault("name", "bench.begin.there")
    return render(request, "bench_begin.html", 400, here="bench", form=form)


def _fields(lang: str) -> tuple[Asked, ...]:
    shipped = [(one.city, one.title) for one in regulations() if one.text is None]
    return (
        Asked("name", say("bench.begin.name", lang), limit=40, hint=say("bench.begin.name_hint", lang)),
        Asked("text", say("bench.begin.text", lang), "file", hint=say("bench.begin.text_hint", lang)),
        Asked(
            "like", say("bench.begin.like", lang), "choice", needed=False, choices=shipped,
            hint=say("bench.begin.like_hint", lang),
        ),
    )  # fmt: skip


def gaps(request: Any, city: str) -> HttpResponse:
    """What is still missing, provision by provision; the classes as they are chosen here."""
    one = regulation(city)
    if request.method != "POST":
        return _gaps(request, one)
    if one.text is None:
        raise Http404(city)
    found = answered("text_gaps", city, one.files)
    chosen, faults = {}, {}
    for row in found["rows"]:
        at = row["at"]
        category = request.POST.get(f"class-{at}", "")
        reason = re.sub(r"\s+", " ", request.POST.get(f"reason-{at}", "")).strip()[:200]
        if category not in CLASSES or (category, reason) == (row["category"], row["reason"]):
            continue
        if category in _REASONED and not reason:
            faults[at] = say("bench.gaps_page.why_none", request.lang)
        chosen[at] = f"{category} {reason}" if category in _REASONED else category
    if faults:
        return _gaps(request, one, faults=faults, typed=request.POST, status=400)
    if chosen:
        files = ask("text_classed", city, one.files, chosen)
        if not _put(request, one, files, "classes_chosen"):
            return _gaps(request, one, said=say("bench.gaps_page.moved", request.lang), status=409)
    return redirect("bench_gaps", city)


def _gaps(
    request: Any, one: Regulation, faults: Any = None, typed: Any = None, said: str = "", status: int = 200
) -> HttpResponse:
    try:
        found = answered("text_gaps", one.city, one.files)
    except Late:
        return render(request, "problem.html", 503, key="late")
    return render(
        request, "bench_gaps.html", status, here="bench", city=one.city, one=one, found=found, classes=CLASSES,
        faults=faults or {}, typed=typed or {}, said=said, problems=[],
        versions=list(Text.objects.filter(city=one.city).order_by("-number")[:20]),
    )  # fmt: skip


def _put(request: Any, one: Regulation, files: dict[str, str], kind: str, reason: str = "") -> bool:
    base = request.POST.get("base", "")
    if one.text is None or base != str(one.text.number):
        return False
    return put_text(actor(request), one, files, kind, reason)


def put_file(request: Any, city: str) -> HttpResponse:
    """A rule file or a case table put in place of the one there: read and tried first, kept as the next version."""
    one = regulation(city)
    if one.text is None:
        raise Http404(city)
    sent = request.FILES.get("file")
    part = {".lp": "lp", ".toml": "cases"}.get(sent.name[sent.name.rfind(".") :].lower()) if sent else None
    if sent is None or part is None or sent.size > _LIMIT:
        return _refused(request, one, [say("bench.gaps_page.kind", request.lang)])
    try:
        files = {**one.files, part: sent.read().decode("utf-8-sig").replace("\r\n", "\n")}
    except UnicodeDecodeError:
        return _refused(request, one, [say("bench.begin.encoding", request.lang)])
    try:
        problems = ask_alone("text_checked", city, files)
    except Late:
        return _refused(request, one, [say("bench.late", request.lang)])
    if problems:
        return _refused(request, one, [each[request.lang] for each in problems])
    if not _put(
        request, one, files, "rules_put" if part == "lp" else "cases_put", request.POST.get("reason", "")[:500]
    ):
        return _gaps(request, one, said=say("bench.gaps_page.moved", request.lang), status=409)
    return redirect("bench_gaps", city)


def _refused(request: Any, one: Regulation, problems: list[str]) -> HttpResponse:
    found = answered("text_gaps", one.city, one.files)
    return render(
        request, "bench_gaps.html", 400, here="bench", city=one.city, one=one, found=found, classes=CLASSES,
        faults={}, typed={}, said="", problems=problems,
        versions=list(Text.objects.filter(city=one.city).order_by("-number")[:20]),
    )  # fmt: skip


def given(request: Any, city: str) -> HttpResponse:  # noqa: ARG001 - every view gets the request
    """The files of a regulation begun here, as `audit new` lays them out."""
    one = regulation(city)
    if one.text is None:
        raise Http404(city)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part, name in _PARTS.items():
            packed.writestr(zipfile.ZipInfo(f"rules/{name.format(city)}", (1980, 1, 1, 0, 0, 0)), one.files[part])
    return handed(out.getvalue(), f"{city}-{one.text.number}.zip", "application/zip")
