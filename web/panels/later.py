"""After the draw: what became known, who must go and who follows shown before it is said; the record to keep."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from engine.facts import PREDICATES, label
from engine.record import KNOWN_LATER
from web.applicants import asked
from web.ledger import act, actor
from web.page import Asked, Form, render, say, written
from web.page import shown as day_words
from web.panels.freezing import current, declared_later, follower, found
from web.panels.models import Entry, Freeze
from web.rounds import Round, handed, opened, values
from web.work import Late, answered, ask

_ABSENT = "unavailable"
_KINDS = tuple(name for name in KNOWN_LATER if name not in (_ABSENT, "name"))
_SECONDS = 180.0


@opened
def record(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """The record with its entries, whole: it holds every tie, and stays inside."""
    one = _drawn(round_, freeze)
    with transaction.atomic():
        act(actor(request), "record_opened", about=f"round {round_.ref}", details={"number": one.number})
    return handed(current(one).encode("utf-8"), f"{round_.ref}-draw-{one.number}.json", "application/json")


@opened
def public_copy(request: Any, round_: Round, freeze: int) -> HttpResponse:  # noqa: ARG001 - every view gets the request
    """The public copy of the record: ties stand in it as salted hashes."""
    one = _drawn(round_, freeze)
    if not one.drawing.showing.ended:
        raise Http404(one.commitment)
    data = answered("public_copy", current(one)).encode("utf-8")
    return handed(data, f"{round_.ref}-draw-{one.number}-public.json", "application/json")


def for_papers(round_: Round) -> dict[str, Any]:
    """The record, with its entries, of the last draw shown to its end: what the list of the panels rests on."""
    last = Freeze.objects.filter(round=round_, drawing__showing__ended=True).order_by("number").last()
    return {"record": current(last)} if last else {}


@opened
def check_page(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """The page that checks a record offline, as a file."""
    found(round_, freeze)
    return handed(answered("check_page", request.lang).encode("utf-8"), "check.html", "text/html; charset=utf-8")


@opened
def entry(request: Any, round_: Round, freeze: int) -> HttpResponse:
    """Say what became known: item by item, then what comes of it, then it stands."""
    one = _drawn(round_, freeze)
    if not one.drawing.showing.ended or follower(one) is not None:
        return redirect("frozen", round_.ref, one.number)
    lang = request.lang
    standing = answered("standing", current(one))
    shown = answered("showing", one.drawing.record)
    said = next((said for said, _ in declared_later(one) if said.ref == request.GET.get("said", "")), None)
    items = _items(request) if request.method == "POST" else _prepared(said, shown["names"]) if said else []
    fields = _fields(lang, said)
    form = Form.read(fields, request.POST, lang) if request.method == "POST" else Form.empty(fields, lang)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    adding = _adding(kind, round_, shown, lang)
    view = {"one": one, "items": items, "kind": kind, "standing": standing, "known": shown["names"]}
    if request.method != "POST":
        return _page(request, round_, form, Form.empty(adding, lang), view)
    what = request.POST.get("act", "")
    if what.startswith("drop") and what[4:].isdecimal():
        items[int(what[4:]) : int(what[4:]) + 1] = []
        return _page(request, round_, _quiet(form), Form.empty(adding, lang), view)
    if what == "choose":
        return _page(request, round_, _quiet(form), Form.empty(adding, lang), view)
    if what == "add":
        more = Form.read(adding, request.POST, lang)
        if (item := _item(kind, more, shown["names"])) is not None:
            items.append(item)
            more = Form.empty(adding, lang)
        return _page(request, round_, _quiet(form), more, view, 400 if more.faults else 200)
    news = _news(form, items) if form else {}
    if form and not items:
        form.fault("because", "panels.entry.nothing")
    made: dict[str, Any] = {"problems": ()}
    try:
        made = ask("added", current(one), news, limit=_SECONDS) if form else made
    except Late:
        form.fault("because", "bench.late")
    for problem in made["problems"]:
        form.faults.setdefault("day" if problem["code"].startswith("entry_") else "because", problem["words"][lang])
    if not form:
        return _page(request, round_, form, Form.empty(adding, lang), view, 400)
    if what != "confirm":
        return _page(request, round_, form, Form.empty(adding, lang), view | {"made": made})
    _added(request, one, made, news)
    return redirect("frozen", round_.ref, one.number)


def _added(request: Any, one: Freeze, made: Mapping[str, Any], news: Mapping[str, Any]) -> None:
    with transaction.atomic():
        details = {"number": made["entry"]["number"], "head": made["head"], "day": news["day"]}
        done = act(
            actor(request), "draw_entry", about=f"round {one.round.ref}", reason=news["because"],
            document=news["document"], details=details,
        )  # fmt: skip
        try:
            with transaction.atomic():
                Entry.objects.create(
                    drawing=one.drawing, number=made["entry"]["number"], record=made["record"], head=made["head"],
                    act=done.number, at=done.at, name=done.name,
                )  # fmt: skip
        except IntegrityError as trouble:
            raise Http404(one.commitment) from trouble


def _drawn(round_: Round, number: int) -> Freeze:
    one = found(round_, number)
    if not hasattr(one, "drawing"):
        raise Http404(str(number))
    return one


def _fields(lang: str, said: Any = None) -> tuple[Asked, ...]:
    """Day, reason, document; filled in where a declaration is what became known."""
    day = because = document = ""
    if said is not None:
        day = written(said.day, lang)
        because = say("panels.entry.declared", "zh", name=said.name, day=day_words(said.day, "zh"))
        document = say("panels.entry.declared_act", "zh", number=said.act)
    return (
        Asked("day", say("panels.entry.day", lang), "day", value=day),
        Asked("because", say("panels.entry.because", lang), limit=300, value=because),
        Asked("document", say("panels.entry.document", lang), limit=100, value=document),
    )


def _prepared(said: Any, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """The items of an entry that a declaration gives cause for: its facts, each in words."""
    rows = [row for row in said.held["rows"] if row[0] in _KINDS or row[0] == "name"]
    known = {**names, **{str(row[1]): str(row[2]) for row in rows if row[0] == "name"}}
    made = [(row[0], ask("news_fact", row[0], row[1:], known)) for row in rows]
    return [{"kind": kind, "fact": told["fact"], "words": told["words"]} for kind, told in made if told["fact"]]


def kinds(lang: str) -> list[tuple[str, str]]:
    """What may become known after a draw, in words."""
    decided = [(name, say(f"panels.entry.kind.{name}", lang)) for name in (_ABSENT, "asked", "fewer", "reopen")]
    return [decided[0], *((name, label(name, lang)) for name in _KINDS), *decided[1:]]


def _adding(kind: str, round_: Round, shown: Mapping[str, Any], lang: str) -> list[Asked]:
    """The fields of one more item."""
    people = [(each["id"], f"{each['name']} {each['id']}".strip()) for each in shown["reviewers"]]
    groups = [(each["id"], f"{each['id']} {each['name']}") for each in shown["order"]]
    who = Asked("who", say("panels.reviewer", lang), "choice", choices=people)
    if kind == _ABSENT:
        return [who, Asked("group", say("panels.entry.only", lang), "choice", needed=False, choices=groups)]
    if kind == "asked":
        answers = [(one, say(f"panels.entry.{one}", lang)) for one in ("yes", "no")]
        return [who, Asked("answer", say("panels.entry.answer", lang), "choice", choices=answers)]
    if kind == "fewer":
        return [Asked("group", say("panels.group", lang), "choice", choices=groups),
                Asked("seats", say("panels.entry.seats", lang), limit=3)]  # fmt: skip
    if kind in _KINDS:
        under = [(each["id"], f"{each['id']} {each['name']}") for each in shown["applicants"]]
        mine = {field.name: field.declared_by for field in PREDICATES[kind].fields}
        fields = [one for one in asked(PREDICATES[kind], round_, lang, "") if one.name in mine]
        for at, one in enumerate(fields):
            some = people if "reviewer" in mine[one.name] else under if "applicant" in mine[one.name] else []
            fields[at] = replace(one, kind="choice", choices=some) if some else one
        return fields
    return []


def _item(kind: str, form: Form, names: Mapping[str, str]) -> dict[str, Any] | None:
    """One more item, as it goes with the form; None where something is wrong with it, which the form tells."""
    if kind == "fewer" and form and not form.values["seats"].isdecimal():
        form.fault("seats", "enter.number")
    if not form:
        return None
    value = form.values
    if kind == _ABSENT:
        return {"kind": kind, "who": value["who"], "group": value["group"]}
    if kind == "asked":
        return {"kind": kind, "who": value["who"], "answer": value["answer"]}
    if kind == "fewer":
        return {"kind": kind, "group": value["group"], "seats": value["seats"]}
    if kind == "reopen":
        return {"kind": kind}
    if kind not in _KINDS:
        return None
    row = values(PREDICATES[kind], form)
    told: dict[str, Any] = ask("news_fact", kind, row, names) if form else {"fact": "", "problems": ()}
    for problem in told["problems"]:
        form.faults.setdefault(form.fields[0].name, problem["words"][form.lang])
    return {"kind": kind, "fact": told["fact"], "words": told["words"]} if told["fact"] else None


def _items(request: Any) -> list[dict[str, Any]]:
    """What was put in so far; what cannot be read is left out, and misses from the list that is shown."""
    found_ = []
    for words in request.POST.getlist("item")[:50]:
        try:
            one = json.loads(words)
        except ValueError:
            continue
        if isinstance(one, dict) and one.get("kind") in {_ABSENT, "asked", "fewer", "reopen", "name", *_KINDS}:
            found_.append(one)
    return found_


def _news(form: Form, items: list[dict[str, Any]]) -> dict[str, Any]:
    def of(kind: str, *names: str) -> list[list[str]]:
        return [[str(one.get(name) or "") for name in names] for one in items if one["kind"] == kind]

    return {
        **form.values,
        "facts": [str(one["fact"]) for one in items if one.get("fact")],
        "unavailable": of(_ABSENT, "who", "group"),
        "asked": [[who, answer == "yes"] for who, answer in of("asked", "who", "answer")],
        "fewer": of("fewer", "group", "seats"),
        "reopen": any(one["kind"] == "reopen" for one in items),
    }


def _quiet(form: Form) -> Form:
    """A form as it was typed, without telling its faults yet."""
    form.faults.clear()
    return form


def _page(
    request: Any, round_: Round, form: Form, adding: Form, view: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    packed = [(json.dumps(one, ensure_ascii=False), one) for one in view["items"]]
    return render(
        request, "entry.html", status, round=round_, here="panels", form=form, adding=adding, packed=packed,
        kinds=kinds(request.lang), **{"made": None, **view},
    )  # fmt: skip
