"""Small changes without a workbook: forms made from the vocabulary; consequences are shown first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from engine.facts import PREDICATES, Predicate, label, takes
from web.ledger import actor
from web.page import Asked, Form, china, number, render, say
from web.rounds import (
    Draft,
    Moved,
    Round,
    Version,
    attach,
    computed,
    document_fault,
    document_named,
    document_token,
    fact_field,
    opened,
    take_in,
    values,
)
from web.work import Late, answered, ask, known

_NOT_BY_FORM = ("round", "finding", "finding_by", "source")
_SOURCE = ("source_document", "source_number")


@opened
def choose(request: Any, round_: Round) -> HttpResponse:
    """Which kind of fact is to be entered: of those that the round's text asks for, as far as that is known."""
    told = known("round", round_.head.facts_hash) if round_.head else None
    asked_ = told["kinds"] if told else PREDICATES
    kinds = [
        one for one in PREDICATES.values() if one.name not in _NOT_BY_FORM and takes(one.name) and one.name in asked_
    ]
    groups = [
        (group, [(one.name, label(one.name, request.lang)) for one in some])
        for group, some in groupby(kinds, key=lambda one: one.group)
    ]
    return render(
        request, "choose_fact.html", round=round_, here="applicants", groups=groups, id=request.GET.get("id", "")
    )


@computed
def enter(request: Any, round_: Round, predicate: str) -> HttpResponse:
    """Enter one fact: first what it would change, then it stands as the next version."""
    if predicate not in PREDICATES or predicate in _NOT_BY_FORM or not takes(predicate) or round_.head is None:
        raise Http404(predicate)
    one, lang = PREDICATES[predicate], request.lang
    fields = asked(one, round_, lang, request.GET.get("id", ""))
    if request.method != "POST":
        return _page(request, round_, one, Form.empty(fields, lang), round_.head)
    base = seen_version(round_, request.POST.get("base", ""))
    form = Form.read(fields, request.POST, lang)
    held = held_document(request, form)
    row = values(one, form)
    if not form:
        return _page(request, round_, one, form, base, status=400, held=held)
    facts = [[one.name, *row], *sources(one.name, row, form)]
    told = ask("changed", base.facts, facts, [], number(china().date()))
    for problem in told["problems"]:
        name = problem["field"] if problem["field"] in form.raw else fields[0].name
        form.faults.setdefault(name, problem["words"][lang])
    if not form:
        return _page(request, round_, one, form, base, status=400, held=held)
    if request.POST.get("act") != "confirm":
        return _page(request, round_, one, form, base, told=told, held=held)
    subject = str(row[0]) if one.fields and one.fields[0].kind == "identifier" else ""
    details = {"predicate": one.name}
    try:
        done = taken(request, round_, base, told, form.values["reason"], "entered", subject, held, details)
    except Clash as clash:
        told = ask("changed", clash.head.facts, facts, [], number(china().date()))
        for problem in told["problems"]:
            form.faults.setdefault(fields[0].name, problem["words"][lang])
        return _page(request, round_, one, form, clash.head, status=409, told=told, held=held, clash=clash)
    return done or _page(request, round_, one, form, base, status=409, told=told, held=held, moved=True)


@opened
def remove(request: Any, round_: Round) -> HttpResponse:
    """Take one fact out: first what that would change."""
    if round_.head is None:
        raise Http404
    lang = request.lang
    fact = request.POST.get("fact") or request.GET.get("fact", "")
    base = seen_version(round_, request.POST.get("base", ""))
    fields = (Asked("reason", say("enter.reason", lang), limit=500),)
    told = ask("changed", base.facts, [], [fact], number(china().date()))
    if told["facts"] == base.facts:
        raise Http404(fact)
    form = Form.read(fields, request.POST, lang) if request.method == "POST" else Form.empty(fields, lang)
    subject = fact.partition('"')[2].partition('"')[0]
    clash, moved = None, False
    if request.method == "POST" and form and told["facts"]:
        try:
            done = taken(request, round_, base, told, form.values["reason"], "removed", subject, "", {"fact": fact})
        except Clash as found:
            clash, base = found, found.head
            told = ask("changed", base.facts, [], [fact], number(china().date()))
        else:
            if done is not None:
                return done
            moved = True
    still = told["facts"] and told["facts"] != base.facts
    difference = answered("compared", base.facts, told["facts"], True) if still else None
    return render(
        request, "remove.html", 409 if clash or moved else 400 if form.faults else 200, round=round_,
        here="applicants", form=form, fact=fact, base=base, difference=difference, problems=told["problems"],
        clash=clash, moved=moved,
    )  # fmt: skip


