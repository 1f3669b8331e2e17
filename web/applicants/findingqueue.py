"""What waits for a person's judgment: the law's words, and a form for each; a "no" is confirmed twice."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse

from web.applicants.entering import Clash, held_document, seen_version, taken
from web.page import Asked, Form, china, number, render, say
from web.rounds import Round, computed
from web.work import ask, known, person

PAGE = 20


@computed
def findings(request: Any, round_: Round) -> HttpResponse:
    """Everything that waits for a finding, by applicant."""
    head = round_.head
    assert head is not None
    rows = [r for r in known("rows", head.facts_hash) if r["status"] == "pending" and r["waits"].get("finding")]
    told = known("round", head.facts_hash)
    topics = {(one["provision"], one["key"]): one for one in told["topics"]}
    pages = max(1, -(-len(rows) // PAGE))
    words = request.GET.get("page", "1")
    at = min(max(1, int(words) if words.isascii() and words.isdecimal() and len(words) < 7 else 1), pages)
    queue = []
    for row in rows[(at - 1) * PAGE : at * PAGE]:
        page = person(head.facts, head.facts_hash, row["id"])
        waits = [
            (place, limb, topics.get((limb["provision"], limb["key"])))
            for place in page["provisions"]
            for limb in place["limbs"]
            if limb["actor"] == "finding"
        ]
        queue.append((page, waits))
    return render(
        request, "findings.html", round=round_, here="findings", queue=queue, people=len(rows), at=at, pages=pages,
        number=sum(row["waits"]["finding"] for row in rows), title=told["title"],
    )  # fmt: skip


@computed
def finding(request: Any, round_: Round, topic: str, id: str) -> HttpResponse:
    """Enter one finding: the answer, who made it, when, on what facts, from what document."""
    head = round_.head
    assert head is not None
    page = person(head.facts, head.facts_hash, id)
    told = known("round", head.facts_hash)
    places = [(one["provision"], one["key"]) for one in told["topics"] if one["topic"] == topic]
    if page is None or not places:
        raise Http404(topic)
    cited = [
        place for place in page["provisions"] if any(limb["key"] in dict(places).values() for limb in place["limbs"])
    ]
    by = next(one["finder"][request.lang] for one in told["topics"] if one["topic"] == topic)
    fields = _fields(request.lang, by)
    if request.method != "POST":
        return _page(request, round_, topic, id, Form.empty(fields, request.lang), page, cited)
    form = Form.read(fields, request.POST, request.lang)
    base = seen_version(round_, request.POST.get("base", ""))
    held = held_document(request, form)
    refused = form.raw["answer"] == "no"
    if refused and not form.raw["facts"]:
        form.fault("facts", "finding.no_needs_facts")
    if refused and form and not request.POST.get("sure"):
        return _page(request, round_, topic, id, form, page, cited, held=held, sure=True)
    if not form:
        return _page(request, round_, topic, id, form, page, cited, held=held, status=400)
    values = form.values
    fact = f'finding("{_quoted(id)}",{topic},{values["answer"]})'
    facts: list[list[Any]] = [["finding", id, topic, values["answer"]]]
    facts.append(
        ["finding_by", id, topic, values["finder"], values["day"], values["facts"] or say("finding.as_filed", "zh")]
    )
    if values["source_document"]:
        facts.append(["source", fact, values["source_document"], values["source_number"]])
    answer = ask("changed", base.facts, facts, [], number(china().date()))
    for problem in answer["problems"]:
        form.faults.setdefault("facts", problem["words"][request.lang])
    if not form:
        return _page(request, round_, topic, id, form, page, cited, held=held, status=400)
    details = {"topic": topic, "answer": values["answer"]}
    try:
        done = taken(request, round_, base, answer, values["facts"], "finding", id, held, details)
    except Clash as clash:
        return _page(request, round_, topic, id, form, page, cited, held=held, status=409, clash=clash)
    return done or _page(request, round_, topic, id, form, page, cited, held=held, status=409, moved=True)


def _quoted(id: str) -> str:
    return id.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _fields(lang: str, by: str) -> tuple[Asked, ...]:
    answers = tuple((one, say(f"finding.{one}", lang)) for one in ("yes", "no"))
    return (
        Asked("answer", say("finding.answer", lang), "choice", choices=answers),
        Asked("finder", say("finding.finder", lang), limit=100, hint=say("finding.by", lang, finder=by) if by else ""),
        Asked("day", say("finding.day", lang), "day", hint=say("enter.day", lang)),
        Asked("facts", say("finding.facts", lang), "long", needed=False, hint=say("finding.facts_hint", lang)),
        Asked("source_document", say("enter.document", lang), needed=False, limit=300),
        Asked("source_number", say("enter.document_number", lang), needed=False, limit=100),
        Asked("document", say("enter.file", lang), "file", needed=False, hint=say("document.hint", lang)),
    )


def _page(
    request: Any, round_: Round, topic: str, id: str, form: Form, page: Any, cited: Any, *, status: int = 200,
    held: str = "", sure: bool = False, moved: bool = False, clash: Clash | None = None,
) -> HttpResponse:  # fmt: skip
    base = clash.head.number if clash else request.POST.get("base") or round_.head.number
    return render(
        request, "finding.html", status, round=round_, here="findings", form=form, page=page, cited=cited, topic=topic,
        id=id, held=held, sure=sure, moved=moved, base=base, clash=clash,
    )  # fmt: skip
