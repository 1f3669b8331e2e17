"""Filling in an application: step by step in the order of the law, saved as it goes, handed in once."""

from __future__ import annotations

import json
import secrets
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from engine.facts import PREDICATES, label
from web.counter.links import entered
from web.counter.models import Filled, Link, Said
from web.counter.releasing import released
from web.counter.saying import documents, keep
from web.page import Asked, Form, china, render, say
from web.rounds import Round, fact_field, handed, store, values
from web.work import ask

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 200
"""So many entries a dossier may have."""


@entered("entry")
def dossier(request: Any, link: Link) -> HttpResponse:
    """Where the application stands, step by step; what would stand against it; handing it in."""
    return _overview(request, link, Form.empty(_hand(request.lang), request.lang))


def _overview(request: Any, link: Link, form: Form, status: int = 200) -> HttpResponse:
    told, rows = _told(link), _rows(link)
    judged = _judged(link, told, rows)
    steps = [(step, _here(step, rows), _state(step, judged)) for step in told["steps"]]
    return render(
        request, "dossier.html", status, link=link, told=told, name=told["name"], steps=steps, judged=judged, form=form,
        rows=rows, once=secrets.token_urlsafe(15), done=_handed(link),
    )  # fmt: skip


@entered("entry")
def step(request: Any, link: Link, at: int) -> HttpResponse:
    """One step: what the provision asks for, what is entered, a form for each kind of entry."""
    told = _told(link)
    if at >= len(told["steps"]) or _handed(link):
        raise Http404(at)
    names = list(dict.fromkeys(name for one in told["steps"][at]["asks"] for name in one["predicates"]))
    forms = {name: Form.empty(_fields(name, request.lang), request.lang) for name in names}
    status = 200
    if request.method == "POST":
        name = request.POST.get("predicate", "")
        if name == "" and request.POST.get("remove", "").isdecimal():
            _save(link, [row for n, row in enumerate(_rows(link)) if n != int(request.POST["remove"])])
            return redirect("dossier_step", at)
        if name not in names:
            raise Http404(name)
        forms[name] = form = Form.read(_fields(name, request.lang), request.POST, request.lang)
        if _added(request, link, told, name, form):
            return redirect("dossier_step", at)
        status = 400
    rows = _rows(link)
    judged = _judged(link, told, rows)
    return render(
        request, "dossier_step.html", status, link=link, told=told, name=told["name"], at=at, step=told["steps"][at],
        here=[(n, row, _line(judged, n, row, request.lang)) for n, row in enumerate(rows) if row["fact"][0] in names],
        forms=[(name, label(name, request.lang), form) for name, form in forms.items()], judged=judged,
        state=_state(told["steps"][at], judged),
    )  # fmt: skip


@entered("entry")
def hand_in(request: Any, link: Link) -> HttpResponse:
    """Hand it in: kept with its day, its hash and its list; the bureau takes it in."""
    form = Form.read(_hand(request.lang), request.POST, request.lang)
    if request.method != "POST" or not form:
        return _overview(request, link, form if request.method == "POST" else Form.empty(form.fields, form.lang), 400)
    known = _handed(link)
    if known is None:
        told, rows = _told(link), _rows(link)
        judged = _judged(link, told, rows)
        if judged["problems"]:
            return _overview(request, link, form, 400)
        content = {
            "rows": [["applicant", link.subject, told["kind"]], ["name", link.subject, link.name]]
            + [row["fact"] for row in rows],
            "lines": judged["lines"], "sha256": judged["sha256"],
        }  # fmt: skip
        files = [(name, digest, size) for row in rows for name, digest, size in row["files"]]
        known = keep(link, "dossier", "", "", [], request.POST.get("once", ""), content, kept=files)
    return redirect("receipt", known.ref)


@entered("entry")
def workbook(request: Any, link: Link) -> HttpResponse:
    """What is filled in, as a workbook to keep or to hand on."""
    judged = _judged(link, _told(link), _rows(link))
    if judged["problems"]:
        raise Http404
    data = ask("workbook", judged["facts"], request.lang, "")
    return handed(data, f"{link.name}.xlsx", _XLSX)


def _added(request: Any, link: Link, told: dict[str, Any], name: str, form: Form) -> bool:
    """Save an entry, if it will do: else what is wrong is in the form."""
    files = documents(request, form)
    row = [name, link.subject, *values(PREDICATES[name], form)[1:]]
    rows = _rows(link)
    if len(rows) >= _MOST:
        form.fault(form.fields[0].name, "form.long", limit=_MOST)
    if not form:
        return False
    judged = _judged(link, told, [*rows, {"fact": row, "files": []}])
    for one in judged["problems"]:
        known = {each.name for each in form.fields}
        form.faults.setdefault(one["field"] if one["field"] in known else form.fields[0].name, one["words"][form.lang])
    if not form:
        return False
    _save(link, [*rows, {"fact": row, "files": [[title, store(data), len(data)] for title, data in files]}])
    return True


def _fields(name: str, lang: str) -> list[Asked]:
    """The fields of an entry, without whom it is about."""
    one = PREDICATES[name]
    made = [fact_field(one, field, Round(), lang, "") for field in one.fields[1:]]
    hint = say("own.files_hint", lang, number=5)
    return [*made, Asked("files", say("dossier.file", lang), "files", needed=False, hint=hint)]


def _hand(lang: str) -> tuple[Asked, ...]:
    return (Asked("sure", say("dossier.hand_sure", lang), "tick"),)


def _told(link: Link) -> dict[str, Any]:
    snapshot = released(link.round_ref, "entry", link.subject)
    if snapshot is None:
        raise Http404
    return snapshot.content


def _rows(link: Link) -> list[dict[str, Any]]:
    found = Filled.objects.filter(pk=link.hash).first()
    return json.loads(found.content)["rows"] if found else []


def _save(link: Link, rows: list[dict[str, Any]]) -> None:
    now = china().isoformat(timespec="seconds")
    written = json.dumps({"rows": rows}, ensure_ascii=False)
    Filled.objects.update_or_create(pk=link.hash, defaults={"content": written, "at": now})


def _judged(link: Link, told: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    return ask("dossier", told["base"], link.subject, [row["fact"] for row in rows])


def _handed(link: Link) -> Said | None:
    return Said.objects.filter(round_ref=link.round_ref, subject=link.subject, kind="dossier").last()


def _here(step: dict[str, Any], rows: list[dict[str, Any]]) -> int:
    names = {name for one in step["asks"] for name in one["predicates"]}
    return sum(row["fact"][0] in names for row in rows)


def _state(step: dict[str, Any], judged: dict[str, Any]) -> dict[str, str]:
    """Of each thing a step asks: met, open, failed or barred; nothing of what is not asked yet."""
    if judged["problems"] or not step["provision"]:
        return {}
    states = judged["states"]
    found = {one["key"]: states.get(f"{step['provision']} {one['key']}", "") for one in step["asks"]}
    return {key: state for key, state in found.items() if state}


def _line(judged: dict[str, Any], at: int, row: dict[str, Any], lang: str) -> str:
    """An entry in words; the kind and the name of whoever applies stand before them."""
    lines = judged.get("lines")
    return lines[at + 2][lang] if lines else label(row["fact"][0], lang)
