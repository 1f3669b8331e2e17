"""A case written by form: whom it starts from, its facts one by one, what comes out now, what must come out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from web.bench.tables import Regulation, current, put_in, regulation, tables
from web.ledger import actor
from web.page import Asked, Form, china, number, render, say
from web.work import Late, answered, ask, known, put

_MOST = 60
"""So many facts a case may have beyond its base."""
_SECONDS = 60.0


def write(request: Any, city: str) -> HttpResponse:
    """The form; every button keeps what is there so far, the last one writes the case."""
    one = regulation(city)
    table = current(city)
    try:
        frame = answered("case_frame", city, table, one.files, limit=_SECONDS)
        if request.method != "POST":
            return _page(request, one, frame, _draft(request.GET, frame), {})
        return _posted(request, one, table, frame)
    except Late:
        return render(request, "problem.html", 503, key="late")


def _posted(request: Any, one: Regulation, table: str, frame: Mapping[str, Any]) -> HttpResponse:
    lang, sent = request.lang, request.POST
    draft = _draft(sent, frame)
    doing = sent.get("act", "")
    kind = next((each for each in frame["kinds"] if each["name"] == sent.get("kind", "")), None)
    if doing.startswith("drop-") and doing[5:].isdecimal() and int(doing[5:]) < len(draft["facts"]):
        del draft["facts"][int(doing[5:])]
        return _page(request, one, frame, draft, {})
    if doing == "kind" and kind:
        return _page(request, one, frame, draft, {}, kind, Form.empty(_fields(kind, lang), lang))
    if doing == "put" and kind:
        form = Form.read(_fields(kind, lang), sent, lang)
        made = ask("case_fact", one.city, one.files, kind["name"], _values(kind, form)) if form else {"problems": []}
        for each in made["problems"]:
            form.faults.setdefault(f"v-{each['field']}" if each["field"] else form.fields[0].name, each["words"][lang])
        if not form or len(draft["facts"]) >= _MOST:
            return _page(request, one, frame, draft, {}, kind, form, 400)
        if made["fact"] not in draft["facts"]:
            draft["facts"].append(made["fact"])
        return _page(request, one, frame, draft, {})
    if doing not in ("try", "write"):
        return _page(request, one, frame, draft, {})
    faults = {}
    if not draft["about"]:
        faults["about"] = say("form.missing", lang)
    if not draft["base"]:
        faults["base"] = say("form.missing", lang)
    if doing == "write" and sent.get("wanted") not in ("now", "own"):
        faults["wanted"] = say("bench.write.wanted_needed", lang)
    wanted = _wanted(sent, frame) if sent.get("wanted") == "own" else None
    if doing == "write" and wanted is not None and not wanted["status"]:
        faults["wanted"] = say("bench.write.status_needed", lang)
    if faults or doing == "try":
        return _page(request, one, frame, draft, faults, status=400 if faults else 200)
    by, today, role = request.user.name, number(china().date()), say("bench.as", "zh")
    shown = known("bench", one.city, tables(one.city), one.files)
    made = ask("case_written", one.city, table, one.files, draft, wanted, by, today, role, shown, limit=_SECONDS)
    details = {"case": made["id"], "seal": made["seal"], "as_now": wanted is None}
    reason = sent.get("remark", "").strip()[:2000]
    if not put_in(actor(request), one.city, table, made["table"], "case_written", details, reason, made["sealed"]):
        return _page(request, one, frame, draft, {"wanted": say("bench.moved", lang)}, status=409)
    if made["shown"]:
        put([(("bench", one.city, tables(one.city), one.files), made["shown"])])
    return redirect(f"{reverse('bench_text', args=[one.city])}?at={draft['about']}#c-{made['id']}")


def _draft(sent: Any, frame: Mapping[str, Any]) -> dict[str, Any]:
    """What the page holds so far; nothing that the form does not offer."""
    bases = {one["name"]: {each["fact"] for each in one["facts"]} for one in frame["bases"]}
    base = sent.get("base", "")
    base = base if base in bases else ""
    about = sent.get("about", "")
    return {
        "about": about if any(one["at"] == about for one in frame["provisions"]) else "",
        "base": base,
        "without": [each for each in sent.getlist("without") if each in bases.get(base, set())],
        "facts": [each[:2000] for each in sent.getlist("fact")[:_MOST] if _fact(each, frame)],
    }


def _fact(words: str, frame: Mapping[str, Any]) -> bool:
    """Whether a text begins as a fact of a kind that the form offers; what it is worth is judged where it is read."""
    return words.partition("(")[0] in {one["name"] for one in frame["kinds"]} and words.endswith(")")


def _wanted(sent: Any, frame: Mapping[str, Any]) -> dict[str, Any]:
    known_grounds = {one["ground"] for one in frame["grounds"]}
    status = sent.get("status", "")
    return {
        "status": status if status in ("eligible", "pending", "rejected") else "",
        "grounds": [each for each in sent.getlist("ground") if each in known_grounds],
    }


def _fields(kind: Mapping[str, Any], lang: str) -> list[Asked]:
    made = []
    for one in kind["fields"]:
        hint = say("enter.bounds", lang, low=one["bounds"][0], high=one["bounds"][1]) if one["bounds"] else ""
        choices = [(value, words[lang]) for value, words in one["choices"]]
        if one["kind"] in ("day", "open_day"):
            hint = say("enter.open_day" if one["kind"] == "open_day" else "enter.day", lang)
        shape = {"choice": "choice", "day": "day", "open_day": "day"}.get(one["kind"], "text")
        made.append(
            Asked(f"v-{one['name']}", one["label"][lang], shape, one["kind"] != "open_day", choices=choices, hint=hint)
        )
    return made


def _values(kind: Mapping[str, Any], form: Form) -> list[Any]:
    """What was typed, as facts hold it."""
    row: list[Any] = []
    for one in kind["fields"]:
        name = f"v-{one['name']}"
        words = form.values.get(name, "")
        if one["kind"] in ("year", "number") and name in form.values:
            if not str(words).isdecimal():
                form.fault(name, "enter.number")
            words = int(words) if str(words).isdecimal() else 0
        elif one["kind"] in ("score", "sum") and str(words).isdecimal():
            words = int(words)
        elif one["kind"] == "open_day":
            words = words or 99991231
        row.append(words)
    return row


def _page(
    request: Any, one: Regulation, frame: Mapping[str, Any], draft: Mapping[str, Any], faults: Mapping[str, str],
    kind: Mapping[str, Any] | None = None, form: Form | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    tried = ask("case_tried", one.city, current(one.city), one.files, draft) if draft["base"] else None
    sent = request.POST
    return render(
        request, "bench_write.html", status, here="bench", city=one.city, one=one, frame=frame, draft=draft, kind=kind,
        form=Form.empty((), request.lang) if form is None else form, tried=tried, faults=faults, sent=sent,
        base=next((each for each in frame["bases"] if each["name"] == draft["base"]), None),
        ticked=set(sent.getlist("ground")),
        own=[each for each in frame["grounds"] if _near(each, draft)],
        rest=[each for each in frame["grounds"] if not _near(each, draft)],
    )  # fmt: skip


def _near(ground: Mapping[str, Any], draft: Mapping[str, Any]) -> bool:
    """Whether a ground is of the provision that a case is about."""
    return bool(draft["about"]) and f"art({draft['about'].replace('-', ',')})" in ground["ground"]
