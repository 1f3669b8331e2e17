"""A reviewer's declaration: of every applicant whether there is a tie; what is declared becomes facts with sources."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import sha256
from string import ascii_letters as _LETTERS
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from engine.facts import OPEN
from engine.words import LANGUAGES
from web.counter.links import entered
from web.counter.models import Link, Said
from web.counter.releasing import released
from web.counter.saying import keep
from web.page import Asked, Form, china, number, render, say, shown
from web.work import ask

_OTHER = "declared_interest"
_NONE = "none"
Words = dict[str, str]


@entered("reviewer")
def declaration(request: Any, link: Link) -> HttpResponse:
    """Ask about each applicant; "none" is an answer; what was declared before stays to be seen."""
    snapshot = released(link.round_ref, "reviewer", link.subject)
    if snapshot is None:
        raise Http404
    told = snapshot.content
    fields = [one for at, row in enumerate(told["applicants"]) for one in _fields(at, row, told, request.lang)]
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


def untaken(round_ref: str, facts: str) -> list[Said]:
    """The declarations of which a tie does not stand in the facts: they came in and were not taken in."""
    lines = {line.removesuffix(".") for line in facts.splitlines()}
    found = Said.objects.filter(round_ref=round_ref, kind="declaration").order_by("pk")
    return [one for one in found if not declared(one) <= lines]


def declared_since(round_ref: str, number: int) -> list[Said]:
    """The declarations with ties that came in after an act of the ledger."""
    found = Said.objects.filter(round_ref=round_ref, kind="declaration", act__gt=number).order_by("pk")
    return [one for one in found if declared(one)]


def declared(said: Said) -> set[str]:
    """The facts that a declaration became, as text."""
    return {str(row[1]) for row in said.held.get("rows", ()) if row[0] == "source"}


def _page(request: Any, link: Link, told: Any, form: Form, once: str, status: int = 200) -> HttpResponse:
    said = list(Said.objects.filter(round_ref=link.round_ref, subject=link.subject, kind="declaration"))
    groups = [
        (row, [one for one in form.fields if one.name.lstrip(_LETTERS) == str(at)])
        for at, row in enumerate(told["applicants"])
    ]
    return render(
        request, "declaration.html", status, link=link, told=told, name=link.name, form=form, once=once, said=said,
        groups=groups,
    )  # fmt: skip


def _options(told: dict[str, Any], kind: str) -> dict[str, Words]:
    """What can be answered of an applicant of a kind: none, each tie that counts, another one in words."""
    both = {name: {lang: say(f"declaration.{name}", lang) for lang in LANGUAGES} for name in (_NONE, "other")}
    return {_NONE: both[_NONE], **{one["value"]: one for one in told["ties"][kind]}, _OTHER: both["other"]}


def _fields(at: int, row: Words, told: dict[str, Any], lang: str) -> list[Asked]:
    choices = [(value, words[lang]) for value, words in _options(told, row["kind"]).items()]
    made = [Asked(f"kind{at}", row["name"], "choice", choices=choices)]
    if row["kind"] == "organization" and told["ties"]["posts"]:
        posts = [(one["value"], one[lang]) for one in told["ties"]["posts"]]
        made += [
            Asked(f"kin{at}", say("declaration.kin", lang), needed=False, limit=50),
            Asked(f"post{at}", say("declaration.post_of", lang), "choice", needed=False, choices=posts),
        ]
    return [
        *made,
        Asked(f"from{at}", say("declaration.from_day", lang), "day", needed=False),
        Asked(f"to{at}", say("declaration.to_day", lang), "day", needed=False),
        Asked(f"words{at}", say("declaration.words", lang), needed=False, limit=500),
    ]


def _content(link: Link, told: dict[str, Any], form: Form) -> dict[str, Any]:
    """The facts that a declaration becomes, each with its source, and the whole of it in words."""
    rows: list[list[Any]] = []
    lines: list[Words] = []
    for at, one in enumerate(told["applicants"]):
        value = {name: form.values.get(f"{name}{at}") for name in ("kind", "kin", "post", "from", "to", "words")}
        if value["kind"] is None:
            continue
        known = {"name": one["name"]}
        if value["kind"] == _NONE:
            lines.append({lang: say("declaration.line_none", lang, **known) for lang in LANGUAGES})
            continue
        made = _facts(link.subject, one, value, form, at)
        rows += [row for row in made if row not in rows]
        ties = {lang: _tie(told, one, value, lang) for lang in LANGUAGES}
        lines.append({lang: say("declaration.line_tie", lang, **known, tie=ties[lang]) for lang in LANGUAGES})
    if form and rows:
        rows = ask("sourced", rows, say("declaration.source", "zh"), shown(number(china().date()), "zh"))
    return {"rows": rows, "lines": lines}


def _facts(reviewer: str, one: Words, value: dict[str, Any], form: Form, at: int) -> list[list[Any]]:
    """The facts of one tie; what is missing is told at its field."""
    name, _, part = value["kind"].partition(":")
    if name == _OTHER:
        if not value["words"]:
            form.fault(f"words{at}", "declaration.words_needed")
        return [[name, reviewer, one["id"], value["words"]]]
    if name == "kin" and one["kind"] == "individual":
        return [[name, reviewer, one["id"], part]]
    if not value["from"]:
        form.fault(f"from{at}", "day.missing")
    if value["from"] and value["to"] and value["to"] < value["from"]:
        form.fault(f"to{at}", "board.last_wrong")
    days = [value["from"] or 0, value["to"] or OPEN]
    if name != "kin":
        return [[name, reviewer, one["id"], *([part] if part else []), *days]]
    for each in ("kin", "post"):
        if not value[each]:
            form.fault(f"{each}{at}", f"declaration.{each}_needed")
    relative = _relative(reviewer, str(value["kin"]))
    post, _, what = str(value["post"]).partition(":")
    return [
        ["name", relative, value["kin"]],
        ["kin", reviewer, relative, part],
        [post, relative, one["id"], *([what] if what else []), *days],
    ]


def _relative(reviewer: str, name: str) -> str:
    """A relative of a reviewer's, known by nothing but a name: the same name is the same person."""
    return f"K-{sha256(f'{reviewer} {name}'.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _tie(told: dict[str, Any], one: Words, value: dict[str, Any], lang: str) -> str:
    """A tie in words: what it is, whose, from when to when, the remark."""
    first, last = value["from"], value["to"]
    when = ""
    if first and last:
        when = say("declaration.span", lang, first=shown(first, lang), last=shown(last, lang))
    elif first:
        when = say("declaration.since", lang, first=shown(first, lang))
    kind = _options(told, one["kind"])[value["kind"]][lang]
    posts = {each["value"]: each[lang] for each in told["ties"]["posts"]}
    whose = [value["kin"], posts.get(value["post"])] if value["kind"].startswith("kin:") else []
    return say("comma", lang).join(str(each) for each in (kind, *whose, when, value["words"]) if each)
