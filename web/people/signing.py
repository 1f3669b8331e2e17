"""Signing in and out, the role one acts in, one's own password, the language."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from engine.words import LANGUAGES
from web.ledger import act, actor
from web.page import LANGUAGE, Asked, Form, kept, render, say
from web.people.keeping import end_sessions, renew
from web.people.samples import PASSWORD

SHORTEST = 10
_YEAR = 365 * 24 * 3600


def signin(request: Any) -> HttpResponse:
    """Sign in; a wrong name and a wrong password read alike."""
    fields = (
        Asked("username", say("signin.username", request.lang), limit=60),
        Asked("password", say("signin.password", request.lang), "secret", limit=200),
    )
    after = _inside(request, request.POST.get("next") or request.GET.get("next", ""))
    if request.method != "POST":
        return _signin(request, Form.empty(fields, request.lang), after)
    form = Form.read(fields, request.POST, request.lang)
    if not form:
        return _signin(request, form, after)
    found = authenticate(request, username=form.values["username"], password=form.values["password"])
    if found is None:
        if getattr(request, "axes_locked_out", False):
            return locked(request)
        form.fault("password", "signin.wrong")
        return _signin(request, form, after)
    with transaction.atomic():
        login(request, found)
        request.role = next(iter(found.role_list), "")
        act(actor(request), "signed_in", about=f"account {found.username}")
    if (found := kept(request.POST.get("kept", ""))) is not None:
        return render(request, "resume.html", address=found[0], typed=found[1])
    return redirect(after or "home")


def _signin(request: Any, form: Form, after: str) -> HttpResponse:
    return render(
        request, "signin.html", 400 if form.faults else 200, form=form, after=after, password=PASSWORD,
        kept=request.POST.get("kept", ""),
    )  # fmt: skip


def locked(request: Any, *_: Any, **__: Any) -> HttpResponse:
    """Too many wrong tries from one place under one name."""
    return render(request, "problem.html", 429, key="locked")


def signout(request: Any) -> HttpResponse:
    """Sign out, here or everywhere."""
    with transaction.atomic():
        if request.POST.get("everywhere"):
            end_sessions(actor(request), request.user)
        else:
            act(actor(request), "signed_out", about=f"account {request.user.username}")
        logout(request)
    return redirect("signin")


def role(request: Any) -> HttpResponse:
    """Act in another of one's roles."""
    chosen = request.POST.get("role", "")
    if chosen in request.user.role_list:
        with transaction.atomic():
            request.session["role"] = request.role = chosen
            act(actor(request), "role_taken", about=f"account {request.user.username}")
    return redirect("home")


def password(request: Any) -> HttpResponse:
    """One's own password."""
    fields = [
        Asked(name, say(f"password.{name}", request.lang), "secret", limit=200) for name in ("old", "new", "again")
    ]
    if request.method != "POST":
        return render(request, "password.html", form=Form.empty(fields, request.lang), shortest=SHORTEST)
    form = Form.read(fields, request.POST, request.lang)
    old, new, again = (form.raw[name] for name in ("old", "new", "again"))
    if form and not request.user.check_password(old):
        form.fault("old", "password.wrong")
    if form and (fault := _weak(new, request.user)):
        form.fault("new", fault, shortest=SHORTEST)
    if form and new != again:
        form.fault("again", "password.differs")
    if not form:
        return render(request, "password.html", 400, form=form, shortest=SHORTEST)
    renew(actor(request), request.user, new, own=True)
    update_session_auth_hash(request, request.user)
    return redirect("home")


def _weak(new: str, user: Any) -> str:
    """What is wrong with a new password, a key of `web`; empty where nothing is."""
    from django.contrib.auth.password_validation import CommonPasswordValidator
    from django.core.exceptions import ValidationError

    if len(new) < SHORTEST:
        return "password.short"
    if user.username.lower() in new.lower() or user.check_password(new):
        return "password.known"
    try:
        CommonPasswordValidator().validate(new)
    except ValidationError:
        return "password.known"
    return ""


def language(request: Any, chosen: str) -> HttpResponse:
    """The language of the pages, kept by the browser."""
    response = redirect(_inside(request, request.GET.get("next", "")) or "home")
    if chosen in LANGUAGES:
        response.set_cookie(LANGUAGE, chosen, max_age=_YEAR, secure=True, httponly=True, samesite="Lax")
    return response


def _inside(request: Any, address: str) -> str:
    """An address of this house; empty for any other."""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe and address.startswith("/") else ""
