"""A reviewer's declaration: of every applicant whether there is a tie; what is declared becomes facts with sources."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from engine.facts import OPEN, PREDICATES, choice, label
from web.counter.links import entered
from web.counter.models import Link, Said
from web.counter.releasing import released
from web.counter.saying import keep
from web.page import Asked, Form, china, number, render, say, shown
from web.work import ask

_TIMED = ("employed", "officer", "shareholder", "works_with")
"""Ties from a day to a day, by their predicates: person, applicant, for some a choice, first and last day."""
_OTHER = "declared_interest"


@entered("reviewer")
def declaration(request: Any, link: Link) -> HttpResponse:
    """Ask about each applicant; "none" is an answer; what was declared before stays to be seen."""
    snapshot = released(link.round_ref, "reviewer", link.subject)
    if snapshot is None:
        raise Http404
    told = snapshot.content
    fields = [one for at, row in enumerate(told["applicants"]) for one in _fields(at, row["name"], request.lang)]
    if request.method != "POST":
        return _page(request, link, told, Form.empty(fields, request.lang), secrets.token_urlsafe(15))
    form = Form.read(fields, request.POST, request.lang)
    once = request.POST.get("once", "")[:60]
    content = _content(link, told, form)
    if not form:
        return _page(request, link, told, form, once, 400)
    made = keep(link, "declaration", "", "", [], once, content)
    return redirect("receipt", made.ref)


def undeclared(round_ref: str, reviewers: Iterable[str]) -> list[str]:
    """Who of these reviewers has not declared yet, in their order: asked before a freeze."""
    known = set(Said.objects.filter(round_ref=round_ref, kind="declaration").values_list("subject", flat=True))
    return [one for one in reviewers if one not in known]


def _page(request: Any, link: Link, told: Any, form: Form, once: str, status: int = 200) -> HttpResponse:
    said = list(Said.objects.filter(round_ref=link.round_ref, subject=link.subject, kind="declaration"))
    return render(
        request, "declaration.html", status, link=link, told=told, name=link.name, form=form, once=once, said=said,
        groups=[(row, form.fields[at * 4 : at * 4 + 4]) for at, row in enumerate(told["applicants"])],
    )  # fmt: skip


def options(lang: str) -> list[tuple[str, str]]:
    """What can be answered of an applicant: none, each kind of tie, another one in words."""
    found = [("none", say("declaration.none", lang))]
    for name in _TIMED:
        kinds = [field for field in PREDICATES[name].fields if field.kind == "choice"]
        for one in kinds[0].choices if kinds else ("",):
            words = f"{label(name, lang)} {choice(kinds[0], one, lang)}" if one else label(name, lang)
            found.append((f"{name}:{one}", words))
    return [*found, (_OTHER, say("declaration.other", lang))]


def _fields(at: int, name: str, lang: str) -> list[Asked]:
    return [
        Asked(f"kind{at}", name, "choice", choices=options(lang)),
        Asked(f"from{at}", say("declaration.from_day", lang), "day", needed=False),
        Asked(f"to{at}", say("declaration.to_day", lang), "day", needed=False),
        Asked(f"words{at}", say("declaration.words", lang), needed=False, limit=500),
    ]


def _content(link: Link, told: dict[str, Any], form: Form) -> dict[str, Any]:
    """The facts that a declaration becomes, each with its source, and the whole of it in words."""
    words = {lang: dict(options(lang)) for lang in ("zh", "en")}
    rows: list[list[Any]] = []
    lines: list[dict[str, str]] = []
    for at, one in enumerate(told["applicants"]):
        kind, first, last = (form.values.get(f"{name}{at}") for name in ("kind", "from", "to"))
        remark = form.values.get(f"words{at}") or ""
        if kind is None:
            continue
        if kind == "none":
            lines.append({lang: say("declaration.line_none", lang, name=one["name"]) for lang in words})
            continue
        name, _, part = kind.partition(":")
        if name == _OTHER:
            if not remark:
                form.fault(f"words{at}", "declaration.words_needed")
            row = [name, link.subject, one["id"], remark]
        else:
            if not first:
                form.fault(f"from{at}", "day.missing")
            if first and last and last < first:
                form.fault(f"to{at}", "board.last_wrong")
            row = [name, link.subject, one["id"], *([part] if part else []), first or 0, last or OPEN]
        rows.append(row)
        told_as = {lang: _tie(words[lang][kind], first, last, remark, lang) for lang in words}
        lines.append({lang: say("declaration.line_tie", lang, name=one["name"], tie=told_as[lang]) for lang in words})
    if form and rows:
        rows = ask("sourced", rows, say("declaration.source", "zh"), shown(number(china().date()), "zh"))
    return {"rows": rows, "lines": lines}


def _tie(kind: str, first: int | None, last: int | None, remark: str, lang: str) -> str:
    when = ""
    if first:
        when = (
            say("declaration.span", lang, first=shown(first, lang), last=shown(last, lang))
            if last
            else say("declaration.since", lang, first=shown(first, lang))
        )
    return say("comma", lang).join(one for one in (kind, when, remark) if one)
