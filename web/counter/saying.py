"""What an applicant sends: papers, an objection, its view, an error in facts, a withdrawal. Kept, never judged."""

from __future__ import annotations

import json
import secrets
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from web.counter.links import entered, holder
from web.counter.mine import possible
from web.counter.models import Link, Said, Sheet
from web.counter.releasing import released
from web.ledger import act
from web.page import Asked, Form, china, number, render, say
from web.rounds import document_fault, store

KINDS = ("supplement", "objection", "statement", "error", "withdrawal")
FILES = 5
LIMIT = 10 * 1024 * 1024


@entered("applicant")
def saying(request: Any, link: Link, kind: str) -> HttpResponse:
    """The form for one thing to say; a withdrawal is asked twice."""
    snapshot = released(link.round_ref, link.kind, link.subject)
    told = snapshot.content if snapshot else None
    can = possible(told)
    if kind not in KINDS or kind not in can:
        raise Http404(kind)
    if kind == "statement":
        sheets = Sheet.objects.filter(round_ref=link.round_ref, subject=link.subject)
        can["statement"] += [dict.fromkeys(("zh", "en"), f"{one.title} {one.number}") for one in sheets]
    fields = _fields(kind, can[kind], request.lang, request.GET.get("about", ""))
    if request.method != "POST":
        return _page(request, link, kind, told, Form.empty(fields, request.lang), _mark())
    form = Form.read(fields, request.POST, request.lang)
    once = request.POST.get("once", "")[:60] or _mark()
    files = documents(request, form)
    if kind == "supplement" and form and not files:
        form.fault("files", "own.needs_file")
    sure = kind != "withdrawal" or request.POST.get("sure") == "1"
    if not form or not sure:
        asked = bool(form) and not sure
        return _page(request, link, kind, told, form, once, status=200 if asked else 400, asked=asked)
    about = can[kind][int(form.values["about"])]["zh"] if form.values.get("about") else ""
    made = keep(link, kind, about, form.values.get("words", ""), files, once)
    return redirect("receipt", made.ref)


def keep(
    link: Link, kind: str, about: str, words: str, files: list[tuple[str, bytes]], once: str,
    content: dict[str, Any] | None = None, *, kept: Sequence[tuple[str, str, int]] = (),
) -> Said:  # fmt: skip
    """Keep what somebody sent, with the act that says so; a form that is sent again, or the same
    words with the same documents on the same day, is what it was the first time.

    `kept` are documents that were stored before: name, hash, size.
    """
    mark = sha256(f"{link.hash} {kind} {once}".encode("utf-8", "surrogatepass")).hexdigest()
    rows = [*kept, *((name, store(data), len(data)) for name, data in files)]
    same = {
        "round_ref": link.round_ref, "subject": link.subject, "kind": kind, "about": about, "words": words,
        "content": json.dumps(content or {}, ensure_ascii=False), "files": json.dumps(rows, ensure_ascii=False),
    }  # fmt: skip
    today = number(china().date())
    known = Said.objects.filter(once=mark).first() or Said.objects.filter(**same, day=today).first()
    if known is not None:
        return known
    try:
        with transaction.atomic():
            done = act(
                holder(link), f"said_{kind}", about=f"round {link.round_ref}", subject=[link.subject], reason=about,
                details={"words": words, "files": [{"name": name, "sha256": digest} for name, digest, _ in rows]},
            )  # fmt: skip
            return Said.objects.create(
                ref=secrets.token_urlsafe(15), name=link.name, once=mark, day=today, at=done.at, act=done.number, **same
            )  # fmt: skip
    except IntegrityError:  # sent twice at the same moment
        return Said.objects.get(once=mark)


def documents(request: Any, form: Form) -> list[tuple[str, bytes]]:
    """The documents that came with a form; what cannot be taken is told at the field."""
    sent = request.FILES.getlist("files")
    if len(sent) > FILES:
        form.fault("files", "own.many_files", number=FILES)
        return []
    found = []
    for one in sent:
        data = one.read(LIMIT + 1)
        name = "".join(sign for sign in one.name if sign.isprintable())[-200:]
        if len(data) > LIMIT:
            form.fault("files", "own.large_file", file=name)
        elif document_fault(name, data):
            form.fault("files", "own.kind_file", file=name)
        else:
            found.append((name, data))
    return found


def _mark() -> str:
    return secrets.token_urlsafe(15)


def _fields(kind: str, about: list[dict[str, str]], lang: str, chosen: str) -> list[Asked]:
    choices = [(str(at), one[lang]) for at, one in enumerate(about)]
    fields = []
    if choices:
        value = chosen if chosen in dict(choices) else choices[0][0] if len(choices) == 1 else ""
        fields.append(Asked("about", say(f"own.about_{kind}", lang), "choice", choices=choices, value=value))
    if kind == "withdrawal":
        fields.append(Asked("tick", say("own.withdraw_tick", lang), "tick"))
    needed = kind in ("objection", "statement", "error")
    fields.append(Asked("words", say(f"own.words_{kind}", lang), "long", needed=needed, limit=4_000))
    if kind != "withdrawal":
        hint = say("own.files_hint", lang, number=FILES)
        fields.append(Asked("files", say("own.files", lang), "files", needed=False, hint=hint))
    return fields


def _page(
    request: Any, link: Link, kind: str, told: Any, form: Form, once: str, *, status: int = 200, asked: bool = False
) -> HttpResponse:
    return render(
        request, "own_say.html", status, link=link, kind=kind, told=told, form=form, once=once, asked=asked,
        name=told["name"],
    )  # fmt: skip
