"""A paper that went out: its bytes, its number and code, when it was sent and received; a list is published."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from web.board import enlist, put_up
from web.counter import Handed, fresh_token, give_on_paper, hand_over, picture, pin_held
from web.ledger import Actor, act, actor
from web.page import Asked, Form, china, number, render, say, shown, written
from web.papers.lists import state
from web.papers.models import Delivered, Released
from web.rounds import Draft, Moved, Round, Version, handed, opened, stored, take_in
from web.work import Late, answered, ask

_YEAR = 10_000
KINDS = ("dispatched", "received")
PUBLIC = ("announcement", "acceptance_notice", "list_notice", "winners_notice", "panel_list")
"""Papers that go to everybody: they are published, not sent."""


def _found(round_: Round, paper: str) -> Released:
    return get_object_or_404(Released.objects.select_related("drafted__version", "supersedes"), round=round_, ref=paper)


@opened
def released_paper(request: Any, round_: Round, paper: str) -> HttpResponse:
    """A paper as it went out."""
    return _page(request, round_, _found(round_, paper))


@opened
def deliver_paper(request: Any, round_: Round, paper: str) -> HttpResponse:
    """Record that a paper was sent, received or published."""
    released = _found(round_, paper)
    if request.POST.get("kind") == "published":
        return _publish(request, round_, released)
    form = Form.read(_fields(released, request.lang), request.POST, request.lang)
    _judge(form, released)
    if not form:
        return _page(request, round_, released, 400, form=form)
    deliver(actor(request), released, form.values["kind"], form.values["day"], form.values["how"])
    return redirect("released_paper", round_.ref, released.ref)


@opened
def copy_to_send(request: Any, round_: Round, paper: str) -> HttpResponse:
    """The copy of a paper that goes to its applicant: the paper, and behind it a page with a personal link.

    The link is made for this print and shown in it alone: of it the house keeps the hash, of the print as well.
    """
    released = _found(round_, paper)
    id = released.drafted.row["applicant"]
    form = Form.read(_until(request.lang), request.POST, request.lang)
    if not id or released.kind in PUBLIC or released.successor is not None:
        return _page(request, round_, released, 409)
    if form and form.values["until"] < number(china().date()):
        form.fault("until", "papers.link_over")
    if not form:
        return _page(request, round_, released, 400, linked=form)
    name, token = _named(released), fresh_token()
    address = request.build_absolute_uri(f"/a/{token}")
    words = _slip(released, address, form.values["until"], request.build_absolute_uri("/check"))
    data: bytes = ask("paper_to_send", stored(released.digest), words, str(picture(address)))
    with transaction.atomic():
        given = give_on_paper(
            actor(request), round_.ref, id, name, form.values["until"], phone=_telephone(round_, id),
            paper=released.number or released.ref, token=token,
        )  # fmt: skip
        if given is None:
            return _page(request, round_, released, 409, problem="no_pin")
        details = {"number": released.number or "", "to": released.to, "sha256": sha256(data).hexdigest()}
        done = act(actor(request), "paper_copy_made", about=f"round {round_.ref}", subject=[id], details=details)
        enlist(released.number or "", released.code, data, released.kind, released.day, done.number)
    return handed(data, f"{released.number or released.digest[:12]}-{name}.pdf", "application/pdf")


def _slip(released: Released, address: str, until: int, check: str) -> dict[str, Any]:
    """The words of the page behind a paper, in its language."""
    paper = f"{released.drafted.row['title']}{released.number or ''}"
    return {
        "title": say("papers.slip.title", "zh"),
        "lead": say("papers.slip.lead", "zh", award=released.round.award("zh"), paper=paper),
        "address": address,
        "lines": [
            say("papers.slip.until", "zh", day=shown(until, "zh")),
            say("papers.slip.pin", "zh"),
            say("papers.slip.earlier", "zh"),
            say("papers.slip.check", "zh", address=check),
        ],
    }


def _named(released: Released) -> str:
    """Whom a paper goes to, without the identifier that stands before the name in lists."""
    return released.to.removeprefix(released.drafted.row["applicant"]).strip() or released.to


def _telephone(round_: Round, id: str) -> str:
    head = round_.head
    return answered("telephone_end", head.facts, id) if head is not None else ""


def _until(lang: str) -> tuple[Asked, ...]:
    year = written(number(china().date()) + _YEAR, lang)
    return (Asked("until", say("papers.link_until", lang), "day", value=year),)


def _judge(form: Form, released: Released) -> None:
    """Days in order: nothing is sent before its day, received before it was sent, or entered before it happened."""
    if not form:
        return
    day, kind = form.values["day"], form.values["kind"]
    sent = released.deliveries.filter(kind="dispatched").order_by("day").values_list("day", flat=True).first()
    if day < released.day:
        form.fault("day", "papers.before_day")
    elif day > number(china().date()):
        form.fault("day", "papers.not_yet")
    elif kind == "received" and sent is not None and day < sent:
        form.fault("day", "papers.before_sent")


@transaction.atomic
def deliver(by: Actor, released: Released, kind: str, day: int, how: str) -> Delivered:
    """Record what became of a paper, with its act; one that is sent also stands where its applicant finds it, one
    that is published on the board."""
    subject = [released.drafted.row["applicant"]] if released.drafted.row["applicant"] else []
    details = {"number": released.number or "", "to": released.to, "kind": released.kind, "day": day, "how": how}
    done = act(by, f"paper_{kind}", about=f"round {released.round.ref}", subject=subject, details=details)
    made = Delivered.objects.create(
        released=released, kind=kind, day=day, how=how, act=done.number, at=done.at, name=by.name
    )
    if kind == "dispatched" and subject:
        row, name = released.drafted.row, f"{released.number or released.digest[:12]}.pdf"
        paper = Handed(released.kind, row["title"], released.number or "", released.day, stored(released.digest), name)
        hand_over(by, released.round.ref, subject[0], paper)
    if kind == "published":
        data = stored(released.digest)
        content = {**released.drafted.text, "draft": "", "number": released.number or ""}
        put_up(
            by, released.round.ref, released.round.award("zh"), released.kind, content, day,
            int(content.get("last", 0)), [(f"{released.digest[:12]}.pdf", data)],
        )  # fmt: skip
    return made


def _publish(request: Any, round_: Round, released: Released) -> HttpResponse:
    """Publish a list on its day: its notice and who is on it stand in the case as its next version."""
    if released.kind not in PUBLIC or released.deliveries.filter(kind="published").exists():
        return _page(request, round_, released, 409, problem="published")
    if released.day > number(china().date()):
        return _page(request, round_, released, 409, problem="not_yet")
    by, head = actor(request), round_.head
    assert head is not None
    facts = released.drafted.publication
    if not facts:
        deliver(by, released, "published", released.day, "")
        return redirect("released_paper", round_.ref, released.ref)
    told = ask("changed", head.facts, facts, [], number(china().date()))
    if not told["facts"]:
        words = [one["words"][request.lang] for one in told["problems"]]
        return _page(request, round_, released, 409, problem="publish", words=words)

    def then(_version: Version) -> None:
        deliver(by, released, "published", released.day, "")

    draft = Draft(
        told["facts"], head, "published", subject=tuple(str(row[1]) for row in facts if row[0] == "listed"),
        details={"paper": released.number or released.ref, "kind": released.kind}, hints=told["hints"],
        places=head.place_map, then=then,
    )  # fmt: skip
    try:
        done = take_in(by, round_, draft)
    except (Moved, Late):
        return _page(request, round_, released, 409, problem="moved")
    if done.version is None:
        return _page(request, round_, released, 409, problem="moved")
    return redirect("released_paper", round_.ref, released.ref)


def _fields(released: Released, lang: str) -> tuple[Asked, ...]:
    sent = released.deliveries.filter(kind="dispatched").exists()
    kinds = [(kind, say(f"papers.kind.{kind}", lang)) for kind in KINDS]
    return (
        Asked("kind", say("papers.deliver_kind", lang), "choice", choices=kinds, value=KINDS[sent]),
        Asked("day", say("papers.deliver_day", lang), "day", hint=say("enter.day", lang)),
        Asked("how", say("papers.how", lang), needed=False, limit=200, hint=say("papers.how_hint", lang)),
    )


def _page(
    request: Any, round_: Round, released: Released, status: int = 200, *, form: Form | None = None, problem: str = "",
    words: Any = (), linked: Form | None = None,
) -> HttpResponse:  # fmt: skip
    id = released.drafted.row["applicant"]
    to_send = bool(id) and released.kind not in PUBLIC
    pin = ""
    if to_send:
        pin = "held" if pin_held(round_.ref, id) else "phone" if _telephone(round_, id) else "none"
    return render(
        request, "paper_out.html", status, round=round_, here="papers", released=released, drafted=released.drafted,
        state=state(released), public=released.kind in PUBLIC, problem=problem, words=words,
        form=form or Form.empty(_fields(released, request.lang), request.lang), picture="released_page",
        pin=pin, linked=linked or Form.empty(_until(request.lang), request.lang),
        body=released.drafted.text, successor=released.successor, deliveries=list(released.deliveries.all()),
    )  # fmt: skip
