"""The counter from the bureau's side: who has a link, what is released, what came in and waits for an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from markupsafe import Markup

from web.counter.links import TRIES, give, revoke
from web.counter.models import Link, Reply, Said
from web.counter.releasing import latest, queued
from web.ledger import act, actor
from web.page import Asked, Form, china, number, render, say
from web.rounds import Round, Version, computed, handed, opened, stored
from web.work import Job, known, queue

_YEAR = 10_000
AT_ONCE = 200
"""Links that are given, and printed, at once."""
_UNIT = 10
"""A module of a QR code, in tenths of a millimetre."""
PAGE = 50
STATES = ("none", "open", "closed", "unshown", "stale")
"""What may be asked of a row: no link, an open one, one closed or over; nothing shown, or of an older case."""
Row = tuple[Mapping[str, Any], Link | None, Any]
"""An applicant, its link, what is shown to it."""


@dataclass(frozen=True)
class Sought:
    """What is asked of the table; empty where nothing is."""

    q: str = ""
    state: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> Sought:
        """What an address or a form asks."""
        state = sent.get("state", "")
        return cls(sent.get("q", "").strip()[:100], state if state in STATES else "")

    def but(self, **changed: str) -> str:
        """The address of the same table with something else asked."""
        asked = {"q": self.q, "state": self.state} | changed
        return "?" + urlencode({name: value for name, value in asked.items() if value})

    def among(self, rows: Sequence[Row], today: int, facts_hash: str) -> list[Row]:
        """The rows that are asked for, in their order."""
        words = self.q.casefold()
        return [
            row
            for row in rows
            if words in f"{row[0]['id']} {row[0]['name']}".casefold()
            and (not self.state or self.state in _states(row, today, facts_hash))
        ]


def _states(row: Row, today: int, facts_hash: str) -> set[str]:
    _, link, shown = row
    closed = link is not None and (bool(link.shut) or link.until < today)
    found = {"none" if link is None else "closed" if closed else "open"}
    if shown is None:
        found.add("unshown")
    elif shown.facts_hash != facts_hash:
        found.add("stale")
    return found


@computed
def counter(request: Any, round_: Round) -> HttpResponse:
    """Everybody's link and what is released to them; what came in."""
    return _counter(request, round_, Form.empty(_asked(request.lang), request.lang))