class Clash(Exception):
    """What was entered does not go with what others changed meanwhile: nothing is stored, and it is shown on the head.

    `base` is the version that was seen, `conflicts` each fact changed in two ways, with its three values.
    """

    def __init__(self, base: Version, head: Version, conflicts: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(base.number, head.number)
        self.base, self.head, self.conflicts = base, head, conflicts


def taken(
    request: Any, round_: Round, base: Version, told: Mapping[str, Any], reason: str, kind: str, subject: str,
    held: str, details: Mapping[str, Any],
) -> HttpResponse | None:  # fmt: skip
    """Make the next version of what was entered, and go where it shows; None where others were faster.

    Raises Clash where they changed the same, or where both together are no case.
    """

    def then(version: Version) -> None:
        if held:
            attach(round_, held, version, "", subject)

    draft = Draft(
        told["facts"], base, kind, reason, subject=(subject,) if subject else (), details=details,
        hints=told["hints"], places=base.place_map, then=then,
    )  # fmt: skip
    try:
        done = take_in(actor(request), round_, draft)
    except (Moved, Late):
        return None
    if done.version is None:
        round_.refresh_from_db(fields=["head"])
        assert round_.head is not None
        raise Clash(base, round_.head, done.merged["conflicts"])
    applicants = {row["id"] for row in known("rows", base.facts_hash) or ()}
    return redirect("applicant", round_.ref, subject) if subject in applicants else redirect("agenda", round_.ref)


def asked(one: Predicate, round_: Round, lang: str, id: str) -> list[Asked]:
    """The fields of a form for a kind of fact."""
    made = [fact_field(one, field, round_, lang, id if at == 0 else "") for at, field in enumerate(one.fields)]
    made += [
        Asked("source_document", say("enter.document", lang), needed=False, limit=300),
        Asked("source_number", say("enter.document_number", lang), needed=False, limit=100),
        Asked("document", say("enter.file", lang), "file", needed=False, hint=say("document.hint", lang)),
        Asked("reason", say("enter.reason", lang), limit=500),
    ]
    return made


def sources(name: str, row: Sequence[Any], form: Form) -> list[list[Any]]:
    """The fact that says what a fact rests on, where a document was named."""
    from engine.facts import Fact, text

    document, number_ = (form.values.get(each, "") for each in _SOURCE)
    return [["source", text(Fact(name, tuple(row))), document, number_]] if document else []


def held_document(request: Any, form: Form) -> str:
    """The document that goes with what is entered: sent now, or kept from the step before; empty for none."""
    sent = request.FILES.get("document")
    if sent is None:
        held = request.POST.get("held", "")
        return held if document_named(held) else ""
    data = sent.read()
    if wrong := document_fault(sent.name, data):
        form.fault("document", f"document.{wrong}")
        return ""
    return document_token(sent.name, data)


def seen_version(round_: Round, words: str) -> Version:
    """The version that whoever types sees: the one named, else the head."""
    found = round_.versions.filter(number=int(words)).first() if words.isascii() and words.isdecimal() else None
    assert round_.head is not None
    return found or round_.head


def _page(
    request: Any, round_: Round, one: Predicate, form: Form, base: Version, *, status: int = 200, told: Any = None,
    held: str = "", moved: bool = False, clash: Clash | None = None,
) -> HttpResponse:  # fmt: skip
    difference = answered("compared", base.facts, told["facts"], True) if told and told["facts"] else None
    return render(
        request, "enter.html", status, round=round_, here="applicants", form=form, predicate=one.name, base=base,
        label=label(one.name, request.lang), difference=difference, held=held, moved=moved, clash=clash,
        held_name=(document_named(held) or ("", 0, ""))[2] if held else "",
    )  # fmt: skip
