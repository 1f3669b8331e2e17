"""Personal links: 128 random bits and a PIN, of both only the hash kept; five wrong tries close one."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.db.models import F
from django.http import HttpResponse

from web.counter.models import Link
from web.ledger import Actor, act
from web.page import china, number, render

TRIES = 5
MINUTES = 30
COOKIE = "pingjiang_mine"
PATH = "/mine"
_SALT = "web.counter.links"


@dataclass(frozen=True)
class Given:
    """A link as it is printed, once: its address begins with `token`, `pin` is handed over apart (empty: the phone)."""

    link: Link
    token: str
    pin: str


def give(
    by: Actor, round_ref: str, kind: str, subject: str, name: str, until: int, *, phone: str = "", token: str = ""
) -> Given:
    """A new link in the place of the one there was. `phone`: four digits that are the PIN instead of eight new ones.

    The secret is made here and kept nowhere; whoever has lost it gets another link.
    """
    pin = "" if phone else f"{secrets.randbelow(10**8):08}"
    with transaction.atomic():
        Link.objects.filter(round_ref=round_ref, kind=kind, subject=subject, shut="").update(shut="replaced")
        secret = make_password(phone or pin)
        token = token or fresh_token()
        link = _made(by, Link(hash=hashed(token), kind=kind, round_ref=round_ref, subject=subject, name=name,
                              secret=secret, until=until), "phone" if phone else "digits")  # fmt: skip
    return Given(link, token, pin)


def give_on_paper(
    by: Actor, round_ref: str, subject: str, name: str, until: int, *, phone: str, paper: str, token: str
) -> Link | None:
    """A link of an applicant's that is printed on a paper to it: beside the ones there are, for that paper may travel
    for days; the first time it is entered by, the earlier ones close.

    Its PIN is the one the applicant has; where it has none, or its link was revoked, the last four digits of its
    telephone (`phone`). None where there is neither: then a link and a PIN are given first (`give`).
    """
    secret = pin_held(round_ref, subject)
    if not secret and not phone:
        return None
    with transaction.atomic():
        return _made(by, Link(hash=hashed(token), kind="applicant", round_ref=round_ref, subject=subject, name=name,
                              secret=secret or make_password(phone), until=until), "held" if secret else "phone",
                     paper=paper)  # fmt: skip


def pin_held(round_ref: str, subject: str) -> str:
    """The hash of the PIN that an applicant was given; empty where it has none, or its last link was revoked."""
    last = Link.objects.filter(round_ref=round_ref, kind="applicant", subject=subject).order_by("act").last()
    return last.secret if last is not None and last.shut != "revoked" else ""


def _made(by: Actor, link: Link, pin: str, **told: str) -> Link:
    """Keep a link with the act that gives it."""
    done = act(
        by, "link_given", about=f"round {link.round_ref}", subject=[link.subject] if link.subject else [],
        details={"kind": link.kind, "until": link.until, "pin": pin, **told},
    )  # fmt: skip
    link.at, link.act = done.at, done.number
    link.save(force_insert=True)
    return link


def fresh_token() -> str:
    """What a link is known by to its holder: 128 random bits."""
    return secrets.token_urlsafe(16)


def revoke(by: Actor, link: Link) -> None:
    """Close a link for good."""
    with transaction.atomic():
        if Link.objects.filter(pk=link.pk, shut="").update(shut="revoked"):
            details = {"kind": link.kind}
            act(by, "link_revoked", about=f"round {link.round_ref}", subject=[link.subject], details=details)


def hashed(token: str) -> str:
    """What is kept of a link."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def opened(token: str, pin: str) -> Link | None:
    """The link, where it is open and the PIN is right; a try is counted before it is judged, none is given back.

    Whatever is wrong (unknown, over, closed, another's PIN), the answer is the same and takes the same work.
    """
    today = number(china().date())
    named = Link.objects.filter(pk=hashed(token), shut="", until__gte=today, tries__lt=TRIES)
    taken = named.update(tries=F("tries") + 1)
    link = Link.objects.filter(pk=hashed(token)).first() if taken else None
    right = check_password(pin, link.secret if link else _nobody())
    if link is None:
        return None
    if right:
        with transaction.atomic():
            Link.objects.filter(pk=link.pk).update(tries=F("tries") - 1)
            same = Link.objects.filter(round_ref=link.round_ref, kind=link.kind, subject=link.subject, shut="")
            same.filter(act__lt=link.act).update(shut="replaced")
            _noted(link, "link_entered")
        return link
    if link.tries >= TRIES:
        with transaction.atomic():
            if Link.objects.filter(pk=link.pk, shut="").update(shut="tries"):
                _noted(link, "link_closed")
    return None


@cache
def _nobody() -> str:
    """A secret that nobody has, for links that are none: as much work as for a true one."""
    return make_password(secrets.token_urlsafe(16))


def _noted(link: Link, kind: str) -> None:
    act(holder(link), kind, about=f"round {link.round_ref}", subject=[link.subject], details={"kind": link.kind})


def holder(link: Link) -> Actor:
    """Whoever came by a link, as the ledger names them."""
    return Actor("", link.name, "reviewer" if link.kind == "reviewer" else "applicant")


def enter(response: HttpResponse, link: Link) -> None:
    """Let the holder of a link go on for half an hour without the PIN: a signed cookie, nothing kept here."""
    mark = TimestampSigner(salt=_SALT).sign(f"{link.hash}.{link.epoch}")
    response.set_cookie(
        COOKIE, mark, max_age=MINUTES * 60, path=PATH, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def leave(response: HttpResponse, link: Link) -> None:
    """End every visit by a link."""
    Link.objects.filter(pk=link.pk).update(epoch=F("epoch") + 1)
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")


def visitor(request: Any) -> Link | None:
    """Whose visit this is; None where there is none, or where the link is no longer open."""
    try:
        mark = TimestampSigner(salt=_SALT).unsign(request.COOKIES.get(COOKIE, ""), max_age=MINUTES * 60)
    except BadSignature:
        return None
    digest, _, epoch = mark.partition(".")
    today = number(china().date())
    return Link.objects.filter(pk=digest, epoch=int(epoch), shut="", until__gte=today).first()


def entered(*kinds: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """A view for the holders of links of these kinds; everybody else is told to open their link."""

    def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def inside(request: Any, *arguments: Any, **named: Any) -> HttpResponse:
            link = visitor(request)
            if link is None or link.kind not in kinds:
                return render(request, "out_closed.html", 403)
            response = view(request, link, *arguments, **named)
            if COOKIE not in response.cookies:
                enter(response, link)
            return response

        return inside

    return guarded