def _counter(request: Any, round_: Round, form: Form, status: int = 200) -> HttpResponse:
    head = round_.head
    assert head is not None
    links = {(one.kind, one.subject): one for one in Link.objects.filter(round_ref=round_.ref).order_by("at")}
    today, asked = number(china().date()), Sought.of(request.POST if request.method == "POST" else request.GET)
    everybody = _rows(round_, links)
    found = asked.among(everybody, today, head.facts_hash)
    pages = max(1, -(-len(found) // PAGE))
    wanted = request.GET.get("page", "1")
    at = min(max(1, int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 9 else 1), pages)
    job = Job.objects.filter(kind="release_snapshots", about=round_.ref).order_by("-asked_at").first()
    said = list(Said.objects.filter(round_ref=round_.ref).select_related("reply").order_by("-pk")[:200])
    entries = [one for (kind, _), one in links.items() if kind == "entry"]
    return render(
        request, "counter.html", status, round=round_, here="counter", rows=found[(at - 1) * PAGE : at * PAGE],
        form=form, said=said, job=job, today=today, tries=TRIES, entries=entries, asked=asked, total=len(everybody),
        found=len(found), number=at, pages=pages, states=STATES,
    )  # fmt: skip


def _rows(round_: Round, links: Mapping[tuple[str, str], Link]) -> list[Row]:
    """Every applicant with its link and what is shown to it."""
    assert round_.head is not None
    shown = latest(round_.ref, "applicant")
    return [
        (row, links.get(("applicant", row["id"])), shown.get(row["id"]))
        for row in known("rows", round_.head.facts_hash)
    ]


def _picked(request: Any, round_: Round) -> list[str]:
    """Who is meant: those ticked, or everybody whom the table was asked for."""
    assert round_.head is not None
    links = {(one.kind, one.subject): one for one in Link.objects.filter(round_ref=round_.ref).order_by("at")}
    rows = _rows(round_, links)
    if request.POST.get("all"):
        rows = Sought.of(request.POST).among(rows, number(china().date()), round_.head.facts_hash)
        return [row["id"] for row, _, _ in rows]
    ticked = set(request.POST.getlist("id"))
    return [row["id"] for row, _, _ in rows if row["id"] in ticked]


def _asked(lang: str) -> tuple[Asked, ...]:
    today = number(china().date())
    from web.page import written

    return (
        Asked("until", say("counter.until", lang), "day", value=written(today + _YEAR, lang)),
        Asked("phone", say("counter.phone", lang), needed=False, hint=say("counter.phone_hint", lang), limit=4),
    )


@computed
def links(request: Any, round_: Round) -> HttpResponse:
    """Give links: the slips to print, shown this once."""
    head = round_.head
    assert head is not None
    names = {row["id"]: row["name"] for row in known("rows", head.facts_hash)}
    ids = _picked(request, round_)
    form = Form.read(_asked(request.lang), request.POST, request.lang)
    phone = form.values.get("phone", "")
    if phone and (len(phone) != 4 or not (phone.isascii() and phone.isdecimal())):
        form.fault("phone", "counter.phone_wrong")
    if phone and len(ids) > 1:
        form.fault("phone", "counter.phone_one")
    if not ids:
        form.fault("until", "counter.nobody")
    if len(ids) > AT_ONCE:
        form.fault("until", "counter.too_many", most=AT_ONCE)
    if not form:
        return _counter(request, round_, form, 400)
    given = [
        give(actor(request), round_.ref, "applicant", id, names[id], form.values["until"], phone=phone) for id in ids
    ]
    return slips(request, round_, given)


def slips(request: Any, round_: Round, given: list[Any]) -> HttpResponse:
    """Links on paper: each with its picture, the PINs on a sheet of their own."""
    made = [(one, request.build_absolute_uri(f"/a/{one.token}")) for one in given]
    return render(
        request, "slips.html", round=round_, here="counter",
        slips=[(one, address, picture(address)) for one, address in made],
    )  # fmt: skip


@opened
def close(request: Any, round_: Round) -> HttpResponse:
    """Close somebody's link."""
    kind, subject = request.POST.get("kind", ""), request.POST.get("id", "")
    for link in Link.objects.filter(round_ref=round_.ref, kind=kind, subject=subject, shut=""):
        revoke(actor(request), link)
    return redirect("counter", round_.ref)


@computed
def release_to(request: Any, round_: Round) -> HttpResponse:
    """Release what applicants may see, made from the version in use."""
    head = round_.head
    assert head is not None
    if ids := _picked(request, round_):
        queue("release_snapshots", *queued(actor(request), head, ids), about=round_.ref, afresh=True)
    return redirect("counter", round_.ref)


@opened
def said(request: Any, round_: Round, said: str) -> HttpResponse:
    """One thing that came in: its words, its documents, the answer, or the form for it."""
    found = get_object_or_404(Said.objects.select_related("reply"), round_ref=round_.ref, ref=said)
    fields = (Asked("words", say("said.answer", request.lang), "long", limit=4_000),)
    if request.method != "POST":
        return _said(request, round_, found, Form.empty(fields, request.lang))
    form = Form.read(fields, request.POST, request.lang)
    if not form:
        return _said(request, round_, found, form, 400)
    with transaction.atomic():
        if not Reply.objects.filter(said=found).exists():
            done = act(
                actor(request), "said_answered", about=f"round {round_.ref}", subject=[found.subject],
                reason=form.values["words"][:500], details={"said": found.act},
            )  # fmt: skip
            Reply.objects.create(
                said=found, words=form.values["words"], day=number(china().date()), at=done.at, name=request.user.name,
                act=done.number,
            )  # fmt: skip
    return redirect("said", round_.ref, found.ref)


def _said(request: Any, round_: Round, found: Said, form: Form, status: int = 200) -> HttpResponse:
    return render(
        request, "said.html", status, round=round_, here="counter", said=found, form=form, difference=None,
        after_freeze=_after_freeze(round_, found),
        problems=(), done=False, failed=False, taking=False,
    )  # fmt: skip


def said_page(
    request: Any, round_: Round, found: Said, status: int = 200, *, difference: Any = None, problems: Any = (),
    done: bool = False, failed: bool = False,
) -> HttpResponse:  # fmt: skip
    """What came in, with what taking it in would change."""
    form = Form.empty((Asked("words", say("said.answer", request.lang), "long", limit=4_000),), request.lang)
    return render(
        request, "said.html", status, round=round_, here="counter", said=found, form=form, difference=difference,
        after_freeze=_after_freeze(round_, found),
        problems=problems, done=done, failed=failed, taking=True,
    )  # fmt: skip


def _after_freeze(round_: Round, found: Said) -> bool:
    """Whether ties were declared after a freeze: then an entry of the draw, or another freeze, is to be thought of."""
    frozen = Version.objects.filter(round=round_, kind="freeze", act__lt=found.act)
    return found.kind == "declaration" and bool(found.held.get("rows")) and frozen.exists()


@opened
def said_file(request: Any, round_: Round, said: str, at: int) -> HttpResponse:
    """A document that came with something said; who took it out is an act."""
    found = get_object_or_404(Said, round_ref=round_.ref, ref=said)
    if at >= len(found.file_list):
        raise Http404(at)
    name, digest, _ = found.file_list[at]
    with transaction.atomic():
        details = {"name": name, "sha256": digest}
        act(actor(request), "document_opened", about=f"round {round_.ref}", subject=[found.subject], details=details)
    return handed(stored(digest), name)


def waiting(round_: Round) -> int:
    """What came in and has no answer yet."""
    return Said.objects.filter(round_ref=round_.ref, reply=None).count()


def picture(address: str) -> Markup:
    """A link as a QR code, drawn here: paths and attributes only, so that a page without inline styles shows it."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    made = qrcode.make(address, image_factory=SvgPathImage, box_size=_UNIT, border=4)
    return Markup(made.to_string(encoding="unicode"))
